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


_NAME = 60
"""The longest name of a thread that is made of a title, in characters."""

_INSERT_THREAD = f"INSERT INTO thread VALUES ({', '.join('?' * 12)})"  # noqa: S608 a number of holes

_WAITING = """
    SELECT s.id, s.title, s.outlet, s.published, EXISTS (SELECT 1 FROM mark m WHERE m.name = 'read' AND m.story = s.id) AS read
    FROM story s WHERE NOT EXISTS (SELECT 1 FROM placed p WHERE p.story = s.id)
"""

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
    """All threads, the latest first, those without any time last; what is unread is counted now.

    A story that is in no thread yet is one of its own, known as `w` and the story's id.
    """
    waiting = [_waiting(row) for row in db.execute(_WAITING)]
    threads = _kept_threads(db)
    if not waiting:
        return threads
    return sorted([*threads, *waiting], key=lambda thread: (thread.latest or "", thread.waiting), reverse=True)


def _waiting(row: sqlite3.Row) -> Thread:
    """A story that waits to be tied as a thread."""
    return Thread(
        id=f"w{row['id']}",
        name=(name := _cut(row["title"])),
        automatic=name,
        stories=(row["id"],),
        unread=1 - row["read"],
        outlets=(row["outlet"],) if row["outlet"] else (),
        unnamed=0 if row["outlet"] else 1,
        first=row["published"],
        last=row["published"],
        earliest=row["published"],
        latest=row["published"],
        about=False,
        terms=(),
        waiting=True,
    )


def _cut(title: str) -> str:
    """A title as a name: cut at a word where it is long."""
    return title if len(title) <= _NAME else f"{title[:_NAME].rpartition(' ')[0] or title[: _NAME - 1]}…"


def _kept_threads(db: sqlite3.Connection) -> list[Thread]:
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
    db: sqlite3.Connection,
    threads: Sequence[Thread],
    gone: Collection[str],
    estimates: Mapping[str, Estimate],
    names: Mapping[str, str],
    state: State,
) -> None:
    """Keep the threads that are new or changed, with the estimates of their stories, and drop those that are gone."""
    out = [(thread.id,) for thread in threads] + [(id,) for id in gone]
    inside = [(story,) for thread in threads for story in thread.stories]
    db.executemany("DELETE FROM placed WHERE thread = ?", out)
    db.executemany("DELETE FROM placed WHERE story = ?", inside)
    db.executemany("DELETE FROM thread WHERE id = ?", out)
    db.executemany("DELETE FROM estimate WHERE story = ?", inside)
    db.executemany(_INSERT_THREAD, [_thread_row(thread, names.get(thread.id, "")) for thread in threads])
    places = ((thread.id, place, story) for thread in threads for place, story in enumerate(thread.stories))
    db.executemany("INSERT INTO placed VALUES (?, ?, ?)", places)
    db.executemany("INSERT INTO estimate VALUES (?, ?, ?, ?)", [(story, *astuple(made)) for story, made in estimates.items()])
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
