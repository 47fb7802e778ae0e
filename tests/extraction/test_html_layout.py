"""The structure of paragraphs of HTML, and the media between them."""

from __future__ import annotations

import pytest

from reader.extraction.html_fragments import read
from reader.extraction.html_layout import Fragment
from reader.models import Inline

BASE = "https://coast.example/2020/story"


def links(html: str) -> list[tuple[str, str]]:
    """Words and address of every link."""
    return [
        (fragment.text[each.start : each.end], each.href)
        for fragment in read(html, BASE).fragments
        for each in fragment.block.inline
        if each.kind == "link"
    ]


def shape(fragment: Fragment) -> tuple[str, int, int, str]:
    block = fragment.block
    return block.kind, block.level, block.quotes, block.parting


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>See <a href='/a'>the  <b>gauge</b>\nlog</a>.</p>", [("the gauge log", "https://coast.example/a")]),
        ("<p><a href='../b?x=1&amp;y=2'>One</a><a href='c#d'>Two</a></p>", [
            ("One", "https://coast.example/b?x=1&y=2"), ("Two", "https://coast.example/2020/c#d"),
        ]),
        ("<p>caf\u00c3\u00a9 <a href='//other.example/'>caf\u00c3\u00a9</a></p>", [("caf\u00e9", "https://other.example/")]),
        ("<p><a href='mailto:desk@coast.example'>the desk</a></p>", [("the desk", "mailto:desk@coast.example")]),
        ("<p>e<a href='/x'>\u0301t</a>e</p>", []),
        ("<p>Over <a href='/x'>two<br>lines</a></p>", [("two", "https://coast.example/x"), ("lines", "https://coast.example/x")]),
        ("<p>At https://bare.example/a_(b), or <a href='/x'>https://shown.example</a></p>", [
            ("https://bare.example/a_(b)", "https://bare.example/a_(b)"), ("https://shown.example", "https://coast.example/x"),
        ]),
        ("plain https://bare.example/ text", [("https://bare.example/", "https://bare.example/")]),
        ("<pre>a\n\t<a href='/x'>call</a>()\n</pre>", [("call", "https://coast.example/x")]),
        ("<ul><li><a href='/x'>Item</a></li></ul>", [("Item", "https://coast.example/x")]),
        ("<table><tr><td>a</td><td><a href='/x'>b c</a></td></tr></table>", [("b c", "https://coast.example/x")]),
        ("<p><a href='javascript:alert(1)'>a</a><a href='data:text/html,x'>b</a><a href='file:///etc/passwd'>c</a></p>", []),
        ("<p><a href='http://'>a</a><a href='https://[bad'>b</a><a href='  '>c</a></p>", [("c", "https://coast.example/2020/story")]),
    ],
)  # fmt: skip
def test_links(html: str, found: list[tuple[str, str]]) -> None:
    assert links(html) == found


@pytest.mark.parametrize(
    "href", ["https://x.example/\x1b]8;;\x07", "https://x.example/\x9d8;;https://y.example\x9c", "https://x.example/a b\u202e"]
)
def test_an_address_never_leaves_a_terminal_sequence(href: str) -> None:
    (link,) = links(f"<p><a href='{href}'>words</a></p>")
    assert link[1].isprintable()
    assert " " not in link[1]


def test_styles() -> None:
    (fragment,) = read("<p>A <b>bold</b> <i>slanted <code>word</code></i>, H<sub>2</sub>O <del>gone</del></p>").fragments
    assert fragment.block.inline == (
        Inline(2, 6, "strong"),
        Inline(7, 19, "emphasis"),
        Inline(15, 19, "code"),
        Inline(22, 23, "subscript"),
        Inline(25, 29, "deleted"),
    )


