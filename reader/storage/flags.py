"""The user's flags on stories: read, starred, seen in a followed thread."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from reader.storage.database import Database

_SET = "INSERT OR IGNORE INTO story_flag SELECT ?, id FROM story WHERE id IN (SELECT value FROM json_each(?))"
_CLEAR = "DELETE FROM story_flag WHERE flag = ? AND story IN (SELECT value FROM json_each(?))"


class FlagStore:
    """Flags of stories, each set or not."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set_seen(self, ids: Iterable[str]) -> int:
        """Mark stories as seen in a followed thread; returns how many changed."""
        with self._database.writing() as db:
            return write_flag(db, "seen", list(ids), True)

    def ids(self, name: str) -> list[str]:
        """Return the ids of the stories with a flag: 'read', 'starred' or 'seen'."""
        with self._database.reading() as db:
            # one string, because there may be a hundred thousand ids
            found = db.execute("SELECT coalesce(group_concat(story, ' '), '') FROM story_flag WHERE flag = ?", (name,))
            return str(found.fetchone()[0]).split()

    def unread_count(self) -> int:
        """Return the number of unread stories."""
        with self._database.reading() as db:
            read = db.execute("SELECT count(*) FROM story_flag WHERE flag = 'read'").fetchone()[0]
            return int(db.execute("SELECT count(*) FROM story").fetchone()[0] - read)


def write_flag(db: sqlite3.Connection, name: str, ids: Sequence[str], on: bool) -> int:
    """Set or clear a flag of stories; returns how many changed."""
    return db.execute(_SET if on else _CLEAR, (name, json.dumps(ids))).rowcount
