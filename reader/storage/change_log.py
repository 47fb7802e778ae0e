"""The log of changes to stories, and how far each derived thing has read it.

Each derived thing (threads, index) notes the recipe it was made by and the last change it has taken in, in the same transaction as
its rows; so a changed recipe, or a crash between a story and what follows from it, shows by comparing two numbers.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from reader.storage.database import Database


@dataclass(frozen=True, slots=True)
class StoryChange:
    """The last change of a story: its number in the log, and whether the story is gone."""

    seq: int
    story: str
    gone: bool


@dataclass(frozen=True, slots=True)
class DerivedState:
    """The state of a derived thing: the number of its recipe, and the last change of the log that it has taken in."""

    recipe: int = 0
    seen: int = 0


class ChangeLog:
    """The changes of the stories in the order they happened, one for each story."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def since(self, after: int, limit: int = -1) -> list[StoryChange]:
        """Return the changes after this number of the log, in order; after 0, those of every story."""
        with self._database.reading() as db:
            found = db.execute("SELECT seq, story, deleted FROM story_change WHERE seq > ? ORDER BY seq LIMIT ?", (after, limit))
            return [StoryChange(row["seq"], row["story"], bool(row["deleted"])) for row in found]

    def last(self) -> int:
        """Return the number of the last change; 0 if there is none."""
        with self._database.reading() as db:
            return int(db.execute("SELECT coalesce(max(seq), 0) FROM story_change").fetchone()[0])

    def state(self, name: str) -> DerivedState:
        """Return the state of a derived thing ('threads', 'index'); `DerivedState()` if it was never made."""
        with self._database.reading() as db:
            return read_state(db, name)

    def set_state(self, name: str, state: DerivedState) -> None:
        """Store the state of a derived thing that is kept outside this file."""
        with self._database.writing() as db:
            write_state(db, name, state)


def read_state(db: sqlite3.Connection, name: str) -> DerivedState:
    """Return the state of a derived thing; `DerivedState()` if it was never made."""
    row = db.execute("SELECT recipe, seen FROM derived_state WHERE name = ?", (name,)).fetchone()
    return DerivedState(*row) if row else DerivedState()


def write_state(db: sqlite3.Connection, name: str, state: DerivedState) -> None:
    """Store the state of a derived thing."""
    db.execute("INSERT OR REPLACE INTO derived_state VALUES (?, ?, ?)", (name, state.recipe, state.seen))
