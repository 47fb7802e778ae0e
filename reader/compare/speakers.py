"""Who speaks in a passage: the words that name them say nothing of what is told."""

from __future__ import annotations

import re

from reader.model import Span

_SAYING = re.compile(
    r"\b(?:said|says|saying|told|tells|added|adds|wrote|writes|tweeted|explained|claimed|insisted|confirmed|according to|stated|reported"
    r"|announced|warned|argued|noted|asked|continued)\b"
)
_MARKS = "\"“”"
_LONGEST_BEFORE = 14  # words of a phrase that names a speaker before the verb,
_LONGEST_AFTER = 16  # and after a quotation or at the end
_NAME = re.compile(
    r"(?:[A-Z][\w’'-]+|[A-Z]\.)(?: (?:(?:[A-Z][\w’'-]+|[A-Z]\.)|(?:al|bin|da|de|del|der|di|la|le|van|von)(?= [A-Z])))*"
)

_NO_NAMES = frozenset(
    "He She It They We I I've I’ve I'm I’m You In On At But And The A An As When While That This These Those Mr Mrs Ms Dr There".split()
)


def speaker_span(text: str) -> Span | None:
    """Where a passage names who says it; None where it does not say so or the phrase is too long to be one."""
    match = _SAYING.search(text)
    if match is None:
        return None
    if match.group() == "according to":
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
    """The name a phrase gives to who speaks: the one it begins with, else the last: `the chief of police, Ana Berg` → `Ana Berg`."""
    names = [match for match in _NAME.finditer(phrase) if match.group().split()[0] not in _NO_NAMES]
    if not names:
        return None
    name = names[0] if not phrase[: names[0].start()].strip(" ,") else names[-1]
    return re.sub(r"['’]s?$", "", name.group())
