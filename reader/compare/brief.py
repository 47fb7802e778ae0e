"""A brief: what most independent outlets tell, in their own words."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from reader.compare.align import Key, align_stories
from reader.compare.parameters import Parameters
from reader.compare.prepare import Prepared
from reader.compare.records import Told
from reader.compare.scores import score
from reader.compare.sources import copies, first, independent, tellers
from reader.compare.weighing import weigh

_LEANING = frozenset("he she it they his her their its but and that this those these".split())
"""Words that lean on the passage before; one that begins with them reads badly alone."""
_LEANS = 0.15  # what that costs, in score,
_LONG = 30  # the words up to which a passage is short enough,
_LENGTH = 0.004  # and what each further one costs


def brief(stories: Sequence[Prepared], most: int = 10, parameters: Parameters | None = None) -> tuple[Told, ...]:
    """Choose passages of any number of stories that at least two independent outlets tell, `most` at most, in order of time.

    Each is verbatim, told by the most outlets first chosen, and none says what another says. Stories without a time come last.
    """
    parameters = parameters or Parameters()
    stories = sorted(stories, key=lambda story: story.story)
    weighed = weigh(stories, parameters)
    links = align_stories(weighed, parameters).links
    texts, others = copies(stories, links, parameters), tellers(links, parameters)

    def told(key: Key) -> Told:
        telling = {key[0], *(other[0] for other in others[key])}
        earliest = first(stories, telling)
        return Told(
            stories[key[0]].readings[key[1]].passage,
            tuple(stories[number].story for number in sorted(telling)),
            independent(stories, texts, telling),
            None if earliest is None else stories[earliest].story,
        )

    def worth(key: Key) -> tuple[int, float]:
        words = weighed[key[0]][key[1]].reading.words
        costs = _LEANS * (words[0] in _LEANING) + _LENGTH * max(0, len(words) - _LONG)
        return told(key).outlets, fmean(others[key].values()) - costs

    chosen: list[Key] = []
    for key in sorted(others, key=worth, reverse=True):
        if len(chosen) == most or worth(key)[0] < 2:
            break
        repeats = any(
            other in others[key]
            or others[other].keys() & others[key].keys()
            or score(weighed[key[0]][key[1]], weighed[other[0]][other[1]], parameters) >= parameters.brief_repeats
            for other in chosen
        )
        if not repeats:
            chosen.append(key)
    return tuple(told(key) for key in sorted(chosen, key=lambda key: (stories[key[0]].published or "~", key)))
