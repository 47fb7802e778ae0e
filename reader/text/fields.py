"""What a page states about its story: outlet, agency, byline, place, time of publication."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from reader.model import NOT_STATED, Fact
from reader.text import tables
from reader.text.dates import MONTH, WEEKDAY, FoundDate, find_dates
from reader.text.page import CAPTION, Line, labelled
from reader.text.signs import byline, is_byline_start, source, stamp
from reader.text.words import fold, sentences

_ABOVE, _BELOW = 8, 6  # lines around headline and first paragraph in which a date is the story's own
_STATED = 0.6  # what is less sure than this is told in `why` only
_SHOUTED = r"[A-Z][A-Z'’-]{2,20}"
_PLACE = (
    rf"(?P<place>(?:{_SHOUTED}|ST\.)(?:[ /-](?:{_SHOUTED}|[A-Z][a-z'’-]{{2,15}})){{0,3}}(?:,\s[A-Z][\w'’-]{{1,20}}\.?(?:\s[A-Z]\w{{1,20}})?)?"
    r"|[A-Z][\w'’-]{2,20}(?:[ -][A-Z][\w'’-]{2,20}){0,2}(?:,\s[A-Z][\w'’-]{1,20}\.?)?(?=,?\s(?:\(|[—–]|--)))"
)
_OPENING_DATE = re.compile(r"(?:dated?|posted|published|updated)?\s{0,2}:?\s{0,2}", re.IGNORECASE)
_FILED = rf"(?:,?\s\(?(?:(?:{WEEKDAY},?\s)?{MONTH}\.?\s\d{{1,2}}|\d{{1,2}}\s{MONTH})\)?)?"
_SIGNED = re.compile(
    rf"{_PLACE}(?i:{_FILED})"
    rf"(?:,?\s\((?P<agency>[A-Z][\w.& -]{{1,40}})(?:/[^()]{{1,40}})?\)\s{{0,2}}[—–:.-]{{0,2}}\s"
    rf"|[.,:/]\s{{1,2}}(?P<outlet>[A-Z]{{4,20}}(?:\s[A-Z]{{4,20}}){{0,2}})(?:\s?[—–:.-]{{1,2}}\s|\s(?=[A-Z0-9\"'“‘]))"
    r"|\s?(?:[—–]|--?)\s)"
)
_NOT_PLACES = re.compile(r"(?:U\.?S\.?A?|NATO|THE|UPDATE|BREAKING|EXCLUSIVE|WATCH|NEW|UN|EU|UK|OPINION|ANALYSIS|VIDEO|PHOTOS)\b")
_REPORTS = re.compile(r",\s(?:the\s)?(?P<name>[A-Z][\w.-]{1,20}(?:\s[A-Z][\w.-]{1,20}){0,3})\sreports[.\"”]{0,2}$")
_AGENCY_WORDS = frozenset({"agency", "news", "press", "wire"})
_SIGN_OFF = re.compile(r"[.!?…][\"”’]?\s?\((?P<name>[A-Z][\w .&-]{1,40})\)$")
_IN_NAME = re.compile(r"(?<!\d)(?P<year>19[89]\d|20\d\d)[-_/]?(?P<month>0[1-9]|1[0-2])[-_/]?(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")
_CHANGED = re.compile(r"\b(?:updated?|modified)\b", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:published|posted|first|created)\b", re.IGNORECASE)
_WEEKDAY_FIRST = re.compile(rf"(?:{WEEKDAY})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Dateline:
    """What opens the first paragraph before its first sentence: its line, its text, and what it says."""

    line: Line
    text: str
    place: Fact = NOT_STATED
    agency: str | None = None
    outlet: str | None = None
    date: FoundDate | None = None


def read_dateline(body: Sequence[Line]) -> Dateline | None:
    """Take the dateline off the first paragraph that has one."""
    for line in body:
        text = line.text
        dates = find_dates(text[:60])
        opening = _OPENING_DATE.match(text)
        date = dates[0] if dates and opening and dates[0].start <= opening.end() else None
        start = date.end if date else 0
        start += len(text[start:]) - len(text[start:].lstrip(" ,:.–—-|")) if date else 0
        match = _SIGNED.match(text, start)
        if match and (_NOT_PLACES.match(match["place"]) or not text[match.end() :].strip()):
            match = None
        if match is None and date is None:
            continue
        end = match.end() if match else start
        said = text[:end].strip()
        line.text = text[end:].strip()
        if match is None:
            return Dateline(line, said, date=date)
        place = Fact(_proper(match["place"]), 0.85, f"the dateline says {said!r}")
        outlet = _proper(match["outlet"]) if match["outlet"] else None
        return Dateline(line, said, place, match["agency"], outlet, date)
    return None


def find_outlet(lines: list[Line], dateline: Dateline | None, url: str | None) -> Fact:
    """Who published the story: by a source line, the dateline, the address."""
    for line in labelled(lines, "stamp", "source"):
        name = source(line.text)
        if name:
            return Fact(name, 0.9 if "." in name else 0.75, f"the line {_short(line.text)} names its source")
    if dateline and dateline.outlet:
        return Fact(dateline.outlet, 0.8, f"the dateline {_short(dateline.text)} is signed so")
    host = (urlsplit(url).hostname or "") if url else ""
    if host:
        return Fact(host.removeprefix("www."), 0.95, "the host of its address")
    return NOT_STATED


def find_agency(body: list[Line], dateline: Dateline | None) -> Fact:
    """The agency whose report it is: by the dateline, a sign-off, or words like `, X News reports.`."""
    if dateline and dateline.agency:
        return Fact(dateline.agency, 0.85, f"the dateline {_short(dateline.text)} names it")
    match = _SIGN_OFF.search(body[-1].text)
    if match and fold(match["name"]).upper() in _agencies():
        return Fact(match["name"], 0.8, "the last paragraph is signed so")
    for line in body[:4]:
        for sentence in sentences(line.text):
            match = _REPORTS.search(sentence)
            if match and (match["name"].upper() in _agencies() or fold(match["name"].split()[-1]) in _AGENCY_WORDS):
                return Fact(match["name"], 0.7, f"the text says {match['name'] + ' reports'!r}")
    return NOT_STATED


def find_byline(lines: list[Line], first: int) -> Fact:
    """Who wrote the story: the byline nearest to the start of the prose."""
    signed = [line for line in labelled(lines, "byline") if byline(line.text) or not is_byline_start(line.text)]
    if not signed:
        return NOT_STATED
    line = min(signed, key=lambda line: abs(line.number - first))
    near = abs(line.number - first) < 8 or len(signed) == 1
    return Fact(byline(line.text) or line.text, 0.85 if near else 0.6, f"the line {_short(line.text)}")


def find_published(lines: list[Line], title: int | None, first: int, dateline: Dateline | None, name: str, url: str | None) -> Fact:
    """When the story was published, None where nothing states it; dates in prose and captions never count."""
    found = [*_stamps(lines, title, first), *_named(name, url)]
    if dateline and dateline.date:
        found.append(Fact(dateline.date.time, 0.9, f"the text opens with {_short(dateline.text)}"))
    if not found:
        pictured = [date for line in labelled(lines, CAPTION) for date in find_dates(line.text)]
        return Fact(None, 0.0, "only a caption names a date" if pictured else NOT_STATED.why)
    best = max(found, key=lambda fact: fact.sure)
    if best.sure < _STATED:
        return Fact(None, best.sure, f"{best.value} is too unsure: {best.why}")
    return best


def _stamps(lines: list[Line], title: int | None, first: int) -> Iterable[Fact]:
    """The times that lines of their own state, each as sure as its place on the page makes it."""
    start = first if title is None else title
    low, high = min(start, first) - _ABOVE, max(start, first) + _BELOW
    for line in labelled(lines, "stamp", "byline"):
        dates = stamp(line.text) or find_dates(line.text)
        if not dates:
            continue
        published = _FIRST.search(line.text)
        date = next((date for date in dates if published and date.start >= published.end()), dates[0])
        near = low <= line.number <= high
        sure = 0.93 - 0.01 * min(abs(line.number - start), 12) if near else 0.5
        sure -= 0.3 if date.other else 0.0
        sure -= 0.08 if _CHANGED.search(line.text) and not published else 0.0
        if (
            line.number < (first if title is None else title)
            and _WEEKDAY_FIRST.match(line.text)
            and len(date.time) == len(date.day)
        ):
            sure -= 0.35
        yield Fact(date.time, round(sure, 2), f"the line {_short(line.text)}" + ("" if near else " stands far from the headline"))


def _named(name: str, url: str | None) -> Iterable[Fact]:
    """The days that the address and the file's name hold."""
    for text, what, sure in ((urlsplit(url).path if url else "", "address", 0.88), (name, "file name", 0.75)):
        match = _IN_NAME.search(text)
        if match:
            day = "-".join((match["year"], match["month"], match["day"]))
            if find_dates(day):
                yield Fact(day, sure, f"the {what} holds {match.group()}")


def _proper(name: str) -> str:
    """A shouted name in title case, any other as it stands."""
    name = name.strip(" .,")
    return name.title() if name.isupper() and len(name) > 4 else name


def _short(text: str) -> str:
    """A text quoted, cut at 50 characters."""
    return repr(text if len(text) <= 50 else text[:49] + "…")


@cache
def _agencies() -> frozenset[str]:
    return frozenset(tables.entries("agencies"))
