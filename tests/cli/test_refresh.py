"""`newsloom add`, `refresh` and `feeds`: feeds, lists, pages and watched folders, accepted and refused."""

from __future__ import annotations

import json
import os
import signal
import sys

import pytest

from reader.cli.progress import Progress, interruptible
from reader.models import FeedProgress, JobProgress
from tests.support.shell import Shell, Site, about

pytestmark = pytest.mark.process

LIST = '<opml version="2.0"><body><outline text="World">{}</outline></body></opml>'
FEED_FIELDS = {
    *("address", "name", "title", "home", "tags", "interval", "full_text", "tried", "good", "due", "error", "remedy"),
    *("ended", "stories", "unread", "per_day"),
}
INWARD = ["http://127.0.0.1/f", "http://2130706433/f", "http://[::1]/f", "http://10.0.0.1/f", "http://169.254.169.254/latest"]
"""This machine, twice in disguise, a private network, and where clouds keep their keys."""


def outlines(*addresses: str) -> str:
    return LIST.format("".join(f'<outline type="rss" xmlUrl="{address}"/>' for address in addresses))


def test_a_feed_is_followed_and_its_stories_are_found(online: Shell, site: Site) -> None:
    address = site.feed("feed.xml", "Harbour Courier", ferry="https://courier.example/ferry", tram="https://courier.example/tram")
    assert online("add", address) == (0, "")
    assert online.words == "2 stories added, 1 feed subscribed\n"
    (row,) = online.rows("feeds")
    assert set(row) == FEED_FIELDS
    assert (row["address"], row["name"], row["stories"], row["error"]) == (address, "Harbour Courier", 2, None)
    assert [found["source"] for found in online.rows("search", "ferry")] == ["https://courier.example/ferry"]
    told = online("feeds")[1]
    assert told.startswith("Harbour Courier · 2 stories · 2 unread · ")
    assert f"    {address} · last success " in told


@pytest.mark.parametrize("address", INWARD)
def test_an_address_that_points_inward_is_refused_with_what_to_do(shell: Shell, address: str) -> None:
    assert shell("add", address) == (3, "")
    assert "points to this machine or a private network" in shell.words
    assert "newsloom feeds allow " in shell.words
    assert shell("feeds") == (1, "")


def test_a_hostile_list_is_refused_line_by_line_and_nothing_is_asked(shell: Shell, site: Site) -> None:
    own = f"http://127.0.0.1:{site.port}/feed.xml"
    path = site.folder / "list.opml"
    path.write_text(outlines(own, *INWARD, "file:///etc/passwd", "|touch owned", "exec:touch owned"), encoding="utf-8")
    assert shell("add", str(path)) == (3, "")
    refused = shell.words.splitlines()
    assert refused[-1] == "No stories added"
    assert len(refused) == 9, "a line each, but one for what is the same address in disguise"
    for address in (own, "http://169.254.169.254/latest", "file:///etc/passwd", "|touch owned"):
        assert any(address in line for line in refused)
    assert all("; " in line for line in refused[:-1]), "each says what to do"
    assert shell("feeds") == (1, "")
    assert site.asked == []


def test_a_list_of_urls_is_refused_line_by_line(shell: Shell, site: Site) -> None:
    path = site.folder / "urls"
    path.write_text(
        'query:All:unread = "yes"\nfile:///etc/passwd\n"|touch owned" red\nhttp://10.0.0.1/ "~Mine"\n', encoding="utf-8"
    )
    assert shell("add", str(path)) == (3, "")
    assert [line.partition(": ")[0] for line in shell.words.splitlines()] == [
        "urls, line 1",
        "urls, line 2",
        "urls, line 3",
        "http://10.0.0.1/",
        "No stories added",
    ]


