"""Tables, live blogs and hidden text of pages and mails."""

from __future__ import annotations

import json

from reader.extraction.email import read_mail
from reader.extraction.page_lines import split
from reader.extraction.web_page import read_html

PROSE = [
    "The rowing club closed its books on Friday with more members than in any year since it was founded by two teachers.",
    "The boathouse will get a new roof before the summer, and the old one is to be sold for firewood to the neighbors.",
    "The annual dinner is planned for the first week of March in the hall of the fire brigade, which seats two hundred.",
]
MORE = [
    "The treasurer thanked everybody who had paid on time and read out the names of those who had not, one by one.",
    "A motion to paint the boats green was rejected after an hour of talk, with only its author voting for it.",
]


def html(body: str, head: str = "") -> bytes:
    title = "<title>Rowing club closes its books</title>"
    return f"<html><head>{title}{head}</head><body><article>{body}</article></body></html>".encode()


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_the_rows_of_a_table_and_the_text_after_it_are_kept_in_order() -> None:
    rows = "".join(f"<tr><td>Crew {at}</td><td>{at + 40}</td><td>{at + 900}</td></tr>" for at in range(24))
    table = f"<table><tr><th>Crew</th><th>Days</th><th>Miles</th></tr>{rows}</table>"
    page = html("<h1>Rowing club closes its books</h1>" + paragraphs(*PROSE) + table + paragraphs(*MORE))
    body = read_html(page, source="x", address="https://x.example/1").body
    assert body[:3] == tuple(PROSE)
    assert body[3:5] == ("Crew | Days | Miles", "Crew 0 | 40 | 900")
    assert body[-2:] == tuple(MORE)
    assert len(body) == 5 + 1 + 24


def test_a_table_of_two_rows_is_no_row_of_the_story() -> None:
    assert [line.is_row for line in split("| A | B |\n|---|---|\n| 1 | 2 |\nText.")] == [False, False, False]


def test_a_live_blog_keeps_every_post_with_its_time_and_heading() -> None:
    posts = [
        {"headline": f"Heading {at}", "datePublished": f"2026-11-27T{at}:05:00+01:00", "articleBody": text}
        for at, text in zip((16, 15, 13), PROSE, strict=True)
    ]
    blog = {"@type": "LiveBlogPosting", "headline": "The day in posts", "datePublished": "2026-11-27T12:25:00+01:00"}
    data = f'<script type="application/ld+json">{json.dumps(blog | {"liveBlogUpdate": posts})}</script>'
    story = read_html(html(paragraphs(*PROSE) + "<button>Share</button>", data), source="x", address="https://x.example/1")
    assert story.body == (
        *("16:05 · Heading 16", PROSE[0]),
        *("15:05 · Heading 15", PROSE[1]),
        *("13:05 · Heading 13", PROSE[2]),
    )
    assert story.published.value == "2026-11-27T11:25Z"


def test_the_hidden_first_line_of_a_mail_is_no_text() -> None:
    padding = "&#847; &zwnj;&nbsp;&shy;" * 50
    body = f'<div style="display:none;max-height:0">Oars and books{padding}</div>{paragraphs(*PROSE)}'
    mail = (
        f"From: The Oar <a@x.example>\nSubject: Books\nContent-Type: text/html; charset=utf-8\n\n<html><body>{body}</body></html>"
    )
    story = read_mail(mail.encode(), source="x", address="/x")
    assert story.body == tuple(PROSE)
