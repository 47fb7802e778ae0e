"""Passages: the sentences of a story that carry content."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reader.comparison.results import Passage
from reader.text.boilerplate import boilerplate_label
from reader.text.line_patterns import is_caption
from reader.text.scripts import word_count
from reader.text.tokens import CLOSING_MARKS, SENTENCE_MARKS, fold, sentences, tokens

_END = re.compile(rf"[{SENTENCE_MARKS}:;,：；，、][{CLOSING_MARKS}]*$")
_CAPTION = re.compile(r"\b(?:hide|toggle|image|media|photo) caption\b", re.IGNORECASE)
_CAPTION_REACH = 80  # characters of a paragraph that may mark it as a caption
_NOTICE = re.compile(
    r"\bcontributed to this (?:report|story|article)\b|\bnot responsible for the content\b|\bcontinue reading the main story\b"
    r"|^(?:sign up\b|you agree\b|check out\b|external links\b|please verify you\b|photos?:)",
    re.IGNORECASE,
)
_LONG = 60  # words from which a paragraph counts however it ends
_LONGEST = 150  # words of a sentence; anything longer is a list or a table
_SHORT = 160  # characters up to which a sentence may be boilerplate
_GLUED = re.compile(r"(?<=[a-z]{3}[.!?])(?=[\"“]?[A-Z][a-z])|(?<=[a-z]{3}[.!?][\"”])(?=[A-Z][a-z])")
_OPENING = 5  # first words that several passages of one story may share,
_OPENINGS = 3  # and the number of such passages that makes them a template


def passages(story: str, title: str, body: Sequence[str]) -> Iterator[Passage]:
    """Yield the sentences of a story, in order, without headings, captions, boilerplate and lists."""
    headline = _key(title)
    kept = [place for place, paragraph in enumerate(body) if _has_content(paragraph.strip(), headline)]
    found = [(place, start, end) for place in kept for start, end in _sentences(body[place])]
    openings = [_opening(body[place][start:end]) for place, start, end in found]
    common = Counter(openings)
    number = 0
    for (place, start, end), opening in zip(found, openings, strict=True):
        text = body[place][start:end]
        if (opening and common[opening] >= _OPENINGS) or len(text.split(maxsplit=_LONGEST)) > _LONGEST or _is_notice(text):
            continue
        yield Passage(story, number, place, start, end, text)
        number += 1


def _sentences(paragraph: str) -> Iterator[tuple[int, int]]:
    """The spans of the sentences of a paragraph, even if the space between two is missing."""
    end = 0
    for sentence in sentences(paragraph):
        start = paragraph.index(sentence, end)
        end = start + len(sentence)
        cuts = [start, *(start + match.start() for match in _GLUED.finditer(sentence)), end]
        yield from pairwise(cuts)


def _has_content(paragraph: str, headline: str) -> bool:
    if not _END.search(paragraph) and word_count(paragraph) < _LONG:
        return False
    if _CAPTION.search(paragraph[:_CAPTION_REACH]) or is_caption(paragraph):
        return False
    return len(paragraph) > 2 * len(headline) or _key(paragraph) != headline


def _is_notice(sentence: str) -> bool:
    """Whether a sentence is about the page, inside a paragraph with content."""
    return bool(_NOTICE.search(sentence)) or (len(sentence) <= _SHORT and boilerplate_label(sentence) is not None)


def _opening(sentence: str) -> str:
    """The first words of a sentence with numbers masked; empty for a short sentence."""
    words = sentence.split(maxsplit=_OPENING + 1)
    return re.sub(r"\d+", "0", " ".join(words[:_OPENING])) if len(words) > _OPENING + 1 else ""


def _key(text: str) -> str:
    return " ".join(fold(token) for token in tokens(text))
