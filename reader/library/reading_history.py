"""The user's reading history of threads, and what is new in their other stories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.library.comparison import preprocessed
from reader.models import Span, Story
from reader.storage import story_rows
from reader.storage.store import Store

if TYPE_CHECKING:
    from reader.comparison.preprocess import PreprocessedStory
    from reader.comparison.results import Passage
    from reader.storage.reading_history import SeenPassages

_MAX_VERSIONS = 40
"""Maximum number of versions compared per thread, last read first."""
_MAX_CACHED = 256
"""Maximum number of results in the cache."""


class Freshness(Struct, frozen=True):
    """What is new in a story: `known` are its passages whose content was read elsewhere in the thread.

    `passages` is the number of passages, `new` the number of those read neither elsewhere nor here.
    """

    known: tuple[Passage, ...] = ()
    passages: int = 0
    new: int = 0


class ReadingHistory:
    """Passages that were read, and what is new in a story given them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._cache: dict[tuple[str, str, tuple[SeenPassages, ...]], tuple[Passage, ...]] = {}

    def record(self, story: Story, spans: Iterable[Span] | None = None) -> None:
        """Record that the user has read parts of a story in this version, or all of it.

        `spans` are characters of the body, its paragraphs joined by a line break.
        """
        whole = [(0, len("\n".join(story.body)))]
        self._store.history.record(story.id, story_rows.digest(story), whole if spans is None else spans)

    def freshness(self, story: str) -> Freshness:
        """What is new in a story after everything read of its thread and of its own earlier versions.

        Conservative: see `comparison.novelty.known`. Raises KeyError for an unknown story.
        """
        digest = self._store.stories.digest(story)
        seen = self._store.history.of_thread(story, _MAX_VERSIONS)
        current = self._store.stories.get(story)
        ready = preprocessed(current)
        here = [span for each in seen if (each.story, each.digest) == (story, digest) for span in each.spans]
        elsewhere = tuple(each for each in seen if (each.story, each.digest) != (story, digest))
        key = story, digest, elsewhere
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = self._known(ready, elsewhere)
            for old in list(self._cache)[:-_MAX_CACHED]:
                self._cache.pop(old, None)
        behind = {passage.index for passage in found} | _within(current, ready, here)
        return Freshness(found, len(ready.features), len(ready.features) - len(behind))

    def count(self, thread: str | None = None) -> int:
        """Number of stories with passages read, in a thread or in all."""
        return self._store.history.count(thread)

    def forget(self, thread: str | None = None) -> None:
        """Delete the reading history of a thread or of all; read flags stay."""
        self._store.history.forget(thread)

    def _known(self, story: PreprocessedStory, seen: Sequence[SeenPassages]) -> tuple[Passage, ...]:
        """Passages of a story whose content was read in these versions."""
        from reader.comparison.novelty import known

        versions = [(each, self._store.stories.with_digest(each.story, each.digest)) for each in seen]
        read = [_cut(current, each.spans) for each, current in versions if current]
        read = [each for each in read if each.language == story.language]
        return known(read, story) if read else ()


def _cut(story: Story, spans: Sequence[Span]) -> PreprocessedStory:
    """Preprocessed story restricted to passages that were read completely."""
    ready = preprocessed(story)
    return ready.cut(_within(story, ready, spans))


def _within(story: Story, ready: PreprocessedStory, spans: Sequence[Span]) -> set[int]:
    """Indexes of the passages within spans of the body."""
    starts = list(accumulate((len(paragraph) + 1 for paragraph in story.body), initial=0))
    passages = [reading.passage for reading in ready.features]
    return {
        passage.index
        for passage in passages
        if any(a <= starts[passage.paragraph] + passage.start and starts[passage.paragraph] + passage.end <= b for a, b in spans)
    }
