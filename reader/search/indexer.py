"""What the store's log says, taken into an index on disk: slice by slice, or all of it anew beside the old one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reader.errors import DamagedArrayFile, StorageError
from reader.search import index_writer
from reader.search.build_workers import BuildWorkers, builders, processors
from reader.search.index_directory import IndexDirectory
from reader.search.schema import number
from reader.search.segment_codec import Segment
from reader.storage.change_log import DerivedState, StoryChange
from reader.storage.store import Store
from reader.storage.versions import INDEX as RECIPE

SLICE = 5000
"""Changes in one segment, and in one commit."""

_SHARE = 500
"""Stories of a slice that are worth a process of their own."""

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class IndexingMonitor:
    """Who follows a feeding: `progress` hears how many changes of how many are in, `cancelled` says when to stop.

    Segments of more than `most` documents are not merged meanwhile.
    """

    progress: Progress | None = None
    cancelled: Cancelled | None = None
    most: int | None = None

    def goes_on(self, done: int, of: int) -> bool:
        """Tell how far it is; whether to go on."""
        if self.progress:
            self.progress(min(done, of), of)
        return not (self.cancelled and self.cancelled())


def drain(folder: IndexDirectory, store: Store, watch: IndexingMonitor, *, live: bool = True) -> int:
    """Take in the log after what the index has seen, each slice committed; how many changes that were.

    The store is told how far the index is, if it is the `live` one.
    """
    seen = _seen(folder, store, live=live)
    done, of = 0, store.log.last() - seen
    while changes := store.log.since(seen, SLICE):
        inverter = index_writer.inverted(store.stories.get_many(_kept(changes)))
        segment = index_writer.written_segment(folder, inverter.arrays(), inverter.count)
        seen = _take(folder, store, changes, [segment], watch.most, live=live)
        done += len(changes)
        if not watch.goes_on(done, of):
            break
    return done


def drain_at_once(folder: IndexDirectory, store: Store, watch: IndexingMonitor, *, live: bool = True) -> int:
    """The same by several processes, where there is much to do and there are processors to do it."""
    seen = _seen(folder, store, live=live)
    of = store.log.last() - seen
    if processors() < 2 or len(store.log.since(seen, SLICE)) < SLICE:
        return drain(folder, store, watch, live=live)
    done = 0
    with builders(store.folder, folder.path) as working:
        while changes := store.log.since(seen, SLICE * working.count):
            seen = _take(folder, store, changes, _built(working, _kept(changes)), watch.most, live=live)
            done += len(changes)
            if not watch.goes_on(done, of):
                break
    return done


def _take(
    folder: IndexDirectory,
    store: Store,
    changes: Sequence[StoryChange],
    segments: Sequence[Segment],
    most: int | None,
    *,
    live: bool,
) -> int:
    """Commit changes; the number of the last of them."""
    seen = changes[-1].seq
    index_writer.apply(folder, [number(change.story) for change in changes], segments, seen, most=most)
    if live:
        store.log.set_state("index", DerivedState(RECIPE, seen))
    return seen


def _seen(folder: IndexDirectory, store: Store, *, live: bool) -> int:
    """The last change taken in: what index and store agree on, for taking one in twice does no harm, and missing one does."""
    seen = folder.read()[1]
    return min(seen, store.log.state("index").seen) if live else seen


def _kept(changes: Sequence[StoryChange]) -> list[str]:
    return [change.story for change in changes if not change.gone]


def _built(working: BuildWorkers, stories: Sequence[str]) -> list[Segment]:
    share = max(-(-len(stories) // working.count), _SHARE)
    return working.build([stories[start : start + share] for start in range(0, len(stories), share)])


def create(path: Path) -> IndexDirectory:
    """An empty index in the place of whatever stands there."""
    try:
        discard(path)
        return IndexDirectory.create(path)
    except OSError as error:
        raise StorageError(f"{path} cannot be written ({error.strerror}); free disk space, or fix the permissions") from error


def continued(place: Path) -> IndexDirectory:
    """The index that an earlier attempt has begun beside one, if it is whole; else an empty one."""
    path = _new(place)
    with suppress(DamagedArrayFile, OSError):
        begun = IndexDirectory(path)
        segments, _, _ = begun.read()
        begun.verify(segments)
        return begun
    return create(path)


def swap(place: Path) -> None:
    """Put the new index in the place of the old one; `restore` mends what a crash between the two steps leaves."""
    old = _old(place)
    discard(old)
    if place.exists():
        place.rename(old)
    _new(place).rename(place)
    discard(old)


def restore(place: Path) -> None:
    """Put the old index back where a swap was cut short."""
    if not place.exists() and _old(place).is_dir():
        _old(place).rename(place)


def tidy(place: Path) -> None:
    """Remove what a rebuild cut short has left beside an index that is whole, if it can be removed."""
    for left in (_new(place), _old(place)):
        with suppress(OSError):
            discard(left)


def discard(path: Path) -> None:
    """Remove a folder, or whatever stands in its place; nothing there is fine.

    It is moved away first: a process whose maker was killed may still write in it.
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
