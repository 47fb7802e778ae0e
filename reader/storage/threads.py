"""Threads as shown: clustered from the stories, stored for a quick start, with the user's corrections applied."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from reader.errors import DamagedThreadsError
from reader.models import Thread, ThreadHeading
from reader.storage.change_log import read_state
from reader.storage.database import Database
from reader.storage.outlets import read_names
from reader.text.outlets import NAME_PREFIX


class ClusteredThreads(Struct, frozen=True):
    """Threads as clustered: the stories of each in order, and the event number of each story.

    A story that is not clustered yet is a thread of its own, with the id `w` and the story's id, and has no event.
    """

    threads: dict[str, list[str]] = {}
    events: dict[str, int] = {}


FLAGS = ("renamed", "pinned", "muted", "followed")
"""Flags of a thread set by the user, as columns of `corrected_thread`."""

COLUMNS = (
    "id", "name", "automatic_name", "outlets", "unnamed_outlets", "first", "last", "earliest", "latest", "dates_estimated", "terms",
    "title_evidence", "independent_outlets", "headline"
)  # fmt: skip
"""Columns of a thread, in the order of `thread_row`."""

INSERT_THREAD = f"INSERT INTO thread ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 constants

_WAITING = """
    SELECT s.id, s.title, s.outlet_id, coalesce(l.own, l.name) AS outlet, min(s.published, s.found) AS published, s.listed,
           EXISTS (SELECT 1 FROM story_flag m WHERE m.flag = 'read' AND m.story = s.id) AS read
    FROM story s LEFT JOIN outlet l ON l.id = s.outlet_id
    WHERE NOT EXISTS (SELECT 1 FROM thread_story p WHERE p.story = s.id)
      AND NOT EXISTS (SELECT 1 FROM corrected_thread_story p WHERE p.story = s.id)
"""

_WAITING_AMONG = f"{_WAITING} AND s.id IN (SELECT value FROM json_each(?))"  # noqa: S608 a constant

# each table is read along its primary key, so the stories of a thread are concatenated in their order
_STORIES = """
    SELECT p.thread, group_concat(p.story, ' ') AS stories, count(*) - count(m.story) AS unread
    FROM {} p LEFT JOIN story_flag m ON m.flag = 'read' AND m.story = p.story
    GROUP BY p.thread
"""
_LISTED = "coalesce(t.latest, (SELECT max(s.listed) FROM {} p JOIN story s ON s.id = p.story WHERE p.thread = t.id))"
"""The time by which lists order a thread: where its stories are undated, that at which the last one was found."""
_FOUND = f"""
    SELECT t.*, g.stories, g.unread, {_LISTED.format("thread_story")} AS listed
    FROM thread t JOIN ({_STORIES.format("thread_story")}) g ON g.thread = t.id
    WHERE t.id NOT IN (SELECT id FROM replaced_thread)
    ORDER BY listed DESC, t.id
"""  # noqa: S608 names of schema.sql
_OWN = f"""
    SELECT t.*, g.stories, g.unread, {_LISTED.format("corrected_thread_story")} AS listed
    FROM corrected_thread t JOIN ({_STORIES.format("corrected_thread_story")}) g ON g.thread = t.id ORDER BY t.id
"""  # noqa: S608 names of schema.sql

_HAS_UNREAD = """
    EXISTS (SELECT 1 FROM {} p LEFT JOIN story_flag m ON m.flag = 'read' AND m.story = p.story
            WHERE p.thread = t.id AND m.story IS NULL)
"""
_RANKED = f"""
    SELECT t.id, t.independent_outlets, {_LISTED.format("thread_story")}, 0 AS pinned, 0 AS followed, 0 AS muted
    FROM thread t WHERE t.independent_outlets > 1 AND t.id NOT IN (SELECT id FROM replaced_thread) AND {{found}}
    UNION ALL
    SELECT t.id, t.independent_outlets, {_LISTED.format("corrected_thread_story")}, t.pinned, t.followed, t.muted
    FROM corrected_thread t WHERE (t.independent_outlets > 1 OR t.pinned OR t.followed) AND {{own}}
"""  # noqa: S608 names of schema.sql
_RANKED_ALL = _RANKED.format(found="true", own="true")
_RANKED_UNREAD = _RANKED.format(found=_HAS_UNREAD.format("thread_story"), own=_HAS_UNREAD.format("corrected_thread_story"))
_MUTED_UNREAD = """
    SELECT count(*) FROM corrected_thread t JOIN corrected_thread_story p ON p.thread = t.id
    LEFT JOIN story_flag m ON m.flag = 'read' AND m.story = p.story
    WHERE t.muted AND m.story IS NULL
