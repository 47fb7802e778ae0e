"""The library's feeds, in the same file as its stories."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reader.models import Feed, FeedCandidate, Origin
from reader.storage import feeds
from reader.storage.database import Database


class FeedStore:
    """The part of the store that knows the feeds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._database = Database(folder / "library.db")

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def feeds(self) -> list[Feed]:
        """The feeds that are followed, by name."""
        with self._database.reading() as db:
            return feeds.read_feeds(db)

    def feed(self, address: str) -> Feed | None:
        """The feed at an address, None if it is not followed."""
        with self._database.reading() as db:
            return next(iter(feeds.read_feeds(db, address)), None)

    def follow(self, wanted: FeedCandidate) -> bool:
        """Follow a feed; False if it is followed already. One that was dropped comes back."""
        with self._database.writing() as db:
            return feeds.follow(db, wanted)

    def change_feed(self, address: str, **settings: Any) -> None:
        """Set what the reader may set of a feed: name, tags, interval, full_text."""
        with self._database.writing() as db:
            feeds.change(db, address, feeds.SETTINGS, settings)

    def visited(self, address: str, **notes: Any) -> None:
        """Note what a visit to a feed told of it."""
        with self._database.writing() as db:
            feeds.change(db, address, feeds.NOTES, notes)

    def drop_feed(self, address: str) -> None:
        """Follow a feed no more; its stories and its settings stay."""
        with self._database.writing() as db:
            feeds.drop(db, address)

    def restore_feed(self, address: str) -> None:
        """Follow a dropped feed again."""
        with self._database.writing() as db:
            feeds.restore(db, address)

    def move_feed(self, old: str, new: str) -> None:
        """Let a feed stand at another address from now on."""
        with self._database.writing() as db:
            feeds.move(db, old, new)

    def origins(self, key: str) -> list[Origin]:
        """The places where a story is found."""
        with self._database.reading() as db:
            return feeds.origins(db, key)

    def tagged(self, tag: str) -> list[str]:
        """The ids of the stories that feeds with a tag list, whatever its case."""
        with self._database.reading() as db:
            return feeds.tagged(db, tag)

    def allowed(self) -> frozenset[str]:
        """The hosts of this machine or a private network that may be asked."""
        with self._database.reading() as db:
            return frozenset(row["name"] for row in db.execute("SELECT name FROM host"))

    def allow(self, host: str, on: bool) -> None:
        """Let a host be asked, or no more."""
        with self._database.writing() as db:
            db.execute("INSERT OR IGNORE INTO host VALUES (?)" if on else "DELETE FROM host WHERE name = ?", (host,))
