"""The user's corrections of threads: their log, and the corrected threads shown instead of clustered ones."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from reader.models import Correction, Thread
from reader.storage.database import Database
from reader.storage.json_column import read_json
from reader.storage.threads import COLUMNS, FLAGS, thread_row

_INSERT = "INSERT INTO correction (kind, stories, others, text, message, at) VALUES (?, ?, ?, ?, ?, ?)"
_OWN = """
    SELECT t.id, t.title_evidence, group_concat(p.story, ' ') AS stories
    FROM corrected_thread t JOIN corrected_thread_story p ON p.thread = t.id
    GROUP BY t.id
"""
_INSERT_OWN = f"INSERT INTO corrected_thread ({', '.join((*COLUMNS, *FLAGS))}) VALUES ({', '.join('?' * len((*COLUMNS, *FLAGS)))})"  # noqa: S608 constants


class CorrectionOverlay(Struct, frozen=True):
    """Threads shown instead of clustered ones, each with the evidence for its name; `covered` are the ids they replace."""

    threads: Sequence[tuple[Thread, str]]
    covered: Collection[str]


class CorrectionStore:
    """The log of corrections, kept forever, and the overlay of threads that results from it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, *, undone: bool = False) -> list[Correction]:
        """Return the corrections in the order they were made; with `undone`, undone ones too."""
        where = "" if undone else "WHERE NOT undone"
        with self._database.reading() as db:
            return [_correction(row) for row in db.execute(f"SELECT * FROM correction {where} ORDER BY number")]  # noqa: S608 a constant

    def add(self, new: Correction) -> Correction:
        """Append a correction to the log; returns it with its number, and with a time if it had none."""
        at = new.at or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        row = (new.kind, json.dumps(new.stories), json.dumps(new.others), new.text, json.dumps(new.message), at)
        with self._database.writing() as db:
            number = db.execute(_INSERT, row).lastrowid
            return _correction(db.execute("SELECT * FROM correction WHERE number = ?", (number,)).fetchone())

    def undo(self, number: int | None = None) -> Correction | None:
        """Undo the last active correction; None if there is none, or if its number is not `number`."""
        with self._database.writing() as db:
            row = db.execute("SELECT * FROM correction WHERE NOT undone ORDER BY number DESC LIMIT 1").fetchone()
            if row is None or row["number"] != (number or row["number"]):
                return None
            db.execute("UPDATE correction SET undone = 1 WHERE number = ?", (row["number"],))
            return _correction(row)

    def overlay_evidence(self) -> dict[str, tuple[list[str], str]]:
        """Return the stories of each thread of the overlay, and the stored evidence for its name."""
        with self._database.reading() as db:
            return {row["id"]: (row["stories"].split(" "), row["title_evidence"]) for row in db.execute(_OWN)}

    def save_overlay(self, overlay: CorrectionOverlay) -> None:
        """Replace the overlay."""
        with self._database.writing() as db:
            for table in ("corrected_thread", "corrected_thread_story", "replaced_thread"):
                db.execute(f"DELETE FROM {table}")  # noqa: S608 names of schema.sql
            rows = (
                (*thread_row(thread, names), *(int(getattr(thread, flag)) for flag in FLAGS)) for thread, names in overlay.threads
            )
            db.executemany(_INSERT_OWN, rows)
            places = ((thread.id, place, story) for thread, _ in overlay.threads for place, story in enumerate(thread.stories))
            db.executemany("INSERT INTO corrected_thread_story VALUES (?, ?, ?)", places)
            db.executemany("INSERT INTO replaced_thread VALUES (?)", [(id,) for id in overlay.covered])


def _correction(row: sqlite3.Row) -> Correction:
    name = f"correction {row['number']}"
    return Correction(
        number=row["number"],
        kind=row["kind"],
        stories=tuple(read_json(row["stories"], name)),
        others=tuple(tuple(side) for side in read_json(row["others"], name)),
        text=row["text"],
        message=tuple(read_json(row["message"], name)),
        at=row["at"],
        undone=bool(row["undone"]),
    )
