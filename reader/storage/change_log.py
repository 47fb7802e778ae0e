"""The change log of stories, and the state of everything derived from stories.

Derived data (threads, index) records the recipe that produced it and the last change applied, in the same transaction as its rows.
A new recipe, or a crash between a change and its consequences, thus shows by comparing two numbers.
"""

from __future__ import annotations

import sqlite3

from msgspec import Struct

from reader.storage.database import Database


class StoryChange(Struct, frozen=True):
    """Latest change of a story: its sequence number, and whether the story was deleted."""

    seq: int
    story: str
    deleted: bool


class DerivedState(Struct, frozen=True):
    """State of derived data: its recipe, and the sequence number of the last change applied."""

    recipe: int = 0
    seen: int = 0


class ChangeLog:
    """Latest change of every story, in order."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def since(self, after: int, limit: int = -1) -> list[StoryChange]:
        """Return the changes after a sequence number, in order; after 0, one for every story."""
        with self._database.reading() as db:
            found = db.execute("SELECT seq, story, deleted FROM story_change WHERE seq > ? ORDER BY seq LIMIT ?", (after, limit))
            return [StoryChange(row["seq"], row["story"], bool(row["deleted"])) for row in found]

    def last(self) -> int:
        """Return the sequence number of the last change; 0 if there is none."""
        with self._database.reading() as db:
            return int(db.execute("SELECT coalesce(max(seq), 0) FROM story_change").fetchone()[0])

    def state(self, name: str) -> DerivedState:
        """Return the state of derived data ('threads', 'index'); `DerivedState()` if it does not exist yet."""
        with self._database.reading() as db:
            return read_state(db, name)

    def set_state(self, name: str, state: DerivedState) -> None:
        """Store the state of derived data that is kept outside this file."""
        with self._database.writing() as db:
            write_state(db, name, state)


def read_state(db: sqlite3.Connection, name: str) -> DerivedState:
    """Return the state of derived data; `DerivedState()` if it does not exist yet."""
    row = db.execute("SELECT recipe, seen FROM derived_state WHERE name = ?", (name,)).fetchone()
    return DerivedState(*row) if row else DerivedState()


def write_state(db: sqlite3.Connection, name: str, state: DerivedState) -> None:
    """Store the state of derived data."""
    db.execute("INSERT OR REPLACE INTO derived_state VALUES (?, ?, ?)", (name, state.recipe, state.seen))
