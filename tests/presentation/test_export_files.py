"""Files for the owner: where they lie, what they are called, and that none is written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.presentation.export.files import plain_name, save


def test_a_file_is_never_written_over(tmp_path: Path) -> None:
    paths = [save(tmp_path / "out", "Harbour brief", "md", text) for text in ("one", "two", "three")]
    assert [path.name for path in paths] == ["harbour-brief.md", "harbour-brief-2.md", "harbour-brief-3.md"]
    assert [path.read_text() for path in paths] == ["one", "two", "three"]
    assert all(path.is_absolute() for path in paths)


def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "brief.md").symlink_to(tmp_path / "elsewhere")
    assert save(tmp_path, "brief", "md", "text").name == "brief-2.md"
    assert not (tmp_path / "elsewhere").exists()


def test_the_home_folder_may_be_named_by_its_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert save(Path("~/notes"), "brief", "md", "text") == tmp_path / "notes" / "brief.md"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("Übersee: Fähre, 2. Teil", "übersee-fähre-2-teil"),
        (".hidden -rf *", "hidden-rf"),
        ("…", "newsloom"),
        ("long " * 40, "long-" * 11 + "long"),
        ("a\x1b[31m\nb", "a-31m-b"),
    ],
)
def test_a_name_is_made_plain(name: str, plain: str) -> None:
    assert plain_name(name) == plain
