"""A brief: what most independent outlets tell, in their own words."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from reader.comparison.alignment import Key, align_stories
from reader.comparison.parameters import ComparisonParameters
from reader.comparison.preprocess import PreprocessedStory
from reader.comparison.provenance import copies, telling, tied
from reader.comparison.results import SharedPassage
from reader.comparison.similarity import score
from reader.comparison.weighting import weigh

_LEANING = frozenset("he she it they his her their its but and that this those these".split())
"""Words that lean on the passage before; one that begins with them reads badly alone."""
_UNDATED = "~"  # comes after every time
_LEANS = 0.15  # what that costs, in score,
_LONG = 30  # the words up to which a passage is short enough,
_LENGTH = 0.004  # and what each further one costs


def brief(
    stories: Sequence[PreprocessedStory], most: int = 10, parameters: ComparisonParameters | None = None
) -> tuple[SharedPassage, ...]:
    """Choose passages of any number of stories that at least two independent outlets tell, `most` at most, in order of time.

    Each is verbatim, told by the most outlets first chosen, and none says what another says. Stories without a time come last.
    """
    parameters = parameters or ComparisonParameters()
    rank = {story.story: number for number, story in enumerate(stories)}
    stories = sorted(stories, key=lambda story: story.story)
    weighed = weigh(stories, parameters)
    links = align_stories(weighed, parameters).links
    texts, others = copies(stories, links, parameters), tied(links, parameters)
    told = {key: telling(stories, texts, key, others[key], rank) for key in others}

    def worth(key: Key) -> tuple[int, float]:
        words = weighed[key[0]][key[1]].reading.words
        costs = _LEANS * (words[0] in _LEANING) + _LENGTH * max(0, len(words) - _LONG)
        return told[key].outlets, fmean(others[key].values()) - costs

    def repeats(key: Key, other: Key) -> bool:
        same = other in others[key] or bool(others[other].keys() & others[key].keys())
        return same or score(weighed[key[0]][key[1]], weighed[other[0]][other[1]], parameters) >= parameters.brief_repeats

    chosen: list[Key] = []
    for key in sorted((key for key in told if told[key].outlets > 1), key=worth, reverse=True):
        if len(chosen) == most:
            break
        if not any(repeats(key, other) for other in chosen):
            chosen.append(key)
    return tuple(told[key] for key in sorted(chosen, key=lambda key: (stories[key[0]].published or _UNDATED, key)))
