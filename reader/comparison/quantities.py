"""Quantities: the numbers of a passage with their units and bounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import zip_longest
from typing import Literal

from msgspec import Struct

from reader.comparison.terms import SMALL, TENS, term
from reader.text.tokens import fold, is_stop, tokens

Bound = Literal["", "most", "least", "about"]

_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12, "bn": 1e9, "m": 1e6
}  # fmt: skip
_WORDS = frozenset([*_SCALES, *SMALL, *TENS])
_SPELT = "|".join(sorted([*SMALL, *TENS], key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?<![\w.,:/#@-])(?P<money>US\$|[$£€])?\s?"
    rf"(?:(?P<digits>\d{{1,3}}(?:, ?\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)|(?P<spelt>(?:{_SPELT})(?:[ -](?:{_SPELT}))?|an?)\b)"
    r"(?:[ -]?(?P<scale>hundred|thousand|million|billion|trillion|dozen|bn|m)\b)?(?P<percent>\s?%| percent\b| per cent\b)?"
    r"(?![\w:/]|[.,]\d)",
    re.IGNORECASE,
)
_BOUNDS: tuple[tuple[Bound, re.Pattern[str]], ...] = tuple(
    (bound, re.compile(rf"\b(?:{words})\s+(?:of\s+)?(?:US|[$£€])?$", re.IGNORECASE))  # type: ignore[misc]
    for bound, words in (
        ("most", r"up to|as many as|at most|fewer than|less than|under|almost|nearly|no more than"),
        ("least", r"(?<!handed )(?<!turned )(?<!taken )(?<!took )over|more[ -]than|at least|above|upwards of|in excess of"),
        ("about", r"some|about|around|roughly|approximately|an estimated|estimated|close to"),
        ("", r"all(?: of)?(?: the)?|the|another|other|only|just"),
    )
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_NO_COUNT_AFTER = re.compile(
    rf"\b(?:{_MONTH}|(?:no|flight|channel|page|chapter|article|highway|route|section|room|version|update|phase|number|season|level|day"
    rf"|aged?|world war|group|boeing|airbus|grade|title|amendment|formula|area|interstate|precinct|district)\.?)\s*$",
    re.IGNORECASE,
)
_NO_COUNT_BEFORE = re.compile(
    rf"\s*(?:(?:{_MONTH}|[ap]\.?m|o['’]?clock|GMT|EST|EDT|st|nd|rd|th)\b)"
    r"|[\s-]*(?:years?|months?|weeks?|days?)[ -]olds?\b"
    r"|\s+(?:of|out of|in) (?:them|those|these|whom|which|the|its|his|her|their|every|\d)\b"
    r"|\s*[-–]\s?\d|,\s(?:who|a|an|of|was|is|told)\b|\),?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT_WORD = re.compile(r"(U\.S\.|[^\W\d_][\w’'-]*)(.?)")
_UNIT_REACH = 4  # words after a figure among which its unit stands
_PLACE = re.compile(r"\s+(?:in|at|near|across|inside|to)\s+(?:the\s+)?([A-Z]\w+)")
_GROUP_BEFORE = re.compile(r"\b([^\W\d_]+) of (?:\w+ ){0,2}$")
_NAME_BEFORE = re.compile(r"(?<=\w )([A-Z][\w’'-]*) $")
_PART = re.compile(r"\b(?:the|these|those|another|other|others|only|just|remaining|first|last|next)\s+$", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:.]\s|\b(?:and|but|while|with)\b")
_FATE_REACH = 5  # words on either side of a figure
_SKIPPED = frozenset("more other others additional of the new us u.s. than".split())
_PEOPLE = frozenset("people person persons men women children victims troops police personnel civilians others passengers".split())
_ENDS_UNIT = frozenset("people men women children police personnel troops".split())


class Quantity(Struct, frozen=True):
    """A number in a passage.

    `text` is the number as written with its bound and unit ("up to 30 ferries"). `unit` is the term of the thing counted, "money"
    or "percent"; for people it is their fate ("kill"). `about` are the terms that modify the unit, `place` is that of its place.
    `part` marks a number that may be part of a whole named before ("the 12 crews", "another 30").
    """

    text: str
    value: float
    bound: Bound
    unit: str
    about: frozenset[str]
    place: str = ""
    part: bool = False


def figures(text: str, words: Sequence[str]) -> tuple[Quantity, ...]:
    """The quantities of a passage; dates, years, ages, scores and numbers in names are none.

    `words` are the folded words of the text; without a digit or a number word among them the text is not searched.
    """
    if not any(word in _WORDS or word[0].isdigit() for word in words):
        return ()
    found = (_figure(text, match) for match in _NUMBER.finditer(text))
    return tuple(figure for figure in found if figure is not None)


def _figure(text: str, match: re.Match[str]) -> Quantity | None:
    before, after = text[max(0, match.start() - 60) : match.start()], text[match.end() : match.end() + 90]
    value = _value(match)
    if value is None or _NO_COUNT_AFTER.search(before) or _NO_COUNT_BEFORE.match(after) or _is_named(before, match):
        return None
    bound, lead = _bound(before)
    words, end = _unit_words(after)
    kind = "money" if match["money"] else "percent" if match["percent"] else ""
    unit = kind or (term(words[-1]) if words else "")
    if not kind and (not words or fold(words[-1]) in _PEOPLE):
        unit = _fate(before.removesuffix(lead), after) or unit
    if not unit:
        return None
    about = {term(word) for word in words[:-1]}
    if of := _GROUP_BEFORE.search(before):
        about.add(term(of[1]))
    place = _PLACE.match(after[end:])
    told = " ".join(f"{lead}{match.group()}{after[:end]}".split())
    where = term(place[1]) if place else ""
    return Quantity(told, value, bound, unit, frozenset(about - {""}), where, bool(_PART.search(before)))


def _value(match: re.Match[str]) -> float | None:
    """The value of a number; None for a year, and for "one" and "a" alone, which seldom count."""
    scale = _SCALES.get((match["scale"] or "").lower(), 1)
    if digits := match["digits"]:
        if not (match["money"] or match["scale"] or match["percent"]) and _YEAR.fullmatch(digits):
            return None
        return float(digits.replace(",", "").replace(" ", "")) * scale
    words = re.split(r"[ -]", match["spelt"].lower())
    value = sum(SMALL.get(word, 0) + TENS.get(word, 0) for word in words)
    if words[0] in ("a", "an") and match["scale"]:
        value = 1
    return value * scale if value * scale >= 2 else None


def _is_named(before: str, match: re.Match[str]) -> bool:
    """Whether a number is part of the name before it, such as that of a rocket, a flight or an act."""
    name = _NAME_BEFORE.search(before)
    bare = not (match["money"] or match["scale"] or match["percent"]) and match["digits"] and "," not in match["digits"]
    return bool(name and bare and not is_stop(name[1]))


def _bound(before: str) -> tuple[Bound, str]:
    """The bound that the words before a number express, and those words."""
    for bound, pattern in _BOUNDS:
        if match := pattern.search(before):
            return bound, match.group()
    return "", ""


def _unit_words(after: str) -> tuple[list[str], int]:
    """The words after a number up to the first plural noun, and their end."""
    words: list[str] = []
    end = 0
    for match in _UNIT_WORD.finditer(after):
        word = fold(match[1])
        says_nothing = not term(word) and word not in _SKIPPED
        if after[end : match.start()].strip() not in ("", "-") or len(words) == _UNIT_REACH or says_nothing:
            break
        end = match.end(1)
        if word not in _SKIPPED:
            words.append(match[1])
        plural = word in _ENDS_UNIT or (word.endswith("s") and len(word) > 3 and not word.endswith("ss"))
        if plural or match[2] in ",.;:":
            break
    return words, end


def _fate(before: str, after: str) -> str:
    """The fate of the people counted, by the nearest verb or noun of the clause, else of its neighbors."""
    left, right = _CLAUSE.split(before)[-1], _CLAUSE.split(after)[0]
    near = [word for pair in zip_longest(reversed(tokens(left)), tokens(right)) for word in pair if word]
    beside = [*near[: 2 * _FATE_REACH], *tokens(before)[-_FATE_REACH:], *tokens(after)[:_FATE_REACH]]
    return next((fate for word in beside if (fate := _fates().get(term(word)))), "")


@cache
def _fates() -> dict[str, str]:
    named = {"kill": "killed toll", "injure": "injured hospitalized", "arrest": "arrested", "miss": "missing"}
    return {term(word): term(fate) for fate, words in named.items() for word in words.split()}
