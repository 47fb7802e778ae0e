"""The library in one folder: a facade of parts, each created on first use."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import FollowedThreadsError
from reader.library.jobs import Jobs, end_all
from reader.storage.store import Store

if TYPE_CHECKING:
    from reader.library.comparison import Comparer
    from reader.library.corrections import Corrections
    from reader.library.feeds import Feeds
    from reader.library.followed_threads import FollowedThreads
    from reader.library.importer import Importer
    from reader.library.marks import Marks
    from reader.library.move_in import MoveIn
    from reader.library.places import Places
    from reader.library.query_filters import QueryFilters
    from reader.library.reading_history import ReadingHistory
    from reader.library.saved_searches import SavedSearches
    from reader.library.search import StorySearch
    from reader.library.stories import Stories
    from reader.library.synchronizer import Synchronizer
    from reader.library.threads import Threads
    from reader.library.worker_pool import WorkerPool
    from reader.search.index import SearchIndex


class Library:
    """The stories in one folder, their threads and their index; its parts are safe to use from any thread.

    Raises `StorageError` if the folder cannot be used. Problems in the user's lists of followed threads and saved searches are
    reported in `problems`; everything else works.
    """

    # parts are imported on first use, so that opening a library stays fast

    def __init__(self, folder: Path, followed: Path | None = None, *, create: bool = True) -> None:
        self.folder = folder
        self._followed_path = followed
        self._store = Store(folder, create=create)

    @classmethod
    def open(cls, folder: Path, *, followed: Path | None = None) -> Library:
        """Open the library in `folder`, or create it; `followed` replaces its own list of followed threads."""
        if followed and not followed.is_file():
            raise FollowedThreadsError(f"{followed}: file not found; it should list the threads you follow")
        return cls(folder, followed)

    def close(self) -> None:
        """End other processes, and close the files."""
        end_all()
        workers = self.__dict__.pop("_workers", None)
        if workers:
            workers.close()
        index = self.__dict__.pop("_index", None)
        if index:
            index.close()
        self._store.close()

    @property
    def read_only(self) -> bool:
        """Whether the library can be read but not written."""
        return self._store.database.read_only

    @property
    def problems(self) -> list[str]:
        """Problems in the user's own files, as far as they were read."""
        made = (vars(self).get(part) for part in ("threads", "saved_searches"))
        return [problem for part in made if part for problem in part.problems]

    # the parts

    @cached_property
    def threads(self) -> Threads:
        """Threads as shown."""
        from reader.library.threads import Threads

        return Threads(self._store, self._followed)

    @cached_property
    def stories(self) -> Stories:
        """Stories and their flags."""
        from reader.library.stories import Stories

        return Stories(self._store)

    @cached_property
    def search(self) -> StorySearch:
        """Search for stories."""
        from reader.library.search import StorySearch

        return StorySearch(self._store, lambda: self._index, self.threads, self._filters)

    @cached_property
    def saved_searches(self) -> SavedSearches:
        """Saved searches."""
        from reader.library.saved_searches import SavedSearches

        return SavedSearches(self.folder / "searches.yaml", self._store, lambda: self._index, self._filters)

    @cached_property
    def places(self) -> Places:
        """Places of the list pane, and their content."""
        from reader.library.places import Places

        return Places(self._store, self.threads, lambda: self.saved_searches, lambda: self._index, lambda: self._filters)

    @cached_property
    def marks(self) -> Marks:
        """Flags on many stories at once, with undo and redo."""
        from reader.library.marks import Marks

        return Marks(self._store, self.places, lambda: self._index, lambda: self._filters)

    @cached_property
    def corrections(self) -> Corrections:
        """The user's corrections of threads."""
        from reader.library.corrections import Corrections

        return Corrections(self._store, self._followed)

    @cached_property
    def comparison(self) -> Comparer:
        """Comparison of stories, and briefs of threads."""
        from reader.library.comparison import Comparer

        return Comparer(self._store)

    @cached_property
    def history(self) -> ReadingHistory:
        """Reading history of passages."""
        from reader.library.reading_history import ReadingHistory

        return ReadingHistory(self._store)

    @cached_property
    def feeds(self) -> Feeds:
        """Subscribed feeds."""
        from reader.library.feeds import Feeds

        return Feeds(self._store)

    @cached_property
    def importer(self) -> Importer:
        """Imports and refreshes in this process."""
        from reader.library.importer import Importer

        return Importer(self._store, self.feeds, lambda: self.saved_searches, self.synchronizer, lambda: self._workers)

    @cached_property
    def move_in(self) -> MoveIn:
        """Moving in from another reader."""
        from reader.library.move_in import MoveIn

        return MoveIn(self._store, self.feeds, lambda: self.saved_searches, self.synchronizer, lambda: self._workers)

    @cached_property
    def synchronizer(self) -> Synchronizer:
        """Updates of threads and index in this process."""
        from reader.library.synchronizer import Synchronizer

        return Synchronizer(self._store, lambda: self._index, lambda: self._workers)

    @cached_property
    def jobs(self) -> Jobs:
        """Long jobs, each in a process of its own."""
        return Jobs(self.folder, self._followed_path)

    # shared by the parts

    @cached_property
    def _index(self) -> SearchIndex:
        from reader.search.index import SearchIndex

        return SearchIndex(self.folder)

    @cached_property
    def _workers(self) -> WorkerPool:
        from reader.library.worker_pool import WorkerPool

        return WorkerPool()

    @cached_property
    def _followed(self) -> FollowedThreads:
        from reader.library.followed_threads import FollowedThreads

        return FollowedThreads(self._followed_path or self.folder / "threads.yaml", self._store, lambda: self._index)

    @cached_property
    def _filters(self) -> QueryFilters:
        from reader.library.query_filters import QueryFilters

        return QueryFilters(self._store, self.threads)
