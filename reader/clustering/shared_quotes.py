"""Quotations that stories share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from reader.models import StoryText
from reader.text.quotes import quoted_spans
from reader.text.tokens import fold

_LEAST = 4
"""Words that two quotations must have in a row to be one and the same."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def shared_quotes(story: StoryText, others: Sequence[StoryText]) -> tuple[str, ...]:
    """List the runs of four words or more that a story and any of the others have in quotation marks, the longest first."""
    theirs = [_folded(quoted) for other in others for quoted in _quoted(other)]
    starts: defaultdict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for number, words in enumerate(theirs):
        for at in range(len(words) - _LEAST + 1):
            starts[tuple(words[at : at + _LEAST])].append((number, at))
    found: dict[str, int] = {}
    for quoted in _quoted(story):
        for start, end in _runs(_folded(quoted), theirs, starts):
            found.setdefault(_cutting(quoted, start, end), end - start)
    return tuple(sorted(found, key=lambda run: (-found[run], run)))


def _runs(
    words: Sequence[str], theirs: Sequence[Sequence[str]], starts: Mapping[tuple[str, ...], Sequence[tuple[int, int]]]
) -> Iterator[tuple[int, int]]:
    """The longest runs of a quotation's words that some other quotation has, as the numbers of their words, end exclusive."""
    at = 0
    while at + _LEAST <= len(words):
        longest = 0
        for number, begin in starts.get(tuple(words[at : at + _LEAST]), ()):
            other, length = theirs[number], _LEAST
            while words[at + length : at + length + 1] == other[begin + length : begin + length + 1] != []:
                length += 1
            longest = max(longest, length)
        if longest:
            yield at, at + longest
        at += longest or 1


def _quoted(telling: StoryText) -> Iterator[str]:
    """The quotations of a story."""
    for text in (telling.title, "\n".join(telling.body)):
        yield from (text[start:end] for start, end in quoted_spans(text))


def _folded(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return [fold(word.replace("’", "'")) for word in _WORD.findall(text)]


def _cutting(text: str, start: int, end: int) -> str:
    """A text from one of its words up to another."""
    words = list(_WORD.finditer(text))
    return text[words[start].start() : words[end - 1].end()]
