"""A brief: the passages that most independent outlets report, verbatim, and those that only one story has."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from msgspec import Struct

from reader.comparison.alignment import Key, align_stories
from reader.comparison.coverage import unique_passages
from reader.comparison.parameters import ComparisonParameters
from reader.comparison.preprocess import PreprocessedStory
from reader.comparison.provenance import shared_passage, sure_links, text_numbers
from reader.comparison.results import Passage, SharedPassage
from reader.comparison.similarity import score
from reader.comparison.weighting import weigh

_DEPENDENT = frozenset("he she it they his her their its but and that this those these".split())
"""First words of passages that depend on the one before."""
_UNDATED = "~"  # sorts after every time
_DEPENDENT_COST = 0.15  # in score
_LONG = 30  # words from which length costs
_LENGTH_COST = 0.004  # per further word, in score


class BriefPassages(Struct, frozen=True):
    """The passages of a brief: shared ones in order of time, and those without a counterpart in the order of the stories."""

    shared: tuple[SharedPassage, ...]
    unique: tuple[Passage, ...]


def brief(stories: Sequence[PreprocessedStory], most: int = 10, parameters: ComparisonParameters | None = None) -> BriefPassages:
    """Choose up to `most` passages that at least two independent outlets report, and find those that only one story has.

    Passages with the most outlets are chosen first; none repeats another. Stories without a time come last.
    """
    parameters = parameters or ComparisonParameters()
    rank = {story.story: number for number, story in enumerate(stories)}
    stories = sorted(stories, key=lambda story: story.story)
    weighed = weigh(stories, parameters)
    aligned = align_stories(weighed, parameters)
    links = aligned.links
    texts, others = text_numbers(stories, links, parameters), sure_links(links, parameters)
    shared = {key: shared_passage(stories, texts, key, others[key], rank) for key in others}

    def worth(key: Key) -> tuple[int, float]:
        words = weighed[key[0]][key[1]].features.words
        costs = _DEPENDENT_COST * (words[0] in _DEPENDENT) + _LENGTH_COST * max(0, len(words) - _LONG)
        return shared[key].outlets, fmean(others[key].values()) - costs

    def repeats(key: Key, other: Key) -> bool:
        same = other in others[key] or bool(others[other].keys() & others[key].keys())
        return same or score(weighed[key[0]][key[1]], weighed[other[0]][other[1]], parameters) >= parameters.brief_repeats

    chosen: list[Key] = []
    for key in sorted((key for key in shared if shared[key].outlets > 1), key=worth, reverse=True):
        if len(chosen) == most:
            break
        if not any(repeats(key, other) for other in chosen):
            chosen.append(key)
    only = [stories[story].features[place].passage for story, place in unique_passages(weighed, aligned.best, parameters)]
    return BriefPassages(
        tuple(shared[key] for key in sorted(chosen, key=lambda key: (stories[key[0]].published or _UNDATED, key))),
        tuple(sorted(only, key=lambda passage: (rank[passage.story], passage.index))),
    )
