"""Mentions: the names that stand in stories, as runs of words written with a capital, and those that stories share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from reader.clustering.terms import ClusteringWord, term
from reader.clustering.tfidf import idf
from reader.text import wordlists
from reader.text.tokens import fold

_LONGEST = 8  # words of a name

Sentence = tuple[str, Sequence[ClusteringWord]]
"""A sentence and its words."""

Run = tuple[str, ...]
"""The words of a name, or of a part of it."""


def mentions(sentences: Iterable[Sentence]) -> list[Run]:
    """List the names of a story in order, as often as it has them."""
    read_in = list(sentences)
    known = {word.text for _, words in read_in for word in words if word.capital}
    return [run for text, words in read_in for run in _runs(text, words, known)]


def shared_names(own: Collection[Run], theirs: Collection[Run]) -> tuple[str, ...]:
    """List the names among the mentions of two sides, each as long as they share it, the weightiest first.

    A part of longer names counts if it is a whole name somewhere: two ministers share no name by being ministers.
    """
    a, b, whole = _parts(own), _parts(theirs), {*own, *theirs}
    shared = a.keys() & b.keys() & whole
    weights = {run: (a[run] + b[run]) * max(idf(term(word)) for word in run) for run in shared}
    found = [run for run in shared if _names(run) and not any(_is_part(run, other) for other in shared)]
    return tuple(" ".join(run) for run in sorted(found, key=lambda run: (-weights[run], run)))


def _parts(runs: Iterable[Run]) -> Counter[Run]:
    """Every part of some names, and how often it stands in them."""
    return Counter(run[a:b] for run in runs for a in range(len(run)) for b in range(a + 1, min(len(run), a + _LONGEST) + 1))


def _runs(text: str, words: Sequence[ClusteringWord], known: set[str]) -> Iterator[Run]:
    """The names of a sentence. A capital that may be an accident counts where the story has the word as a name elsewhere."""
    run: list[str] = []
    for word in words:
        is_name = bool(word.term) and word.text in known and word.text[0].isupper()
        if run and not (is_name and f"{run[-1]} {word.text}" in text):
            yield tuple(run)
            run = []
        if is_name:
            run.append(word.text)
    if run:
        yield tuple(run)


def _is_part(run: Run, other: Run) -> bool:
    """Whether a run stands within a longer one."""
    size = len(run)
    return size < len(other) and any(other[at : at + size] == run for at in range(len(other) - size + 1))


def _names(run: Run) -> bool:
    """Whether a run names anybody or anything: titles, kinds of things and peoples alone do not."""
    if fold(run[-1]) in wordlists.pairs("demonyms"):
        return False
    return not wordlists.words("light_nouns").issuperset(word.lower() for word in run)
