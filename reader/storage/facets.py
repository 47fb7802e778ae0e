"""What a search shows beside its stories: the threads they are in, how many there are by outlet and month, values to ask for."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from reader.models import Facets, FieldValue, ThreadHeading
from reader.storage.threads import read_state, waiting_name

# from the tables themselves: a view of both is read whole
_HEADINGS = """
    SELECT t.id, t.name, 0 AS renamed, (SELECT count(*) FROM placed p WHERE p.thread = t.id) AS size
    FROM thread t WHERE t.id IN (SELECT value FROM json_each(?)) AND t.id NOT IN (SELECT id FROM covered)
"""
_OWN_HEADINGS = """
    SELECT t.id, t.name, t.renamed, (SELECT count(*) FROM own_placed p WHERE p.thread = t.id) AS size
    FROM own_thread t WHERE t.id IN (SELECT value FROM json_each(?))
"""
_WAITING = "SELECT id, title FROM story WHERE id IN (SELECT value FROM json_each(?))"
_NAMES = """
    SELECT id, name, 0 AS renamed FROM thread WHERE id NOT IN (SELECT id FROM covered)
    UNION ALL SELECT id, name, renamed FROM own_thread
"""
# as one text, for there may be a hundred thousand
_PLACED = """
    SELECT group_concat(story, ' ') AS stories FROM (
        SELECT story FROM placed WHERE thread IN (SELECT value FROM json_each(:ids)) AND thread NOT IN (SELECT id FROM covered)
        UNION ALL SELECT story FROM own_placed WHERE thread IN (SELECT value FROM json_each(:ids))
    )
"""
_NOWHERE = """
    SELECT id, title FROM story s
    WHERE NOT EXISTS (SELECT 1 FROM placed p WHERE p.story = s.id) AND NOT EXISTS (SELECT 1 FROM own_placed p WHERE p.story = s.id)
"""
_TALLY = """
    SELECT s.outlet, substr(coalesce(s.published, e.time), 1, 7) AS month, s.published IS NOT NULL AS stated, count(*) AS number
    FROM json_each(?) asked CROSS JOIN story s ON s.id = asked.value LEFT JOIN estimate e ON e.story = s.id AND s.published IS NULL
    GROUP BY 1, 2, 3
"""
_VALUES = {
    "outlet": "SELECT outlet AS value, count(*) AS number FROM story WHERE outlet IS NOT NULL GROUP BY outlet",
    "author": "SELECT byline AS value, count(*) AS number FROM story WHERE byline IS NOT NULL GROUP BY byline",
    "date": "SELECT substr(published, 1, 7) AS value, count(*) AS number FROM story WHERE published IS NOT NULL GROUP BY 1",
}
_TAGS = "SELECT f.tags, count(DISTINCT i.story) AS number FROM feed f LEFT JOIN item i ON i.feed = f.address WHERE NOT f.dropped"


def headings(db: sqlite3.Connection, threads: Iterable[str]) -> dict[str, ThreadHeading]:
    """The threads of these ids, as shown, by their id: names and numbers of stories; one that is not there is left out."""
    ids = list(threads)
    rows = [*db.execute(_HEADINGS, (json.dumps(ids),)), *db.execute(_OWN_HEADINGS, (json.dumps(ids),))]
    found = {row["id"]: ThreadHeading(row["id"], row["name"], row["size"], bool(row["renamed"])) for row in rows}
    waiting = [id[1:] for id in ids if id.startswith("w")]
    for row in db.execute(_WAITING, (json.dumps(waiting),)) if waiting else ():
        found[f"w{row['id']}"] = ThreadHeading(f"w{row['id']}", waiting_name(row["title"]), 1)
    return found


def names(db: sqlite3.Connection) -> list[tuple[str, str, bool]]:
    """What each thread is called: its id, its name, and whether that is the reader's own."""
    found = [(row["id"], row["name"], bool(row["renamed"])) for row in db.execute(_NAMES)]
    if read_state(db, "threads").seen < db.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()[0]:
        found += [(f"w{row['id']}", waiting_name(row["title"]), False) for row in db.execute(_NOWHERE)]
    return found


def stories_of(db: sqlite3.Connection, threads: Collection[str]) -> list[str]:
    """The ids of the stories of these threads."""
    placed = db.execute(_PLACED, {"ids": json.dumps(list(threads))}).fetchone()["stories"]
    return str(placed or "").split() + [id[1:] for id in threads if id.startswith("w")]


def tally(db: sqlite3.Connection, stories: Collection[str]) -> Facets:
    """How many of these stories there are by outlet and by month."""
    outlets: Counter[str | None] = Counter()
    months: Counter[tuple[str, bool]] = Counter()
    for row in db.execute(_TALLY, (json.dumps(list(stories)),)):
        outlets[row["outlet"]] += row["number"]
        if row["month"]:
            months[row["month"], bool(row["stated"])] += row["number"]
    return Facets(
        len(stories),
        tuple(_ranked(outlets)),
        tuple(sorted(months.items(), key=lambda one: (one[0][0], not one[0][1]), reverse=True)),
    )


def values(db: sqlite3.Connection, field: str) -> list[FieldValue]:
    """What a field of the query language can be asked for, the commonest first (dates: the latest first); with how many stories."""
    if field == "tag":
        tags: Counter[str] = Counter()
        for row in db.execute(f"{_TAGS} GROUP BY f.address"):
            tags.update(dict.fromkeys(json.loads(row["tags"]), row["number"]))
        return [FieldValue(tag, number) for tag, number in _ranked(tags)]
    found = [(row["value"], row["number"]) for row in db.execute(_VALUES[field])] if field in _VALUES else []
    order = sorted(found, reverse=True) if field == "date" else sorted(found, key=lambda one: (-one[1], one[0]))
    return [FieldValue(value, number) for value, number in order]


def _ranked(counts: Counter[str] | Counter[str | None]) -> Sequence[tuple[str, int]]:
    """The commonest first, then by name, None last of its number."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0] is None, item[0] or ""))  # type: ignore[arg-type]