"""
_FOUND_SINCE = """
    SELECT coalesce(o.thread, p.thread), count(*)
    FROM story s LEFT JOIN thread_story p ON p.story = s.id LEFT JOIN corrected_thread_story o ON o.story = s.id
    WHERE s.found > ? AND NOT EXISTS (SELECT 1 FROM story_flag m WHERE m.flag = 'read' AND m.story = s.id)
    AND coalesce(o.thread, p.thread) IS NOT NULL
    GROUP BY 1
"""

_STORIES_AMONG = """
    SELECT p.thread, group_concat(p.story, ' ') AS stories, count(*) - count(m.story) AS unread
    FROM (SELECT * FROM {} WHERE thread IN (SELECT value FROM json_each(?)) ORDER BY thread, position) p
    LEFT JOIN story_flag m ON m.flag = 'read' AND m.story = p.story
    GROUP BY p.thread
"""
_FOUND_AMONG = f"""
    SELECT t.*, g.stories, g.unread FROM ({_STORIES_AMONG.format("thread_story")}) g JOIN thread t ON t.id = g.thread
    WHERE t.id IN (SELECT value FROM json_each(?)) AND t.id NOT IN (SELECT id FROM replaced_thread)
"""  # noqa: S608 names of schema.sql
_OWN_AMONG = f"""
    SELECT t.*, g.stories, g.unread
    FROM ({_STORIES_AMONG.format("corrected_thread_story")}) g JOIN corrected_thread t ON t.id = g.thread
    WHERE t.id IN (SELECT value FROM json_each(?))
"""  # noqa: S608 names of schema.sql

# stories added to a followed thread since the user last opened it; the flag stays when a story changes its thread
_NEW = """
    SELECT p.thread, count(*)
    FROM corrected_thread_story p JOIN corrected_thread t ON t.id = p.thread AND t.followed
    WHERE NOT EXISTS (SELECT 1 FROM story_flag m WHERE m.story = p.story AND m.flag IN ('read', 'seen'))
    GROUP BY p.thread
"""


# from the tables, because SQLite would read a view of both completely
_HEADINGS = """
    SELECT t.id, CASE t.name WHEN '' THEN t.headline ELSE t.name END AS name, 0 AS renamed,
           (SELECT count(*) FROM thread_story p WHERE p.thread = t.id) AS size
    FROM thread t WHERE t.id IN (SELECT value FROM json_each(?)) AND t.id NOT IN (SELECT id FROM replaced_thread)
"""
_OWN_HEADINGS = """
    SELECT t.id, CASE t.name WHEN '' THEN t.headline ELSE t.name END AS name, t.renamed,
           (SELECT count(*) FROM corrected_thread_story p WHERE p.thread = t.id) AS size
    FROM corrected_thread t WHERE t.id IN (SELECT value FROM json_each(?))
"""
_TITLES = "SELECT id, title FROM story WHERE id IN (SELECT value FROM json_each(?))"
_NAMES = "SELECT id, name, renamed FROM shown_thread"
_UNCLUSTERED = """
    SELECT id, title FROM story s
    WHERE NOT EXISTS (SELECT 1 FROM thread_story p WHERE p.story = s.id)
      AND NOT EXISTS (SELECT 1 FROM corrected_thread_story p WHERE p.story = s.id)
"""
# one string, because there may be a hundred thousand ids
_STORY_IDS = """
    SELECT group_concat(story, ' ') AS stories FROM (
        SELECT story FROM thread_story
        WHERE thread IN (SELECT value FROM json_each(:ids)) AND thread NOT IN (SELECT id FROM replaced_thread)
        UNION ALL SELECT story FROM corrected_thread_story WHERE thread IN (SELECT value FROM json_each(:ids))
    )
"""
_CLUSTERED = """
    SELECT p.thread, p.story, m.event
    FROM thread_story p LEFT JOIN cluster_member m ON m.story = p.story
    WHERE p.thread IN (SELECT thread FROM thread_story WHERE story IN (SELECT value FROM json_each(?)))
    ORDER BY p.thread, p.position
"""
_ALONE = """
    SELECT id FROM story
    WHERE id IN (SELECT value FROM json_each(?)) AND NOT EXISTS (SELECT 1 FROM thread_story WHERE story = id) ORDER BY id
