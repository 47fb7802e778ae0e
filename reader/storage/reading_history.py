"""Passages the user has read, by story and version."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from msgspec import Struct

from reader.models import Span
from reader.storage.database import Database
from reader.storage.json_column import read_json

_THREAD = """
    SELECT coalesce(
        (SELECT thread FROM corrected_thread_story WHERE story = :story), (SELECT thread FROM thread_story WHERE story = :story)
    )
"""
_SEEN = f"""
    SELECT story, digest, spans FROM read_passage
    WHERE story = :story OR story IN (SELECT story FROM shown_thread_story WHERE thread = ({_THREAD}))
    ORDER BY number DESC LIMIT :most
"""  # noqa: S608 names of schema.sql
_NOTE = "INSERT OR REPLACE INTO read_passage (story, digest, spans) SELECT id, ?, ? FROM story WHERE id = ?"
# a story not clustered yet is a thread of its own, with the id `w` and the story's id
_OF_THREAD = """
    WHERE story IN (
        SELECT story FROM shown_thread_story WHERE thread = :thread UNION ALL SELECT substr(:thread, 2) WHERE :thread LIKE 'w%'
    )
"""


class SeenPassages(Struct, frozen=True):
    """Passages read of one version of a story, identified by its digest: spans of the body, paragraphs joined by a line break."""

    story: str
    digest: str
    spans: tuple[Span, ...]


class ReadingHistoryStore:
    """Passages read of each version of each story."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, story: str, digest: str, spans: Iterable[Span]) -> None:
        """Add passages read of a version of a story; ignored if the story is gone."""
        with self._database.writing() as db:
            before = db.execute("SELECT story, spans FROM read_passage WHERE story = ? AND digest = ?", (story, digest)).fetchone()
            known = _spans(before) if before else ()
            merged = merge_spans([*known, *spans])
            if merged != known:
                db.execute(_NOTE, (digest, json.dumps(merged), story))

    def of_thread(self, story: str, limit: int) -> list[SeenPassages]:
        """Return passages read of a story and of others in its thread, of at most `limit` versions, last read first."""
        with self._database.reading() as db:
            found = db.execute(_SEEN, {"story": story, "most": limit})
            return [SeenPassages(row["story"], row["digest"], _spans(row)) for row in found]

    def count(self, thread: str | None = None) -> int:
        """Return the number of stories with passages read, in a thread or in all."""
        with self._database.reading() as db:
            found = db.execute(f"SELECT count(DISTINCT story) FROM read_passage {_clause(thread)}", {"thread": thread})  # noqa: S608 a constant
            return int(found.fetchone()[0])

    def forget(self, thread: str | None = None) -> None:
        """Delete the passages read of the stories of a thread, or of all."""
        with self._database.writing() as db:
            db.execute(f"DELETE FROM read_passage {_clause(thread)}", {"thread": thread})  # noqa: S608 a constant


def _clause(thread: str | None) -> str:
    return _OF_THREAD if thread is not None else ""


def _spans(row: sqlite3.Row) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in read_json(row["spans"], f"reading history of {row['story']}"))


def merge_spans(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, with adjacent and overlapping ones merged."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif end > start:
            out.append((start, end))
    return tuple(out)
