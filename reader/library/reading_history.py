"""What the reader has read of a thread, and what of a further story of it is news after that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from reader.library.comparison import prepared
from reader.models import Span, Story
from reader.storage import story_rows
from reader.storage.store import Store

if TYPE_CHECKING:
    from reader.comparison.preprocess import PreprocessedStory
    from reader.comparison.results import Passage
    from reader.storage.reading_history import SeenPassages

_READ = 40
"""Wordings of a thread that are looked at, the last read ones: what is compared grows with them."""
_KEPT = 256
"""Answers kept."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """What of a story is news: `known` are its passages that hold nothing the reader has not read elsewhere in the thread.

    `passages` is how many there are, `new` how many of them were read neither there nor here.
    """

    known: tuple[Passage, ...] = ()
    passages: int = 0
    new: int = 0


class ReadingHistory:
    """The passages that were read, and what of a story is news after them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._answers: dict[tuple[str, str, tuple[SeenPassages, ...]], tuple[Passage, ...]] = {}

    def record(self, story: Story, spans: Iterable[Span] | None = None) -> None:
        """Note that the reader has read some of a story as it is given here, or all of it.

        `spans` are characters of the body, its paragraphs joined by a line break.
        """
        whole = [(0, len("\n".join(story.body)))]
        self._store.history.record(story.id, story_rows.digest(story), whole if spans is None else spans)

    def freshness(self, story: str) -> Freshness:
        """What of a story, as it reads now, is news after all that was read of its thread, and of its own earlier wordings.

        Cautious: see `compare.fresh.known`. Raises KeyError if there is no such story.
        """
        content = self._store.stories.digest(story)
        seen = self._store.history.of_thread(story, _READ)
        told = self._store.stories.get(story)
        ready = prepared(told)
        here = [span for each in seen if (each.story, each.content) == (story, content) for span in each.spans]
        elsewhere = tuple(each for each in seen if (each.story, each.content) != (story, content))
        key = story, content, elsewhere
        found = self._answers.get(key)
        if found is None:
            found = self._answers[key] = self._known(ready, elsewhere)
            for old in list(self._answers)[:-_KEPT]:
                self._answers.pop(old, None)
        behind = {passage.index for passage in found} | _within(told, ready, here)
        return Freshness(found, len(ready.features), len(ready.features) - len(behind))

    def count(self, thread: str | None = None) -> int:
        """Of how many stories, of a thread or of all, it is known what was read."""
        return self._store.history.count(thread)

    def forget(self, thread: str | None = None) -> None:
        """Forget which passages were read, of a thread or of all; which stories are marked read stays."""
        self._store.history.forget(thread)

    def _known(self, story: PreprocessedStory, seen: Sequence[SeenPassages]) -> tuple[Passage, ...]:
        """The passages of a story that are known from what was seen of these wordings."""
        from reader.comparison.novelty import known

        wordings = [(each, self._store.stories.with_digest(each.story, each.content)) for each in seen]
        read = [_cut(told, each.spans) for each, told in wordings if told]
        return known(read, story) if read and story.english else ()


def _cut(story: Story, spans: Sequence[Span]) -> PreprocessedStory:
    """A story prepared, with those of its passages only that were seen whole."""
    ready = prepared(story)
    return ready.cut(_within(story, ready, spans))


def _within(story: Story, ready: PreprocessedStory, spans: Sequence[Span]) -> set[int]:
    """The numbers of the passages that lie within spans of the body."""
    starts = list(accumulate((len(paragraph) + 1 for paragraph in story.body), initial=0))
    passages = [reading.passage for reading in ready.features]
    return {
        passage.index
        for passage in passages
        if any(a <= starts[passage.paragraph] + passage.start and starts[passage.paragraph] + passage.end <= b for a, b in spans)
    }
