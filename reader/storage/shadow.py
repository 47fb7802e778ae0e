"""A draft of all threads, built beside the current ones and published as a whole."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from reader.storage.clusters import TABLES
from reader.storage.database import Database
from reader.storage.store import Store

_SHADOWED = (*TABLES, "derived_state", "metadata")
_SCHEMA = """
    SELECT type, sql FROM main.sqlite_schema
    WHERE tbl_name = ? AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC
"""


class ShadowDatabase(Database):
    """The library's file through one connection, on which empty temporary tables shadow those of the threads."""

    _BEGIN = "BEGIN DEFERRED"  # writing to the draft does not block other writers

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.close()
        self._single = self._connect()
        self._closed = False
        self._idle = [self._single]
        # referenced tables are not part of the draft
        self._single.execute("PRAGMA foreign_keys = OFF")
        for name in _SHADOWED:
            for row in self._single.execute(_SCHEMA, (name,)).fetchall():
                made, shadow = {"table": ("TABLE ", "TEMP TABLE "), "index": ("INDEX ", "INDEX temp.")}[row["type"]]
                self._single.execute(row["sql"].replace(made, shadow, 1))


class ThreadDraft:
    """A store whose threads are a draft, discarded unless published."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder, ShadowDatabase(folder / "library.db"))

    def publish(self) -> None:
        """Replace the current threads by the draft, without stories deleted in the meantime."""
        with self.store.database.writing() as db:
            for table in TABLES:
                db.execute(f"DELETE FROM main.{table}")  # noqa: S608 names of schema.sql
                _copy(db, table)
            db.execute("INSERT OR REPLACE INTO main.metadata SELECT * FROM temp.metadata")
            db.execute("INSERT OR REPLACE INTO main.derived_state SELECT * FROM temp.derived_state")

    def close(self) -> None:
        """Close the file."""
        self.store.close()


def _copy(db: sqlite3.Connection, table: str) -> None:
    """Copy a table of the draft; members of deleted stories stay until their threads are updated."""
    there = " WHERE story IN (SELECT id FROM story)" if table in ("thread_story", "date_estimate") else ""
    db.execute(f"INSERT INTO main.{table} SELECT * FROM temp.{table}{there}")  # noqa: S608 names of schema.sql
