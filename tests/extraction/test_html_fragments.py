"""Pieces of HTML as paragraphs."""

from __future__ import annotations

import pytest

from reader.extraction.html_fragments import fragments, line, paragraphs
from reader.extraction.html_layout import LINK


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
        ("<p>before <iframe src=x> after</p>", ("before after",)),
        ("<p>a map<K, V> of List<String></p>", ("a map<K, V> of List<String>",)),
        ("<ol start=3><li><p>Three</p></li><li>Four<ul><li>inner</li></ul></li></ol>", ("3. Three", "4. Four", "+ inner")),
        ("<p>Seen<span style='max-height: 0'>unseen</span></p>", ("Seen",)),
        ("<pre><code>\nif x:\n\ty()\n\n</code></pre>", ("if x:\n    y()",)),
        ("<pre>one line</pre>", ("one line",)),
        ("<p>Over<br>&nbsp;&nbsp;under</p>", ("Over\n  under",)),
        ("<table><tr><td><p>Home</p></td><td>2</td><td>Away</td></tr><tr><td>Last</td></tr></table>", ("Home 2 Away", "Last")),
        ("<table><tr><td>One<br>Two<br>Three</td><td>Four</td></tr></table>", ("One", "Two", "Three", "Four")),
        ("0:00 Start\n2:15 The gate\n7:40 The end", ("0:00 Start", "2:15 The gate", "7:40 The end")),
        ("km<sup>2</sup>, 10<sup>-3</sup>, 1<sup>st</sup>, said<sup>4</sup>", ("km^2, 10^-3, 1st, said4",)),
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


def test_the_frame_of_a_paragraph_has_no_words_of_links() -> None:
    html = "<p>Read more: <a href='/1'>One <b>story</b></a></p><p><a href='/2'>Link</a> of <a>no link</a></p>"
    assert [fragment.frame for fragment in fragments(html)] == [f"Read more: {LINK}", f"{LINK} of no link"]


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("Use of <b> and <i> in mails", "Use of <b> and <i> in mails"),
        ("The <b>bold</b> and the <strong> tag", "The bold and the <strong> tag"),
        ("<![CDATA[Hello & <i>more</i>]]>", "Hello & more"),
        ("<p>Ferry <br>strike", "Ferry strike"),
        ("Use of the <video> tag &amp; of <b>bold</b> words", "Use of the <video> tag & of bold words"),
        ("A vector<int> grows", "A vector<int> grows"),
        ("<x>closed</x> and <br/> void", "closed and void"),
        ("<o:p></o:p>Office", "Office"),
        ("Order O(n<sup>2</sup>) of H<sub>2</sub>O", "Order O(n^2) of H2O"),
        ("<math><mfrac><mi>s</mi><mi>t</mi></mfrac></math>", "s/t"),
        ("Head <!-- aside --> line", "Head line"),
    ],
)
def test_a_headline_loses_no_word(html: str, told: str) -> None:
    assert line(html) == told


def test_a_line_is_one_line() -> None:
    assert line("<pre>One\n  Two</pre>") == "One Two"
    assert line("<p>One</p><p>Two &amp; three</p>") == "One Two & three"
    assert line("as it is") == "as it is"


def test_character_data_that_was_escaped_twice_is_text() -> None:
    assert paragraphs("<![CDATA[<p>One.</p><p>Two.</p>]]>") == ("One.", "Two.")