def test_blocks() -> None:
    html = """<h2>Head</h2><p>One<br>two</p><blockquote><p>Said</p><ul><li>quoted</li></ul></blockquote><hr>
    <ol start=9><li>nine</li><li>ten<ul><li>inner</li></ul></li></ol><dl><dt>Word</dt><dd>Meaning</dd></dl>
    <figure><figcaption>Caption</figcaption></figure><pre class="language-rust">fn a() {
    b</pre>"""
    found = read(html).fragments
    assert [(fragment.text, *shape(fragment)) for fragment in found] == [
        ("Head", "heading", 2, 0, "apart"),
        ("One", "paragraph", 0, 0, "apart"),
        ("two", "paragraph", 0, 0, "tight"),
        ("Said", "paragraph", 0, 1, "apart"),
        ("* quoted", "item", 1, 1, "apart"),
        ("9. nine", "item", 1, 0, "rule"),
        ("10. ten", "item", 1, 0, "tight"),
        ("+ inner", "item", 2, 0, "tight"),
        ("Word", "term", 0, 0, "apart"),
        ("Meaning", "paragraph", 1, 0, "apart"),
        ("Caption", "caption", 0, 0, "apart"),
        ("fn a() {\n    b", "code", 0, 0, "apart"),
    ]
    assert [fragment.block.marker for fragment in found[4:8]] == [2, 3, 4, 2]
    assert found[-1].block.language == "rust"


def test_rows_of_a_table_keep_their_cells_also_empty_ones() -> None:
    html = """<table><tr><th>Port</th><th>High</th><th>m</th></tr><tr><td>Old <b>Pier</b></td><td></td><td>3.4</td></tr>
    <tr><td colspan=2>Both</td><td>1</td></tr></table><table><tr><td>a</td><td>b</td></tr></table>"""
    found = read(html).fragments
    assert [[f.text[a:b] for a, b in f.block.cells] for f in found] == [
        ["Port", "High", "m"],
        ["Old Pier", "", "3.4"],
        ["Both", "", "1"],
        ["a", "b"],
    ]
    assert [shape(f) for f in found] == [
        ("row", 1, 0, "apart"),
        ("row", 0, 0, "tight"),
        ("row", 0, 0, "tight"),
        ("row", 0, 0, "apart"),
    ]


def test_media_stand_where_they_were() -> None:
    html = """<img src=/first.png alt="The  first"><p>One<img src="data:image/png;base64,AA" alt="Chart"> goes on</p>
    <p>Two</p><a href="/big"><img data-src="b.png" src="data:image/gif;base64,AA" title="Hover"></a><img src=pixel.gif width=1>
    <iframe src="https://www.youtube.com/embed/abcdefghijk?x=1"></iframe><video><source src="/v.mp4" type="video/mp4"></video>
    <p>I <img class="wp-smiley" alt=":)"> smile</p>"""
    found = read(html, BASE)
    assert [(m.role, m.url, m.alt or m.title, m.at, m.href) for m in found.media] == [
        ("picture", "https://coast.example/first.png", "The first", 0, None),
        ("picture", "", "Chart", 1, None),
        ("picture", "https://coast.example/2020/b.png", "Hover", 2, "https://coast.example/big"),
        ("video", "https://www.youtube.com/watch?v=abcdefghijk", None, 2, None),
        ("video", "https://coast.example/v.mp4", None, 2, None),
    ]
    assert [fragment.text for fragment in found.fragments] == ["One goes on", "Two", "I :) smile"]


@pytest.mark.parametrize(
    ("html", "most"),
    [
        ("<p>" + "<a href='/x'>y</a> " * 100_000, 20_000),
        ("<p>" + "<a href='/x'>y</a>" * 100_000, 20_000),
        ("<table><tr>" + "<td>x" * 200_000, 200),
        ("<table>" + "<tr><td>a<td>b" * 100_000, 0),
        ("<blockquote>" * 10_000 + "deep", 0),
        ("<b><i><sup><sub><del><code>" * 5_000 + "deep", 8),
        ("<img src=/a alt=b>" * 100_000 + "<p>x", 0),
        ("http://x.example/" + ")" * 300_000, 200),
        ("<pre>" + "<a href='/x'>y</a>" * 50_000, 20_000),
    ],
)
def test_hostile_markup_is_bounded(html: str, most: int) -> None:
    found = read(html, BASE)
    assert sum(len(fragment.block.inline) for fragment in found.fragments) <= most
    assert len(found.media) <= 1000
    assert max((fragment.block.quotes for fragment in found.fragments), default=0) <= 300
    assert all(len(fragment.block.cells) <= 200 for fragment in found.fragments)
