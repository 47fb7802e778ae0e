"""The clusterer's state: members by arrival, event and term, and what a step of clustering changes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field

from reader.models import DateEstimate, Thread
from reader.storage.change_log import DerivedState, StoryChange, write_state
from reader.storage.database import Database
from reader.storage.threads import INSERT_THREAD, thread_row

TABLES = ("cluster_member", "cluster_term", "thread", "thread_story", "date_estimate")
"""What is woven, all of it made again from the stories at any time."""

_BACKLOG = """
    SELECT c.seq, c.story, c.deleted, s.published, m.story IS NOT NULL AS known
    FROM story_change c LEFT JOIN cluster_member m ON m.story = c.story LEFT JOIN story s ON s.id = c.story
    WHERE CASE WHEN c.deleted THEN m.story IS NOT NULL ELSE m.seq IS NULL OR m.seq < c.seq END
    ORDER BY c.deleted DESC, coalesce(s.published, '~'), s.address, c.seq
"""
# The latest day by which others are late: never after today, nor one that only few threads reach, whose dates may be wrong.
_LATEST = """
    SELECT min(julianday(last), julianday('now')) AS day FROM thread WHERE last IS NOT NULL
    ORDER BY last DESC LIMIT 1 OFFSET (SELECT count(last) / 20 FROM thread)
