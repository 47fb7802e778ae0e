"""The store: stories and everything that belongs to them, the source of truth, in one SQLite file."""

from __future__ import annotations

from pathlib import Path

from reader.errors import StorageError
from reader.storage.change_log import ChangeLog
from reader.storage.clusters import ClusterStore
from reader.storage.corrections import CorrectionStore
from reader.storage.database import Database
from reader.storage.facets import FacetStore
from reader.storage.feed_items import FeedItemStore
from reader.storage.feeds import FeedStore
from reader.storage.flag_changes import FlagChangeStore
from reader.storage.flags import FlagStore
from reader.storage.listings import ListingStore
from reader.storage.notes import NoteStore
from reader.storage.outlets import OutletStore
from reader.storage.reading_history import ReadingHistoryStore
from reader.storage.stories import StoryStore
from reader.storage.threads import ThreadStore


class Store:
    """The stores of a library's file, safe to use from any thread.

    All changes by one thread within `with store.database.writing():` are one transaction.

    Raises:
        StorageError: the file cannot be used.
    """

    def __init__(self, folder: Path, database: Database | None = None, *, create: bool = True) -> None:
        self.folder = folder
        self.database = database or Database(folder / "library.db", create=create)
        self.stories = StoryStore(self.database)
        self.feed_items = FeedItemStore(self.database)
        self.feeds = FeedStore(self.database)
        self.outlets = OutletStore(self.database)
        self.flags = FlagStore(self.database)
        self.flag_changes = FlagChangeStore(self.database)
        self.listings = ListingStore(self.database)
        self.threads = ThreadStore(self.database)
        self.clusters = ClusterStore(self.database)
        self.corrections = CorrectionStore(self.database)
        self.history = ReadingHistoryStore(self.database)
        self.facets = FacetStore(self.database)
        self.log = ChangeLog(self.database)
        self.notes = NoteStore(self.database)

    def damaged_rows(self) -> list[str]:
        """Read every story, correction and feed, and return an error for each that cannot be read back."""
        found = []
        for key in self.stories.digests():
            try:
                self.stories.get(key)
                self.stories.versions(key)
            except StorageError as error:
                found.append(str(error))
        for read_all in (self.feeds.all, lambda: self.corrections.all(undone=True)):
            try:
                read_all()
            except StorageError as error:
                found.append(str(error))
        return found

    def close(self) -> None:
        """Close the file."""
        self.database.close()
