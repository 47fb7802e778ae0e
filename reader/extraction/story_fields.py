"""Fields of a story on a plain-text page: outlet, agency, byline and time of publication."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from reader.extraction.dateline import Dateline, is_agency
from reader.extraction.page_lines import CAPTION, PageLine, labelled
from reader.models import NOT_STATED, ExtractedField, Span
from reader.text.dates import WEEKDAY, find_dates
from reader.text.line_patterns import byline, is_byline_start, source, timestamps
from reader.text.tokens import fold, sentences

_ABOVE, _BELOW = 8, 6  # lines around headline and first paragraph in which a date is the story's own
_STATED = 0.6  # a date less sure than this is only named in `why`
_REPORTS = re.compile(r",\s(?:the\s)?(?P<name>[A-Z][\w.-]{1,20}(?:\s[A-Z][\w.-]{1,20}){0,3})\sreports[.\"”]{0,2}$")
_AGENCY_WORDS = frozenset({"agency", "news", "press", "wire"})
_SIGN_OFF = re.compile(r"[.!?…][\"”’]?\s?\((?P<name>[A-Z][\w .&-]{1,40})\)$")
_IN_NAME = re.compile(
    r"(?<![0-9A-Za-z])(?P<year>19[89]\d|20\d\d)[-_/]?(?P<month>0[1-9]|1[0-2])[-_/]?(?P<day>0[1-9]|[12]\d|3[01])(?![0-9A-Za-z])"
)
_CHANGED = re.compile(
    r"\b(?:updated?|modified|aktualisiert|mise? à jour|modifiée?"
    r"|ac?tualizad[oa]|aggiornato|bijgewerkt|aktualizacja|обновлено)\b|更新",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:published|posted|first|created|veröffentlicht|erstellt|publiée?|publicad[oa]|pubblicato|gepubliceerd|opublikowano|опубликовано)\b"
    r"|发布|發布|公開|配信",
    re.IGNORECASE,
)
_WEEKDAY_FIRST = re.compile(rf"(?:{WEEKDAY})\b", re.IGNORECASE)


def find_outlet(lines: list[PageLine], block: Span, dateline: Dateline | None, site: str | None, url: str | None) -> ExtractedField:
    """Outlet of the story: from a source line, the dateline, the address, or the site named after the headline.

    A source line within the prose belongs to a chart, unless it has a date.
    """
    first, last = block
    for line in labelled(lines, "stamp", "source"):
        name = source(line.text)
        if name and (not first < line.number < last or timestamps(line.text)):
            return ExtractedField(name, 0.9 if "." in name else 0.75, f"source_line:{_short(line.text)}")
    if dateline and dateline.outlet:
        return ExtractedField(dateline.outlet, 0.8, f"dateline:{_short(dateline.text)}")
    host = (urlsplit(url).hostname or "") if url else ""
    if host:
        return ExtractedField(host.removeprefix("www."), 0.95, "address_host")
    if site:
        return ExtractedField(site, 0.7, "first_line")
    return NOT_STATED


def find_agency(body: list[PageLine], dateline: Dateline | None) -> ExtractedField:
    """Agency of the story: from the dateline, a sign-off, or words like `, X News reports.`."""
    if dateline and dateline.agency:
        return ExtractedField(dateline.agency, 0.85, f"dateline:{_short(dateline.text)}")
    match = _SIGN_OFF.search(body[-1].text) if body else None
    if match and is_agency(match["name"]):
        return ExtractedField(match["name"], 0.8, "sign_off")
    for line in body[:4]:
        for sentence in sentences(line.text):
            match = _REPORTS.search(sentence)
            if match and (is_agency(match["name"]) or fold(match["name"].split()[-1]) in _AGENCY_WORDS):
                return ExtractedField(match["name"], 0.7, f"text:{match['name']} reports")
    return NOT_STATED


def find_byline(lines: list[PageLine], first: int) -> ExtractedField:
    """Author of the story: the byline nearest to the start of the prose."""
    signed = [line for line in labelled(lines, "byline") if byline(line.text) or not is_byline_start(line.text)]
    if not signed:
        return NOT_STATED
    line = min(signed, key=lambda line: abs(line.number - first))
    near = abs(line.number - first) < 8 or len(signed) == 1
    return ExtractedField(byline(line.text) or line.text, 0.85 if near else 0.6, f"line:{_short(line.text)}")


def find_published(
    lines: list[PageLine], title: int | None, first: int, dateline: Dateline | None, name: str, url: str | None
) -> ExtractedField:
    """Time of publication, None if not stated; dates in prose and captions never count."""
    found = [*_stamps(lines, title, first), *_named(name, url)]
    if dateline and dateline.date:
        found.append(ExtractedField(dateline.date.time, 0.9, f"opening:{_short(dateline.text)}"))
    if not found:
        pictured = [date for line in labelled(lines, CAPTION) for date in find_dates(line.text)]
        return ExtractedField(None, 0.0, "only_caption" if pictured else NOT_STATED.why)
    best = max(found, key=lambda fact: fact.sure)
    if best.sure < _STATED:
        return ExtractedField(None, best.sure, f"unsure:{best.value} {best.why}")
    return best


def _stamps(lines: list[PageLine], title: int | None, first: int) -> Iterable[ExtractedField]:
    """Times on lines of their own, with confidence by position on the page."""
    start = first if title is None else title
    low, high = min(start, first) - _ABOVE, max(start, first) + _BELOW
    for line in labelled(lines, "stamp", "byline"):
        dates = timestamps(line.text) or find_dates(line.text)
        if not dates:
            continue
        published = _FIRST.search(line.text)
        date = next((date for date in dates if published and date.start >= published.end()), dates[0])
        near = low <= line.number <= high
        sure = 0.93 - 0.01 * min(abs(line.number - start), abs(line.number - first), 12) if near else 0.5
        sure -= 0.4 if date.other else 0.0
        sure -= 0.08 if _CHANGED.search(line.text) and not published else 0.0
        if (
            line.number < (first if title is None else title)
            and _WEEKDAY_FIRST.match(line.text)
            and len(date.time) == len(date.day)
        ):
            sure -= 0.35
        yield ExtractedField(date.time, round(sure, 2), f"{'line' if near else 'far_line'}:{_short(line.text)}")


def _named(name: str, url: str | None) -> Iterable[ExtractedField]:
    """Dates in the address and the file name."""
    for text, code, sure in ((urlsplit(url).path if url else "", "address", 0.88), (name, "file_name", 0.75)):
        match = _IN_NAME.search(text)
        if match:
            day = "-".join((match["year"], match["month"], match["day"]))
            if find_dates(day):
                yield ExtractedField(day, sure, f"{code}:{match.group()}")


def _short(text: str) -> str:
    """Text cut at 50 characters."""
    return text if len(text) <= 50 else text[:49] + "…"
