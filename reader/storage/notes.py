"""Small values stored under a key."""

from __future__ import annotations

from reader.storage.database import Database


class NoteStore:
    """Notes of a library: short texts by key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str) -> str | None:
        """Return the value of a key; None if there is none."""
        with self._database.reading() as db:
            row = db.execute("SELECT value FROM metadata WHERE key = ?", (key,)).fetchone()
            return None if row is None else str(row["value"])

    def set(self, key: str, value: str) -> None:
        """Store a value under a key."""
        with self._database.writing() as db:
            db.execute("INSERT OR REPLACE INTO metadata VALUES (?, ?)", (key, value))
