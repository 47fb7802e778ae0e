"""Spelling suggestions from the words of the index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np

from reader.search.segment_reader import FieldPostings

_LONG = 5
"""Letters from which a word may differ in two letters."""


def nearest(lexicons: Iterable[FieldPostings], word: str) -> str | None:
    """The most similar word, the most frequent of equally similar ones; None if no word is similar enough.

    It starts with the first or second letter of the word, and differs by one edit, or two in longer words: a letter inserted,
    deleted, replaced, or two swapped.
    """
    reach = 2 if len(word) >= _LONG else 1
    common: Counter[str] = Counter()
    for postings in lexicons:
        common.update(dict(_likely(postings, word, reach)))
    near = [(off, -stories, other) for other, stories in common.items() if (off := distance(word, other, reach)) <= reach]
    return min(near)[2] if near else None


def distance(word: str, other: str, most: int) -> int:
    """Edit distance with swaps of neighbors (Damerau 1964), capped at `most` + 1."""
    if abs(len(word) - len(other)) > most:
        return most + 1
    older: list[int] = []
    before, row = older, list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        older, before, row = before, row, [i]
        for j, faced in enumerate(other, 1):
            steps = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != faced))
            if i > 1 and j > 1 and letter == other[j - 2] and faced == word[i - 2]:
                steps = min(steps, older[j - 2] + 1)
            row.append(steps)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _likely(postings: FieldPostings, word: str, reach: int) -> Iterator[tuple[str, int]]:
    """Candidates and their document frequencies: similar in first letter, length and set of letters."""
    letters = set(word)
    for first in {word[:1], word[1:2]} - {""}:
        begin, end = postings.prefix_range(first.encode())
        sizes = np.diff(postings.word_starts[begin : end + 1].astype(np.int64))
        stories = np.diff(postings.posting_starts[begin : end + 1].astype(np.int64))
        # sizes are in bytes: a letter may take up to four, so only words of an impossible length are skipped here
        for place in np.flatnonzero((sizes >= len(word) - reach) & (sizes <= 4 * (len(word) + reach))).tolist():
            other = postings.word(begin + place).decode()
            if abs(len(other) - len(word)) <= reach and len(letters.symmetric_difference(other)) <= 2 * reach and other != word:
                yield other, int(stories[place])
