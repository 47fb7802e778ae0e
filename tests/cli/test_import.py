"""`newsloom import`: moving in from another reader."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reader.cli.parser import COMMANDS
from reader.library import Library
from reader.library.other_readers import OTHER_READERS
from tests.support.newsboat_home import newsboat_home
from tests.support.shell import Shell, Site, about

FEED = "https://courier.example/feed.xml"


def item(key: str, **columns: Any) -> dict[str, Any]:
    """A row of the cache about a thing."""
    return {
        "guid": key,
        "title": f"{key.title()} news",
        "url": f"https://courier.example/{key}",
        "feedurl": FEED,
        "content": f"<p>{about(key)}</p>",
    } | columns


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home of Newsboat with four items in one feed, and a query feed."""
    return newsboat_home(
        tmp_path / "newsboat",
        f'{FEED} harbour "~The Courier"\n"query:Ferries:title =~ \\"ferry\\""\nexec:/bin/true\n',
        [item("ferry"), item("tram", unread=0), item("bus", flags="s"), item("bridge", deleted=1, unread=0)],
        config='browser "firefox %u"\nreload-time 45\nmacro k open\n# a comment\ncolor listnormal red blue\n',
    )


def marks(shell: Shell) -> tuple[int, int, int]:
    """How many stories there are, how many are unread, and how many starred."""
    library = Library.open(shell.library)
    found = library.stories.unread(), len(library.search.run("is:starred").matches)
    total = library.stories.count()
    library.close()
    return (total, *found)


def test_a_newsboat_home_is_moved_in(shell: Shell, home: Path) -> None:
    assert shell("import", "newsboat", str(home)) == (3, "")
    assert marks(shell) == (3, 2, 1)
    (feed,) = shell.rows("feeds")
    assert (feed["address"], feed["name"], feed["tags"]) == (FEED, "The Courier", ["harbour"])
    assert (feed["stories"], feed["unread"]) == (3, 2)
    assert [row["name"] for row in shell.rows("search")] == ["Ferries"]
    assert "courier" in shell("show", shell.rows("search", "tram")[0]["id"])[1].lower()
    assert (shell.library / "settings.yaml").read_text(encoding="utf-8") == "browser: [firefox]\nrefresh_minutes: 45\n"


def test_each_thing_not_taken_is_listed_with_its_place(shell: Shell, home: Path) -> None:
    shell("import", "newsboat", str(home))
    places = [line.partition(": ")[0] for line in shell.words.splitlines()[:-1]]
    assert places == [f"{home}/urls, line 3", f"{home}/config, line 3", f"{home}/config, line 5", f"{home}/cache.db"]


def test_a_second_import_changes_nothing(shell: Shell, home: Path) -> None:
    shell("import", "newsboat", str(home))
    assert shell("mark", "tram", "unread") == (0, "")
    shell("mark", "bus", "unstar")
    shell("import", "newsboat", str(home))
    assert shell.words.endswith("Nothing new\n")
    assert marks(shell) == (3, 3, 0)


def test_new_marks_of_newsboat_are_moved_in_later(shell: Shell, home: Path) -> None:
    shell("import", "newsboat", str(home))
    newsboat_home(home, FEED, [item("ferry", unread=0), item("tram", unread=0), item("bus", flags="s"), item("ship")])
    shell("import", "newsboat", str(home))
    assert marks(shell) == (4, 2, 1)


def test_a_dry_run_changes_nothing(shell: Shell, home: Path) -> None:
    assert shell("import", "newsboat", str(home), "--dry-run")[0] == 3
    assert marks(shell) == (0, 0, 0)
    assert shell.rows("feeds") == []
    assert not (shell.library / "settings.yaml").exists()
    (row,) = shell.rows("import", "newsboat", str(home), "--dry-run")
    assert {name: row[name] for name in ("feeds", "searches", "items", "stories", "read", "starred")} == {
        "feeds": 1,
        "searches": 1,
        "items": 3,
        "stories": 3,
        "read": 1,
        "starred": 1,
    }


