"""New to you: the passages of a story that hold nothing its reader has not read before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from reader.comparison.coverage import CoverageIndex
from reader.comparison.parameters import ComparisonParameters
from reader.comparison.paraphrase import alike
from reader.comparison.preprocess import PreprocessedStory
from reader.comparison.results import Passage
from reader.comparison.similarity import score
from reader.comparison.weighting import WeightedPassage, weigh

_SHARED = 0.4  # the share of a passage's terms that another holds if it is scored at all
_NEAREST = 3  # passages that are looked at closely


def known(
    read: Sequence[PreprocessedStory], story: PreprocessedStory, parameters: ComparisonParameters | None = None
) -> tuple[Passage, ...]:
    """Find the passages of a story that hold nothing new after others, to be dimmed.

    `read` are stories cut to the passages that were read (`PreprocessedStory.cut`); the story's own among them count too.
    Cautious, because to dim news is the worse mistake: a name, a figure or a denial not read before keeps a passage new.
    """
    parameters = parameters or ComparisonParameters()
    *before, own = weigh([*sorted(read, key=lambda told: told.story), story], parameters)
    elsewhere = CoverageIndex(before)
    told = list(chain.from_iterable(before))
    names = {term for passage in told for term in passage.terms}
    figures = {(figure.unit, figure.value) for passage in told for figure in passage.reading.figures}
    return tuple(
        passage.reading.passage
        for passage in own
        if passage.names <= names
        and all((figure.unit, figure.value) in figures for figure in passage.reading.figures)
        and _is_known(passage, told, elsewhere, parameters)
    )


def _is_known(
    passage: WeightedPassage, told: Sequence[WeightedPassage], elsewhere: CoverageIndex, parameters: ComparisonParameters
) -> bool:
    least = _SHARED * len(passage.terms)
    scored = [
        (score(passage, other, parameters), place)
        for place, other in enumerate(told)
        if len(passage.terms.keys() & other.terms.keys()) >= least
    ]
    near = [told[place] for value, place in sorted(scored, reverse=True)[:_NEAREST] if value >= parameters.known_score]
    if not near or len(passage.terms) < parameters.least_terms:
        return any(passage.reading.words == other.reading.words for other in told)
    share = elsewhere.share(passage)
    if share >= parameters.known_share:
        return True
    return share >= parameters.known_alike_share and any(
        alike(passage, other, parameters) >= parameters.known_alike for other in near
    )
