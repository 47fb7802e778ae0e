"""Stories of the shelf set side by side, and the brief of what most of them tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import ComparisonError
from reader.models import Story, StoryHeader
from reader.storage.store import Store

if TYPE_CHECKING:
    from reader.comparison.preprocess import PreprocessedStory
    from reader.comparison.results import Comparison, SharedPassage

_KEPT = 64
"""Stories kept prepared."""
_COMPARED = 8
"""Comparisons kept: the marks go on and off, and the threads read last are come back to."""
_BRIEFED = 40
"""Stories read for one brief: what is compared grows with their square."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What at least two independent outlets tell, verbatim: the passages, in order of time, and the stories that were read.

    `stories` are ids, the oldest first; `of` is how many there are, more where a thread was too long to be read whole.
    """

    passages: tuple[SharedPassage, ...]
    stories: tuple[str, ...]
    of: int


class Comparer:
    """Compares stories with each other, and briefs threads."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def compare(self, stories: Sequence[str]) -> Comparison:
        """Compare two to eight stories; raises `ComparisonError` for fewer or more, and KeyError for an unknown id.

        A story that states no time is taken to be of its estimated time, but nobody told `first` by an estimate.
        """
        from reader.comparison.compare import FEWEST, MOST

        stories = list(dict.fromkeys(stories))
        if len(stories) < FEWEST:
            raise ComparisonError(f"a single story cannot be compared; name {FEWEST} to {MOST}")
        if len(stories) > MOST:
            raise ComparisonError(f"{len(stories)} stories are too many to compare; choose {FEWEST} to {MOST} of them")
        heads = self._heads_of(stories)
        found = compared(*self._read(heads))
        return replace(found, told=_first_as_stated(found.told, heads))

    def brief(self, told: str | Sequence[str], most: int = 10) -> Brief:
        """The passages that most independent outlets tell, `most` at most, of a thread by its id or of stories by theirs.

        Of more stories than can be read at once, those of the newest events are. Raises KeyError if there is no such story.
        """
        from reader.comparison.brief import brief

        heads = self._store.stories.headers(thread=told) if isinstance(told, str) else self._heads_of(list(dict.fromkeys(told)))
        read = heads if len(heads) <= _BRIEFED else self._newest(heads)
        passages = brief(self._ready(read), most)
        return Brief(_first_as_stated(passages, read), tuple(head.id for head in read), len(heads))

    def not_english(self, stories: Sequence[str]) -> list[str]:
        """Those of some stories that are not in English: what is found in them means little."""
        return [story.story for story in self._ready(self._heads_of(stories)) if not story.english]

    def _heads_of(self, stories: Sequence[str]) -> list[StoryHeader]:
        """The heads of stories, in their order; raises KeyError for one that is not there."""
        heads = self._store.stories.headers(ids=stories)
        if missing := set(stories) - {head.id for head in heads}:
            raise KeyError(min(missing))
        return heads

    def _newest(self, heads: Sequence[StoryHeader]) -> list[StoryHeader]:
        """The stories of the newest events, whole events as long as there is room, the newest stories of the next; oldest first."""
        numbers = {
            number for events in self._store.clusters.events_of_threads([head.id for head in heads]).values() for number in events
        }
        events = self._store.clusters.stories_in_events(numbers)
        latest: dict[int | None, str] = {}
        for head in heads:
            event = events.get(head.id)
            latest[event] = max(latest.get(event, ""), _time(head) or "")
        kept = sorted(heads, key=lambda head: (latest[events.get(head.id)], events.get(head.id, -1), _time(head) or "", head.id))
        chosen = {head.id for head in kept[-_BRIEFED:]}
        return [head for head in heads if head.id in chosen]

    def _ready(self, heads: Iterable[StoryHeader]) -> list[PreprocessedStory]:
        """Stories prepared."""
        return _prepared_as(*self._read(heads))

    def _read(self, heads: Iterable[StoryHeader]) -> tuple[tuple[Story, ...], tuple[_Origin, ...]]:
        """Stories with their times and outlets; one without a stated time has the estimate for it."""
        origins = {head.id: _Origin(_time(head), head.outlet_id) for head in heads}
        stories = tuple(self._store.stories.get_many(origins))
        return stories, tuple(origins[story.id] for story in stories)


class _Origin(NamedTuple):
    """When a story was published, stated or estimated, and the identity of its outlet."""

    time: str | None
    outlet: str | None


def _time(head: StoryHeader) -> str | None:
    """When a story was published, as stated or else as estimated."""
    return head.published or (head.estimate.time if head.estimate else None)


def _first_as_stated(passages: Iterable[SharedPassage], heads: Iterable[StoryHeader]) -> tuple[SharedPassage, ...]:
    """Passages without who told them first, where that rests on an estimate."""
    stated = {head.id for head in heads if head.published}
    return tuple(told if stated.issuperset(told.stories) else replace(told, first=None) for told in passages)


def _prepared_as(stories: Iterable[Story], origins: Iterable[_Origin]) -> list[PreprocessedStory]:
    return [
        replace(prepared(story), published=origin.time, outlet=origin.outlet)
        for story, origin in zip(stories, origins, strict=True)
    ]


@lru_cache(_COMPARED)
def compared(stories: tuple[Story, ...], origins: tuple[_Origin, ...]) -> Comparison:
    """Compare stories, each as of a time and an outlet; results are kept until content or origin changes."""
    from reader.comparison.compare import compare

    return compare(_prepared_as(stories, origins))


@lru_cache(_KEPT)
def prepared(story: Story) -> PreprocessedStory:
    """A story prepared; the same story with other content is prepared anew."""
    from reader.comparison.preprocess import prepare

    return prepare(story)
