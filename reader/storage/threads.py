"""What is worked out from the stories and kept to start quickly: the threads' members, the threads, the estimates.

Each derived thing notes the recipe it was made by and how much of the change log it has taken in, in the same transaction as its
rows; so a changed recipe, or a crash between a story and what follows from it, is noticed by comparing two numbers.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reader.models import DateEstimate, Thread
from reader.text.tokens import shortened


@dataclass(frozen=True, slots=True)
class DerivedState:
    """How far a derived thing is: the number of its recipe, and the last change of the log that it has taken in."""

    recipe: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class ClusterMember:
    """A member to keep.

    The change of the log it took in, its arrival and its event; the rest in a form that only the threads read; its heaviest terms.
    """

    seq: int
    arrival: int
    event: int
    data: bytes
    terms: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadUpdate:
    """What a step of weaving changed, kept in one transaction.

    `new` are members that came or came anew, `moved` the event and data of members that were there; `renamed` are the automatic
    names of threads that are otherwise as they were; `estimates` are those of the stories of `threads`.
    """

    state: DerivedState
    totals: str
    new: Mapping[str, ClusterMember] = field(default_factory=dict)
    moved: Mapping[str, tuple[int, bytes]] = field(default_factory=dict)
    gone: Collection[str] = ()
    threads: Sequence[Thread] = ()
    dissolved: Collection[str] = ()
    estimates: Mapping[str, DateEstimate] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)


_NAME = 60
"""The longest name of a thread that is made of a title, in characters."""

FLAGS = ("renamed", "pinned", "muted", "followed")
"""What the reader may say of a thread as a whole, as columns of an own one."""

INSERT_THREAD = f"INSERT INTO thread VALUES ({', '.join('?' * 12)})"  # noqa: S608 a number of holes

_WAITING = """
    SELECT s.id, s.title, s.outlet, s.published, EXISTS (SELECT 1 FROM mark m WHERE m.name = 'read' AND m.story = s.id) AS read
    FROM story s
    WHERE NOT EXISTS (SELECT 1 FROM placed p WHERE p.story = s.id) AND NOT EXISTS (SELECT 1 FROM own_placed p WHERE p.story = s.id)
"""

# each table is read along its primary key, so a thread's stories come together in the order of their places
_STORIES = """
    SELECT p.thread, group_concat(p.story, ' ') AS stories, count(*) - count(m.story) AS unread
    FROM {} p LEFT JOIN mark m ON m.name = 'read' AND m.story = p.story
    GROUP BY p.thread
"""
_FOUND = f"""
    SELECT t.*, g.stories, g.unread
    FROM thread t JOIN ({_STORIES.format("placed")}) g ON g.thread = t.id
    WHERE t.id NOT IN (SELECT id FROM covered)
    ORDER BY t.latest IS NULL, t.latest DESC, t.id
"""  # noqa: S608 names of schema.sql
_OWN = (
    f"SELECT t.*, g.stories, g.unread FROM own_thread t JOIN ({_STORIES.format('own_placed')}) g ON g.thread = t.id ORDER BY t.id"  # noqa: S608 names of schema.sql
)

# what came to a followed thread since the reader left it; a story keeps the mark whichever thread it is in later
_NEW = """
    SELECT p.thread, count(*)
    FROM own_placed p JOIN own_thread t ON t.id = p.thread AND t.followed
    WHERE NOT EXISTS (SELECT 1 FROM mark m WHERE m.story = p.story AND m.name IN ('read', 'seen'))
    GROUP BY p.thread
"""


def read_state(db: sqlite3.Connection, name: str) -> DerivedState:
    """The state of a derived thing; `DerivedState()` if it was never made."""
    row = db.execute("SELECT recipe, seen FROM derived WHERE name = ?", (name,)).fetchone()
    return DerivedState(*row) if row else DerivedState()


def write_state(db: sqlite3.Connection, name: str, state: DerivedState) -> None:
    """Note the state of a derived thing."""
    db.execute("INSERT OR REPLACE INTO derived VALUES (?, ?, ?)", (name, state.recipe, state.seen))


def read_threads(db: sqlite3.Connection) -> list[Thread]:
    """All threads as they are shown: pinned ones first, muted ones last, of each the latest first, those without any time last.

    What is unread is counted now. A story that is in no thread yet is one of its own, known as `w` and the story's id.
    """
    waiting = [_waiting(row) for row in db.execute(_WAITING)]
    threads = [_thread(row) for row in db.execute(_FOUND)]
    new: dict[str, int] = dict(db.execute(_NEW))
    own = [_own(row, new.get(row["id"], 0)) for row in db.execute(_OWN)]
    if waiting or own:
        threads = sorted([*threads, *own, *waiting], key=lambda thread: (thread.latest or "", thread.waiting), reverse=True)
    return sorted(threads, key=lambda thread: (not thread.pinned, thread.muted)) if own else threads


def _waiting(row: sqlite3.Row) -> Thread:
    """A story that waits to be tied as a thread."""
    return Thread(
        id=f"w{row['id']}",
        name=(name := waiting_name(row["title"])),
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


def waiting_name(title: str) -> str:
    """A title as the name of a story that waits."""
    return shortened(title, _NAME)


def _thread(row: sqlite3.Row) -> Thread:
    """A thread out of its row."""
    return Thread(
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


def _own(row: sqlite3.Row, new: int) -> Thread:
    """A thread that corrections made, out of its row."""
    renamed, pinned, muted, followed = (bool(row[flag]) for flag in FLAGS)
    return replace(_thread(row), renamed=renamed, pinned=pinned, muted=muted, followed=followed, new=new)


def thread_row(thread: Thread, names: str) -> tuple[object, ...]:
    """A thread as a row of its table."""
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
