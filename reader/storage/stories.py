"""Which story a page is: a new one, a new wording of one that is kept, or one that is kept already."""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from reader.models import Outcome, Story, Version
from reader.storage import story_rows

Row = Mapping[str, story_rows.Value]

STORY = "SELECT * FROM story JOIN text ON text.story = story.id WHERE id = ?"


def put(db: sqlite3.Connection, story: Story) -> tuple[str, Outcome]:
    """Keep a story; its id, and what that did.

    The same content is the same story, wherever it is found: a new address is noted beside the others. Other content at a known
    address updates the story there, and its id stays; unless the story still stands elsewhere: then it keeps its words, and the
    address begins a new story. No story is thrown away because its address has come to say something else.
    """
    content = story_rows.digest(story)
    twin = db.execute("SELECT id FROM story WHERE content = ?", (content,)).fetchone()
    held = db.execute("SELECT story FROM address WHERE address = ?", (story.address,)).fetchone()
    outcome: Outcome
    if twin:
        key = twin["id"]
        outcome = "updated" if _read_anew(db, key, story) else "unchanged"
    elif held and len(addresses(db, held["story"])) == 1:
        key, outcome = held["story"], "updated"
        revise(db, key, story, content)
    else:
        key, outcome = add(db, story_rows.story_row(story, "", content), story_rows.text_row(story, ""), content), "added"
    note_address(db, key, story_rows.story_row(story, key, content))
    if held and held["story"] != key:
        _move_home(db, held["story"], story.address)
    return key, outcome


def add(db: sqlite3.Connection, story: Row, text: Row, content: str) -> str:
    """Write a new story, given as its rows and the digest of what it says; its id."""
    key = _free_id(db, content)
    _upsert(db, "story", {**story, "id": key})
    _upsert(db, "text", {**text, "story": key})
    db.execute("INSERT OR REPLACE INTO change (story, gone) VALUES (?, 0)", (key,))
    return key


def revise(db: sqlite3.Connection, key: str, story: Story, content: str) -> None:
    """Give a story another wording, and keep the one it had."""
    row = dict(db.execute(STORY, (key,)).fetchone())
    until = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    db.execute("INSERT INTO version (story, until, rows) VALUES (?, ?, ?)", (key, until, json.dumps(row)))
    write(db, key, story, content)


def versions(db: sqlite3.Connection, key: str) -> list[Version]:
    """The wordings a story had before, the latest first."""
    found = db.execute("SELECT until, rows FROM version WHERE story = ? ORDER BY number DESC", (key,))
    return [Version(row["until"], story_rows.restore(json.loads(row["rows"]))) for row in found]


def note_address(db: sqlite3.Connection, key: str, story: Row) -> None:
    """Know a story again by the address it was found at."""
    row = (story["address"], key, story["source"], story["url"])
    db.execute("INSERT OR REPLACE INTO address VALUES (?, ?, ?, ?)", row)


def remove(db: sqlite3.Connection, key: str) -> bool:
    """Take a story away with all that belongs to it; whether there was one."""
    if not db.execute("DELETE FROM story WHERE id = ?", (key,)).rowcount:
        return False
    db.execute("INSERT OR REPLACE INTO change (story, gone) VALUES (?, 1)", (key,))
    return True


def addresses(db: sqlite3.Connection, key: str) -> list[str]:
    """Every address a story stands at, in alphabetical order."""
    return [row["address"] for row in db.execute("SELECT address FROM address WHERE story = ? ORDER BY address", (key,))]


def _read_anew(db: sqlite3.Connection, key: str, story: Story) -> bool:
    """Take over how the same words were read this time (how sure, why, what was removed), if at the story's own address."""
    kept = story_rows.restore(db.execute(STORY, (key,)).fetchone())
    differs = kept.address == story.address and kept != replace(story, id=key)
    if differs:
        write(db, key, story, story_rows.digest(story))
    return differs


def _move_home(db: sqlite3.Connection, key: str, left: str) -> None:
    """Let a story whose own address now says something else be known by another of its addresses, if it has one."""
    db.execute(
        "UPDATE story SET (address, source, url) ="
        " (SELECT address, source, url FROM address WHERE story = story.id ORDER BY address LIMIT 1)"
        " WHERE id = ? AND address = ? AND id IN (SELECT story FROM address)",
        (key, left),
    )


def _free_id(db: sqlite3.Connection, content: str) -> str:
    """The short id of this content; another one where a story that says something else has it."""
    ids = (story_rows.short_id(content, clash) for clash in itertools.count())
    return next(key for key in ids if not db.execute("SELECT 1 FROM story WHERE id = ?", (key,)).fetchone())


def write(db: sqlite3.Connection, key: str, story: Story, content: str) -> None:
    """Write a story's rows and its line of the log; `content` is its digest."""
    _upsert(db, "story", story_rows.story_row(story, key, content))
    _upsert(db, "text", story_rows.text_row(story, key))
    db.execute("INSERT OR REPLACE INTO change (story, gone) VALUES (?, 0)", (key,))


def _upsert(db: sqlite3.Connection, table: str, row: Mapping[str, story_rows.Value]) -> None:
    """Insert a row, or change the one with the same first column; unlike REPLACE this leaves alone what refers to the row."""
    db.execute(_statement(table, tuple(row)), row)


@cache
def _statement(table: str, names: tuple[str, ...]) -> str:
    holes = ", ".join(f":{name}" for name in names)
    news = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    insert = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({holes})"  # noqa: S608 all are names of schema.sql
    return f"{insert} ON CONFLICT ({names[0]}) DO UPDATE SET {news}"
