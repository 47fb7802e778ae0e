"""Stories as Markdown, HTML and JSON."""

from __future__ import annotations

import json
import re

import pytest
from lxml import html as lxml_html

from reader.extraction.html_fragments import read
from reader.models import Block, Inline, Media, Story, StoryHeader
from reader.presentation.export.story import html, html_body, markdown, markdown_body, several
from tests.support.example_library import shared_library
from tests.support.stories import story

BASE = "https://coast.example/1"


def made(source: str, *media: Media) -> Story:
    found = read(source, BASE)
    texts = [fragment.text for fragment in found.fragments]
    return story(body=texts, blocks=tuple(each.block for each in found.fragments), media=(*media, *found.media))


def head() -> StoryHeader:
    return shared_library().stories.header("ferryxxa")


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("<h2>Head</h2><p>One<br>two</p><p>Three</p>", "### Head\n\nOne  \ntwo\n\nThree"),
        ("<p>A <b>b <i>c</i></b> <a href=/x>d</a> <code>e`f</code> <del>g</del></p>",
         "A **b *c*** [d](<https://coast.example/x>) `` e`f `` ~~g~~"),
        ("<ul><li>a<ol start=3><li>b</li></ol></li><li>c</li></ul>", "- a\n    3. b\n- c"),
        ("<p>x</p><blockquote><p>a</p><blockquote>b</blockquote></blockquote><p>y</p>", "x\n\n> a\n>\n> > b\n\ny"),
        ("<pre class='language-sh'>a `\n  b ```</pre>", "````sh\na `\n  b ```\n````"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td><td></td></tr></table>", "| a | b |\n| --- | --- |\n| 1\\|2 |  |"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "|  |  |\n| --- | --- |\n| a | b |"),
        ("<p>a</p><img src=/p.png alt='A [b]'><hr><p>1. c *d* _e_</p>",
         "a\n\n![A \\[b\\]](<https://coast.example/p.png>)\n\n---\n\n1\\. c \\*d\\* \\_e\\_"),
        ("<p>a</p><img src=/p.png alt=b>", "a\n\n![b](<https://coast.example/p.png>)"),
    ],
)  # fmt: skip
def test_the_text_as_markdown(source: str, written: str) -> None:
    assert markdown_body(made(source)) == written


def test_the_text_as_html() -> None:
    source = """<h2>Head &amp; <i>all</i></h2><ul><li>a<ol start=3><li>b</li></ol></li></ul><blockquote>c</blockquote><pre>d
 &lt;e></pre><table><tr><th>f</th><th>g</th></tr><tr><td>1</td><td>2</td></tr></table><p><a href="/x?a=1&amp;b=2">h</a></p>"""
    made_html = html_body(made(source))
    tree = lxml_html.fragment_fromstring(made_html, create_parent="div")
    assert [each.tag for each in tree.iter()][1:] == ("h3 em ul li ul li blockquote p pre code table tr th th tr td td p a".split())
    assert tree.text_content().split() == "Head & all a b c d <e> fg 12 h".split()
    assert [each.get("href") for each in tree.iter("a")] == ["https://coast.example/x?a=1&b=2"]


def test_nothing_in_a_text_becomes_markup() -> None:
    hostile = "<img src=x onerror=alert(1)> [a](javascript:1) </code> `x` | <!-- "
    told = story(body=[hostile, hostile], media=(Media("https://a.example/<b>", "picture", alt=hostile, at=0),))
    shown = html(head(), told)
    tree = lxml_html.document_fromstring(shown)
    assert not list(tree.iter("img", "script"))
    assert not re.search(r"(?<!\\)[<\[]", markdown_body(told).replace("![", "").replace("](<", ""))


def test_spans_that_cross_are_cut_and_lose_no_word() -> None:
    crossing = story(body=["abcdef"], blocks=(Block(inline=(Inline(0, 4, "strong"), Inline(2, 6, "emphasis"))),))
    assert markdown_body(crossing) == "**ab*cd***ef"


def test_a_document_has_headline_credits_media_and_link() -> None:
    sound = Media("https://coast.example/1.mp3", "audio", seconds=62)
    shown = markdown(head(), made("<p>Text", sound))
    assert shown.startswith("# Ferry to the Islands")
    assert "- [audio 1:02](<https://coast.example/1.mp3>)" in shown
    assert "audio 1:02" in html(head(), made("<p>Text", sound))


def test_several_stories_are_one_document() -> None:
    both = [(head(), made("<p>One")), (head(), made("<p>Two"))]
    assert "\n\n---\n\n" in several("Thread", both, "markdown")
    assert several("Thread", both, "html").count("<h2>") == 2
    rows = [json.loads(line) for line in several("Thread", both, "json").splitlines()]
    assert [row["body"] for row in rows] == [["One"], ["Two"]]
    assert rows[0]["blocks"][0]["kind"] == "paragraph"
