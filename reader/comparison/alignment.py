"""Alignment: links between passages of different stories that say the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from reader.comparison.parameters import ComparisonParameters
from reader.comparison.quotations import Quotation, align_quotations
from reader.comparison.similarity import score, score_in_context
from reader.comparison.terms import UNIT, term
from reader.comparison.weighting import WeightedPassage

Key = tuple[int, int]
"""A passage: the index of its story, and its index in the story."""
Stories = Sequence[Sequence[WeightedPassage]]

_GRAM = 3  # quoted words in a row that index a quotation
_LEAST_SAME = 4  # words that two versions of a quotation share at least,
_LEAST_CONTENT = 3  # content words among them,
_LEAST_SHARE = 0.6  # and their share of the shorter version
_QUOTE_BASE = 0.65  # the lowest score of a shared quotation,
_QUOTE_FULL = 10  # and the shared words from which identical quotations score 1


class PassageLink(Struct, frozen=True):
    """Two passages that say the same, the lower key first; `differs` are the words that differ in a shared quotation."""

    left: Key
    right: Key
    score: float
    quote: bool = False
    differs: tuple[tuple[str, str], ...] = ()


class PassageAlignment(Struct, frozen=True):
    """The links of a set of stories, and each passage's best score with any other, with or without context."""

    links: tuple[PassageLink, ...]
    best: dict[Key, float]


def align_stories(stories: Stories, parameters: ComparisonParameters) -> PassageAlignment:
    """Align the passages of two or more stories."""
    links = {(link.left, link.right): link for link in quotations(stories)}
    own = _scores(stories, parameters)
    rivals = _two_best(own)
    uses = [Counter(term for passage in story for term in passage.terms) for story in stories]
    best: defaultdict[Key, float] = defaultdict(float)
    for (left, right), value in own.items():
        best[left], best[right] = max(best[left], value), max(best[right], value)
        a, b = stories[left[0]][left[1]], stories[right[0]][right[1]]
        if value < parameters.least or a.features.is_question != b.features.is_question:
            continue  # a question does not state its content
        near = max(
            own.get(((left[0], left[1] + x), (right[0], right[1] + y)), 0.0) for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y
        )
        margin = min(_margin(value, rivals[left, right[0]]), _margin(value, rivals[right, left[0]]))
        once = _once(a, b, uses[left[0]], uses[right[0]])
        placed = score_in_context(value, near, margin, once, parameters)
        if quote := links.get((left, right)):
            links[left, right] = replace(quote, score=max(quote.score, placed))
        elif placed >= parameters.faint:
            links[left, right] = PassageLink(left, right, placed)
    for link in links.values():
        for key in (link.left, link.right):
            best[key] = max(best[key], link.score)
    return PassageAlignment(tuple(links[pair] for pair in sorted(links)), dict(best))


def _scores(stories: Stories, parameters: ComparisonParameters) -> dict[tuple[Key, Key], float]:
    """The scores without context of all candidate pairs."""
    return {
        (left, right): score(stories[left[0]][left[1]], stories[right[0]][right[1]], parameters)
        for left, right in candidates(stories, parameters)
    }


def candidates(stories: Stories, parameters: ComparisonParameters) -> Iterator[tuple[Key, Key]]:
    """Yield the pairs of passages of different stories that share enough weight to be scored."""
    least = parameters.candidate_weight * UNIT
    keys = [(number, place) for number, story in enumerate(stories) for place in range(len(story))]
    passages = [passage for story in stories for passage in story]
    document_frequency: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for _, story in groupby(enumerate(passages), key=lambda numbered: keys[numbered[0]][0]):
        arriving: list[tuple[str, int, int]] = []
        for here, passage in story:
            if len(passage.terms) < parameters.least_terms:
                continue
            shared: defaultdict[int, int] = defaultdict(int)
            for word, weight in passage.terms.items():
                for there, other in document_frequency.get(word, ()):
                    shared[there] += weight if weight < other else other
                arriving.append((word, here, weight))
            for there, weight in shared.items():
                if weight >= least and weight >= parameters.candidate_share * min(passage.mass, passages[there].mass):
                    yield keys[there], keys[here]
        for word, here, weight in arriving:
            document_frequency[word].append((here, weight))


def _two_best(own: dict[tuple[Key, Key], float]) -> dict[tuple[Key, int], tuple[float, float]]:
    """The best and second-best score of each passage in each other story."""
    found: dict[tuple[Key, int], tuple[float, float]] = {}
    for (left, right), value in own.items():
        for key in ((left, right[0]), (right, left[0])):
            first, second = found.get(key, (0.0, 0.0))
            found[key] = (value, first) if value > first else (first, max(value, second))
    return found


def _margin(value: float, rivals: tuple[float, float]) -> float:
    first, second = rivals
    return value - (second if value == first else first)


def _once(a: WeightedPassage, b: WeightedPassage, uses_a: Counter[str], uses_b: Counter[str]) -> float:
    shared = (term for term in a.terms.keys() & b.terms.keys() if uses_a[term] == 1 == uses_b[term])
    return sum(min(a.terms[term], b.terms[term]) for term in shared) / min(a.mass, b.mass)


def quotations(stories: Stories) -> Iterator[PassageLink]:
    """Link passages with the same quotation: found by three quoted words in a row, confirmed word by word."""
    document_frequency: defaultdict[tuple[str, ...], set[Key]] = defaultdict(set)
    found: set[tuple[Key, Key]] = set()
    for k, story in enumerate(stories):
        for i, passage in enumerate(story):
            for gram in {gram for quoted in passage.features.quotations for gram in _grams(quoted)}:
                found.update((key, (k, i)) for key in document_frequency[gram] if key[0] != k)
                document_frequency[gram].add((k, i))
    for left, right in sorted(found):
        a, b = stories[left[0]][left[1]].features.quotations, stories[right[0]][right[1]].features.quotations
        versions = [version for x in a for y in b if (version := _same_quotation(x, y))]
        if versions:
            value, differs = max(versions, key=lambda version: version[0])
            yield PassageLink(left, right, value, True, differs)


def _grams(quoted: Quotation) -> Iterator[tuple[str, ...]]:
    words = quoted.folded
    for start in range(len(words) - _GRAM + 1):
        gram = words[start : start + _GRAM]
        if any(map(term, gram)):
            yield gram


def _same_quotation(a: Quotation, b: Quotation) -> tuple[float, tuple[tuple[str, str], ...]] | None:
    """The score of two versions of one quotation and the words that differ; None if they are not one quotation."""
    found = align_quotations(a, b)
    share = found.same / min(len(a.folded), len(b.folded))
    if found.same < _LEAST_SAME or found.content < _LEAST_CONTENT or share < _LEAST_SHARE:
        return None
    return _QUOTE_BASE + (1 - _QUOTE_BASE) * share * min(1.0, found.same / _QUOTE_FULL), found.differs
