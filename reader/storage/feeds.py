"""Feeds: the user's settings, the results of visits, and private hosts that may be contacted."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from reader.errors import UnknownFeedError
from reader.models import Feed, FeedCandidate
from reader.storage import outlets
from reader.storage.database import Database
from reader.storage.json_column import read_json
from reader.storage.outlets import FeedOutlet

SETTINGS = frozenset({"name", "tags", "interval", "full_text"})
"""Fields of a feed that the user can set."""
NOTES = frozenset(
    {"title", "home", "etag", "modified", "digest", "tried", "good", "due", "quiet", "error", "remedy", "failures", "ended"}
)
"""Fields of a feed that a visit sets."""
_WEEKS = 4
_COUNTS = """
    SELECT feed_item.feed, count(*) AS stories, count(*) - count(story_flag.story) AS unread, sum(feed_item.day >= ?) AS recent
    FROM feed_item LEFT JOIN story_flag ON story_flag.flag = 'read' AND story_flag.story = feed_item.story
    GROUP BY feed_item.feed
"""


class FeedStore:
    """Feeds of a library by address; an unsubscribed feed keeps its row, so that it can be restored."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Feed]:
        """Return the subscribed feeds, by name."""
        return self._read()

    def get(self, address: str) -> Feed | None:
        """Return the feed at an address; None if it is not subscribed."""
        return next(iter(self._read(address)), None)

    def subscribe(self, candidate: FeedCandidate) -> bool:
        """Subscribe to a feed; False if it is subscribed already. Restores a dropped one, with new name and tags if given."""
        tags = json.dumps(candidate.tags)
        with self._database.writing() as db:
            row = db.execute("SELECT dropped FROM feed WHERE address = ?", (candidate.address,)).fetchone()
            if row is None:
                db.execute("INSERT INTO feed (address, name, tags) VALUES (?, ?, ?)", (candidate.address, candidate.name, tags))
                return True
            if not row["dropped"]:
                return False
            self.restore(candidate.address)
            name = {"name": candidate.name} if candidate.name else {}
            self.change(candidate.address, **name, **({"tags": candidate.tags} if candidate.tags else {}))
            return True

    def change(self, address: str, **settings: Any) -> None:
        """Change the user's settings of a feed: name, tags, interval, full_text.

        The name is also shown as the outlet of its stories. Raises KeyError for another field, and `UnknownFeedError`.
        """
        with self._database.writing() as db:
            _check(address, db.execute("UPDATE feed SET address = address WHERE address = ?", (address,)))
            self._update(address, SETTINGS, settings)
            if "name" in settings:
                outlets.rename(db, address, settings["name"])

    def describe(
        self, address: str, *, title: str | None, home: str | None, site_name: str | None, pages: Sequence[str | None]
    ) -> FeedOutlet:
        """Store what a feed states about itself, and return its outlet; see `outlets.describe_feed`."""
        with self._database.writing() as db:
            return outlets.describe_feed(db, address, title=title, home=home, site_name=site_name, pages=pages)

    def names(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Return address, name and tags of the subscribed feeds, by name."""
        with self._database.reading() as db:
            rows = db.execute("SELECT address, coalesce(name, title, address) AS name, tags FROM feed WHERE NOT dropped").fetchall()
        found = [(row["address"], row["name"], tuple(_tags(row))) for row in rows]
        return sorted(found, key=lambda feed: (feed[1].casefold(), feed[0]))

    def record_visit(self, address: str, **notes: Any) -> None:
        """Store the result of a visit; raises KeyError for a field outside `NOTES`."""
        self._update(address, NOTES, notes)

    def unsubscribe(self, address: str) -> None:
        """Unsubscribe from a feed; its stories and settings stay. Raises `UnknownFeedError`."""
        with self._database.writing() as db:
            _check(address, db.execute("UPDATE feed SET dropped = 1 WHERE address = ?", (address,)))

    def restore(self, address: str) -> None:
        """Subscribe to a dropped feed again, and fetch it even if it had ended; raises `UnknownFeedError`."""
        with self._database.writing() as db:
            _check(address, db.execute("UPDATE feed SET dropped = 0, ended = 0 WHERE address = ?", (address,)))

    def move(self, old: str, new: str) -> None:
        """Change the address of a feed; a feed that is subscribed there already takes over its items."""
        with self._database.writing() as db:
            if db.execute("SELECT 1 FROM feed WHERE address = ?", (new,)).fetchone():
                db.execute("DELETE FROM feed WHERE address = ?", (old,))
            else:
                db.execute("UPDATE feed SET address = ? WHERE address = ?", (new, old))
            db.execute("UPDATE OR REPLACE feed_item SET feed = ? WHERE feed = ?", (new, old))

    def tagged_stories(self, tag: str) -> list[str]:
        """Return the ids of the stories in feeds with a tag, ignoring case."""
        with self._database.reading() as db:
            found = db.execute("SELECT address, tags FROM feed WHERE tags <> '[]'")
            feeds = [row["address"] for row in found if tag.casefold() in map(str.casefold, _tags(row))]
            listed = "SELECT DISTINCT story FROM feed_item WHERE feed IN (SELECT value FROM json_each(?))"
            return [row["story"] for row in db.execute(listed, (json.dumps(feeds),))]

    # hosts of this machine or a private network

    def allowed_hosts(self) -> frozenset[str]:
        """Return the private hosts that may be contacted."""
        with self._database.reading() as db:
            return frozenset(row["name"] for row in db.execute("SELECT name FROM allowed_host"))

    def allow_host(self, host: str, on: bool) -> None:
        """Allow or forbid contact with a private host."""
        with self._database.writing() as db:
            db.execute(
                "INSERT OR IGNORE INTO allowed_host VALUES (?)" if on else "DELETE FROM allowed_host WHERE name = ?", (host,)
            )

    # inside

    def _read(self, address: str | None = None) -> list[Feed]:
        where, given = ("", ()) if address is None else ("AND address = ?", (address,))
        with self._database.reading() as db:
            found = db.execute(f"SELECT * FROM feed WHERE NOT dropped {where}", given).fetchall()  # noqa: S608 a constant
            since = (datetime.now(UTC) - timedelta(weeks=_WEEKS)).strftime("%Y-%m-%d")
            counts = {row["feed"]: row for row in db.execute(_COUNTS, (since,))} if found else {}
        feeds = [_feed(row, counts.get(row["address"])) for row in found]
        return sorted(feeds, key=lambda feed: (feed.name.casefold(), feed.address))

    def _update(self, address: str, allowed: Collection[str], fields: dict[str, Any]) -> None:
        if not fields.keys() <= set(allowed):
            raise KeyError(f"unknown feed fields: {', '.join(sorted(fields.keys() - set(allowed)))}")
        values = {name: json.dumps(value) if name == "tags" else value for name, value in fields.items()}
        if values:
            sets = ", ".join(f"{name} = :{name}" for name in values)
            with self._database.writing() as db:
                db.execute(f"UPDATE feed SET {sets} WHERE address = :address", values | {"address": address})  # noqa: S608 known names


def _check(address: str, updated: sqlite3.Cursor) -> None:
    """Raise `UnknownFeedError` if no feed was updated, so that no change is lost silently."""
    if not updated.rowcount:
        raise UnknownFeedError(address)


def _tags(row: sqlite3.Row) -> list[str]:
    tags: list[str] = read_json(row["tags"], f"feed {row['address']}")
    return tags


def _feed(row: sqlite3.Row, counts: sqlite3.Row | None) -> Feed:
    visit = {name: row[name] for name in NOTES if name != "ended"}
    return Feed(
        address=row["address"],
        name=row["name"] or row["title"] or row["address"],
        tags=tuple(_tags(row)),
        interval=row["interval"],
        full_text=bool(row["full_text"]),
        ended=bool(row["ended"]),
        stories=counts["stories"] if counts else 0,
        unread=counts["unread"] if counts else 0,
        per_day=round((counts["recent"] or 0) / (7 * _WEEKS), 2) if counts else 0.0,
        **visit,
    )
