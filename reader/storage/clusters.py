"""The threads' own memory on the shelf: members by arrival, event and term, and what a step of weaving changes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import astuple

from reader.storage.threads import INSERT_THREAD, ThreadUpdate, thread_row, write_state

TABLES = ("member", "term", "thread", "placed", "estimate")
"""What is woven, all of it made again from the stories at any time."""

_BACKLOG = """
    SELECT c.seq, c.story, c.gone, s.published, m.story IS NOT NULL AS known
    FROM change c LEFT JOIN member m ON m.story = c.story LEFT JOIN story s ON s.id = c.story
    WHERE CASE WHEN c.gone THEN m.story IS NOT NULL ELSE m.seq IS NULL OR m.seq < c.seq END
    ORDER BY c.gone DESC, coalesce(s.published, '~'), s.address, c.seq
"""
# The latest day by which others are late: never after today, nor one that only few threads reach, whose dates may be wrong.
_LATEST = """
    SELECT min(julianday(last), julianday('now')) AS day FROM thread WHERE last IS NOT NULL
    ORDER BY last DESC LIMIT 1 OFFSET (SELECT count(last) / 20 FROM thread)
"""
_UNFORESEEN = (
    f"SELECT count(*) FROM ({_BACKLOG}) AS b LEFT JOIN ({_LATEST}) AS latest"  # noqa: S608 a constant
    " WHERE b.gone OR b.known OR julianday(b.published) < latest.day - ?"
)
_LAST = 1 << 62
"""A place that no story comes to."""
_AMONG = "(SELECT value FROM json_each(?))"


def backlog(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """The changes that no thread knows of yet: stories that are gone first, then the others by date, the oldest first."""
    return db.execute(_BACKLOG).fetchall()


def unforeseen(db: sqlite3.Connection, days: float) -> int:
    """How many changes that no thread knows of came out of order: stories gone, changed, or so many days older than the latest."""
    return int(db.execute(_UNFORESEEN, (days,)).fetchone()[0])


def members_since(db: sqlite3.Connection, arrival: int) -> dict[str, bytes]:
    """The members of the events that hold a story which came at this place or later."""
    found = db.execute("SELECT story, data FROM member WHERE event IN (SELECT event FROM member WHERE arrival >= ?)", (arrival,))
    return {row["story"]: row["data"] for row in found}


def members_of(db: sqlite3.Connection, *, stories: Iterable[str] = (), events: Iterable[int] = ()) -> dict[str, bytes]:
    """The members for these stories, and those of these events."""
    asked = (json.dumps(list(stories)), json.dumps(list(events)))
    found = db.execute(f"SELECT story, data FROM member WHERE story IN {_AMONG} OR event IN {_AMONG}", asked)  # noqa: S608 a constant
    return {row["story"]: row["data"] for row in found}


def stories_of(db: sqlite3.Connection, events: Iterable[int]) -> dict[str, int]:
    """The stories of these events, each with its event's number."""
    found = db.execute(f"SELECT story, event FROM member WHERE event IN {_AMONG} ORDER BY arrival", (json.dumps(list(events)),))  # noqa: S608 a constant
    return {row["story"]: row["event"] for row in found}


def event_of(db: sqlite3.Connection, stories: Iterable[str]) -> dict[str, int]:
    """The number of the event of each of these stories; one that is not tied yet has none."""
    found = db.execute(f"SELECT story, event FROM member WHERE story IN {_AMONG}", (json.dumps(list(stories)),))  # noqa: S608 a constant
    return {row["story"]: row["event"] for row in found}


def events_of(db: sqlite3.Connection, stories: Collection[str]) -> dict[str, set[int]]:
    """The threads that hold these stories, each with the numbers of all its events."""
    found = db.execute(
        f"SELECT DISTINCT p.thread, m.event FROM placed p JOIN member m ON m.story = p.story WHERE p.thread IN"  # noqa: S608 a constant
        f" (SELECT thread FROM placed WHERE story IN {_AMONG})",
        (json.dumps(list(stories)),),
    )
    threads: dict[str, set[int]] = {}
    for row in found:
        threads.setdefault(row["thread"], set()).add(row["event"])
    return threads


def sharing(db: sqlite3.Connection, terms: Iterable[str], newest: int, before: int | None = None) -> dict[str, list[int]]:
    """When stories came that have these terms among their heaviest, by term: the newest so many, `before` a place.

    Among them are some that have changed since, or are gone.
    """
    ask = "SELECT arrival FROM term WHERE term = ? AND arrival < ? ORDER BY arrival DESC LIMIT ?"
    last = _LAST if before is None else before
    return {term: [row[0] for row in db.execute(ask, (term, last, newest))] for term in terms}


def arrived(db: sqlite3.Connection, arrivals: Iterable[int]) -> dict[int, str]:
    """The stories that came at these places and are still as they were then."""
    found = db.execute(f"SELECT arrival, story FROM member WHERE arrival IN {_AMONG}", (json.dumps(list(arrivals)),))  # noqa: S608 a constant
    return {row["arrival"]: row["story"] for row in found}


def forget(db: sqlite3.Connection) -> None:
    """Forget all that was woven."""
    for table in TABLES:
        db.execute(f"DELETE FROM {table}")  # noqa: S608 names of schema.sql
    db.execute("DELETE FROM note WHERE key = 'totals'")


def write(db: sqlite3.Connection, weave: ThreadUpdate) -> None:
    """Keep what a step of weaving changed."""
    forgotten = [(story,) for story in (*weave.gone, *weave.new)]
    db.executemany("DELETE FROM member WHERE story = ?", forgotten)
    new = weave.new.items()
    db.executemany("INSERT INTO member VALUES (?, ?, ?, ?, ?)", [(story, m.seq, m.arrival, m.event, m.data) for story, m in new])
    terms = sorted((term, member.arrival) for _, member in new for term in member.terms)
    db.executemany("INSERT OR IGNORE INTO term VALUES (?, ?)", terms)
    moved = [(event, data, story) for story, (event, data) in weave.moved.items()]
    db.executemany("UPDATE member SET event = ?, data = ? WHERE story = ?", moved)
    _write_threads(db, weave)
    db.execute("INSERT OR REPLACE INTO note VALUES ('totals', ?)", (weave.totals,))
    write_state(db, "threads", weave.state)


def _write_threads(db: sqlite3.Connection, weave: ThreadUpdate) -> None:
    """Put threads in the place of those that are dissolved, and of what was said of their stories."""
    out = [(thread.id,) for thread in weave.threads] + [(id,) for id in weave.dissolved]
    inside = [(story,) for thread in weave.threads for story in thread.stories]
    db.executemany("DELETE FROM placed WHERE thread = ?", out)
    db.executemany("DELETE FROM placed WHERE story = ?", inside)
    db.executemany("DELETE FROM thread WHERE id = ?", out)
    db.executemany("DELETE FROM estimate WHERE story = ?", inside)
    db.executemany(INSERT_THREAD, [thread_row(thread, weave.names[thread.id]) for thread in weave.threads])
    places = ((thread.id, place, story) for thread in weave.threads for place, story in enumerate(thread.stories))
    db.executemany("INSERT INTO placed VALUES (?, ?, ?)", places)
    estimates = [(story, *astuple(made)) for story, made in weave.estimates.items()]
    db.executemany("INSERT INTO estimate VALUES (?, ?, ?, ?)", estimates)
    renamed = [(name, name, id) for id, name in weave.renamed.items()]
    db.executemany("UPDATE thread SET name = ?, automatic = ? WHERE id = ?", renamed)
