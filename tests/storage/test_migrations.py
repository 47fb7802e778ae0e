"""Migration of older library files."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from reader.models import (
    NOT_STATED,
    PLAIN,
    Block,
    Correction,
    ExtractedField,
    FeedCandidate,
    FeedEntry,
    Inline,
    StoryFilter,
    StoryHeader,
)
from reader.storage import migrations
from reader.storage.change_log import DerivedState
from reader.storage.clusters import ClusterMember, ThreadUpdate
from reader.storage.feed_items import feed_item_rows
from reader.storage.migrations import VERSION
from reader.storage.store import Store
from tests.support.flags import set_flag
from tests.support.stories import story

# what of the schema of version 1 later ones changed
CHANGED = {
    "story": """CREATE TABLE story (
        id TEXT PRIMARY KEY, content TEXT NOT NULL UNIQUE, source TEXT NOT NULL, address TEXT NOT NULL, url TEXT,
        title TEXT NOT NULL, title_made INTEGER NOT NULL, outlet TEXT,
        agency TEXT, byline TEXT, place TEXT, published TEXT) WITHOUT ROWID""",
    "text": """CREATE TABLE text (
        story TEXT PRIMARY KEY REFERENCES story ON DELETE CASCADE, facts TEXT NOT NULL, body TEXT NOT NULL, captions TEXT NOT NULL,
        removed TEXT NOT NULL)""",
    "member": "CREATE TABLE member (story TEXT PRIMARY KEY REFERENCES story ON DELETE CASCADE, data BLOB NOT NULL)",
}
NEW = {
    1: ("version", "feed", "item", "host", "term", "correction", "own_thread", "own_placed", "covered", "seen"),
    2: ("correction", "own_thread", "own_placed", "covered", "seen"),
    3: ("seen",),
}
"""The tables that later versions made."""
TERM_BEFORE_4 = """CREATE TABLE term (term TEXT NOT NULL, arrival INTEGER NOT NULL, story TEXT NOT NULL,
    PRIMARY KEY (term, arrival)) WITHOUT ROWID;"""


NEW_COLUMNS = {
    "story": ("outlet_id", "found", "listed", "language"),
    "feed": ("site_name", "outlet"),
    "thread": ("independent_outlets", "headline"),
    "corrected_thread": ("independent_outlets", "headline"),
}
"""The columns that versions 7, 8 and 10 added."""


def without_outlets(db: sqlite3.Connection) -> None:
    """Drop what versions 7, 8 and 10 made."""
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("PRAGMA legacy_alter_table = ON")
    made = db.execute("SELECT type, name FROM sqlite_schema WHERE type IN ('view', 'trigger')").fetchall()
    for kind, name in [*made, ("table", "outlet"), ("table", "flag_change")]:
        db.execute(f"DROP {kind} {name}")
    for table, columns in NEW_COLUMNS.items():
        without_columns(db, table, columns)


def without_columns(db: sqlite3.Connection, table: str, columns: Sequence[str]) -> None:
    """Make a table as it was without these columns; SQLite's own way of dropping them stumbles over comments."""
    (create,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    lines = [line for line in re.sub(r"--[^\n]*", "", create).splitlines() if line.split()[:1] not in [[name] for name in columns]]
    kept = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] not in columns]
    db.execute(f"ALTER TABLE {table} RENAME TO kept")
    db.execute(re.sub(r",\s*\)", ")", "\n".join(lines)))
    db.execute(f"INSERT INTO {table} SELECT {', '.join(kept)} FROM kept")
    db.execute("DROP TABLE kept")


def undated(store: Store) -> list[StoryHeader]:
    """The stories without when they were found: older files do not keep it."""
    return [replace(header, found=None) for header in store.stories.headers()]


def with_old_names(db: sqlite3.Connection) -> None:
    """Give tables and columns the names they had before version 5."""
    for kind, name in db.execute(
        "SELECT type, name FROM sqlite_schema WHERE sql IS NOT NULL AND type IN ('view', 'index')"
    ).fetchall():
        db.execute(f"DROP {kind} {name}")
    for old, new in migrations._TABLES.items():
        db.execute(f"ALTER TABLE {new} RENAME TO {old}")
    for table, columns in migrations._COLUMNS.items():
        for old, new in columns.items():
            db.execute(f"ALTER TABLE {table} RENAME COLUMN {new} TO {old}")
    db.execute("ALTER TABLE correction RENAME COLUMN message TO said")
    db.execute("UPDATE correction SET said = json_extract(said, '$[1]')")


