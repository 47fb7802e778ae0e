"""Pieces of HTML as paragraphs."""

from __future__ import annotations

import pytest

from reader.extraction.html_fragments import line, paragraphs


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("plain words", ("plain words",)),
        ("one\nline\n\nanother", ("one line", "another")),
        ("<p>One <b>bold</b> word.</p>\n<p>Two</p>", ("One bold word.", "Two")),
        ("One<br>Two<br/>Three", ("One", "Two", "Three")),
        ("<p>A &amp; B &lt;c&gt;</p>", ("A & B <c>",)),
        ("a < b and b > c", ("a < b and b > c",)),
        ("<ul><li>One</li><li>Two</li></ul>", ("* One", "* Two")),
        ("<script>alert(1)</script><p>Text</p><style>p {}</style>", ("Text",)),
        ("<h2>Head</h2><blockquote>Said</blockquote>", ("Head", "Said")),
        ("before<!-- <p>hidden</p> -->after", ("beforeafter",)),
        ("before<!-- never closed <p>", ("before",)),
        ("", ()),
        ("<p></p><p> &nbsp; </p>", ()),
        ("<p>un<b>closed", ("unclosed",)),
    ],
)
def test_paragraphs(html: str, told: tuple[str, ...]) -> None:
    assert paragraphs(html) == told


@pytest.mark.parametrize(
    "html", ["<div>" * 20_000 + "x", "<" * 100_000, "<!--" * 50_000, "<p " + "a=1 " * 50_000 + ">x", "&" * 100_000]
)
def test_hostile_markup_ends_in_text(html: str) -> None:
    assert isinstance(paragraphs(html), tuple)


def test_text_is_cleaned() -> None:
    assert paragraphs("<p>a\x1b[31mb</p>") == ("ab",)


def test_a_cleaned_line_has_no_breaks() -> None:
    assert line("<p>One</p><p>Two &amp; three</p>") == "One Two & three"
    assert line("as it is") == "as it is"
