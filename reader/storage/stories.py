"""Stories: their texts, headers, versions and addresses, and the identity of a page's story."""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache

from msgspec.structs import replace

from reader.models import Origin, Outcome, Story, StoryHeader, StoryText, Version
from reader.storage import outlets, story_rows
from reader.storage.database import Database
from reader.storage.json_column import read_json

Row = Mapping[str, story_rows.Value]

STORY = "SELECT * FROM story JOIN story_text ON story_text.story = story.id WHERE id = ?"
# ids go into a statement as one JSON parameter, so that any number of them fits
_AMONG = "(SELECT value FROM json_each(?))"
_STORIES = f"SELECT * FROM story JOIN story_text ON story_text.story = story.id WHERE id IN {_AMONG}"  # noqa: S608 a constant
_TEXTS = f"""
    SELECT id, title, title_generated, published, coalesce(outlet_id, outlet) AS outlet, language, body
    FROM story JOIN story_text ON story_text.story = story.id WHERE id IN {_AMONG}
"""  # noqa: S608 a constant
_HEADERS = """
    SELECT s.*, e.time, e.confidence, e.reason, coalesce(o.thread, p.thread, 'w' || s.id) AS thread,
           coalesce(l.own, l.name, s.outlet) AS shown_outlet,
           EXISTS (SELECT 1 FROM story_flag m WHERE m.flag = 'read' AND m.story = s.id) AS read,
           EXISTS (SELECT 1 FROM story_flag m WHERE m.flag = 'starred' AND m.story = s.id) AS starred
    FROM story s LEFT JOIN date_estimate e ON e.story = s.id LEFT JOIN outlet l ON l.id = s.outlet_id
    LEFT JOIN thread_story p ON p.story = s.id LEFT JOIN corrected_thread_story o ON o.story = s.id
"""
_OF_THREAD = "s.id IN (SELECT story FROM shown_thread_story WHERE thread = ?) ORDER BY coalesce(o.position, p.position)"
_COPIES = "SELECT id FROM story WHERE body_digest = (SELECT body_digest FROM story WHERE id = ?) AND id <> ? ORDER BY published, id"


