"""Updates of an index on disk from the store's change log: slice by slice, or as a rebuild beside the old index."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from reader.errors import DamagedArrayFile, StorageError
from reader.search import index_writer
from reader.search.build_workers import BuildWorkers, cpu_count, started_workers
from reader.search.index_directory import IndexDirectory
from reader.search.schema import number
from reader.search.segment_codec import Segment
from reader.storage.change_log import DerivedState, StoryChange
from reader.storage.store import Store
from reader.storage.versions import INDEX as RECIPE

SLICE = 5000
"""Changes per segment and commit."""

_MIN_SHARE = 500
"""Minimum number of stories for a process of its own."""

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class IndexingMonitor(Struct, frozen=True):
    """Progress reports and cancellation of an update; `progress` gets the numbers of changes done and in all.

    Segments of more than `most` documents are not merged.
    """

    progress: Progress | None = None
    cancelled: Cancelled | None = None
    most: int | None = None

    def advance(self, done: int, total: int) -> bool:
        """Report progress; returns whether to continue."""
        if self.progress:
            self.progress(min(done, total), total)
        return not (self.cancelled and self.cancelled())


def apply_backlog(folder: IndexDirectory, store: Store, monitor: IndexingMonitor, *, live: bool = True) -> int:
    """Apply the changes that the index lacks, one commit per slice; returns the number of changes.

    If the index is `live`, the store records how far it is.
    """
    seen = _last_applied(folder, store, live=live)
    done, total = 0, store.log.last() - seen
    while changes := store.log.since(seen, SLICE):
        inverter = index_writer.invert(store.stories.get_many(_stored_ids(changes)))
        segment = index_writer.write_segment(folder, inverter.arrays(), inverter.count)
        seen = _commit_slice(folder, store, changes, [segment], monitor.most, live=live)
        done += len(changes)
        if not monitor.advance(done, total):
            break
    return done


def apply_backlog_parallel(folder: IndexDirectory, store: Store, monitor: IndexingMonitor, *, live: bool = True) -> int:
    """Do the same with several processes if the backlog and the number of processors are large enough."""
    seen = _last_applied(folder, store, live=live)
    total = store.log.last() - seen
    if cpu_count() < 2 or len(store.log.since(seen, SLICE)) < SLICE:
        return apply_backlog(folder, store, monitor, live=live)
    done = 0
    with started_workers(store.folder, folder.path) as workers:
        while changes := store.log.since(seen, SLICE * workers.count):
            seen = _commit_slice(folder, store, changes, _build_segments(workers, _stored_ids(changes)), monitor.most, live=live)
            done += len(changes)
            if not monitor.advance(done, total):
                break
    return done


def _commit_slice(
    folder: IndexDirectory,
    store: Store,
    changes: Sequence[StoryChange],
    segments: Sequence[Segment],
    most: int | None,
    *,
    live: bool,
) -> int:
    """Commit changes; returns the sequence number of the last one."""
    seen = changes[-1].seq
    index_writer.commit(folder, [number(change.story) for change in changes], segments, seen, most=most)
    if live:
        store.log.set_state("index", DerivedState(RECIPE, seen))
    return seen


def _last_applied(folder: IndexDirectory, store: Store, *, live: bool) -> int:
    """Last change that both index and store record as applied: to apply a change twice is harmless, to skip one is not."""
    seen = folder.read()[1]
    return min(seen, store.log.state("index").seen) if live else seen


def _stored_ids(changes: Sequence[StoryChange]) -> list[str]:
    return [change.story for change in changes if not change.deleted]


def _build_segments(workers: BuildWorkers, stories: Sequence[str]) -> list[Segment]:
    share = max(-(-len(stories) // workers.count), _MIN_SHARE)
    return workers.build([stories[start : start + share] for start in range(0, len(stories), share)])


def create(path: Path) -> IndexDirectory:
    """Create an empty index, replacing whatever is at this path."""
    try:
        discard(path)
        return IndexDirectory.create(path)
    except OSError as error:
        raise StorageError(f"{path} cannot be written ({error.strerror}); free disk space, or fix the permissions") from error


def resume(place: Path) -> IndexDirectory:
    """The intact index of an interrupted rebuild, or else an empty one."""
    path = _new(place)
    with suppress(DamagedArrayFile, OSError):
        begun = IndexDirectory(path)
        segments, _, _ = begun.read()
        begun.verify(segments)
        return begun
    return create(path)


def swap(place: Path) -> None:
    """Replace the old index by the new one; `restore` recovers from a crash between the two steps."""
    old = _old(place)
    discard(old)
    if place.exists():
        place.rename(old)
    _new(place).rename(place)
    discard(old)


def restore(place: Path) -> None:
    """Move the old index back after an interrupted swap."""
    if not place.exists() and _old(place).is_dir():
        _old(place).rename(place)


def remove_leftovers(place: Path) -> None:
    """Remove leftovers of interrupted rebuilds where possible."""
    for left in (_new(place), _old(place)):
        with suppress(OSError):
            discard(left)


def discard(path: Path) -> None:
    """Remove a folder or file, if it exists.

    A folder is renamed first, because an orphaned process may still write to it.
    """
    gone = path.with_suffix(".gone")
    if gone.exists():
        shutil.rmtree(gone)
    if path.is_dir() and not path.is_symlink():
        path.rename(gone)
        shutil.rmtree(gone)
    else:
        path.unlink(missing_ok=True)


def _old(place: Path) -> Path:
    return place.with_name(f"{place.name}.old")


def _new(place: Path) -> Path:
    return place.with_name(f"{place.name}.new")
