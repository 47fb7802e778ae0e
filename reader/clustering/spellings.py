"""Spellings: how stories write the terms by which they are compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from reader.clustering.terms import ClusteringWord, term


class Spellings:
    """Counts how words are written; a term is spelled as it mostly is by words whose capital or small letter is no accident.

    All words are of one language, empty for English.
    """

    def __init__(self, language: str = "") -> None:
        self._language = language
        self._sure: defaultdict[str, int] = defaultdict(int)
        self._unsure: defaultdict[str, int] = defaultdict(int)
        self._spelled: dict[str, str] = {}

    def add(self, words: Iterable[ClusteringWord]) -> None:
        """Count the words of a sentence that have a term."""
        sure, unsure = self._sure, self._unsure
        for word in words:
            if word.term:
                (sure if word.sure else unsure)[word.text] += 1

    def merge(self, other: Spellings) -> None:
        """Add the counts of other sentences."""
        for ours, theirs in ((self._sure, other._sure), (self._unsure, other._unsure)):
            for text, count in theirs.items():
                ours[text] += count

    def of(self, term: str) -> str:
        """Return the spelling of a term, the term itself if no word has it. Words are added before the first call."""
        if not self._spelled:
            self._spelled = _most_frequent(self._unsure, self._language) | _most_frequent(self._sure, self._language)
        return self._spelled.get(term, term)


def _most_frequent(written: defaultdict[str, int], language: str) -> dict[str, str]:
    """The most frequent word of each term."""
    found: dict[str, str] = {}
    for text, count in written.items():
        key = term(text, language)
        if key not in found or count > written[found[key]]:
            found[key] = text
    return found