class StoryStore:
    """Stories of a library by id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, story: Story) -> tuple[str, Outcome]:
        """Store a story; returns its id and whether it was added, updated or unchanged.

        Equal content is the same story, wherever it is found: a new address is added to the others. New content at a known address
        updates the story there, which keeps its id, unless that story has other addresses: then it stays unchanged, and the address
        begins a new story. No story is lost because its address now has other content.
        """
        with self._database.writing() as db:
            digest = story_rows.digest(story)
            twin = db.execute("SELECT id FROM story WHERE digest = ?", (digest,)).fetchone()
            held = db.execute("SELECT story FROM story_address WHERE address = ?", (story.address,)).fetchone()
            outcome: Outcome
            if twin:
                key = twin["id"]
                outcome = "updated" if _update_extraction(db, key, story) else "unchanged"
            else:
                outlet = outlets.of_page(db, story.url, story.outlet.value)
                if held and len(_addresses(db, held["story"])) == 1:
                    key, outcome = held["story"], "updated"
                    revise(db, key, story, digest)
                    db.execute("UPDATE story SET outlet_id = ? WHERE id = ?", (outlet, key))
                else:
                    rows = story_rows.story_row(story, "", digest), story_rows.text_row(story, "")
                    key = add(db, *rows, digest, outlet, datetime.now(UTC))
                    outcome = "added"
            add_address(db, key, story_rows.story_row(story, key, digest))
            if held and held["story"] != key:
                _change_main_address(db, held["story"], story.address)
            return key, outcome

    def remove(self, ids: Iterable[str]) -> int:
        """Delete stories with everything that belongs to them; returns how many existed."""
        removed = 0
        with self._database.writing() as db:
            for key in ids:
                if db.execute("DELETE FROM story WHERE id = ?", (key,)).rowcount:
                    db.execute("INSERT OR REPLACE INTO story_change (story, deleted) VALUES (?, 1)", (key,))
                    removed += 1
        return removed

    def get(self, key: str) -> Story:
        """Return a story with its text; raises KeyError if there is none."""
        with self._database.reading() as db:
            row = db.execute(STORY, (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return story_rows.restore(row)

    def get_many(self, ids: Iterable[str]) -> list[Story]:
        """Return stories with their texts in the order of the ids; unknown ids are skipped."""
        requested = list(ids)
        with self._database.reading() as db:
            found = {row["id"]: story_rows.restore(row) for row in db.execute(_STORIES, (json.dumps(requested),))}
        return [found[key] for key in requested if key in found]

    def texts(self, ids: Iterable[str]) -> dict[str, StoryText]:
        """Return the parts of stories that clustering reads, by id in the order of the ids; unknown ids are skipped."""
        requested = list(ids)
        with self._database.reading() as db:
            found = {row["id"]: story_rows.story_text(row) for row in db.execute(_TEXTS, (json.dumps(requested),))}
        return {key: found[key] for key in requested if key in found}

    def headers(self, ids: Iterable[str] | None = None, thread: str | None = None) -> list[StoryHeader]:
        """Return stories without their text: these ids in their order, or those of a thread or of all, oldest first."""
        with self._database.reading() as db:
            if ids is not None:
                requested = list(ids)
                chosen = db.execute(f"{_HEADERS} WHERE s.id IN {_AMONG}", (json.dumps(requested),))
                found = {row["id"]: story_rows.header(row) for row in chosen}
                return [found[key] for key in requested if key in found]
            if thread is not None:
                inside = [story_rows.header(row) for row in db.execute(f"{_HEADERS} WHERE {_OF_THREAD}", (thread,))]
                if inside or not thread.startswith("w"):
                    return inside
                return [story_rows.header(row) for row in db.execute(f"{_HEADERS} WHERE s.id = ?", (thread[1:],))]
            every = db.execute(f"{_HEADERS} ORDER BY coalesce(s.published, e.time, '~'), s.id")
            return [story_rows.header(row) for row in every]

    def find_ids(self, prefix: str) -> list[str]:
        """Return the ids with a prefix, in order; none for an empty prefix."""
        start = prefix.strip().lower()
        with self._database.reading() as db:
            found = db.execute("SELECT id FROM story WHERE id >= ? AND id < ? ORDER BY id", (start, f"{start}~"))
            return [row["id"] for row in found] if start else []

    def count(self) -> int:
        """Return the number of stories."""
        with self._database.reading() as db:
            return int(db.execute("SELECT count(*) FROM story").fetchone()[0])

    # versions

    def versions(self, key: str) -> list[Version]:
        """Return the earlier versions of a story, latest first."""
        with self._database.reading() as db:
            found = db.execute("SELECT replaced_at, content FROM story_version WHERE story = ? ORDER BY number DESC", (key,))
            return [
                Version(row["replaced_at"], story_rows.restore(read_json(row["content"], f"version of story {key}")))
                for row in found
            ]

    def digest(self, key: str) -> str:
        """Return the digest of a story's content; raises KeyError if there is none."""
        with self._database.reading() as db:
            row = db.execute("SELECT digest FROM story WHERE id = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return str(row["digest"])

    def digests(self) -> dict[str, str]:
        """Return the digest of each story's content, by id."""
        with self._database.reading() as db:
            return {row["id"]: row["digest"] for row in db.execute("SELECT id, digest FROM story")}

    def with_digest(self, key: str, digest: str) -> Story | None:
        """Return the version of a story, current or earlier, that has this digest; None if it is not stored."""
        with self._database.reading() as db:
            older = db.execute("SELECT content FROM story_version WHERE story = ? ORDER BY number DESC", (key,))
            for row in itertools.chain(
                [db.execute(STORY, (key,)).fetchone()], (read_json(each["content"], f"version of story {key}") for each in older)
            ):
                if row is not None and row["digest"] == digest:
                    return story_rows.restore(row)
        return None

    def copies(self, key: str) -> list[str]:
        """Return the ids of other stories with the same words in the body."""
        with self._database.reading() as db:
            return [row["id"] for row in db.execute(_COPIES, (key, key))]

    def wordings(self, ids: Iterable[str]) -> dict[str, str]:
        """Return a digest of the words of each body, equal for copies; short bodies have none."""
        with self._database.reading() as db:
            found = db.execute(
                f"SELECT id, body_digest FROM story WHERE id IN {_AMONG} AND body_digest IS NOT NULL",  # noqa: S608 a constant
                (json.dumps(list(ids)),),
            )
            return {row["id"]: row["body_digest"] for row in found}

    # addresses

    def addresses(self, key: str) -> list[str]:
        """Return all addresses of a story, in alphabetical order."""
        with self._database.reading() as db:
            return _addresses(db, key)

    def origins(self, key: str) -> list[Origin]:
        """Return the origins of a story: feeds that list it, and addresses outside feeds."""
        with self._database.reading() as db:
            items = db.execute("SELECT address, feed FROM feed_item WHERE story = ?", (key,))
            listed = [Origin(row["address"], row["feed"] or None) for row in items]
            known = {origin.address for origin in listed}
            return listed + [Origin(address) for address in _addresses(db, key) if address not in known]

    def locators(self, stories: Iterable[str]) -> dict[str, str]:
        """Return an address by which another library can identify each story: its page, or its address if others share the page."""
        with self._database.reading() as db:
            requested = json.dumps(list(stories))
            rows = db.execute(f"SELECT id, url, address FROM story WHERE id IN {_AMONG}", (requested,)).fetchall()  # noqa: S608 a constant
            urls = json.dumps([row["url"] for row in rows if row["url"]])
            shared = f"SELECT url FROM story_address WHERE url IN {_AMONG} GROUP BY url HAVING count(DISTINCT story) > 1"  # noqa: S608 a constant
            several = {row["url"] for row in db.execute(shared, (urls,))}
        return {row["id"]: row["url"] if row["url"] and row["url"] not in several else row["address"] for row in rows}

    def at_locators(self, locators: Iterable[str]) -> dict[str, str]:
        """Return the stories at these addresses, by address; unknown and ambiguous ones are skipped."""
        requested = json.dumps(list(locators))
        with self._database.reading() as db:
            rows = db.execute(
                f"SELECT story, address, url FROM story_address WHERE address IN {_AMONG} OR url IN {_AMONG}",  # noqa: S608 a constant
                (requested, requested),
            ).fetchall()
        pages: dict[str, set[str]] = {}
        for row in rows:
            if row["url"]:
                pages.setdefault(row["url"], set()).add(row["story"])
        found = {url: next(iter(stories)) for url, stories in pages.items() if len(stories) == 1}
        return {**found, **{row["address"]: row["story"] for row in rows}}


# writing, within a transaction


def add(
    db: sqlite3.Connection, story: Row, text: Row, digest: str, outlet: str | None, now: datetime, undated: str | None = None
) -> str:
    """Insert a new story, given by its rows, the digest of its content and the identity of its outlet; returns its id.

    It is found at `now`, in UTC; without a date it is listed by the time `undated`, or else by `now`.
    """
    key = _free_id(db, digest)
    found = now.strftime("%Y-%m-%dT%H:%M:%S.%f")
    listed = min(str(story["published"] or undated or found), found)
    _upsert(db, "story", {**story, "id": key, "outlet_id": outlet, "found": found, "listed": listed})
    _upsert(db, "story_text", {**text, "story": key})
    db.execute("INSERT OR REPLACE INTO story_change (story, deleted) VALUES (?, 0)", (key,))
    return key


def revise(db: sqlite3.Connection, key: str, story: Story, digest: str) -> None:
    """Update a story, and keep its previous content as a version."""
    row = dict(db.execute(STORY, (key,)).fetchone())
    until = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    db.execute("INSERT INTO story_version (story, replaced_at, content) VALUES (?, ?, ?)", (key, until, json.dumps(row)))
    write(db, key, story, digest)


def write(db: sqlite3.Connection, key: str, story: Story, digest: str) -> None:
    """Write a story's rows and its entry in the change log; `digest` is that of its content."""
    _upsert(db, "story", story_rows.story_row(story, key, digest))
    _upsert(db, "story_text", story_rows.text_row(story, key))
    db.execute("INSERT OR REPLACE INTO story_change (story, deleted) VALUES (?, 0)", (key,))


def restructure(db: sqlite3.Connection, key: str, story: Row, text: Row) -> None:
    """Give a story the structure of rows with the same text from the same address; to search and threads nothing changes."""
    db.execute(
        "UPDATE story_text SET structure = :structure WHERE story = :story AND structure IS NOT :structure"
        " AND body = :body AND removed_lines = :removed_lines"
        " AND story IN (SELECT id FROM story WHERE id = :story AND address = :address)",
        {**text, "story": key, "address": story["address"]},
    )


def add_address(db: sqlite3.Connection, key: str, story: Row) -> None:
    """Record the address at which a story was found."""
    row = (story["address"], key, story["source"], story["url"])
    db.execute("INSERT OR REPLACE INTO story_address VALUES (?, ?, ?, ?)", row)


def _addresses(db: sqlite3.Connection, key: str) -> list[str]:
    return [row["address"] for row in db.execute("SELECT address FROM story_address WHERE story = ? ORDER BY address", (key,))]


def _update_extraction(db: sqlite3.Connection, key: str, story: Story) -> bool:
    """Update how the same content was extracted (confidence, reasons, removed lines), if at the story's main address."""
    kept = story_rows.restore(db.execute(STORY, (key,)).fetchone())
    differs = kept.address == story.address and kept != replace(story, id=key)
    if differs:
        write(db, key, story, story_rows.digest(story))
    return differs


def _change_main_address(db: sqlite3.Connection, key: str, left: str) -> None:
    """Move a story to another of its addresses, if it has one, because its main address now has other content."""
    db.execute(
        "UPDATE story SET (address, source, url) ="
        " (SELECT address, source, url FROM story_address WHERE story = story.id ORDER BY address LIMIT 1)"
        " WHERE id = ? AND address = ? AND id IN (SELECT story FROM story_address)",
        (key, left),
    )


def _free_id(db: sqlite3.Connection, digest: str) -> str:
    """Return the short id of this content, or another one if a different story has it."""
    ids = (story_rows.short_id(digest, clash) for clash in itertools.count())
    return next(key for key in ids if not db.execute("SELECT 1 FROM story WHERE id = ?", (key,)).fetchone())


def _upsert(db: sqlite3.Connection, table: str, row: Mapping[str, story_rows.Value]) -> None:
    """Insert a row, or update the one with the same first column; unlike REPLACE, rows that refer to it are kept."""
    db.execute(_statement(table, tuple(row)), row)


@cache
def _statement(table: str, names: tuple[str, ...]) -> str:
    placeholders = ", ".join(f":{name}" for name in names)
    news = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    insert = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({placeholders})"  # noqa: S608 all are names of schema.sql
    return f"{insert} ON CONFLICT ({names[0]}) DO UPDATE SET {news}"
