"""Comparison of stories, and briefs of threads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from reader.errors import ComparisonError
from reader.models import Story, StoryHeader
from reader.storage.store import Store
from reader.text.languages import ENGLISH

if TYPE_CHECKING:
    from reader.comparison.preprocess import PreprocessedStory
    from reader.comparison.results import Comparison, Passage, SharedPassage

_CACHED_STORIES = 64
"""Number of preprocessed stories in the cache."""
_CACHED_COMPARISONS = 8
"""Number of comparisons in the cache, so that toggling a comparison and going back are fast."""
_MAX_BRIEFED = 40
"""Maximum number of stories compared for one brief: the cost grows with the square."""


class Brief(Struct, frozen=True):
    """Passages that at least two independent outlets report, verbatim and in order of time, and the stories examined.

    `stories` are ids, oldest first; `of` is the number of stories in all, more than examined if the thread is long. `unique` are
    the passages that only one of the stories has.
    """

    passages: tuple[SharedPassage, ...]
    stories: tuple[str, ...]
    of: int
    unique: tuple[Passage, ...] = ()


class Comparer:
    """Compares stories, and briefs threads."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def compare(self, stories: Sequence[str]) -> Comparison:
        """Compare two to eight stories; raises `ComparisonError` for fewer or more, and KeyError for an unknown id.

        A story without a stated time counts as of its estimated time, but an estimate never makes it `first`.
        """
        from reader.comparison.compare import FEWEST, MOST

        stories = list(dict.fromkeys(stories))
        if len(stories) < FEWEST:
            raise ComparisonError(f"a single story cannot be compared; name {FEWEST} to {MOST}")
        if len(stories) > MOST:
            raise ComparisonError(f"{len(stories)} stories are too many to compare; choose {FEWEST} to {MOST} of them")
        heads = self._headers(stories)
        found = cached_comparison(*self._read(heads))
        return replace(found, shared=_first_as_stated(found.shared, heads))

    def brief(self, stories: str | Sequence[str], most: int = 10) -> Brief:
        """The up to `most` passages that most independent outlets report, of a thread by its id or of stories by theirs.

        If there are too many stories, those of the newest events are examined. Raises KeyError for unknown ids.
        """
        from reader.comparison.brief import brief

        heads = (
            self._store.stories.headers(thread=stories) if isinstance(stories, str) else self._headers(list(dict.fromkeys(stories)))
        )
        read = heads if len(heads) <= _MAX_BRIEFED else self._newest(heads)
        found = brief(self._preprocessed(read), most)
        return Brief(_first_as_stated(found.shared, read), tuple(head.id for head in read), len(heads), found.unique)

    def in_other_languages(self, stories: Sequence[str]) -> list[str]:
        """Stories that are not in the language of most of them, or in English if as many are."""
        read = self._preprocessed(self._headers(stories))
        languages = Counter(story.language for story in read)
        most = max(languages, key=lambda code: (languages[code], code == ENGLISH, code), default=ENGLISH)
        return [story.story for story in read if story.language != most]

    def _headers(self, stories: Sequence[str]) -> list[StoryHeader]:
        """Headers of stories, in order; raises KeyError for an unknown id."""
        heads = self._store.stories.headers(ids=stories)
        if missing := set(stories) - {head.id for head in heads}:
            raise KeyError(min(missing))
        return heads

    def _newest(self, heads: Sequence[StoryHeader]) -> list[StoryHeader]:
        """Stories of the newest events, and the newest of the next event as far as there is room; oldest first."""
        numbers = {
            number for events in self._store.clusters.events_of_threads([head.id for head in heads]).values() for number in events
        }
        events = self._store.clusters.stories_in_events(numbers)
        latest: dict[int | None, str] = {}
        for head in heads:
            event = events.get(head.id)
            latest[event] = max(latest.get(event, ""), _time(head) or "")
        kept = sorted(heads, key=lambda head: (latest[events.get(head.id)], events.get(head.id, -1), _time(head) or "", head.id))
        chosen = {head.id for head in kept[-_MAX_BRIEFED:]}
        return [head for head in heads if head.id in chosen]

    def _preprocessed(self, heads: Iterable[StoryHeader]) -> list[PreprocessedStory]:
        return _preprocess_all(*self._read(heads))

    def _read(self, heads: Iterable[StoryHeader]) -> tuple[tuple[Story, ...], tuple[_Origin, ...]]:
        """Stories with their times, stated or else estimated, and outlets."""
        origins = {head.id: _Origin(_time(head), head.outlet_id) for head in heads}
        stories = tuple(self._store.stories.get_many(origins))
        return stories, tuple(origins[story.id] for story in stories)


class _Origin(NamedTuple):
    """Time of a story, stated or estimated, and the identity of its outlet."""

    time: str | None
    outlet: str | None


def _time(head: StoryHeader) -> str | None:
    """Time of a story, stated or else estimated."""
    return head.published or (head.estimate.time if head.estimate else None)


def _first_as_stated(passages: Iterable[SharedPassage], heads: Iterable[StoryHeader]) -> tuple[SharedPassage, ...]:
    """Passages without `first` where that depends on an estimate."""
    stated = {head.id for head in heads if head.published}
    return tuple(each if stated.issuperset(each.stories) else replace(each, first=None) for each in passages)


def _preprocess_all(stories: Iterable[Story], origins: Iterable[_Origin]) -> list[PreprocessedStory]:
    return [
        replace(preprocessed(story), published=origin.time, outlet=origin.outlet)
        for story, origin in zip(stories, origins, strict=True)
    ]


@lru_cache(_CACHED_COMPARISONS)
def cached_comparison(stories: tuple[Story, ...], origins: tuple[_Origin, ...]) -> Comparison:
    """Compare stories, each with a time and an outlet; cached until content or origin changes."""
    from reader.comparison.compare import compare

    return compare(_preprocess_all(stories, origins))


@lru_cache(_CACHED_STORIES)
def preprocessed(story: Story) -> PreprocessedStory:
    """Preprocess a story; cached by content."""
    from reader.comparison.preprocess import prepare

    return prepare(story)
