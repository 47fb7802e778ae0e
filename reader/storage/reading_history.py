"""What the reader has had before the eyes, in the same file as the stories."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.models import Span, Story
from reader.storage import stories, story_rows
from reader.storage.weave_store import WeaveStore

_THREAD = """
    SELECT coalesce((SELECT thread FROM own_placed WHERE story = :story), (SELECT thread FROM placed WHERE story = :story))
"""
_SEEN = f"""
    SELECT story, content, spans FROM seen
    WHERE story = :story OR story IN (SELECT story FROM shown_placed WHERE thread = ({_THREAD}))
    ORDER BY number DESC LIMIT :most
"""  # noqa: S608 names of schema.sql
_NOTE = "INSERT OR REPLACE INTO seen (story, content, spans) SELECT id, ?, ? FROM story WHERE id = ?"
_COUNT = "SELECT count(DISTINCT story) FROM seen"
_FORGET = "DELETE FROM seen"
# a story that waits to be tied is a thread of its own, known as `w` and the story's id
_OF = """
    WHERE story IN (
        SELECT story FROM shown_placed WHERE thread = :thread UNION ALL SELECT substr(:thread, 2) WHERE :thread LIKE 'w%'
    )
"""


@dataclass(frozen=True, slots=True)
class SeenPassages:
    """What was seen of one wording of a story, known by its digest: spans of the body, a line break between its paragraphs."""

    story: str
    content: str
    spans: tuple[Span, ...]


class SeenStore(WeaveStore):
    """The part of the store that knows what the reader has seen."""

    def note_seen(self, story: str, content: str, spans: Iterable[Span]) -> None:
        """Note what was seen of a story that reads so; of one that is no more, nothing."""
        with self._database.writing() as db:
            before = db.execute("SELECT spans FROM seen WHERE story = ? AND content = ?", (story, content)).fetchone()
            known = _spans(before) if before else ()
            together = joined([*known, *spans])
            if together != known:
                db.execute(_NOTE, (content, json.dumps(together), story))

    def seen_beside(self, story: str, most: int) -> list[SeenPassages]:
        """What was seen of a story and the others of its thread, of `most` wordings at most, the last seen first."""
        with self._database.reading() as db:
            found = db.execute(_SEEN, {"story": story, "most": most})
            return [SeenPassages(row["story"], row["content"], _spans(row)) for row in found]

    def seen_stories(self, thread: str | None = None) -> int:
        """Of how many stories anything was seen, in a thread or in all."""
        with self._database.reading() as db:
            found = db.execute(f"{_COUNT} {_of(thread)}", {"thread": thread})
            return int(found.fetchone()[0])

    def forget_seen(self, thread: str | None = None) -> None:
        """Forget what was seen of the stories of a thread, or of all."""
        with self._database.writing() as db:
            db.execute(f"{_FORGET} {_of(thread)}", {"thread": thread})

    def content(self, story: str) -> str:
        """The digest of what a story says now; raises KeyError if there is none."""
        with self._database.reading() as db:
            row = db.execute("SELECT content FROM story WHERE id = ?", (story,)).fetchone()
        if row is None:
            raise KeyError(story)
        return str(row["content"])

    def wording(self, story: str, content: str) -> Story | None:
        """A story as it reads, or read before, where it says this; None where that wording is not kept."""
        with self._database.reading() as db:
            for row in (db.execute(stories.STORY, (story,)).fetchone(), *_older(db, story)):
                if row is not None and row["content"] == content:
                    return story_rows.restore(row)
        return None


def _of(thread: str | None) -> str:
    """The clause that says of which stories."""
    return _OF if thread is not None else ""


def _older(db: sqlite3.Connection, story: str) -> Iterable[story_rows.Row]:
    """The rows of a story as it read before, the last first."""
    for row in db.execute("SELECT rows FROM version WHERE story = ? ORDER BY number DESC", (story,)):
        yield json.loads(row["rows"])


def _spans(row: sqlite3.Row) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in json.loads(row["spans"]))


def joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch or overlap made one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif end > start:
            out.append((start, end))
    return tuple(out)
