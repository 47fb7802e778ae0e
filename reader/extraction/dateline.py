"""Datelines: the date, place and agency at the start of a story, as in `PARIS, Dec. 21 (AFP) —`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from reader.extraction.page_lines import PageLine
from reader.models import NOT_STATED, ExtractedField
from reader.text import wordlists
from reader.text.dates import MONTH, WEEKDAY, FoundDate, find_dates
from reader.text.tokens import tokens

_REACH = 60  # maximum position of the end of an opening date
_DATE_WORD = re.compile(r"(?:dated?|posted|published|updated)\s{0,2}:?\s{0,2}", re.IGNORECASE)
_AFTER_DATE = re.compile(r"\s{0,2}[,:.|–—-]?\s{0,2}")
_FILED = rf"(?i:,?\s\(?(?:(?:{WEEKDAY},?\s)?{MONTH}\.?\s\d{{1,2}}|\d{{1,2}}\s{MONTH})\)?)?"
_WITHIN = r"(?:,\s[A-Z][\w'’-]{1,20}\.?(?:\s[A-Z]\w{1,20})?)?"  # state or country
_CAPITALS = r"[A-Z][A-Z'’-]{2,20}"
_CAPITAL_PLACE = rf"(?P<place>(?:{_CAPITALS}|ST\.)(?:[ /-](?:{_CAPITALS}|[A-Z][a-z'’-]{{2,15}})){{0,3}}{_WITHIN})"
_MIXED_PLACE = rf"(?P<place>[A-Z][\w'’-]{{2,20}}(?:[ /-][A-Z][\w'’-]{{2,20}}){{0,2}}{_WITHIN})"
_AGENCY = r"(?P<agency>[A-Z][\w.& -]{1,40})(?:/[^()]{1,40})?"
_OUTLET = r"(?P<outlet>[A-Z]{4,20}(?:\s[A-Z]{4,20}){0,2})(?:\s?[—–:.-]{1,2}\s|\s(?=[A-Z0-9\"'“‘]))"
_END = r"\s{0,2}[—–:.-]{0,2}\s"
_FORMS = (
    re.compile(rf"{_CAPITAL_PLACE}{_FILED},?\s\({_AGENCY}\){_END}"),  # LONDON (Reuters) -
    re.compile(rf"{_CAPITAL_PLACE}{_FILED}\s?(?:[—–]|--?)\s"),  # PARIS —
    re.compile(rf"{_CAPITAL_PLACE}[.,:/]\s{{1,2}}{_OUTLET}"),  # ROME. NAME The
    re.compile(rf"{_MIXED_PLACE}{_FILED},?\s\({_AGENCY}\){_END}"),  # Tirana, Albania (CNN)
)
_NO_PLACE = re.compile(
    r"(?:U\.?S\.?A?|NATO|THE|UPDATE|BREAKING|EXCLUSIVE|WATCH|NEW(?! )|UN|EU|UK|OPINION|ANALYSIS|VIDEO"
    r"|PHOTOS?|FILE|REVIEW|LIVE|EDITORIAL)\b"
)
_ACRONYM = 4  # maximum length of acronyms, which keep their capitals
_PARTS = re.compile(r"([,/]\s?)")
_NAME = re.compile(r"[^\W\d_]+")


class Dateline(Struct, frozen=True):
    """A dateline: the line it was removed from, its text, and its parts."""

    line: PageLine
    text: str
    place: ExtractedField = NOT_STATED
    agency: str | None = None
    outlet: str | None = None
    date: FoundDate | None = None


def take_dateline(body: Sequence[PageLine]) -> Dateline | None:
    """Remove the dateline from the first of the opening paragraphs that has one.

    A name in parentheses is the agency; a name without them (`ROME. NAME The ...`) is the outlet, if it is a known agency, or if a
    date precedes it and the name does not occur elsewhere in the story.
    """
    for line in body[:2]:
        date, start = _opening_date(line.text)
        match = _place(line, start, body, dated=date is not None)
        if match is None and (date is None or line.text[start : start + 1].islower()):
            continue
        end = match.end() if match else start
        text, line.text = line.text[:end].strip(), line.text[end:].strip()
        if match is None:
            return Dateline(line, text, date=date)
        parts = match.groupdict()
        place = ExtractedField(title_case(parts["place"].strip(" .,")), 0.85, f"dateline:{text}")
        outlet = parts.get("outlet")
        if outlet and len(outlet) > _ACRONYM:
            outlet = title_case(outlet)
        return Dateline(line, text, place, parts.get("agency"), outlet, date)
    return None


def is_agency(name: str) -> bool:
    """Whether a name is that of a known news agency."""
    return name.upper() in _agencies()


def title_case(name: str) -> str:
    """Convert names in capitals to title case: `SAN JOSE, Costa Rica` → `San Jose, Costa Rica`."""
    parts = _PARTS.split(name)
    return "".join(_NAME.sub(lambda word: word.group().capitalize(), part) if part.isupper() else part for part in parts)


def _opening_date(text: str) -> tuple[FoundDate | None, int]:
    """Date at the start of a text, if set apart from the rest, and the position after it."""
    word = _DATE_WORD.match(text)
    start = word.end() if word else 0
    date = next(iter(find_dates(text[:_REACH])), None)
    if date is None or date.start != start:
        return None, 0
    after = _AFTER_DATE.match(text, date.end)
    end = after.end() if after else date.end
    apart = word or text[date.end : end].strip(" ,") or any(form.match(text, end) for form in _FORMS)
    return (date, end) if apart else (None, 0)


def _place(line: PageLine, start: int, body: Sequence[PageLine], *, dated: bool) -> re.Match[str] | None:
    """Match of place and agency or outlet from a position on; None without one or without text after it."""
    for form in _FORMS:
        match = form.match(line.text, start)
        if match is None or _NO_PLACE.match(match["place"]) or not line.text[match.end() :].strip():
            continue
        parts = match.groupdict()
        if form is _FORMS[-1] and not is_agency(parts["agency"]):
            continue
        outlet = parts.get("outlet")
        if outlet and not is_agency(outlet) and not (dated and _occurs_once(outlet, body)):
            continue
        return match
    return None


def _occurs_once(name: str, body: Sequence[PageLine]) -> bool:
    """Whether the story mentions a name only here, so that it is a signature and not the subject."""
    first = name.split()[0].lower()
    return sum(token.lower() == first for line in body for token in tokens(line.text)) == 1


@cache
def _agencies() -> frozenset[str]:
    return frozenset(wordlists.entries("agencies"))
