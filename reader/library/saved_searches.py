"""The user's saved searches: stored as text, counted as threads, with their unread and new stories."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader.errors import QueryError, SavedSearchError
from reader.library import saved_search_yaml
from reader.models import SavedSearch, Thread
from reader.storage.database import PATIENCE
from reader.storage.file_lock import locked
from reader.storage.store import Store
from reader.text.sanitize import clean_line
from reader.text.user_files import read_user_file

if TYPE_CHECKING:
    from reader.search.index import SearchIndex
    from reader.search.query_nodes import FilterLookup

SHOWN = 200
"""Maximum number of stories when a saved search is read as a thread, newest first."""
PREFIX = "search:"
"""Prefix of the thread id of a saved search, followed by its name."""
_LAST_NEWS_KEY = "searches told"
"""Key of the last change examined for new stories."""


class SavedSearches:
    """The saved searches of a library, in the order of their file, which the user may edit.

    Each call reads the file; invalid entries are skipped and reported in `problems`. Changes raise `SavedSearchError` if the file
    is invalid or cannot be written, `QueryError` for an invalid query, and `LibraryBusy` if another process edits it.
    """

    def __init__(self, path: Path, store: Store, index: Callable[[], SearchIndex], filters: FilterLookup) -> None:
        self.path = path
        self._store, self._index, self._filters = store, index, filters
        self.problems: tuple[str, ...] = ()

    def all(self) -> list[SavedSearch]:
        """Return the valid searches."""
        try:
            entries, faults = saved_search_yaml.read_valid(self._text(), str(self.path))
        except SavedSearchError as fault:
            entries, faults = [], [fault]
        self.problems = tuple(map(str, faults))
        return [entry.saved for entry in entries]

    def named(self, name: str) -> SavedSearch | None:
        """Return the search with this name, ignoring case; None if there is none."""
        return next((saved for saved in self.all() if saved.name.casefold() == name.casefold()), None)

    # changes

    def save(self, saved: SavedSearch, at: int | None = None) -> SavedSearch:
        """Save a search: replace the one of the same name, or else insert it at `at` or append it. Returns it as saved."""
        from reader.search.query import parse

        kept = replace(saved, name=clean_line(saved.name)[: saved_search_yaml.LONGEST], query=clean_line(saved.query))
        if not kept.name:
            raise SavedSearchError("a saved search needs a name")
        parse(kept.query)
        with self._edited() as (text, entries):
            if same := _entry(entries, kept.name):
                self._write(saved_search_yaml.replace_entry(text, same, kept))
            else:
                self._write(saved_search_yaml.insert_entry(text, entries, len(entries) if at is None else at, kept))
        return kept

    def change(self, name: str, /, **changes: str | bool) -> SavedSearch:
        """Change the `name`, `query` or `notify` of a search; returns it as saved."""
        from reader.search.query import parse

        with self._edited() as (text, entries):
            entry = self._find(entries, name)
            kept = replace(entry.saved, **changes)
            kept = replace(kept, name=clean_line(kept.name)[: saved_search_yaml.LONGEST] or entry.saved.name)
            parse(kept.query)
            other = _entry(entries, kept.name)
            if other and other != entry:
                raise SavedSearchError(f"another search is called “{other.saved.name}”; choose another name")
            self._write(saved_search_yaml.replace_entry(text, entry, kept))
        return kept

    def remove(self, name: str) -> tuple[SavedSearch, int]:
        """Delete a search; returns it and its position, so that `save` can restore it."""
        with self._edited() as (text, entries):
            entry = self._find(entries, name)
            self._write(saved_search_yaml.replace_entry(text, entry, None))
            return entry.saved, entries.index(entry)

    # results

    def threads(self) -> list[Thread]:
        """The searches as threads: their newest stories and unread counts; invalid queries have none."""
        filters = cache(self._filters)
        return [self._with_counts(thread, filters) for thread in self.names()]

    def names(self) -> list[Thread]:
        """The searches as threads without stories and counts, and without use of the index."""
        return [_thread(saved) for saved in self.all()]

    def news(self) -> list[tuple[SavedSearch, int]]:
        """Searches with notifications and the number of unread stories that arrived since the last call; the first time none."""
        last, examined = self._store.log.last(), self._store.notes.get(_LAST_NEWS_KEY)
        if examined is not None and int(examined) == last:
            return []
        self._store.notes.set(_LAST_NEWS_KEY, str(last))
        arrived = (
            [change.story for change in self._store.log.since(int(examined)) if not change.deleted] if examined is not None else []
        )
        found = [(saved, self._count_new(saved.query, arrived)) for saved in self.all() if saved.notify] if arrived else []
        return [(saved, number) for saved, number in found if number]

    def _with_counts(self, search: Thread, filters: FilterLookup) -> Thread:
        from reader.search.query import parse

        try:
            ids, total = self._newest(search.query, filters)
            return replace(search, stories=tuple(ids), total=total, unread=self._index().count_unread(parse(search.query), filters))
        except QueryError:
            return replace(search, total=0)

    def _newest(self, query: str, filters: FilterLookup) -> tuple[list[str], int]:
        """Ids of the newest matches, oldest first, and the total number of matches."""
        from reader.search.query import parse

        self._index().include_pending(self._store)
        ranking = self._index().search(parse(query), SHOWN, filters, newest=True)
        return [found.id for found in reversed(ranking.found)], ranking.total

    def _count_new(self, query: str, ids: Collection[str]) -> int:
        from reader.search.query import parse

        try:
            parsed = parse(query)
        except QueryError:
            return 0
        self._index().include_pending(self._store)
        return self._index().count_unread_among(parsed, ids, self._filters)

    # the file

    def _find(self, entries: Sequence[saved_search_yaml.YamlEntry], name: str) -> saved_search_yaml.YamlEntry:
        if entry := _entry(entries, name):
            return entry
        raise SavedSearchError(f"no saved search “{name}”; {self.path.name} lists them")

    def _text(self) -> str:
        try:
            return read_user_file(self.path, saved_search_yaml.LARGEST)
        except FileNotFoundError:
            return ""
        except OSError as fault:
            raise SavedSearchError(f"{self.path} cannot be read ({fault.strerror}); it lists your saved searches") from fault

    @contextmanager
    def _edited(self) -> Iterator[tuple[str, list[saved_search_yaml.YamlEntry]]]:
        """Text and entries of the file, locked against other processes."""
        with locked(self.path.parent, "searches", patience=PATIENCE):
            text = self._text()
            yield text, saved_search_yaml.read(text, str(self.path))

    def _write(self, text: str) -> None:
        """Replace the file atomically; it is readable by its owner only. Raises `SavedSearchError` for a text that is no list."""
        saved_search_yaml.read(text, str(self.path))
        try:
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".searches-")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).replace(self.path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as fault:
            raise SavedSearchError(
                f"{self.path} cannot be written ({fault.strerror}); check the permissions of its folder"
            ) from fault


def _entry(entries: Sequence[saved_search_yaml.YamlEntry], name: str) -> saved_search_yaml.YamlEntry | None:
    return next((entry for entry in entries if entry.saved.name.casefold() == name.casefold()), None)


def _thread(saved: SavedSearch) -> Thread:
    return Thread(
        id=f"{PREFIX}{saved.name}",
        name=saved.name,
        automatic=saved.name,
        stories=(),
        unread=0,
        outlets=(),
        unnamed=0,
        first=None,
        last=None,
        earliest=None,
        latest=None,
        about=False,
        terms=(),
        query=saved.query,
        total=-1,
    )
