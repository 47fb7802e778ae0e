"""Novelty: the passages of a story that add nothing to what was read before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from reader.comparison.coverage import CoverageIndex
from reader.comparison.parameters import ComparisonParameters
from reader.comparison.paraphrase import paraphrase_probability
from reader.comparison.preprocess import PreprocessedStory
from reader.comparison.results import Passage
from reader.comparison.similarity import score
from reader.comparison.weighting import WeightedPassage, weigh

_SHARED = 0.4  # the share of a passage's terms that another needs to be scored
_NEAREST = 3  # passages examined closely


def known(
    read: Sequence[PreprocessedStory], story: PreprocessedStory, parameters: ComparisonParameters | None = None
) -> tuple[Passage, ...]:
    """Find the passages of a story that add nothing to those read before.

    `read` are stories cut to the passages that were read (`PreprocessedStory.cut`); the story itself may be among them. Cautious,
    because dimming news is the worse mistake: a name, a figure or a denial not read before keeps a passage new.
    """
    parameters = parameters or ComparisonParameters()
    *before, own = weigh([*sorted(read, key=lambda each: each.story), story], parameters)
    coverage = CoverageIndex(before)
    seen = list(chain.from_iterable(before))
    names = {term for passage in seen for term in passage.terms}
    figures = {(figure.unit, figure.value) for passage in seen for figure in passage.features.figures}
    return tuple(
        passage.features.passage
        for passage in own
        if passage.names <= names
        and all((figure.unit, figure.value) in figures for figure in passage.features.figures)
        and _is_known(passage, seen, coverage, parameters)
    )


def _is_known(
    passage: WeightedPassage, seen: Sequence[WeightedPassage], coverage: CoverageIndex, parameters: ComparisonParameters
) -> bool:
    least = _SHARED * len(passage.terms)
    scored = [
        (score(passage, other, parameters), place)
        for place, other in enumerate(seen)
        if len(passage.terms.keys() & other.terms.keys()) >= least
    ]
    near = [seen[place] for value, place in sorted(scored, reverse=True)[:_NEAREST] if value >= parameters.known_score]
    if not near or len(passage.terms) < parameters.least_terms:
        return any(passage.features.words == other.features.words for other in seen)
    share = coverage.share(passage)
    if share >= parameters.known_share:
        return True
    return share >= parameters.known_paraphrase_share and any(
        paraphrase_probability(passage, other, parameters) >= parameters.known_paraphrase for other in near
    )