@pytest.mark.parametrize("how", ["feeds allow", "--allow-private"])
def test_a_host_of_ones_own_can_be_allowed(shell: Shell, site: Site, how: str) -> None:
    address = site.feed("feed.xml", "Harbour Courier", ferry="https://courier.example/ferry")
    path = site.folder / "list.opml"
    path.write_text(outlines(address, "http://10.0.0.1/f"), encoding="utf-8")
    if how == "feeds allow":
        shell("feeds", "allow", address)
        assert shell("add", str(path))[0] == 3
    else:
        assert shell("add", str(path), "--allow-private", "127.0.0.1")[0] == 3
        assert shell.words.startswith("127.0.0.1 is now allowed\n")
    assert "http://10.0.0.1/f: points to" in shell.words
    assert "1 story added, 1 feed subscribed" in shell.words
    assert [row["tags"] for row in shell.rows("feeds")] == [["World"]]
    assert shell("feeds", "disallow", "127.0.0.1")[0] == 0
    assert shell("refresh")[0] == 3
    assert "newsloom feeds allow 127.0.0.1" in shell.words
    assert site.asked == ["/feed.xml"]


def test_a_hostile_feed_has_nothing_else_asked(online: Shell, site: Site) -> None:
    inward = f"http://localhost:{site.port}/secret"
    address = site.feed("feed.xml", "Courier", ferry=inward, tram="file:///etc/passwd", bus="|touch owned", cab="javascript:x")
    online("add", address)
    online("feeds", "full-text", "Courier", "on")
    site.feed("feed.xml", "Courier", ferry=inward + "/2", tram="file:///etc/shadow", bus="|touch it", cab="data:x", van=inward)
    online("refresh")
    assert set(site.asked) == {"/feed.xml"}
    links = {row["url"] for found in online.rows("search", "harbour") for row in online.rows("show", found["id"])}
    assert all(link is None or link.startswith("http") for link in links)


def test_a_page_names_its_feed_and_how_to_follow_it(online: Shell, site: Site) -> None:
    link = '<link rel="alternate" type="application/rss+xml" title="All news" href="/feed.xml">'
    body = "".join(f"<p>{about(thing)}</p>" for thing in ("ferry", "harbour", "crane"))
    page = f"<!doctype html><html><head><title>Ferry strike ends</title>{link}</head><body><article>{body}</article></body></html>"
    address = site.put("page.html", page)
    assert online("add", address) == (0, "")
    feed = f"http://127.0.0.1:{site.port}/feed.xml"
    assert online.words == f"This page has a feed “All news”; newsloom add {feed} subscribes\n1 story added\n"


def test_refresh_prints_one_object_per_feed(online: Shell, site: Site) -> None:
    good = site.feed("good.xml", "Good", ferry="https://courier.example/ferry")
    bad = site.feed("bad.xml", "Bad", tram="https://courier.example/tram")
    online("add", good, bad)
    site.feed("good.xml", "Good", ferry="https://courier.example/ferry", bus="https://courier.example/bus")
    (site.folder / "bad.xml").unlink()
    rows = {row["feed"]: row for row in online.rows("refresh")}
    assert {key: rows[good][key] for key in ("state", "new", "updated", "why")} == {
        "state": "new",
        "new": 1,
        "updated": 0,
        "why": "",
    }
    assert (rows[bad]["state"], rows[bad]["new"]) == ("failed", 0)
    assert "404" in rows[bad]["why"]
    assert online("refresh", "good") == (0, "")
    assert online.words == "1 feed refreshed: 0 stories added, 0 updated\n"
    assert online("refresh") == (3, "")
    failed, summary = online.words.splitlines()
    assert failed.startswith("Bad: ")
    assert "; " in failed
    assert summary == "2 feeds refreshed: 0 stories added, 0 updated, 1 failed"
    assert "    failed: " in online("feeds")[1]


def test_due_skips_feeds_that_are_not_due(online: Shell, site: Site) -> None:
    online("add", site.feed("feed.xml", "Courier", ferry="https://courier.example/ferry"))
    assert online("refresh", "--due") == (0, "")
    assert online.words == "No feeds are due\n"
    assert site.asked == ["/feed.xml"]


