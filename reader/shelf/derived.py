"""What is worked out from the stories and kept to start quickly: the threads' members, the threads, the estimates.

Each derived thing notes the recipe it was made by and how much of the change log it has taken in, in the same transaction as its
rows; so a changed recipe, or a crash between a story and what follows from it, is noticed by comparing two numbers.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass, field

from reader.model import Estimate, Thread


@dataclass(frozen=True, slots=True)
class State:
    """How far a derived thing is: the number of its recipe, and the last change of the log that it has taken in."""

    recipe: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Members:
    """All members by story id, with their state and the totals that belong to them; both in a form that only the threads read."""

    state: State
    totals: str = ""
    rows: dict[str, bytes] = field(default_factory=dict)


_THREAD = "id, name, automatic, outlets, unnamed, first, last, earliest, latest, about, terms, names"

_THREADS = """
    SELECT t.*, g.stories, g.unread
    FROM thread t JOIN (
        -- read along the primary key, so a thread's stories come together in the order of their places
        SELECT p.thread, group_concat(p.story, ' ') AS stories, count(*) - count(m.story) AS unread
        FROM placed p LEFT JOIN mark m ON m.name = 'read' AND m.story = p.story
        GROUP BY p.thread
    ) g ON g.thread = t.id
    ORDER BY t.latest IS NULL, t.latest DESC, t.id
"""


def read_state(db: sqlite3.Connection, name: str) -> State:
    """The state of a derived thing; `State()` if it was never made."""
    row = db.execute("SELECT recipe, seen FROM derived WHERE name = ?", (name,)).fetchone()
    return State(*row) if row else State()


def write_state(db: sqlite3.Connection, name: str, state: State) -> None:
    """Note the state of a derived thing."""
    db.execute("INSERT OR REPLACE INTO derived VALUES (?, ?, ?)", (name, state.recipe, state.seen))


def read_members(db: sqlite3.Connection, recipe: int) -> Members:
    """The members made by this recipe; none, with nothing seen, if they were made by another."""
    state = read_state(db, "members")
    if state.recipe != recipe:
        return Members(State(recipe))
    totals = db.execute("SELECT value FROM note WHERE key = 'totals'").fetchone()
    rows = {row["story"]: row["data"] for row in db.execute("SELECT story, data FROM member")}
    return Members(state, totals["value"] if totals else "", rows)


def write_members(db: sqlite3.Connection, rows: Mapping[str, bytes], gone: Collection[str], totals: str, state: State) -> None:
    """Keep the members that changed; those of another recipe go first."""
    if read_state(db, "members").recipe != state.recipe:
        db.execute("DELETE FROM member")
    db.executemany("DELETE FROM member WHERE story = ?", [(story,) for story in gone])
    db.executemany("INSERT OR REPLACE INTO member VALUES (?, ?)", rows.items())
    db.execute("INSERT OR REPLACE INTO note VALUES ('totals', ?)", (totals,))
    write_state(db, "members", state)


def read_threads(db: sqlite3.Connection) -> list[Thread]:
    """All threads, the latest first, those without any time last; what is unread is counted now."""
    return [
        Thread(
            id=row["id"],
            name=row["name"],
            automatic=row["automatic"],
            stories=tuple(row["stories"].split(" ")),
            unread=row["unread"],
            outlets=tuple(json.loads(row["outlets"])),
            unnamed=row["unnamed"],
            first=row["first"],
            last=row["last"],
            earliest=row["earliest"],
            latest=row["latest"],
            about=bool(row["about"]),
            terms=tuple(json.loads(row["terms"])),
        )
        for row in db.execute(_THREADS)
    ]


def read_names(db: sqlite3.Connection) -> dict[str, str]:
    """The names found for each thread, as they were kept."""
    return {row["id"]: row["names"] for row in db.execute("SELECT id, names FROM thread")}


def write_threads(
    db: sqlite3.Connection, threads: Sequence[Thread], estimates: Mapping[str, Estimate], names: Mapping[str, str], state: State
) -> None:
    """Make the kept threads, estimates and names these, touching only rows that differ."""
    rows = {thread.id: _thread_row(thread, names.get(thread.id, "")) for thread in threads}
    kept = {row["id"]: tuple(row) for row in db.execute(f"SELECT {_THREAD} FROM thread")}  # noqa: S608 a constant
    _replace(db, "thread", "id", kept, rows)

    places = {story: (thread.id, place, story) for thread in threads for place, story in enumerate(thread.stories)}
    kept = {row["story"]: tuple(row) for row in db.execute("SELECT thread, place, story FROM placed")}
    _replace(db, "placed", "story", kept, places)

    times = {story: (story, *astuple(estimate)) for story, estimate in estimates.items()}
    kept = {row["story"]: tuple(row) for row in db.execute("SELECT story, time, sure, why FROM estimate")}
    _replace(db, "estimate", "story", kept, times)
    write_state(db, "threads", state)


def _thread_row(thread: Thread, names: str) -> tuple[object, ...]:
    return (
        thread.id,
        thread.name,
        thread.automatic,
        json.dumps(thread.outlets),
        thread.unnamed,
        thread.first,
        thread.last,
        thread.earliest,
        thread.latest,
        int(thread.about),
        json.dumps(thread.terms),
        names,
    )


def _replace(
    db: sqlite3.Connection, table: str, key: str, kept: Mapping[str, tuple[object, ...]], wanted: Mapping[str, tuple[object, ...]]
) -> None:
    """Make a table's rows `wanted`: first every row that goes or differs is taken out, so that no two meet in one place."""
    out = [(name,) for name, row in kept.items() if wanted.get(name) != row]
    new = [row for name, row in wanted.items() if kept.get(name) != row]
    db.executemany(f"DELETE FROM {table} WHERE {key} = ?", out)  # noqa: S608 both are names of schema.sql
    if new:
        db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(new[0]))})", new)  # noqa: S608
