"""State of the clusterer: members by arrival, event and term, and the changes of each update."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import astuple

from reader.models import DateEstimate, Thread
from reader.storage.change_log import DerivedState, StoryChange, write_state
from reader.storage.database import Database
from reader.storage.threads import INSERT_THREAD, thread_row

TABLES = ("cluster_member", "cluster_term", "thread", "thread_story", "date_estimate")
"""Tables of clustering, all of which can be rebuilt from the stories."""

_BACKLOG = """
    SELECT c.seq, c.story, c.deleted, s.published, m.story IS NOT NULL AS known
    FROM story_change c LEFT JOIN cluster_member m ON m.story = c.story LEFT JOIN story s ON s.id = c.story
    WHERE CASE WHEN c.deleted THEN m.story IS NOT NULL ELSE m.seq IS NULL OR m.seq < c.seq END
    ORDER BY c.deleted DESC, coalesce(s.published, '~'), s.address, c.seq
"""
# The day relative to which stories are late: not after today, and not of the latest 5 % of threads, one at least: it may be wrong.
_LATEST = """
    SELECT min(julianday(last), julianday('now')) AS day FROM thread WHERE last IS NOT NULL
    ORDER BY last DESC LIMIT 1 OFFSET (SELECT max(count(last) / 20, count(last) > 1) FROM thread)
"""
_OUT_OF_ORDER = (
    f"SELECT count(*) FROM ({_BACKLOG}) AS b LEFT JOIN ({_LATEST}) AS latest"  # noqa: S608 a constant
    " WHERE b.deleted OR (NOT b.known AND julianday(b.published) < latest.day - ?)"
    # a story that changes again and again would have all threads made again each time
    " OR (b.known AND (SELECT count(*) FROM story_version v WHERE v.story = b.story) < 2)"
)
_MAX_ARRIVAL = 1 << 62
"""Upper bound of all arrivals."""
_AMONG = "(SELECT value FROM json_each(?))"


class ClusterMember(Struct, frozen=True):
    """A member: the change applied, its arrival and event, clustering's own data, and its heaviest terms."""

    seq: int
    arrival: int
    event: int
    data: bytes
    terms: Sequence[str] = ()


class ThreadUpdate(Struct, frozen=True, kw_only=True):
    """Changes of one update of the threads, stored in one transaction.

    `new` are members added or replaced, `moved` the new event and data of existing members; `renamed` are new automatic names of
    threads that are otherwise unchanged; `estimates` are those of the stories in `threads`.
    """

    state: DerivedState
    totals: str
    new: Mapping[str, ClusterMember] = {}
    moved: Mapping[str, tuple[int, bytes]] = {}
    gone: Collection[str] = ()
    threads: Sequence[Thread] = ()
    dissolved: Collection[str] = ()
    estimates: Mapping[str, DateEstimate] = {}
    names: Mapping[str, str] = {}
    renamed: Mapping[str, str] = {}


_DISAGREEMENT = """
    SELECT EXISTS (SELECT 1 FROM story s WHERE NOT EXISTS (SELECT 1 FROM cluster_member m WHERE m.story = s.id)
                                            OR NOT EXISTS (SELECT 1 FROM thread_story p WHERE p.story = s.id))
        OR EXISTS (SELECT 1 FROM cluster_member m WHERE NOT EXISTS (SELECT 1 FROM story s WHERE s.id = m.story))
        OR EXISTS (SELECT 1 FROM thread_story p WHERE NOT EXISTS (SELECT 1 FROM thread t WHERE t.id = p.thread))
        OR EXISTS (SELECT 1 FROM thread t WHERE NOT EXISTS (SELECT 1 FROM thread_story p WHERE p.thread = t.id))
"""


class ClusterStore:
    """Members of the clusterer: stories in a form that only clustering reads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def backlog(self) -> list[StoryChange]:
        """Return the changes not applied to threads yet: deleted stories first, then the others by date, oldest first."""
        with self._database.reading() as db:
            return [StoryChange(row["seq"], row["story"], bool(row["deleted"])) for row in db.execute(_BACKLOG)]

    def out_of_order(self, days: float) -> int:
        """Count the changes of the backlog that are out of order: stories deleted, changed, or `days` older than the latest."""
        with self._database.reading() as db:
            return int(db.execute(_OUT_OF_ORDER, (days,)).fetchone()[0])

    def count(self) -> int:
        """Return the number of members."""
        with self._database.reading() as db:
            return int(db.execute("SELECT count(*) FROM cluster_member").fetchone()[0])

    def members(self, *, stories: Iterable[str] = (), events: Iterable[int] = ()) -> dict[str, bytes]:
        """Return the members of these stories and of these events."""
        requested = (json.dumps(list(stories)), json.dumps(list(events)))
        with self._database.reading() as db:
            found = db.execute(f"SELECT story, data FROM cluster_member WHERE story IN {_AMONG} OR event IN {_AMONG}", requested)  # noqa: S608 a constant
            return {row["story"]: row["data"] for row in found}

    def members_since(self, arrival: int) -> dict[str, bytes]:
        """Return the members of all events that contain a story of this arrival or a later one."""
        with self._database.reading() as db:
            found = db.execute(
                "SELECT story, data FROM cluster_member WHERE event IN (SELECT event FROM cluster_member WHERE arrival >= ?)",
                (arrival,),
            )
            return {row["story"]: row["data"] for row in found}

    def stories_in_events(self, events: Iterable[int]) -> dict[str, int]:
        """Return the stories of these events, with the number of the event."""
        with self._database.reading() as db:
            found = db.execute(
                f"SELECT story, event FROM cluster_member WHERE event IN {_AMONG} ORDER BY arrival",  # noqa: S608 a constant
                (json.dumps(list(events)),),
            )
            return {row["story"]: row["event"] for row in found}

    def events_of_stories(self, stories: Iterable[str]) -> dict[str, int]:
        """Return the event number of each of these stories, without those that are not clustered yet."""
        with self._database.reading() as db:
            found = db.execute(f"SELECT story, event FROM cluster_member WHERE story IN {_AMONG}", (json.dumps(list(stories)),))  # noqa: S608 a constant
            return {row["story"]: row["event"] for row in found}

    def events_of_threads(self, stories: Collection[str]) -> dict[str, set[int]]:
        """Return the threads that contain these stories, with the numbers of all their events."""
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
        """Return by term the arrivals of stories that have it among their heaviest: the `newest`, optionally only `before` one.

        Stories that have changed or were deleted since are included.
        """
        query = "SELECT arrival FROM cluster_term WHERE term = ? AND arrival < ? ORDER BY arrival DESC LIMIT ?"
        last = _MAX_ARRIVAL if before is None else before
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
        """Store the changes of an update."""
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

    def agree_with_stories(self) -> bool:
        """Tell whether every story has one member and one place in a thread, and nothing else has."""
        with self._database.reading() as db:
            return not db.execute(_DISAGREEMENT).fetchone()[0]

    def clear(self, recipe: int) -> None:
        """Delete all members and threads, to start over with a recipe."""
        with self._database.writing() as db:
            for table in TABLES:
                db.execute(f"DELETE FROM {table}")  # noqa: S608 names of schema.sql
            db.execute("DELETE FROM metadata WHERE key = 'totals'")
            write_state(db, "threads", DerivedState(recipe, 0))


def _write_threads(db: sqlite3.Connection, update: ThreadUpdate) -> None:
    """Replace dissolved threads, and all that is stored about their stories."""
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
