"""The reader's word on threads: the log of it, the found threads it speaks of, and the threads shown in their place."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from reader.models import Correction, Thread
from reader.storage.threads import FLAGS, thread_row

_AMONG = "(SELECT value FROM json_each(?))"
_INSERT = "INSERT INTO correction (kind, stories, others, text, said, at) VALUES (?, ?, ?, ?, ?, ?)"
_FOUND = f"""
    SELECT p.thread, p.story, m.event
    FROM placed p LEFT JOIN member m ON m.story = p.story
    WHERE p.thread IN (SELECT thread FROM placed WHERE story IN {_AMONG})
    ORDER BY p.thread, p.place
"""  # noqa: S608 a constant
_WAITING = f"SELECT id FROM story WHERE id IN {_AMONG} AND NOT EXISTS (SELECT 1 FROM placed WHERE story = id) ORDER BY id"  # noqa: S608
_OWN = """
    SELECT t.id, t.names, group_concat(p.story, ' ') AS stories
    FROM own_thread t JOIN own_placed p ON p.thread = t.id
    GROUP BY t.id
"""
_INSERT_OWN = f"INSERT INTO own_thread VALUES ({', '.join('?' * 16)})"  # noqa: S608 a number of holes


@dataclass(frozen=True, slots=True)
class ClusteredThreads:
    """Threads as they were found: their stories in order by thread, and the number of each story's event.

    A story that is in none yet is one of its own, known as `w` and the story's id, and has no event.
    """

    threads: dict[str, list[str]] = field(default_factory=dict)
    events: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CorrectionOverlay:
    """Threads to show in the place of found ones, each with what was read for its name; `covered` are the found ones' ids."""

    threads: Sequence[tuple[Thread, str]]
    covered: Collection[str]


def read_log(db: sqlite3.Connection, *, undone: bool) -> list[Correction]:
    """The corrections in the order they were made; those that were taken back too, or not."""
    where = "" if undone else "WHERE NOT undone"
    return [_correction(row) for row in db.execute(f"SELECT * FROM correction {where} ORDER BY number")]  # noqa: S608 a constant


def add(db: sqlite3.Connection, new: Correction) -> Correction:
    """Write a correction at the end of the log; the number it got, and the time if it has none."""
    at = new.at or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    row = (new.kind, json.dumps(new.stories), json.dumps(new.others), new.text, new.said, at)
    number = db.execute(_INSERT, row).lastrowid
    return _correction(db.execute("SELECT * FROM correction WHERE number = ?", (number,)).fetchone())


def undo(db: sqlite3.Connection, number: int | None = None) -> Correction | None:
    """Take back the last correction that holds; None if there is none, or if it is not the one of a number given."""
    row = db.execute("SELECT * FROM correction WHERE NOT undone ORDER BY number DESC LIMIT 1").fetchone()
    if row is None or row["number"] != (number or row["number"]):
        return None
    db.execute("UPDATE correction SET undone = 1 WHERE number = ?", (row["number"],))
    return _correction(row)


def shown(db: sqlite3.Connection, thread: str) -> tuple[str, bool, list[str]] | None:
    """The name of a thread as it is shown, whether the reader gave it, and its stories; None if there is no such thread."""
    inside = "SELECT story FROM shown_placed WHERE thread = ? ORDER BY place"
    stories = [row["story"] for row in db.execute(inside, (thread,))]
    row = db.execute("SELECT name, renamed FROM shown_thread WHERE id = ?", (thread,)).fetchone()
    if row and stories:
        return row["name"], bool(row["renamed"]), stories
    waiting = "SELECT id, title FROM story WHERE 'w' || id = ? AND id NOT IN (SELECT story FROM shown_placed)"
    row = db.execute(waiting, (thread,)).fetchone()
    return (row["title"], False, [row["id"]]) if row else None


def found(db: sqlite3.Connection, stories: Iterable[str]) -> ClusteredThreads:
    """The found threads that hold these stories."""
    asked, made = json.dumps(list(stories)), ClusteredThreads()
    for row in db.execute(_FOUND, (asked,)):
        made.threads.setdefault(row["thread"], []).append(row["story"])
        if row["event"] is not None:
            made.events[row["story"]] = row["event"]
    for row in db.execute(_WAITING, (asked,)):
        made.threads[f"w{row['id']}"] = [row["id"]]
    return made


def names_beside(db: sqlite3.Connection, covered: Iterable[str]) -> list[str]:
    """The names of the found threads other than those covered."""
    found = db.execute(f"SELECT automatic FROM thread WHERE id NOT IN {_AMONG}", (json.dumps(list(covered)),))  # noqa: S608 a constant
    return [row["automatic"] for row in found]


def own_names(db: sqlite3.Connection) -> dict[str, tuple[list[str], str]]:
    """The stories of each thread that is shown in the place of others, and what was read for its name as it was kept."""
    return {row["id"]: (row["stories"].split(" "), row["names"]) for row in db.execute(_OWN)}


def write_overlay(db: sqlite3.Connection, overlay: CorrectionOverlay) -> None:
    """Show these threads, and no others made by corrections."""
    for table in ("own_thread", "own_placed", "covered"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608 names of schema.sql
    rows = ((*thread_row(thread, names), *(int(getattr(thread, flag)) for flag in FLAGS)) for thread, names in overlay.threads)
    db.executemany(_INSERT_OWN, rows)
    places = ((thread.id, place, story) for thread, _ in overlay.threads for place, story in enumerate(thread.stories))
    db.executemany("INSERT INTO own_placed VALUES (?, ?, ?)", places)
    db.executemany("INSERT INTO covered VALUES (?)", [(id,) for id in overlay.covered])


def places_of(db: sqlite3.Connection, stories: Iterable[str]) -> dict[str, str]:
    """Where each of these stories is known again, in another library too: its page, if no other story has it, or its address."""
    asked = json.dumps(list(stories))
    rows = db.execute(f"SELECT id, url, address FROM story WHERE id IN {_AMONG}", (asked,)).fetchall()  # noqa: S608 a constant
    urls = json.dumps([row["url"] for row in rows if row["url"]])
    shared = f"SELECT url FROM address WHERE url IN {_AMONG} GROUP BY url HAVING count(DISTINCT story) > 1"  # noqa: S608 a constant
    several = {row["url"] for row in db.execute(shared, (urls,))}
    return {row["id"]: row["url"] if row["url"] and row["url"] not in several else row["address"] for row in rows}


def stories_at(db: sqlite3.Connection, places: Iterable[str]) -> dict[str, str]:
    """The stories at these places, by place; a place of several or of none is left out."""
    asked = json.dumps(list(places))
    known = db.execute(f"SELECT story, address, url FROM address WHERE address IN {_AMONG} OR url IN {_AMONG}", (asked, asked))  # noqa: S608 a constant
    rows = known.fetchall()
    pages: dict[str, set[str]] = {}
    for row in rows:
        if row["url"]:
            pages.setdefault(row["url"], set()).add(row["story"])
    found: Mapping[str, str] = {url: next(iter(stories)) for url, stories in pages.items() if len(stories) == 1}
    return {**found, **{row["address"]: row["story"] for row in rows}}


def _correction(row: sqlite3.Row) -> Correction:
    return Correction(
        number=row["number"],
        kind=row["kind"],
        stories=tuple(json.loads(row["stories"])),
        others=tuple(tuple(side) for side in json.loads(row["others"])),
        text=row["text"],
        said=row["said"],
        at=row["at"],
        undone=bool(row["undone"]),
    )