def without_new(db: sqlite3.Connection, version: int) -> None:
    """Drop what versions after this one made, and say that the file is of this one."""
    without_outlets(db)
    if version == 6:
        db.execute("PRAGMA user_version = 6")
        return
    with_old_names(db)
    for table in NEW[version]:
        db.execute(f"DROP TABLE {table}")
    if version > 1:
        db.execute("ALTER TABLE term RENAME TO kept")
        db.execute(TERM_BEFORE_4)
        db.execute("INSERT INTO term SELECT k.term, k.arrival, m.story FROM kept k JOIN member m ON m.arrival = k.arrival")
        db.execute("CREATE INDEX term_story ON term (story)")
        db.execute("DROP TABLE kept")
    db.execute(f"PRAGMA user_version = {version}")


def made_old(folder: Path) -> None:
    """Turn a library's file back into one of version 1."""
    with sqlite3.connect(folder / "library.db") as db:
        db.execute("PRAGMA foreign_keys = OFF")
        without_new(db, 1)
        for table, create in CHANGED.items():
            columns = create.partition("(")[2].rpartition(")")[0]
            names = ", ".join(part.split()[0] for part in columns.split(",")) if table != "member" else "story, data"
            db.execute(f"CREATE TABLE kept AS SELECT {names} FROM {table}")
            db.execute(f"DROP TABLE {table}")
            db.execute(create)
            db.execute(f"INSERT INTO {table} SELECT * FROM kept")
            db.execute("DROP TABLE kept")
    db.close()


def test_version_1_is_migrated_without_loss(tmp_path: Path) -> None:
    text = "The harbour council and the ferry crews agreed on Monday to end the strike that had stopped every crossing. " * 4
    store = Store(tmp_path)
    one, two = (
        store.stories.put(story("/one", outlet="One", body=[text]))[0],
        store.stories.put(story("/two", outlet="Two", body=[text]))[0],
    )
    set_flag(store, "starred", [one], True)
    before = [store.stories.get(key) for key in (one, two)]
    store.close()
    made_old(tmp_path)
    store = Store(tmp_path)
    found = [store.stories.get(key) for key in (one, two)]
    assert [each.language.value for each in found] == ["en", "en"]
    assert [replace(each, language=NOT_STATED) for each in found] == before
    assert store.stories.headers([one])[0].starred
    assert store.stories.copies(one) == [two]
    assert store.feeds.all() == []
    assert {change.story for change in store.clusters.backlog()} == {one, two}
    store.close()
    with sqlite3.connect(tmp_path / "library.db") as db:
        assert db.execute("PRAGMA user_version").fetchone() == (VERSION,)
    db.close()


def test_version_2_is_migrated_and_takes_corrections(tmp_path: Path) -> None:
    store = Store(tmp_path)
    key = store.stories.put(story("/one", outlet="One"))[0]
    set_flag(store, "starred", [key], True)
    before = undated(store)
    store.close()
    with sqlite3.connect(tmp_path / "library.db") as db:
        without_new(db, 2)
    db.close()
    store = Store(tmp_path)
    assert undated(store) == before
    assert store.corrections.all() == []
    new = Correction(number=0, kind="pin", stories=(key,), text="on", message=("text", "pinned"))
    written = store.corrections.add(new)
    assert written == replace(new, number=1, at=written.at)
    store.close()
    with sqlite3.connect(tmp_path / "library.db") as db:
        assert db.execute("PRAGMA user_version").fetchone() == (VERSION,)
    db.close()


def test_terms_of_version_3_still_find_their_stories(tmp_path: Path) -> None:
    store = Store(tmp_path)
    key = store.stories.put(story("/one", outlet="One"))[0]
    woven = ThreadUpdate(state=DerivedState(1, 1), totals="{}", new={key: ClusterMember(1, 7, 1, b"packed", ("ferry", "strike"))})
    store.clusters.save(woven)
    store.close()
    with sqlite3.connect(tmp_path / "library.db") as db:
        without_new(db, 3)
    db.close()
    store = Store(tmp_path)
    assert store.clusters.arrivals_by_term(["ferry", "tram"], 5) == {"ferry": [7], "tram": []}
    assert store.clusters.stories_by_arrival([7]) == {7: key}
    store.close()


