"""Documents in three forms: text set to a width, and marks that a format would take for its own told as they stand."""

from __future__ import annotations

import pytest

from reader.presentation.export.document import ExportDocument, ExportItem, ExportNote, ExportSection, html, markdown, text


def document(passage: str, note: str = "Herald", url: str | None = None) -> ExportDocument:
    return ExportDocument("Ferry strike", (ExportSection("Brief", (ExportItem((("A", passage),), (ExportNote(note, url),)),)),))


def test_text_hangs_under_its_mark_and_keeps_addresses_whole() -> None:
    address = "https://herald.example/" + "long/" * 10
    assert text(document("The crews of the ferry walked out.", url=address), 20).splitlines() == [
        *("Ferry strike", "", "Brief", ""),
        *("A  The crews of the", "   ferry walked out."),
        *("    Herald", f"    {address}"),
    ]


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("# not a heading", r"\# not a heading"),
        ("- no list", r"\- no list"),
        ("12. of May", r"12\. of May"),
        ("123456789) and more", r"123456789\) and more"),
        ("Tea at 5. Then 12. of May", "Tea at 5. Then 12. of May"),
        ("see https://x.example and www.x.example", r"see https\://x.example and www\.x.example"),
        ("<b>`a` _b_ &amp; ~c~ a|b", r"\<b\>\`a\` \_b\_ \&amp; \~c\~ a\|b"),
        ("back\\slash", r"back\\slash"),
        ("two\n\n# lines", r"two \# lines"),
    ],
)
def test_markdown_takes_no_mark_for_its_own(said: str, written: str) -> None:
    assert f"> **A** {written}" in markdown(document(said)).splitlines()


def test_an_address_cannot_leave_its_link() -> None:
    hostile = 'https://x.example/>)"onclick="x<&copy;'
    assert r"[Her\]ald](<https://x.example/%3E)" in markdown(document("Text.", "Her]ald", hostile))
    made = html(document("Text.", "Her<ald", hostile))
    assert '<a href="https://x.example/&gt;)&quot;onclick=&quot;x&lt;&amp;copy;" rel="noopener noreferrer">Her&lt;ald</a>' in made
