"""Words of the index that may have been meant by one that is not in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np

from reader.search.segment_reader import PostingList

_LONG = 5
"""Letters from which a word may be two letters off."""


def nearest(lexicons: Iterable[PostingList], word: str) -> str | None:
    """The nearest word, the commonest of those equally near; None where none is near.

    It begins with the same letter, or with the first two swapped, and is one letter off, two in a longer word: left out, put in,
    put for another, or two of them swapped.
    """
    reach = 2 if len(word) >= _LONG else 1
    common: Counter[str] = Counter()
    for postings in lexicons:
        common.update(dict(_likely(postings, word, reach)))
    near = [(off, -stories, other) for other, stories in common.items() if (off := distance(word, other, reach)) <= reach]
    return min(near)[2] if near else None


def distance(word: str, other: str, most: int) -> int:
    """How many letters two words are apart, swapped neighbours counted once (Damerau 1964); more than `most` is `most` + 1."""
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


def _likely(postings: PostingList, word: str, reach: int) -> Iterator[tuple[str, int]]:
    """The words that may be near, with how many stories hold each: those of a likely beginning, length and choice of letters."""
    letters = set(word)
    for first in {word[:1], word[1:2]} - {""}:
        begin, end = postings.beginning(first.encode())
        sizes = np.diff(postings.starts[begin : end + 1].astype(np.int64))
        stories = np.diff(postings.at[begin : end + 1].astype(np.int64))
        # letters may be more bytes than one, so only words that are too short for sure are left out here
        for place in np.flatnonzero((sizes >= len(word) - reach) & (sizes <= 4 * (len(word) + reach))).tolist():
            other = postings.word(begin + place).decode()
            if abs(len(other) - len(word)) <= reach and len(letters.symmetric_difference(other)) <= 2 * reach and other != word:
                yield other, int(stories[place])
