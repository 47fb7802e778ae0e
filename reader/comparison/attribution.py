"""Attribution: the speaker that a passage names, and the people quoted in several stories."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from reader.comparison.results import Passage, QuotedSpeaker
from reader.models import Span
from reader.text import wordlists
from reader.text.tokens import is_stop

if TYPE_CHECKING:
    from reader.comparison.preprocess import PreprocessedStory

_SAYING = re.compile(
    r"\b(?:said|says|saying|told|tells|added|adds|wrote|writes|tweeted|explained|claimed|insisted|confirmed|[Aa]ccording to|stated"
    r"|reported|announced|warned|argued|noted|asked|continued)\b"
)
_MARKS = '"“”'
_LONGEST_BEFORE = 14  # words of a phrase that names the speaker before the verb,
_LONGEST_AFTER = 16  # and after a quotation or at the end
_NAME = re.compile(r"[A-Z](?:[\w’'-]+|\.)(?: (?:[A-Z](?:[\w’'-]+|\.)|(?:al|bin|da|de|del|der|di|la|le|van|von)(?= [A-Z])))*")
_ASIDE = re.compile(r",\s(?:an?|the|who|whose|one|then|now|also)\b[^,]*(?:,|$)|\b(?:[A-Z]\.){2,}")
_NO_NAMES = frozenset(
    "He She It They We I I've I’ve I'm I’m You In On At But And The A An As When While That This These Those There After Before For"
    " If Speaking Asked Writing Also Then Later".split()
)


def speaker_span(text: str) -> Span | None:
    """The span that names the speaker of a passage; None if there is none or the phrase is too long."""
    match = _SAYING.search(text)
    if match is None:
        return None
    if match.group().lower() == "according to":
        end = re.search(r"[,.]", text[match.end() :])
        span = (match.end(), match.end() + end.start() if end else len(text))
        return span if len(text[slice(*span)].split()) <= _LONGEST_AFTER else None
    before = text[: match.start()]
    if len(before.split()) <= _LONGEST_BEFORE and not any(mark in before for mark in _MARKS):
        return (0, match.start())
    cut = max(before.rfind(mark) for mark in "," + _MARKS) + 1
    if not before[cut:].strip():  # `, said the minister.`
        end = re.search(r"[,.“\"]", text[match.end() :])
        span = (match.end(), match.end() + end.start() if end else len(text))
        return span if len(text[slice(*span)].split()) <= _LONGEST_AFTER else None
    return (cut, match.start()) if len(before[cut:].split()) <= _LONGEST_AFTER else None


def speaker_name(phrase: str) -> str | None:
    """The speaker's name in a phrase: the last one (`the chief of police, Ana Berg`), without titles and asides."""
    named = (_untitled(name) for name in _NAME.findall(_ASIDE.sub(" ", phrase)))
    return next((name for name in reversed([*named]) if name), None)


def is_pronoun(phrase: str) -> bool:
    """Whether a phrase names the speaker by a pronoun only."""
    return phrase.strip(" ,").lower() in ("he", "she")


def quoted_speakers(stories: Sequence[PreprocessedStory]) -> tuple[QuotedSpeaker, ...]:
    """List the people quoted by name, in the order of their first quotation.

    A short name stands for the one longer name that ends with it (`Berg`, `Ana Berg`); if two do, it stays separate.
    """
    said: dict[str, list[Passage]] = {}
    for story in stories:
        for reading in story.features:
            if reading.speaker and reading.quotations:
                said.setdefault(reading.speaker, []).append(reading.passage)
    named = {name: _longest(name, said) for name in said}
    together: dict[str, list[Passage]] = {}
    for name, passages in said.items():
        together.setdefault(named[name], []).extend(passages)
    order = {story.story: number for number, story in enumerate(stories)}
    return tuple(
        QuotedSpeaker(name, tuple(sorted(passages, key=lambda passage: (order[passage.story], passage.index))))
        for name, passages in together.items()
    )


def _longest(name: str, names: dict[str, list[Passage]]) -> str:
    longer = [other for other in names if other.endswith(f" {name}")]
    longest = max(longer, key=len, default=name)
    return longest if all(longest.endswith(other) for other in longer) else name


def _untitled(name: str) -> str:
    """A name without the titles before it; empty if nothing is left that could be a name."""
    words = name.split()
    titles = [place for place, word in enumerate(words[:-1]) if word in _titles()]
    words = [word for word in words[titles[-1] + 1 if titles else 0 :] if word not in _NO_NAMES]
    if not words or words[-1] in _titles() or (len(words) == 1 and is_stop(words[0])):
        return ""
    return re.sub(r"['’]s?$", "", " ".join(words))


@cache
def _titles() -> frozenset[str]:
    return frozenset(wordlists.words("honorifics"))
