"""The reader's saved searches: kept as text, read as threads, with what is unread and what is new of each."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import QueryError, SavedSearchError
from reader.library import saved_search_yaml
from reader.models import SavedSearch, StoryHeader, Thread
from reader.storage.database import PATIENCE
from reader.storage.file_lock import locked
from reader.storage.store import Store
from reader.text.sanitize import clean_line

if TYPE_CHECKING:
    from reader.search.index import SearchIndex
    from reader.search.query_nodes import Marks

SHOWN = 200
"""How many stories of a saved search are read as a thread: the newest."""
PREFIX = "search:"
"""What the id of a saved search that is read as a thread begins with; its name follows."""
_TOLD = "searches told"
"""The note of the last change of the log that was looked at for new stories."""


class SavedSearches:
    """The saved searches of a library, in the order of their file, which may be edited by hand.

    Each call reads the file; what in it cannot be used is left out and reported in `problems`. Changes raise `SavedSearchError` if
    the file is not valid or cannot be written, `QueryError` for an invalid query, and `LibraryBusy` if another process edits it.
    """

    def __init__(self, path: Path, store: Store, index: Callable[[], SearchIndex], marks: Marks) -> None:
        self.path = path
        self._store, self._index, self._marks = store, index, marks
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
        """The search of a name, whatever its case; None if there is none."""
        return next((saved for saved in self.all() if saved.name.casefold() == name.casefold()), None)

    # changing them

    def save(self, saved: SavedSearch, at: int | None = None) -> SavedSearch:
        """Keep a search, in the place of one that has its name, else as the last, or the `at`th; as it was kept."""
        from reader.search.query import parse

        kept = replace(saved, name=clean_line(saved.name)[: saved_search_yaml.LONGEST], query=clean_line(saved.query))
        if not kept.name:
            raise SavedSearchError("a saved search needs a name")
        parse(kept.query)
        with self._edited() as (text, entries):
            if same := _entry(entries, kept.name):
                self._write(saved_search_yaml.changed(text, same, kept))
            else:
                self._write(saved_search_yaml.inserted(text, entries, len(entries) if at is None else at, kept))
        return kept

    def change(self, name: str, /, **changes: str | bool) -> SavedSearch:
        """Give a search another `name`, `query` or `notify`; as it is then."""
        from reader.search.query import parse

        with self._edited() as (text, entries):
            entry = self._wanted(entries, name)
            kept = replace(entry.saved, **changes)  # type: ignore[arg-type]
            kept = replace(kept, name=clean_line(kept.name)[: saved_search_yaml.LONGEST] or entry.saved.name)
            parse(kept.query)
            other = _entry(entries, kept.name)
            if other and other != entry:
                raise SavedSearchError(f"another search is called “{other.saved.name}”; choose another name")
            self._write(saved_search_yaml.changed(text, entry, kept))
        return kept

    def remove(self, name: str) -> tuple[SavedSearch, int]:
        """Forget a search; what it was and at which place, so that `save` can take it back."""
        with self._edited() as (text, entries):
            entry = self._wanted(entries, name)
            self._write(saved_search_yaml.changed(text, entry, None))
            return entry.saved, entries.index(entry)

    # what they find

    def threads(self) -> list[Thread]:
        """The searches as threads: their newest stories, and how many are unread; one that cannot be asked has none."""
        marks = cache(self._marks)
        return [self._counted(thread, marks) for thread in self.names()]

    def names(self) -> list[Thread]:
        """The searches as threads of which nothing is counted yet: no index is asked for it."""
        return [_thread(saved) for saved in self.all()]

    def heads(self, query: str) -> list[StoryHeader]:
        """The newest stories of a query, the oldest of them first."""
        heads = self._store.stories.headers(ids=self._newest(query, self._marks)[0])
        return sorted(heads, key=lambda head: head.published or (head.estimate.time if head.estimate else ""))

    def news(self) -> list[tuple[SavedSearch, int]]:
        """The searches to tell of, and how many unread stories came for each since this was last asked; the first time none."""
        last, told = self._store.log.last(), self._store.notes.get(_TOLD)
        if told is not None and int(told) == last:
            return []
        self._store.notes.set(_TOLD, str(last))
        came = [change.story for change in self._store.log.since(int(told)) if not change.gone] if told is not None else []
        found = [(saved, self._came(saved.query, came)) for saved in self.all() if saved.notify] if came else []
        return [(saved, number) for saved, number in found if number]

    def _counted(self, search: Thread, marks: Marks) -> Thread:
        from reader.search.query import parse

        try:
            ids, total = self._newest(search.query, marks)
            return replace(search, stories=tuple(ids), total=total, unread=self._index().unread(parse(search.query), marks))
        except QueryError:
            return replace(search, total=0)

    def _newest(self, query: str, marks: Marks) -> tuple[list[str], int]:
        """The ids of the newest stories of a query, the oldest of them first, and how many there are in all."""
        from reader.search.query import parse

        self._index().freshen(self._store)
        ranking = self._index().search(parse(query), SHOWN, marks, newest=True)
        return [found.id for found in reversed(ranking.found)], ranking.total

    def _came(self, query: str, ids: Collection[str]) -> int:
        from reader.search.query import parse

        try:
            asked = parse(query)
        except QueryError:
            return 0
        self._index().freshen(self._store)
        return self._index().came(asked, ids, self._marks)

    # the file

    def _wanted(self, entries: Sequence[saved_search_yaml.YamlEntry], name: str) -> saved_search_yaml.YamlEntry:
        if entry := _entry(entries, name):
            return entry
        raise SavedSearchError(f"no saved search “{name}”; {self.path.name} lists them")

    def _text(self) -> str:
        try:
            return self.path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as fault:
            raise SavedSearchError(f"{self.path} cannot be read ({fault}); it lists your saved searches") from fault

    @contextmanager
    def _edited(self) -> Iterator[tuple[str, list[saved_search_yaml.YamlEntry]]]:
        """The list's text and entries, while nobody else changes them."""
        with locked(self.path.parent, "searches", patience=PATIENCE):
            text = self._text()
            yield text, saved_search_yaml.read(text, str(self.path))

    def _write(self, text: str) -> None:
        """Write the list whole or not at all, readable by the reader alone."""
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