def test_without_feeds_nothing_is_refreshed_listed_or_exported(shell: Shell) -> None:
    for command in ("refresh", "feeds", "export"):
        assert shell(command) == (1, "")
        assert "newsloom add" in shell.words
    assert shell("refresh", "Courier") == (1, "")


def test_a_folder_is_watched(shell: Shell, site: Site) -> None:
    folder = site.folder / "news"
    folder.mkdir()
    (folder / "ferry.txt").write_text(f"Ferry strike ends\n\n{about('ferry')}", encoding="utf-8")
    assert shell("add", "--watch", str(folder)) == (0, "")
    (folder / "tram.txt").write_text(f"Tram line opens\n\n{about('tram')}", encoding="utf-8")
    assert shell("refresh", str(folder)) == (0, "")
    assert shell.words == "1 feed refreshed: 1 story added, 0 updated\n"
    assert shell("add", "--watch", str(folder / "tram.txt")) == (2, "")
    assert [row["stories"] for row in shell.rows("feeds")] == [2]


def test_a_feeds_settings_are_changed_by_its_name(online: Shell, site: Site) -> None:
    address = site.feed("feed.xml", "Harbour Courier", ferry="https://courier.example/ferry")
    online("add", address)
    for action in (
        ["rename", "harbour", "The", "Courier"],
        ["tag", address, "sea", "big news"],
        ["untag", "the courier", "sea"],
        ["interval", "The Courier", "30"],
        ["full-text", "The Courier", "on"],
    ):
        assert online("feeds", *action) == (0, "")
    (row,) = online.rows("feeds")
    assert (row["name"], row["tags"], row["interval"], row["full_text"]) == ("The Courier", ["big news"], 30, True)
    assert "The Courier · #big news · 1 story · 1 unread" in online("feeds")[1]
    online("feeds", "interval", "The Courier", "auto")
    online("feeds", "rename", "The Courier")
    (row,) = online.rows("feeds")
    assert (row["name"], row["interval"]) == ("Harbour Courier", None)


def test_a_removed_feed_comes_back_as_it_was(online: Shell, site: Site) -> None:
    address = site.feed("feed.xml", "Harbour Courier", ferry="https://courier.example/ferry")
    online("add", address)
    online("feeds", "tag", "Harbour Courier", "sea")
    assert online("feeds", "remove", "Harbour Courier") == (0, "")
    assert f"newsloom feeds restore {address}" in online.words
    assert online("feeds") == (1, "")
    assert len(online.rows("search", "ferry")) == 1
    assert online("feeds", "restore", address) == (0, "")
    assert [row["tags"] for row in online.rows("feeds")] == [["sea"]]


def test_wrong_usage_is_refused(online: Shell, site: Site) -> None:
    online("add", site.feed("feed.xml", "Courier", ferry="https://courier.example/ferry"))
    for typed, code, said in (
        (["interval", "Courier", "3"], 2, "minutes from 5"),
        (["interval", "Courier", "soon"], 2, "not “soon”"),
        (["full-text", "Courier"], 2, "on or off"),
        (["tag", "Courier"], 2, "needs a tag"),
        (["rename"], 2, "needs a feed"),
        (["allow"], 2, "needs a host"),
        (["allow", "http://"], 2, "is not a host"),
        (["remove", "Nobody"], 1, "no feed “Nobody”"),
        (["restore", "https://never.example/"], 1, "no feed “https://never.example/”"),
    ):
        assert online("feeds", *typed) == (code, ""), typed
        assert said in online.words
        assert [row["name"] for row in online.rows("feeds")] == ["Courier"]


