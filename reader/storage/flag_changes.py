"""Changes of flags on many stories, stored so that they can be undone and redone, even after a restart."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal

from reader.models import BulkChange
from reader.storage.database import Database
from reader.storage.flags import write_flag

MAX_CHANGES = 200
"""Number of changes that can be undone."""
MAX_STORIES = 1_000_000
"""Total number of stories in stored changes; beyond that, the oldest changes are deleted."""

_TO_SET = """
    SELECT group_concat(id, ' ') FROM story WHERE id IN (SELECT value FROM json_each(?))
    AND id NOT IN (SELECT story FROM story_flag WHERE flag = ?)
"""
_TO_CLEAR = "SELECT group_concat(story, ' ') FROM story_flag WHERE story IN (SELECT value FROM json_each(?)) AND flag = ?"
_INSERT = 'INSERT INTO flag_change (flag, "on", size, stories) VALUES (?, ?, ?, ?)'
_PRUNE = """
    DELETE FROM flag_change WHERE number NOT IN (
        SELECT number
        FROM (SELECT number, sum(size) OVER (ORDER BY number DESC) AS stories FROM flag_change ORDER BY number DESC LIMIT ?)
        WHERE stories <= ? OR number = (SELECT max(number) FROM flag_change)
    )
"""


class FlagChangeStore:
    """Changes of flags in order: those that can be undone, then those that can be redone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def apply(self, flag: Literal["read", "starred"], stories: Iterable[str], on: bool) -> BulkChange | None:
        """Set or clear a flag on stories as one change; None if nothing changed. Undone changes can no longer be redone."""
        requested = json.dumps(list(stories))
        with self._database.writing() as db:
            changed = (db.execute(_TO_SET if on else _TO_CLEAR, (requested, flag)).fetchone()[0] or "").split()
            if not changed:
                return None
            write_flag(db, flag, changed, on)
            db.execute("DELETE FROM flag_change WHERE undone")
            number = db.execute(_INSERT, (flag, on, len(changed), " ".join(changed))).lastrowid
            db.execute(_PRUNE, (MAX_CHANGES, MAX_STORIES))
        return BulkChange(number=number or 0, flag=flag, on=on, ids=tuple(changed))

    def undo(self) -> BulkChange | None:
        """Undo the last active change; None if there is none."""
        return self._replay("WHERE NOT undone ORDER BY number DESC", undone=True)

    def redo(self) -> BulkChange | None:
        """Redo the change that was undone last; None if there is none."""
        return self._replay("WHERE undone ORDER BY number", undone=False)

    def _replay(self, which: str, *, undone: bool) -> BulkChange | None:
        with self._database.writing() as db:
            row = db.execute(f"SELECT * FROM flag_change {which} LIMIT 1").fetchone()  # noqa: S608 constants
            if row is None:
                return None
            stories = row["stories"].split(" ")
            write_flag(db, row["flag"], stories, bool(row["on"]) is not undone)
            db.execute("UPDATE flag_change SET undone = ? WHERE number = ?", (undone, row["number"]))
        return BulkChange(number=row["number"], flag=row["flag"], on=bool(row["on"]), ids=tuple(stories))