def test_version_3_is_migrated_and_records_reading_history(tmp_path: Path) -> None:
    store = Store(tmp_path)
    key = store.stories.put(story("/one", outlet="One"))[0]
    store.corrections.add(Correction(number=0, kind="pin", stories=(key,), text="on", message=("text", "pinned")))
    before = undated(store), store.corrections.all()
    store.close()
    with sqlite3.connect(tmp_path / "library.db") as db:
        without_new(db, 3)
    db.close()
    store = Store(tmp_path)
    assert (undated(store), store.corrections.all()) == before
    store.history.record(key, store.stories.digest(key), [(0, 4)])
    assert store.history.count() == 1
    store.close()


def test_version_6_is_migrated_with_outlets_and_list_order(tmp_path: Path) -> None:
    store = Store(tmp_path)
    address = "https://feeds.courier.com/world"
    store.feeds.subscribe(FeedCandidate(address))
    told = story("/1", url="https://www.courier.com/1", outlet="World | Courier", published="2020-01-01")
    ahead = story("/2", "Ahead", ["Later."], url="https://www.courier.com/2", outlet="World | Courier", published="2999-01-01")
    rows = feed_item_rows([FeedEntry("1", told), FeedEntry("2", ahead)])
    outlet = store.feeds.describe(address, title="World | Courier", home="https://www.courier.com", site_name=None, pages=[])
    one, two = store.feed_items.put(address, rows, outlet).added
    page, _ = store.stories.put(story("/page", "A page", ["A page."], url="https://gazette.net/1", outlet="The Gazette"))
    clipping, _ = store.stories.put(story("/clipping.txt", "A clipping", ["A clipping."], outlet="Courier"))
    before = undated(store)
    store.close()
    with sqlite3.connect(tmp_path / "library.db") as db:
        without_new(db, 6)
    db.close()
    store = Store(tmp_path)
    assert undated(store) == before
    names = {header.id: header.outlet for header in before}
    assert names == {one: "Courier", two: "Courier", page: "The Gazette", clipping: "Courier"}
    assert store.listings.ids(StoryFilter())[3] == one, "a date to come is no later than today"
    assert [feed.title for feed in store.feeds.all()] == ["World | Courier"]
    store.feeds.change(address, name="Mine")
    assert {header.outlet for header in store.stories.headers([one])} == {"Mine"}
    store.close()


def test_times_of_feeds_in_a_file_of_version_8_are_known_to_be_in_utc(tmp_path: Path) -> None:
    store = Store(tmp_path)
    times = {"feed": "2020-01-01T10:00", "line:10:00": "2020-01-01T11:00", "feed_order": "2020-01-02"}
    keys = [
        store.stories.put(replace(story(f"/{when}", when, [when]), published=ExtractedField(when, 0.9, why)))[0]
        for why, when in times.items()
    ]
    before = store.stories.digests()
    store.close()
    with sqlite3.connect(tmp_path / "library.db") as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("PRAGMA legacy_alter_table = ON")
        for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        without_columns(db, "story", ["language"])
        db.execute("PRAGMA user_version = 8")
    db.close()
    store = Store(tmp_path)
    published = [header.published for header in sorted(store.stories.headers(keys), key=lambda header: keys.index(header.id))]
    assert published == ["2020-01-01T10:00Z", "2020-01-01T11:00", "2020-01-02"]
    assert store.stories.digests() == before
    store.close()


def test_stories_of_a_file_of_version_10_are_plain_paragraphs_and_unchanged(tmp_path: Path) -> None:
    store = Store(tmp_path)
    block = Block("item", 1, marker=2, inline=(Inline(2, 5, "link", "https://a.example/"),))
    key = store.stories.put(story("/one", body=["* one", "two"], blocks=(block, PLAIN)))[0]
    before, change = store.stories.get(key), store.log.last()
    assert before.blocks == (block, PLAIN)
    digests = store.stories.digests()
    store.close()
    with sqlite3.connect(tmp_path / "library.db") as db:
        db.execute("ALTER TABLE story_text DROP COLUMN structure")
        db.execute("PRAGMA user_version = 10")
    db.close()
    store = Store(tmp_path)
    assert store.stories.get(key) == replace(before, blocks=())
    assert (store.stories.digests(), store.log.last()) == (digests, change)
    store.close()
