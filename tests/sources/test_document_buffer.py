"""Documents larger than their text."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from reader.sources import document_buffer
from reader.sources.document_buffer import LARGEST, DocumentBuffer, DocumentTooLarge
from reader.sources.files import read_bytes

PICTURE = "data:image/png;base64," + "iVBORw0KGgo+/=" * 300
PAGE = (
    f'<p>One</p><img src="{PICTURE}" alt="bridge"><p>Two</p><img src={PICTURE} alt=x><style>a{{b:url({PICTURE})}}</style><p>Three'
)


def collected(text: str, sizes: list[int], largest: int) -> str:
    buffer, data = DocumentBuffer(largest), text.encode()
    for size in sizes:
        buffer.add(data[:size])
        data = data[size:]
    buffer.add(data)
    return buffer.content().decode()


def test_a_document_within_the_limit_stays_as_it_is() -> None:
    assert collected(PAGE, [100, 1000], len(PAGE)) == PAGE


def test_inlined_data_of_a_large_document_is_left_out_wherever_its_pieces_end() -> None:
    chance = random.Random(26)
    short = PAGE.replace(PICTURE, "data:image/png;base64,")
    for _ in range(200):
        sizes = [chance.randrange(1, 3000) for _ in range(chance.randrange(12))]
        assert collected(PAGE, sizes, 2000) == short


@pytest.mark.parametrize("text", ["word " * 1000, "data:image/png;base64 " * 400, "data: 1, 2, 3 " * 400])
def test_a_document_whose_text_is_too_large_is_refused(text: str) -> None:
    with pytest.raises(DocumentTooLarge):
        collected(text, [], 2000)


def test_inlined_data_has_a_limit_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_buffer, "LARGEST_WHOLE", 8000)
    with pytest.raises(DocumentTooLarge):
        collected(PAGE, [], 2000)


def test_a_saved_page_with_large_pictures_is_read(tmp_path: Path) -> None:
    page = tmp_path / "bridge.html"
    picture = "data:image/png;base64," + "QUJD" * (LARGEST // 8)
    text = "".join(f"<p>The council argued for the {number}th time about the bridge that stays open.</p>" for number in range(9))
    page.write_text(f"<!doctype html><title>Open bridge</title><img src={picture}><h1>Open bridge</h1><img src={picture}>{text}")
    assert page.stat().st_size > LARGEST
    assert len(read_bytes(page)) < 2000
    assert read_bytes(page).endswith(b"stays open.</p>")
