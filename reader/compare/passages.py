"""Passages: the sentences of a story that tell something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reader.compare.records import Passage
from reader.text.furniture import furniture
from reader.text.signs import is_caption
from reader.text.words import fold, sentences, tokens

_END = re.compile(r"[.!?…:;,][\"”’')\]]*$")
_LONG = 60  # words from which a paragraph tells something however it ends
_SHORT = 400  # characters up to which a paragraph may be furniture or a caption


def passages(story: str, title: str, body: Sequence[str]) -> Iterator[Passage]:
    """The sentences of a story, in order; headings, captions, furniture and lists tell nothing and hold none."""
    headline = _key(title)
    number = 0
    for place, paragraph in enumerate(body):
        if not _tells(paragraph.strip(), headline):
            continue
        end = 0
        for sentence in sentences(paragraph):
            start = paragraph.index(sentence, end)
            end = start + len(sentence)
            yield Passage(story, number, place, start, end, sentence)
            number += 1


def _tells(paragraph: str, headline: str) -> bool:
    if not _END.search(paragraph) and len(paragraph.split()) < _LONG:
        return False
    if len(paragraph) <= _SHORT and (furniture(paragraph) or is_caption(paragraph)):
        return False
    return not headline or _key(paragraph[: 2 * len(headline) + 100]) != headline


def _key(text: str) -> str:
    return " ".join(fold(token) for token in tokens(text))