"""


class ThreadStore:
    """Threads of a library; a story not clustered yet is a thread of its own, with the id `w` and the story's id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Thread]:
        """Return all threads as shown: pinned first, muted last, otherwise latest first; undated ones by the time they were found.

        Unread stories are counted at the time of the call.
        """
        with self._database.reading() as db:
            outlets = read_names(db)
            waiting = [(row["listed"], _waiting(row)) for row in db.execute(_WAITING)]
            listed = [(row["listed"], _thread(row, outlets)) for row in db.execute(_FOUND)]
            new: dict[str, int] = dict(db.execute(_NEW))
            own = [(row["listed"], _own(row, outlets, new.get(row["id"], 0))) for row in db.execute(_OWN)]
        if waiting or own:
            listed = sorted([*listed, *own, *waiting], key=lambda each: (each[0] or "", each[1].waiting), reverse=True)
        threads = [thread for _, thread in listed]
        return sorted(threads, key=lambda thread: (not thread.pinned, thread.muted)) if own else threads

    def get_many(self, ids: Iterable[str]) -> list[Thread]:
        """Return threads as shown, in the order of the ids; unknown ones are skipped."""
        asked = list(ids)
        given = json.dumps(asked)
        with self._database.reading() as db:
            outlets = read_names(db)
            found = {row["id"]: _thread(row, outlets) for row in db.execute(_FOUND_AMONG, (given, given))}
            if own := db.execute(_OWN_AMONG, (given, given)).fetchall():
                new: dict[str, int] = dict(db.execute(_NEW))
                found |= {row["id"]: _own(row, outlets, new.get(row["id"], 0)) for row in own}
            waiting = json.dumps([id[1:] for id in asked if id.startswith("w")])
            found |= {f"w{row['id']}": _waiting(row) for row in db.execute(_WAITING_AMONG, (waiting,))}
        return [found[id] for id in asked if id in found]

    def ranked(self, *, unread: bool = False) -> list[tuple[str, int, str | None, bool, bool, bool]]:
        """Return the threads of several outlets, and pinned or followed ones; with `unread`, only those with unread stories.

        Each is a tuple of id, number of independent outlets, time of the last story, pinned, followed, muted.
        """
        with self._database.reading() as db:
            rows = db.execute(_RANKED_UNREAD if unread else _RANKED_ALL)
            return [(row[0], row[1], row[2], bool(row[3]), bool(row[4]), bool(row[5])) for row in rows]

    def followed(self) -> list[str]:
        """Return the ids of the threads that the user marked as followed."""
        with self._database.reading() as db:
            return [row["id"] for row in db.execute("SELECT id FROM corrected_thread WHERE followed ORDER BY id")]

    def waiting(self) -> int:
        """Return how many stories are not clustered yet."""
        with self._database.reading() as db:
            if read_state(db, "threads").seen >= db.execute("SELECT coalesce(max(seq), 0) FROM story_change").fetchone()[0]:
                return 0
            return int(db.execute(f"SELECT count(*) FROM ({_WAITING})").fetchone()[0])  # noqa: S608 a constant

    def muted_unread(self) -> int:
        """Return how many stories of muted threads are unread."""
        with self._database.reading() as db:
            return int(db.execute(_MUTED_UNREAD).fetchone()[0])

    def new_counts(self, since: str) -> dict[str, int]:
        """Return the number of unread stories of each thread that were found after a moment (ISO 8601, UTC, seconds)."""
        with self._database.reading() as db:
            return dict(db.execute(_FOUND_SINCE, (since,)).fetchall())

    def headings(self, ids: Iterable[str]) -> dict[str, ThreadHeading]:
        """Return names and sizes of these threads as shown, by id; unknown ids are skipped."""
        requested = list(ids)
        with self._database.reading() as db:
            rows = [*db.execute(_HEADINGS, (json.dumps(requested),)), *db.execute(_OWN_HEADINGS, (json.dumps(requested),))]
            found = {row["id"]: ThreadHeading(row["id"], row["name"], row["size"], bool(row["renamed"])) for row in rows}
            waiting = [id[1:] for id in requested if id.startswith("w")]
            for row in db.execute(_TITLES, (json.dumps(waiting),)) if waiting else ():
                found[f"w{row['id']}"] = ThreadHeading(f"w{row['id']}", row["title"], 1)
        return found

    def names(self) -> list[tuple[str, str, bool]]:
        """Return the id and name of each thread, and whether the user named it."""
        with self._database.reading() as db:
            found = [(row["id"], row["name"], bool(row["renamed"])) for row in db.execute(_NAMES)]
            if read_state(db, "threads").seen < db.execute("SELECT coalesce(max(seq), 0) FROM story_change").fetchone()[0]:
                found += [(f"w{row['id']}", row["title"], False) for row in db.execute(_UNCLUSTERED)]
        return found

    def shown(self, thread: str) -> tuple[str, bool, list[str]] | None:
        """Return the name of a thread as shown, whether the user named it, and its stories; None if there is none."""
        with self._database.reading() as db:
            inside = "SELECT story FROM shown_thread_story WHERE thread = ? ORDER BY position"
            stories = [row["story"] for row in db.execute(inside, (thread,))]
            row = db.execute("SELECT name, renamed FROM shown_thread WHERE id = ?", (thread,)).fetchone()
            if row and stories:
                return row["name"], bool(row["renamed"]), stories
            waiting = "SELECT id, title FROM story WHERE 'w' || id = ? AND id NOT IN (SELECT story FROM shown_thread_story)"
            row = db.execute(waiting, (thread,)).fetchone()
        return (row["title"], False, [row["id"]]) if row else None

    def story_ids(self, threads: Collection[str]) -> list[str]:
        """Return the ids of the stories of these threads."""
        with self._database.reading() as db:
            placed = db.execute(_STORY_IDS, {"ids": json.dumps(list(threads))}).fetchone()["stories"]
        return str(placed or "").split() + [id[1:] for id in threads if id.startswith("w")]

    # as clustered, without the user's corrections

    def clustered(self, stories: Iterable[str]) -> ClusteredThreads:
        """Return the threads that contain these stories as clustered."""
        requested, made = json.dumps(list(stories)), ClusteredThreads()
        with self._database.reading() as db:
            for row in db.execute(_CLUSTERED, (requested,)):
                made.threads.setdefault(row["thread"], []).append(row["story"])
                if row["event"] is not None:
                    made.events[row["story"]] = row["event"]
            for row in db.execute(_ALONE, (requested,)):
                made.threads[f"w{row['id']}"] = [row["id"]]
        return made

    def title_evidence(self, threads: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Return the automatic name of each of these threads, and the stored evidence for it."""
        with self._database.reading() as db:
            found = db.execute(
                "SELECT id, automatic_name, title_evidence FROM thread WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(threads)),),
            )
            return {row["id"]: (row["automatic_name"], row["title_evidence"]) for row in found}

    def headlines(self, threads: Iterable[str]) -> dict[str, str]:
        """Return the headline of each of these threads as clustering found them."""
        with self._database.reading() as db:
            found = db.execute(
                "SELECT id, headline FROM thread WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(threads)),)
            )
            return dict(found.fetchall())

    def automatic_names(self, *, without: Iterable[str]) -> list[str]:
        """Return the automatic names of all threads except some."""
        with self._database.reading() as db:
            found = db.execute(
                "SELECT automatic_name FROM thread WHERE id NOT IN (SELECT value FROM json_each(?))", (json.dumps(list(without)),)
            )
            return [row["automatic_name"] for row in found]


def _waiting(row: sqlite3.Row) -> Thread:
    """Thread of a story that is not clustered yet."""
    return Thread(
        id=f"w{row['id']}",
        name=row["title"],
        automatic=row["title"],
        headline=row["title"],
        stories=(row["id"],),
        unread=1 - row["read"],
        outlets=(row["outlet"],) if row["outlet_id"] else (),
        outlet_ids=(row["outlet_id"],) if row["outlet_id"] else (),
        unnamed=0 if row["outlet_id"] else 1,
        first=row["published"],
        last=row["published"],
        earliest=row["published"],
        latest=row["published"],
        about=False,
        terms=(),
        waiting=True,
    )


def _thread(row: sqlite3.Row, outlets: Mapping[str, str]) -> Thread:
    """Thread of a row, given the names of outlets by identity."""
    try:
        ids, terms = (tuple(dict.fromkeys(json.loads(row[name]))) for name in ("outlets", "terms"))
    except ValueError as error:
        raise DamagedThreadsError from error
    return Thread(
        id=row["id"],
        name=row["name"] or row["headline"],
        automatic=row["automatic_name"] or row["headline"],
        headline=row["headline"],
        stories=tuple(row["stories"].split(" ")),
        unread=row["unread"],
        outlets=tuple(outlets.get(id, id.removeprefix(NAME_PREFIX)) for id in ids),
        outlet_ids=ids,
        unnamed=row["unnamed_outlets"],
        first=row["first"],
        last=row["last"],
        earliest=row["earliest"],
        latest=row["latest"],
        about=bool(row["dates_estimated"]),
        terms=terms,
    )


def _own(row: sqlite3.Row, outlets: Mapping[str, str], new: int) -> Thread:
    """Thread of a row made by corrections."""
    renamed, pinned, muted, followed = (bool(row[flag]) for flag in FLAGS)
    return replace(_thread(row, outlets), renamed=renamed, pinned=pinned, muted=muted, followed=followed, new=new)


def thread_row(thread: Thread, names: str) -> tuple[object, ...]:
    """Row of a thread."""
    return (
        thread.id,
        thread.name,
        thread.automatic,
        json.dumps(thread.outlet_ids),
        thread.unnamed,
        thread.first,
        thread.last,
        thread.earliest,
        thread.latest,
        int(thread.about),
        json.dumps(thread.terms),
        names,
        thread.independent,
        thread.headline,
    )