def test_read_and_starred_marks_are_one_change_each(shell: Shell, home: Path) -> None:
    shell("import", "newsboat", str(home))
    assert shell("mark", "undo")[0] == 0
    assert marks(shell) == (3, 3, 1)
    assert shell("mark", "undo")[0] == 0
    assert marks(shell) == (3, 3, 0)
    assert shell("mark", "undo")[0] == 1


def test_a_refresh_recognizes_the_stories_of_an_import(online: Shell, site: Site, tmp_path: Path) -> None:
    links = {key: f"https://courier.example/{key}" for key in ("ferry", "tram", "bus")}
    feed = site.feed("feed.xml", "Courier", **links)
    old = [
        item("ferry", feedurl=feed, unread=0),
        # Newsboat makes an id of link and date for an item without one
        item("tram", feedurl=feed, guid=f"{links['tram']}Fri, 20 Nov 2020 10:00:00 +0000", unread=0),
        item("ship", feedurl=feed),
    ]
    home = newsboat_home(tmp_path / "newsboat", f"{feed}\n", old)
    assert online("import", "newsboat", str(home))[0] == 0
    assert online("refresh")[0] == 0
    assert marks(online) == (4, 2, 0)


def test_a_list_of_any_name_and_a_filtered_feed(shell: Shell, tmp_path: Path) -> None:
    filtered = f"filter:/bin/true:{FEED}"
    home = newsboat_home(tmp_path / "nb", f'"{filtered}"\n', [item("ferry", feedurl=filtered, unread=0)], name="my-feeds")
    assert shell("import", "newsboat", str(home / "my-feeds"))[0] == 3
    assert marks(shell) == (1, 0, 0)
    assert shell.rows("feeds") == []


def test_markup_in_a_title_is_text(shell: Shell, tmp_path: Path) -> None:
    home = newsboat_home(tmp_path / "nb", f"{FEED}\n", [item("ferry", title="Less <b>is</b> more & more")])
    shell("import", "newsboat", str(home))
    assert [row["title"] for row in shell.rows("search", "ferry")] == ["Less <b>is</b> more & more"]


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0 but damaged", b"no database at all"])
def test_a_damaged_cache_is_refused(shell: Shell, home: Path, content: bytes) -> None:
    (home / "cache.db").write_bytes(content)
    assert shell("import", "newsboat", str(home)) == (1, "")
    assert f"{home}/cache.db" in shell.words
    assert marks(shell) == (0, 0, 0)


def test_a_missing_home_is_refused(shell: Shell, tmp_path: Path) -> None:
    assert shell("import", "newsboat") == (1, "")
    assert str(tmp_path / ".newsboat") in shell.words
    assert shell("import", "newsboat", str(tmp_path / "nowhere")) == (1, "")
    assert "nowhere: not found" in shell.words


def test_settings_of_the_user_stay(shell: Shell, home: Path) -> None:
    shell.library.mkdir()
    (shell.library / "settings.yaml").write_text("refresh_minutes: 5\n", encoding="utf-8")
    shell("import", "newsboat", str(home))
    assert f"{home}/config, line 2: refresh_minutes is set here already" in shell.words
    text = (shell.library / "settings.yaml").read_text(encoding="utf-8")
    assert text == "refresh_minutes: 5\nbrowser: [firefox]\n"


def google_item(key: str, *states: str, **fields: Any) -> dict[str, Any]:
    """An item in the JSON of Google Reader."""
    return {
        "id": f"tag:google.com,2005:reader/item/{key}",
        "title": f"{key.title()} news",
        "canonical": [{"href": f"https://courier.example/{key}"}],
        "published": 1_700_000_000,
        "summary": {"content": f"<p>{about(key)}</p>"},
        "origin": {"streamId": f"feed/{FEED}", "title": "Courier"},
        "categories": [f"user/-/state/com.google/{state}" for state in states],
    } | fields