"""
_UNFORESEEN = (
    f"SELECT count(*) FROM ({_BACKLOG}) AS b LEFT JOIN ({_LATEST}) AS latest"  # noqa: S608 a constant
    " WHERE b.deleted OR (NOT b.known AND julianday(b.published) < latest.day - ?)"
    # a story that changes again and again would have all threads made again each time
    " OR (b.known AND (SELECT count(*) FROM story_version v WHERE v.story = b.story) < 2)"
)
_LAST = 1 << 62
"""A place that no story comes to."""
_AMONG = "(SELECT value FROM json_each(?))"


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


class ClusterStore:
    """The members of the clusterer, each a story in a form that only clustering reads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def backlog(self) -> list[StoryChange]:
        """Return the changes that no thread has taken in yet: removed stories first, then the others by date, the oldest first."""
        with self._database.reading() as db:
            return [StoryChange(row["seq"], row["story"], bool(row["deleted"])) for row in db.execute(_BACKLOG)]

    def out_of_order(self, days: float) -> int:
        """Count the changes of the backlog out of order: stories removed, changed, or so many days older than the latest."""
        with self._database.reading() as db:
            return int(db.execute(_UNFORESEEN, (days,)).fetchone()[0])

    def count(self) -> int:
        """Return the number of members."""
        with self._database.reading() as db:
            return int(db.execute("SELECT count(*) FROM cluster_member").fetchone()[0])

    def members(self, *, stories: Iterable[str] = (), events: Iterable[int] = ()) -> dict[str, bytes]:
        """Return the members for these stories, and those of these events."""
        asked = (json.dumps(list(stories)), json.dumps(list(events)))
        with self._database.reading() as db:
            found = db.execute(f"SELECT story, data FROM cluster_member WHERE story IN {_AMONG} OR event IN {_AMONG}", asked)  # noqa: S608 a constant
            return {row["story"]: row["data"] for row in found}

    def members_since(self, arrival: int) -> dict[str, bytes]:
        """Return the members of the events that hold a story of this arrival or a later one."""
        with self._database.reading() as db:
            found = db.execute(
                "SELECT story, data FROM cluster_member WHERE event IN (SELECT event FROM cluster_member WHERE arrival >= ?)",
                (arrival,),
            )
            return {row["story"]: row["data"] for row in found}

    def stories_in_events(self, events: Iterable[int]) -> dict[str, int]:
        """Return the stories of these events, each with its event's number."""
        with self._database.reading() as db:
            found = db.execute(
                f"SELECT story, event FROM cluster_member WHERE event IN {_AMONG} ORDER BY arrival",  # noqa: S608 a constant
                (json.dumps(list(events)),),
            )
            return {row["story"]: row["event"] for row in found}

    def events_of_stories(self, stories: Iterable[str]) -> dict[str, int]:
        """Return the number of the event of each of these stories; one that is not clustered yet has none."""
        with self._database.reading() as db:
            found = db.execute(f"SELECT story, event FROM cluster_member WHERE story IN {_AMONG}", (json.dumps(list(stories)),))  # noqa: S608 a constant
            return {row["story"]: row["event"] for row in found}

    def events_of_threads(self, stories: Collection[str]) -> dict[str, set[int]]:
        """Return the threads that hold these stories, each with the numbers of all its events."""
        threads: dict[str, set[int]] = {}
        with self._database.reading() as db:
            found = db.execute(
                "SELECT DISTINCT p.thread, m.event FROM thread_story p JOIN cluster_member m ON m.story = p.story"
                " WHERE p.thread IN (SELECT thread FROM thread_story WHERE story IN (SELECT value FROM json_each(?)))",
                (json.dumps(list(stories)),),
            )
            for row in found:
                threads.setdefault(row["thread"], set()).add(row["event"])
        return threads

    def arrivals_by_term(self, terms: Iterable[str], newest: int, before: int | None = None) -> dict[str, list[int]]:
        """Return the arrivals of the stories with these terms among their heaviest, by term: the `newest`, if given `before` one.

        Among them are stories that have changed since, or are gone.
        """
        query = "SELECT arrival FROM cluster_term WHERE term = ? AND arrival < ? ORDER BY arrival DESC LIMIT ?"
        last = _LAST if before is None else before
        with self._database.reading() as db:
            return {term: [row[0] for row in db.execute(query, (term, last, newest))] for term in terms}

    def stories_by_arrival(self, arrivals: Iterable[int]) -> dict[int, str]:
        """Return the stories of these arrivals that have not changed since."""
        with self._database.reading() as db:
            found = db.execute(
                "SELECT arrival, story FROM cluster_member WHERE arrival IN (SELECT value FROM json_each(?))",
                (json.dumps(list(arrivals)),),
            )
            return {row["arrival"]: row["story"] for row in found}

    def save(self, update: ThreadUpdate) -> None:
        """Store what a step of clustering changed."""
        with self._database.writing() as db:
            forgotten = [(story,) for story in (*update.gone, *update.new)]
            db.executemany("DELETE FROM cluster_member WHERE story = ?", forgotten)
            new = [(story, m.seq, m.arrival, m.event, m.data) for story, m in update.new.items()]
            db.executemany("INSERT INTO cluster_member VALUES (?, ?, ?, ?, ?)", new)
            terms = sorted((term, member.arrival) for member in update.new.values() for term in member.terms)
            db.executemany("INSERT OR IGNORE INTO cluster_term VALUES (?, ?)", terms)
            moved = [(event, data, story) for story, (event, data) in update.moved.items()]
            db.executemany("UPDATE cluster_member SET event = ?, data = ? WHERE story = ?", moved)
            _write_threads(db, update)
            db.execute("INSERT OR REPLACE INTO metadata VALUES ('totals', ?)", (update.totals,))
            write_state(db, "threads", update.state)

    def clear(self, recipe: int) -> None:
        """Delete all members and threads, to start again by a recipe."""
        with self._database.writing() as db:
            for table in TABLES:
                db.execute(f"DELETE FROM {table}")  # noqa: S608 names of schema.sql
            db.execute("DELETE FROM metadata WHERE key = 'totals'")
            write_state(db, "threads", DerivedState(recipe, 0))


def _write_threads(db: sqlite3.Connection, update: ThreadUpdate) -> None:
    """Put threads in the place of those that are dissolved, and of what was said of their stories."""
    out = [(thread.id,) for thread in update.threads] + [(id,) for id in update.dissolved]
    inside = [(story,) for thread in update.threads for story in thread.stories]
    db.executemany("DELETE FROM thread_story WHERE thread = ?", out)
    db.executemany("DELETE FROM thread_story WHERE story = ?", inside)
    db.executemany("DELETE FROM thread WHERE id = ?", out)
    db.executemany("DELETE FROM date_estimate WHERE story = ?", inside)
    db.executemany(INSERT_THREAD, [thread_row(thread, update.names[thread.id]) for thread in update.threads])
    places = ((thread.id, place, story) for thread in update.threads for place, story in enumerate(thread.stories))
    db.executemany("INSERT INTO thread_story VALUES (?, ?, ?)", places)
    estimates = [(story, *astuple(made)) for story, made in update.estimates.items()]
    db.executemany("INSERT INTO date_estimate VALUES (?, ?, ?, ?)", estimates)
    renamed = [(name, name, id) for id, name in update.renamed.items()]
    db.executemany("UPDATE thread SET name = ?, automatic_name = ? WHERE id = ?", renamed)
