"""Consistency of the index with the store."""

from __future__ import annotations

from msgspec import Struct

from reader.search import index_writer
from reader.search.index_directory import IndexDirectory
from reader.search.schema import fingerprint, number
from reader.storage.store import Store
from reader.storage.versions import INDEX as RECIPE


class IndexState(Struct, frozen=True):
    """Result of a check: whether index and store hold the same stories in the same versions, and a summary."""

    consistent: bool
    summary: str


def check(folder: IndexDirectory, store: Store) -> IndexState:
    """Verify all files, and compare index and store in both directions, story by story."""
    state = store.log.state("index")
    if state.recipe != RECIPE:
        return IndexState(False, "the index has not been built yet" if not state.recipe else "the index is of an older version")
    try:
        segments, _, _ = folder.read()
        folder.verify(segments)
        numbers = index_writer.story_fingerprints(folder, segments)
    except Exception as error:  # an index can be damaged in as many ways as there are files
        return IndexState(False, f"the index cannot be read ({describe(error)})")
    held = dict(numbers)
    wanted = {number(story): fingerprint(content) for story, content in store.stories.digests().items()}
    faults = (
        (len(wanted.keys() - held.keys()), "not in the index"),
        (len(held.keys() - wanted.keys()), "in the index but not in the library"),
        (len(numbers) - len(held), "indexed twice"),
        (sum(held[story] != content for story, content in wanted.items() if story in held), "indexed with an older text"),
    )
    message = ", ".join(f"{_stories(count)} {fault}" for count, fault in faults if count)
    return IndexState(False, message) if message else IndexState(True, f"{_stories(len(wanted))}, all indexed")


def describe(error: Exception) -> str:
    """Message of an exception, or its type where it has none."""
    return str(error) or type(error).__name__


def _stories(count: int) -> str:
    return "1 story" if count == 1 else f"{count} stories"
