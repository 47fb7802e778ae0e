"""The structure of stories in pages and mails, whose text was chosen as plain text."""

from __future__ import annotations

import json

import pytest

from reader.extraction.email import read_mail
from reader.extraction.html_tree import elements
from reader.extraction.page_structure import page_layout, with_structure
from reader.extraction.web_page import read_html
from reader.models import RemovedLine, Story
from reader.sources.dispatch import read_text
from tests.support.stories import story

PROSE = [
    "The rowing club closed its books on Friday with more members than in any year since it was founded by two teachers.",
    "The boathouse will get a <a href='/roof'>new <b>roof</b></a> before the summer, and the old one is sold to the neighbors.",
    "The annual dinner is planned for the first week of March in the hall of the fire brigade, which seats two hundred.",
    "The treasurer thanked everybody who had paid on time and read out the names of those who had not, one by one.",
]


def page(body: str, head: str = "") -> Story:
    title = "<title>Rowing club closes its books</title>"
    data = f"<html><head>{title}{head}</head><body><nav><a href='/'>Home</a></nav><article>{body}</article></body></html>"
    return read_html(data.encode(), source="x", address="https://x.example/1", url="https://x.example/1")


def links(told: Story) -> list[tuple[str, str]]:
    return [
        (text[each.start : each.end], each.href)
        for text, block in zip(told.body, told.blocks, strict=True)
        for each in block.inline
        if each.kind == "link"
    ]


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_paragraphs_of_a_page_keep_links_and_styles() -> None:
    told = page("<h1>Rowing club closes its books</h1>" + paragraphs(*PROSE))
    assert links(told) == [("new roof", "https://x.example/roof")]
    assert [each.kind for each in told.blocks[1].inline] == ["link", "strong"]


def test_headings_that_were_passed_over_are_taken_in_and_those_that_lead_elsewhere_are_not() -> None:
    passed = (
        "<h2>A <i>dinner</i></h2>",
        "<h3><a href='/o'>Crews sail again</a></h3>",
        "<h2>Share this</h2>",
        "<h2>Seen already</h2>",
    )
    body = paragraphs(PROSE[0]) + "<h2>Seen already</h2>" + paragraphs(PROSE[2]) + "".join(passed) + paragraphs(PROSE[3])
    tree = elements(body)
    assert tree is not None
    told = story(body=[PROSE[0], "Seen already", PROSE[2], PROSE[3]], removed=(RemovedLine("Left out", "end", "end", 3),))
    found = with_structure(told, page_layout(tree, ""))
    assert found.body == (PROSE[0], "Seen already", PROSE[2], PROSE[3])
    nearer = elements(body.replace(passed[1] + passed[2] + passed[3], ""))
    assert nearer is not None
    found = with_structure(told, page_layout(nearer, ""))
    assert found.body == (PROSE[0], "Seen already", PROSE[2], "A dinner", PROSE[3])
    assert [block.kind for block in found.blocks] == ["paragraph", "heading", "paragraph", "heading", "paragraph"]
    assert found.removed[0].before == 4


def test_lines_of_code_are_one_paragraph_as_written() -> None:
    code = "def roof(boats):\n    for boat in boats:\n        cover(boat)\n    return len(boats)"
    body = paragraphs(*PROSE[:2]) + f"<pre><code class='language-python'>{code}</code></pre>" + paragraphs(*PROSE[2:])
    told = page("<h1>Rowing club closes its books</h1>" + body)
    assert told.body.count(code) == 1
    assert told.blocks[told.body.index(code)].language == "python"
    assert not any("cover(boat)" in text for text in told.body if text != code)


def test_items_and_rows_keep_their_marks_and_cells() -> None:
    items = "<ol><li>The crews row to the harbor and back before noon.</li><li>The winner gets a new oar from the club.</li></ol>"
    rows = "".join(f"<tr><td>Crew {at}</td><td>{at + 40}</td><td>{at + 900}</td></tr>" for at in range(5))
    told = page(
        "<h1>Rowing club closes its books</h1>" + paragraphs(*PROSE[:3]) + items + f"<table>{rows}</table>" + paragraphs(PROSE[3])
    )
    marked = [text[: block.marker] for text, block in zip(told.body, told.blocks, strict=True) if block.kind == "item"]
    assert marked == ["1. ", "2. "]
    cells = [[text[a:b] for a, b in block.cells] for text, block in zip(told.body, told.blocks, strict=True) if block.kind == "row"]
    assert cells == [[f"Crew {at}", str(at + 40), str(at + 900)] for at in range(5)]


def test_pictures_of_the_story_are_kept_and_those_around_it_are_not() -> None:
    picture = "<figure><img src='roof.jpg' alt='The old roof'></figure>"
    told = page("<h1>Rowing club closes its books</h1>" + paragraphs(*PROSE[:2]) + picture + paragraphs(*PROSE[2:]))
    assert [(media.url, media.alt, media.at) for media in told.media] == [("https://x.example/roof.jpg", "The old roof", 2)]


def test_times_in_a_live_blog_are_headings() -> None:
    posts = [
        {"headline": f"Heading {at}", "datePublished": f"2026-11-27T{at}:05:00Z", "articleBody": PROSE[at - 13]}
        for at in (13, 15, 16)
    ]
    blog = {"@type": "LiveBlogPosting", "headline": "The day", "datePublished": "2026-11-27T12:25Z", "liveBlogUpdate": posts}
    shown = "".join(f"<h2>Heading {at}</h2>" + paragraphs(PROSE[at - 13]) for at in (13, 15, 16))
    told = page(shown, f'<script type="application/ld+json">{json.dumps(blog)}</script>')
    headings = [text for text, block in zip(told.body, told.blocks, strict=True) if block.kind == "heading"]
    assert headings == ["13:05 · Heading 13", "15:05 · Heading 15", "16:05 · Heading 16"]
    assert len(told.body) == 6


def test_a_mail_keeps_its_links() -> None:
    html = paragraphs(*PROSE) + "<p><a href='https://x.example/u'>Unsubscribe</a></p>"
    absolute = html.replace("/roof", "https://x.example/roof")
    told = read_mail(f"Subject: Books\nContent-Type: text/html\n\n<html><body>{absolute}".encode(), source="x", address="/x")
    assert links(told) == [("new roof", "https://x.example/roof"), ("Unsubscribe", "https://x.example/u")]


def test_addresses_in_a_plain_text_are_links() -> None:
    minutes = "The minutes are at https://x.example/minutes, and nobody has read them so far."
    told = read_text("\n\n".join(["Rowing club closes its books", PROSE[0], minutes, PROSE[2]]), source="x", address="/x")
    assert links(told) == [("https://x.example/minutes", "https://x.example/minutes")]


@pytest.mark.parametrize(
    "filler", ["<p>a</p>" * 20_000, "<p>" + "a " * 100_000 + "</p>", "<div><a href='/x'>ab</a></div>" * 12_000]
)
def test_a_page_full_of_repetitions_is_read_in_bounds(filler: str) -> None:
    told = page("<h1>Rowing club closes its books</h1>" + filler + paragraphs(*PROSE))
    assert told.body[-1] == PROSE[3]
