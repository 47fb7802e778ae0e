"""The reader's word on threads, in the same file as the stories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from reader.models import Correction
from reader.storage import corrections
from reader.storage.corrections import ClusteredThreads, CorrectionOverlay
from reader.storage.feed_store import FeedStore


class CorrectionStore(FeedStore):
    """The part of the store that knows what the reader said of threads."""

    @contextmanager
    def together(self) -> Iterator[None]:
        """Whatever is read and written within, by this thread, is one transaction: all of it is kept, or none."""
        with self._database.writing():
            yield

    def corrections(self, *, undone: bool = False) -> list[Correction]:
        """The corrections in the order they were made; with `undone` those that were taken back too."""
        with self._database.reading() as db:
            return corrections.read_log(db, undone=undone)

    def add_correction(self, new: Correction) -> Correction:
        """Write a correction at the end of the log; as it was written, with its number and time."""
        with self._database.writing() as db:
            return corrections.add(db, new)

    def undo_correction(self, number: int | None = None) -> Correction | None:
        """Take back the last correction that holds; None if there is none, or if it is not the one of a number given."""
        with self._database.writing() as db:
            return corrections.undo(db, number)

    def shown(self, thread: str) -> tuple[str, bool, list[str]] | None:
        """The name of a thread as it is shown, whether the reader gave it, and its stories; None if there is no such thread."""
        with self._database.reading() as db:
            return corrections.shown(db, thread)

    def found(self, stories: Iterable[str]) -> ClusteredThreads:
        """The threads that hold these stories as they were found, whatever the reader said of them."""
        with self._database.reading() as db:
            return corrections.found(db, stories)

    def names_beside(self, covered: Iterable[str]) -> list[str]:
        """The names of the found threads other than those covered."""
        with self._database.reading() as db:
            return corrections.names_beside(db, covered)

    def own_names(self) -> dict[str, tuple[list[str], str]]:
        """The stories of each thread that corrections made, and what was read for its name as it was kept."""
        with self._database.reading() as db:
            return corrections.own_names(db)

    def save_overlay(self, overlay: CorrectionOverlay) -> None:
        """Show these threads, and no others made by corrections."""
        with self._database.writing() as db:
            corrections.write_overlay(db, overlay)

    def places_of(self, stories: Iterable[str]) -> dict[str, str]:
        """Where each of these stories is known again, in another library too."""
        with self._database.reading() as db:
            return corrections.places_of(db, stories)

    def stories_at(self, places: Iterable[str]) -> dict[str, str]:
        """The stories at these places, by place; a place of several or of none is left out."""
        with self._database.reading() as db:
            return corrections.stories_at(db, places)