def test_an_ambiguous_feed_name_lists_the_matches(online: Shell, site: Site) -> None:
    one = site.feed("one.xml", "Courier East", ferry="https://courier.example/ferry")
    two = site.feed("two.xml", "Courier West", tram="https://courier.example/tram")
    online("add", one, two)
    assert online("feeds", "remove", "courier") == (2, "")
    assert one in online.words and two in online.words
    assert online("feeds", "remove", "courier east")[0] == 0


def test_exported_feeds_are_followed_again_elsewhere(online: Shell, site: Site) -> None:
    address = site.feed("feed.xml", "Süd & Nord", ferry="https://courier.example/ferry")
    online("add", address)
    online("feeds", "tag", address, "Welt", "Häfen")
    code, opml = online("export", "opml")
    assert code == 0
    path = site.folder / "feeds.opml"
    path.write_text(opml, encoding="utf-8")
    elsewhere = Shell(site.folder / "elsewhere", online.capsys)
    assert elsewhere("add", str(path), "--allow-private", "127.0.0.1")[0] == 0
    (row,) = elsewhere.rows("feeds")
    assert (row["address"], row["name"], row["tags"]) == (address, "Süd & Nord", ["Welt", "Häfen"])


def test_a_story_shows_its_origins_and_earlier_versions(online: Shell, site: Site) -> None:
    link = "https://courier.example/ferry"
    address = site.feed("feed.xml", "Harbour Courier", ferry=link)
    online("add", address)
    text = (site.folder / "feed.xml").read_text(encoding="utf-8")
    site.put("feed.xml", text.replace("nine days", "ten days"))
    online("refresh")
    ((row,),) = [online.rows("show", found["id"]) for found in online.rows("search", "ferry")]
    assert {"origins", "versions", "copies", "summary", "updated", "categories", "links"} <= set(row)
    assert row["origins"] == [{"address": link, "feed": address}]
    assert ["nine days" in version["body"][0] for version in row["versions"]] == [True]
    told = online("show", row["id"])[1]
    assert f"from {link}, in Harbour Courier\n" in told
    assert "nine days" not in " ".join(told.split())
    assert "nine days" in " ".join(online("show", row["id"], "--earlier")[1].split())


@pytest.mark.parametrize("command", ["refresh", "add"])
def test_ctrl_c_cancels_and_keeps_what_was_added(online: Shell, site: Site, command: str) -> None:
    address = site.feed("feed.xml", "Courier", ferry="https://courier.example/ferry")
    online("add", address)
    site.heard = lambda: os.kill(os.getpid(), signal.SIGINT)
    assert online(command, address)[0] == 130
    assert online.words.endswith("Canceled; stories added so far are kept\n")
    assert len(online.rows("search", "ferry")) == 1


def test_the_second_ctrl_c_interrupts_at_once() -> None:
    before = signal.getsignal(signal.SIGINT)
    with interruptible() as stopped:
        assert not stopped()
        signal.raise_signal(signal.SIGINT)
        assert stopped()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_progress_is_shown_on_a_terminal_only(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with Progress() as progress:
        progress(JobProgress("feeds", 1, 2))
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with Progress() as progress:
        progress(FeedProgress("https://one.example/", "asked"))
        progress(JobProgress("stories", 1200, 0))
        progress(JobProgress("feeds", 2, 2))
    assert capsys.readouterr().err == "\rstories: 1,200\rfeeds: 2 of 2 \r" + " " * 13 + "\r"


def test_a_story_not_grouped_yet_is_a_thread_of_its_own(shell: Shell, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    path = site.folder / "ferry.txt"
    path.write_text(f"Ferry strike ends\n\n{about('ferry')}", encoding="utf-8")
    monkeypatch.setattr("reader.library.synchronizer.Synchronizer.catch_up", lambda *_, **__: None)
    shell("add", str(path))
    (thread,) = shell.rows("threads")
    assert [story["title"] for story in thread["stories"]] == ["Ferry strike ends"]
    assert json.dumps(thread["name"]) in shell("threads", "--json")[1]