def test_items_of_google_reader_are_moved_in(shell: Shell, tmp_path: Path) -> None:
    labelled = google_item("tram", "read", categories=["user/1/state/com.google/read", "user/1/label/Sea"])
    export = tmp_path / "starred.json"
    items = [google_item("ferry", "starred", "read"), labelled, google_item("bus"), google_item("ship", origin={}), "no item"]
    export.write_text(json.dumps({"items": items}), encoding="utf-8")
    assert shell("import", "google_reader", str(export)) == (3, "")
    places = [line.partition(": ")[0] for line in shell.words.splitlines()[:-1]]
    assert places == [f"{export}, item 4", f"{export}, item 5", str(export)]
    assert marks(shell) == (3, 1, 1)
    assert shell.rows("feeds") == []
    shell("import", "google_reader", str(export))
    assert shell.words.endswith("Nothing new\n")


@pytest.mark.parametrize("text", ["", "[]", '{"items": 3}', "<html>", "[" * 100_000])
def test_other_files_are_no_export_of_google_reader(shell: Shell, tmp_path: Path, text: str) -> None:
    (tmp_path / "export.json").write_text(text, encoding="utf-8")
    assert shell("import", "google_reader", str(tmp_path / "export.json")) == (1, "")
    assert "export.json: " in shell.words
    assert marks(shell) == (0, 0, 0)


def test_an_export_of_freshrss_is_moved_in(shell: Shell, tmp_path: Path) -> None:
    export = tmp_path / "export.zip"
    outline = f'<outline text="Sea"><outline type="rss" text="Courier" xmlUrl="{FEED}"/></outline>'
    opml = f'<opml version="2.0"><body>{outline}</body></opml>'
    feed = [google_item("ferry", "starred", "read", guid="ferry"), google_item("tram", "unread", guid="tram")]
    with zipfile.ZipFile(export, "w") as archive:
        archive.writestr("feeds_2026-11-01.opml.xml", opml)
        archive.writestr("feed_1.json", json.dumps({"items": feed}))
        archive.writestr("starred_2026-11-01.json", json.dumps({"items": feed[:1]}))
    assert shell("import", "freshrss", str(export)) == (0, "")
    assert marks(shell) == (2, 1, 1)
    (row,) = shell.rows("feeds")
    assert (row["address"], row["tags"], row["unread"]) == (FEED, ["Sea"], 1)
    export.write_bytes(b"no zip file")
    assert shell("import", "freshrss", str(export)) == (1, "")


def test_liferea_is_moved_in(shell: Shell, tmp_path: Path) -> None:
    outline = f'<outline text="Sea"><outline type="rss" text="Courier" xmlUrl="{FEED}"/></outline>'
    (tmp_path / "feedlist.opml").write_text(f'<opml version="1.0"><body>{outline}</body></opml>', encoding="utf-8")
    assert shell("import", "liferea", str(tmp_path)) == (1, "")
    with closing(sqlite3.connect(tmp_path / "liferea.db")) as db:
        db.executescript("""
            CREATE TABLE items (title, read, marked, source, source_id, valid_guid, description, date, node_id);
            CREATE TABLE subscription (node_id, source, filter_cmd);
        """)
        db.execute("INSERT INTO subscription VALUES ('n', ?, NULL)", (FEED,))
        for key, read, marked in (("ferry", 1, 1), ("tram", 0, 0)):
            link, text = f"https://courier.example/{key}", f"<p>{about(key)}</p>"
            row = (f"{key.title()} news", read, marked, link, key, 1, text, 1_700_000_000, "n")
            db.execute("INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        db.commit()
    assert shell("import", "liferea", str(tmp_path)) == (0, "")
    assert marks(shell) == (2, 1, 1)
    assert [(row["tags"], row["unread"]) for row in shell.rows("feeds")] == [(["Sea"], 1)]


def test_the_command_offers_every_reader() -> None:
    assert set(COMMANDS["import"].arguments[0].choices or ()) == set(OTHER_READERS)


def test_an_import_that_ends_before_its_marks_are_written_is_made_up_for(
    shell: Shell, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """The end of the process."""

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("reader.storage.flag_changes.FlagChangeStore.apply", killed)
        with pytest.raises(Killed):
            shell("import", "newsboat", str(home))
    assert marks(shell) == (3, 3, 0)
    shell("import", "newsboat", str(home))
    assert marks(shell) == (3, 2, 1)
