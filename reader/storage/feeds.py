"""The feeds: what the reader set of them, what visits noted, and the hosts they may name."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

from reader.models import Feed, FeedCandidate, Origin

SETTINGS = frozenset({"name", "tags", "interval", "full_text"})
"""What the reader may set of a feed."""
NOTES = frozenset(
    {"title", "home", "etag", "modified", "digest", "tried", "good", "due", "quiet", "error", "remedy", "failures", "ended"}
)
"""What a visit may note of one."""
_WEEKS = 4
_COUNTS = """
    SELECT item.feed, count(*) AS stories, count(*) - count(mark.story) AS unread, sum(item.day >= ?) AS recent
    FROM item LEFT JOIN mark ON mark.name = 'read' AND mark.story = item.story
    GROUP BY item.feed
"""


def read_feeds(db: sqlite3.Connection, address: str | None = None) -> list[Feed]:
    """The feeds that are followed, by name; or the one at an address."""
    where, given = ("", ()) if address is None else ("AND address = ?", (address,))
    found = db.execute(f"SELECT * FROM feed WHERE NOT dropped {where}", given).fetchall()  # noqa: S608 a constant
    since = (datetime.now(UTC) - timedelta(weeks=_WEEKS)).strftime("%Y-%m-%d")
    counts = {row["feed"]: row for row in db.execute(_COUNTS, (since,))} if found else {}
    feeds = [_feed(row, counts.get(row["address"])) for row in found]
    return sorted(feeds, key=lambda feed: (feed.name.casefold(), feed.address))


def _feed(row: sqlite3.Row, counts: sqlite3.Row | None) -> Feed:
    noted = {name: row[name] for name in NOTES if name != "ended"}
    return Feed(
        address=row["address"],
        name=row["name"] or row["title"] or row["address"],
        tags=tuple(json.loads(row["tags"])),
        interval=row["interval"],
        full_text=bool(row["full_text"]),
        ended=bool(row["ended"]),
        stories=counts["stories"] if counts else 0,
        unread=counts["unread"] if counts else 0,
        per_day=round((counts["recent"] or 0) / (7 * _WEEKS), 2) if counts else 0.0,
        **noted,
    )


def follow(db: sqlite3.Connection, wanted: FeedCandidate) -> bool:
    """Follow a feed; False if it is followed already. One that was dropped comes back, under the name and tags now given if any."""
    tags = json.dumps(wanted.tags)
    row = db.execute("SELECT dropped FROM feed WHERE address = ?", (wanted.address,)).fetchone()
    if row is None:
        db.execute("INSERT INTO feed (address, name, tags) VALUES (?, ?, ?)", (wanted.address, wanted.name, tags))
        return True
    if not row["dropped"]:
        return False
    restore(db, wanted.address)
    change(
        db,
        wanted.address,
        SETTINGS,
        ({"name": wanted.name} if wanted.name else {}) | ({"tags": wanted.tags} if wanted.tags else {}),
    )
    return True


def restore(db: sqlite3.Connection, address: str) -> None:
    """Follow a dropped feed again, and ask it even if it had ended."""
    db.execute("UPDATE feed SET dropped = 0, ended = 0 WHERE address = ?", (address,))


def drop(db: sqlite3.Connection, address: str) -> None:
    """Follow a feed no more."""
    db.execute("UPDATE feed SET dropped = 1 WHERE address = ?", (address,))


def change(db: sqlite3.Connection, address: str, among: Collection[str], news: dict[str, Any]) -> None:
    """Set fields of a feed, which must be `among` those that may be set; raises KeyError for another."""
    if not news.keys() <= set(among):
        raise KeyError(f"no field of a feed: {', '.join(sorted(news.keys() - set(among)))}")
    values = {name: json.dumps(value) if name == "tags" else value for name, value in news.items()}
    if values:
        sets = ", ".join(f"{name} = :{name}" for name in values)
        db.execute(f"UPDATE feed SET {sets} WHERE address = :address", values | {"address": address})  # noqa: S608 known names


def move(db: sqlite3.Connection, old: str, new: str) -> None:
    """Let a feed stand at another address from now on; one that is followed there already takes over what it listed."""
    if db.execute("SELECT 1 FROM feed WHERE address = ?", (new,)).fetchone():
        db.execute("DELETE FROM feed WHERE address = ?", (old,))
    else:
        db.execute("UPDATE feed SET address = ? WHERE address = ?", (new, old))
    db.execute("UPDATE OR REPLACE item SET feed = ? WHERE feed = ?", (new, old))


def origins(db: sqlite3.Connection, key: str) -> list[Origin]:
    """Where a story is found: in feeds, and at addresses that no feed named."""
    listed = [
        Origin(row["address"], row["feed"] or None) for row in db.execute("SELECT address, feed FROM item WHERE story = ?", (key,))
    ]
    known = {origin.address for origin in listed}
    rest = db.execute("SELECT address FROM address WHERE story = ? ORDER BY address", (key,))
    return listed + [Origin(row["address"]) for row in rest if row["address"] not in known]


def tagged(db: sqlite3.Connection, tag: str) -> list[str]:
    """The ids of the stories that feeds with a tag list, whatever its case."""
    found = db.execute("SELECT address, tags FROM feed WHERE tags <> '[]'")
    feeds = [row["address"] for row in found if tag.casefold() in map(str.casefold, json.loads(row["tags"]))]
    listed = db.execute("SELECT DISTINCT story FROM item WHERE feed IN (SELECT value FROM json_each(?))", (json.dumps(feeds),))
    return [row["story"] for row in listed]
