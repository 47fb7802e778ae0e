"""Feeds and pages as they are found, through the command line: each kind of trouble on a small input of its own."""

from __future__ import annotations

import html
import os
import time
from collections.abc import Iterator

import pytest

from tests.support.shell import Shell, Site

pytestmark = pytest.mark.process


@pytest.fixture
def copenhagen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A reader one hour east of Greenwich in winter."""
    monkeypatch.setenv("TZ", "Europe/Copenhagen")
    time.tzset()
    yield
    os.environ["TZ"] = "UTC"
    time.tzset()


def rss(*items: str, title: str = "Harbor Post") -> str:
    """A feed of items, each given as the elements in it."""
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel><title>{title}</title>{inside}</channel></rss>'


def item(title: str, text: str, number: int = 1, more: str = "") -> str:
    """The elements of an item: `title` and `text` are HTML."""
    parts = f"<title>{html.escape(title)}</title><link>https://post.example/{number}</link><guid>{number}</guid>"
    return f"{parts}<description>{html.escape(text)}</description>{more}"


def shown(shell: Shell) -> str:
    """All stories as `show` prints them."""
    ids = [story["id"] for thread in shell.rows("threads") for story in thread["stories"]]
    return "\n".join(shell("show", id_)[1] for id_ in ids)


def test_code_keeps_its_lines_and_their_beginnings(online: Shell, site: Site) -> None:
    code = "<p>Run this:</p><pre>for boat in fleet:\n    if boat:\n        sail(boat)</pre><p>Then wait.</p>"
    online("add", site.put("feed.xml", rss(item("How to sail", code))))
    told = shown(online)
    assert "\nfor boat in fleet:\n    if boat:\n        sail(boat)\n" in told
    assert "\nRun this:\n" in told
    (found,) = online.rows("search", "fleet")
    assert "\n" not in found["snippet"]


def test_lines_of_plain_text_stay_lines(online: Shell, site: Site) -> None:
    online("add", site.put("feed.xml", rss(item("Crane", "The crane came down.\n\n0:00 Start\n2:15 The jib\n7:40 The fall"))))
    assert "\n\n0:00 Start\n2:15 The jib\n7:40 The fall\n" in shown(online)


def test_a_headline_keeps_the_tags_it_tells_of(online: Shell, site: Site) -> None:
    online("add", site.put("feed.xml", rss(item("The <video> tag &amp; <b>bold</b> words", "About tags."))))
    assert shown(online).startswith("The <video> tag & bold words\n")


def test_a_date_that_lies_ahead_is_not_claimed_and_said(online: Shell, site: Site) -> None:
    ahead, today = ("<pubDate>Sun, 12 Jun 2095 18:00:00 GMT</pubDate>", "<pubDate>Mon, 23 Nov 2020 18:00:00 GMT</pubDate>")
    items = [item("Choir festival", "Tickets are on sale.", 1, ahead), item("Walkout is off", "The drivers work.", 2, today)]
    online("add", site.put("feed.xml", rss(*items)))
    assert [thread["stories"][0]["title"] for thread in online.rows("threads")] == ["Walkout is off", "Choir festival"]
    assert "no date: the feed states “Sun, 12 Jun 2095 18:00:00 GMT”, which is in the future" in " ".join(shown(online).split())


def test_the_sound_of_an_episode_can_be_reached(online: Shell, site: Site) -> None:
    sound = '<enclosure url="https://audio.example/1.mp3?a=1&amp;b=2" type="audio/mpeg" length="1"/>'
    online("add", site.put("feed.xml", rss(item("Mud", "What mud is good for.", 1, sound))))
    assert "audio 1.mp3: https://audio.example/1.mp3?a=1&b=2\n" in shown(online)


def dated(when: str, number: int = 1) -> str:
    """An item about one of several trains, dated as given."""
    titles = ("", "Night train derails", "Harbor crane sold", "Mill race drained")
    return item(titles[number], f"{titles[number]} in the valley, they said.", number, f"<pubDate>{when}</pubDate>")


def test_undated_stories_keep_the_order_of_the_feed_and_later_ones_come_first(online: Shell, site: Site) -> None:
    subjects = ("lighthouses", "walnuts", "glaciers", "bookbinding", "ferries", "kites", "mills", "owls")

    def feed(*chosen: str) -> str:
        numbered = enumerate(chosen, 10 - len(chosen))
        return rss(*(item(f"On {about}", f"All that is known of {about} and {about} alone.", number) for number, about in numbered))

    def titles() -> list[str]:
        return [thread["stories"][0]["title"].removeprefix("On ") for thread in online.rows("threads")]

    online("add", site.put("feed.xml", feed(*subjects[2:])))
    assert titles() == list(subjects[2:])
    site.put("feed.xml", feed(*subjects))
    online("refresh")
    assert titles() == list(subjects)
    online("add", site.put("other.xml", rss(item("A bridge of 2020", "Long ago.", 1, "<pubDate>1 Nov 2020</pubDate>"))))
    assert titles() == [*subjects, "A bridge of 2020"]
    assert "date not stated" in shown(online)


@pytest.mark.usefixtures("copenhagen")
def test_times_are_shown_and_searched_in_the_zone_of_the_reader(online: Shell, site: Site) -> None:
    items = [dated("Sat, 28 Nov 2020 23:30:00 +0000"), dated("Sat, 28 Nov 2020 23:30:00", 2), dated("28 Nov 2020", 3)]
    online("add", site.put("feed.xml", rss(*items)))
    told = shown(online)
    assert "29 Nov 2020, 00:30" in told
    assert "28 Nov 2020, 23:30" in told, "without a zone it stays as it is stated"
    found = {day: {row["title"] for row in online.rows("search", f"date:{day}")} for day in ("2020-11-28", "2020-11-29")}
    assert found["2020-11-29"] == {"Night train derails"}
    assert found["2020-11-28"] == {"Harbor crane sold", "Mill race drained"}
    assert {row["published"] for row in online.rows("search", "valley")} == {
        "2020-11-28T23:30Z",
        "2020-11-28T23:30",
        "2020-11-28",
    }


def test_what_most_items_begin_or_end_with_is_no_news(online: Shell, site: Site) -> None:
    news = ("Otters swim in the valley.", "The weir of the valley holds.", "Valley ferries cost more.", "A valley choir sang.")
    text = "<p>[player 7]</p><p>{0}</p><p>See also <a href='/{1}'>story {1}</a></p><p>Headline {1} came first here.</p>"
    items = [item(f"Headline {number}", text.format(told, number), number) for number, told in enumerate(news)]
    online("add", site.put("feed.xml", rss(*items)))
    rows = [online.rows("show", story["id"])[0] for story in online.rows("search", "valley")]
    assert {row["body"][0] for row in rows} == set(news)
    for row in rows:
        assert len(row["body"]) == 1
        assert {line["why"] for line in row["removed"]} == {"repeated:4"}
        assert [line["before"] for line in row["removed"]] == [0, 1, 1]
    online("add", site.put("other.xml", rss(item("One alone", "<p>Read on</p>", 9))))
    assert "Read on" in shown(online), "one item proves nothing"


def removed_lines(shell: Shell, query: str) -> list[set[str]]:
    """The lines that are left out of each story found."""
    rows = [shell.rows("show", found["id"])[0] for found in shell.rows("search", query)]
    return [{line["text"] for line in row["removed"]} for row in rows]


NEWS = ("Otters swim in the valley.", "The weir of the valley holds.", "Valley ferries cost more.")


def test_headlines_of_other_stories_after_a_label_are_no_news(online: Shell, site: Site) -> None:
    text = "<p>{0}</p><p><b>Also</b>: <a href='/{1}'>A headline of {2} that is far away</a></p><p>More of {1} follows, in {0}</p>"
    items = [item(f"Headline {n}", text.format(told, n, "abc"[n]), n) for n, told in enumerate(NEWS)]
    online("add", site.put("feed.xml", rss(*items)))
    lines = sorted(line for found in removed_lines(online, "valley") for line in found)
    assert lines == [f"Also: A headline of {each} that is far away" for each in "abc"]


def test_facts_after_a_label_are_news(online: Shell, site: Site) -> None:
    text = "<p>{0}</p><p>Album: <a href='/{1}'>Blue {1}</a></p><p>More of {1} follows, in {0}</p>"
    online("add", site.put("feed.xml", rss(*(item(f"Headline {n}", text.format(told, n), n) for n, told in enumerate(NEWS)))))
    assert removed_lines(online, "valley") == [set(), set(), set()]


def test_shortcodes_that_recur_are_no_news(online: Shell, site: Site) -> None:
    text = '<p>{0}</p><p>[clip id={1}x auto="yes no"]</p><p>More of {1} follows, in {0}</p><p>[{1}0 to {1}]</p><p>The end {1}.</p>'
    online(
        "add",
        site.put("feed.xml", rss(*(item(f"Headline {'abc'[n]}", text.format(told, "pqr"[n]), n) for n, told in enumerate(NEWS)))),
    )
    assert all(min(lines).startswith("[clip id=") and len(lines) == 1 for lines in removed_lines(online, "valley"))


def test_a_link_that_recurs_within_two_items_is_no_news(online: Shell, site: Site) -> None:
    text = "<p>{0}</p><p><a href=/1>Read on</a></p><p>Another of {1}, in {0}</p><p><a href=/2>Read on</a></p><p>The end {1}.</p>"
    online("add", site.put("two.xml", rss(*(item(f"Headline {n}", text.format(told, n), n) for n, told in enumerate(NEWS[:2])))))
    assert removed_lines(online, "valley") == [{"Read on"}, {"Read on"}]
    online("add", site.put("one.xml", rss(item("Alone in the hills", text.format("The hills are high.", 9), 9))))
    assert removed_lines(online, "hills") == [set()]


def frame(name: str, number: int) -> str:
    """What a forum puts below each post."""
    return f"posted by <a href='/u/{name}'>{name}</a><br><a href='/{number}'>[page]</a> <a href='/{number}#c'>[answers]</a>"


def test_a_frame_of_links_below_both_items_of_a_feed_is_no_news(online: Shell, site: Site) -> None:
    posts = [item("How was it carried up?", f"<div><p>The lens weighs two tons.</p></div> {frame('keeper', 1)}", 1)]
    posts += [
        item("Tower in the fog", f"<table><tr><td><a href=/2><img src=x></a></td><td>{frame('horn', 2)}</td></tr></table>", 2)
    ]
    online("add", site.put("forum.xml", rss(*posts)))
    rows = {row["title"]: row for thread in online.rows("threads") for row in online.rows("show", thread["stories"][0]["id"])}
    assert rows["How was it carried up?"]["body"] == ["The lens weighs two tons."]
    assert rows["Tower in the fog"]["body"] == []
    assert [line["text"] for line in rows["Tower in the fog"]["removed"]] == ["posted by horn [page] [answers]"]


def test_two_items_that_are_nothing_but_one_link_are_kept(online: Shell, site: Site) -> None:
    online("add", site.put("links.xml", rss(*(item(f"Found {number}", "<a href='/x'>Look here</a>", number) for number in (1, 2)))))
    assert shown(online).count("\n\nLook here\n") == 2


def test_words_that_both_items_of_a_feed_end_in_are_news_where_they_link_nothing(online: Shell, site: Site) -> None:
    texts = ("<p>The ferry is late.</p><p>More at eleven.</p>", "<p>The tram is late.</p><p>More at eleven.</p>")
    online("add", site.put("short.xml", rss(*(item(f"Late {number}", text, number) for number, text in enumerate(texts)))))
    assert shown(online).count("More at eleven.") == 2


def test_the_text_of_an_agency_is_one_text_whatever_stands_around_it(online: Shell, site: Site) -> None:
    wire = "The council of the island voted on Thursday for a bridge of wood. " * 4
    printed = (
        wire,
        f"<p>HARBORTON (Islewire) - {wire}</p>",
        f"<p>HARBORTON, Nov 26 (Islewire) — {wire}</p><p>(Reporting by Ada Moss; editing by Bo Fern)</p>",
        f"<p>(Islewire) {wire} © 2026 Islewire. All rights reserved.</p>",
    )
    for number, text in enumerate(printed):
        online("add", site.put(f"{number}.xml", rss(item(f"Headline {number}", text, number), title=f"Outlet {number}")))
    ids = {row["id"] for row in online.rows("search", "island")}
    assert len(ids) == 4
    for id_ in ids:
        (row,) = online.rows("show", id_)
        assert set(row["copies"]) == ids - {id_}


def test_the_credit_at_the_end_of_a_caption_is_no_news(online: Shell, site: Site) -> None:
    figure = "<figure><img src='/{0}.jpg'><figcaption>The weir in spring (Foto: <b>Ada Moss</b> / Tal)</figcaption></figure>"
    text = f"<p>Otters of the valley swim again.</p>{figure}<p>The weir (height: 3 m) holds.</p>"
    online("add", site.put("feed.xml", rss(item("Otters", text.format(1), 1))))
    (found,) = online.rows("search", "otters")
    (row,) = online.rows("show", found["id"])
    assert row["body"] == ["Otters of the valley swim again.", "The weir in spring", "The weir (height: 3 m) holds."]
    assert [(line["text"], line["before"]) for line in row["removed"]] == [("(Foto: Ada Moss / Tal)", 2)]


def test_links_and_picture_credits_between_paragraphs_are_no_news(online: Shell, site: Site) -> None:
    news = ("Otters swim in the valley.", "The weir of the valley holds.", "Valley ferries cost more.")
    text = "<p>{0}</p><p>(Image credit: Ada Moss)</p><p><a href='/{1}'>Read more</a></p><p>More of {1} follows, in {0}</p>"
    items = [item(f"Headline {number}", text.format(told, number), number) for number, told in enumerate(news)]
    online("add", site.put("feed.xml", rss(*items)))
    for found in online.rows("search", "valley"):
        (row,) = online.rows("show", found["id"])
        assert len(row["body"]) == 2
        assert [(line["text"], line["before"]) for line in row["removed"]] == [("(Image credit: Ada Moss)", 1), ("Read more", 1)]
