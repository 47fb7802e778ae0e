"""Dates in text, and estimated times of stories that state none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, timedelta

from msgspec import Struct

from reader.models import DateEstimate
from reader.text.feed_dates import months_named

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    "|dec(?:ember)?)"
)
WEEKDAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_YEAR = r"(?P<year>19\d\d|20\d\d)(?!\d(?!\d?:\d\d))"  # a time may follow without a space: `20233:00 AM`
_MONTH_START = r"(?:\b|(?<=[^\W_])(?-i:(?=[A-Z][a-z])))"  # a byline may precede it without a space: `DoeDec. 18`
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_GAP = r"[\s.,/-]{1,4}"
_NAMED = rf"(?P<month>{MONTH})\b"

_DATE_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\d/.-])(?P<year>19\d\d|20\d\d)(?P<mark>[-/.])(?P<number>1[0-2]|0?[1-9])(?P=mark)(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)",
        rf"(?<!\d){_DAY}(?:st|nd|rd|th)?{_GAP}(?:of\s)?{_NAMED}{_GAP}{_YEAR}",
        rf"{_MONTH_START}{_NAMED}\.?\s{{1,3}}{_DAY}(?:st|nd|rd|th)?,?\s{{0,3}}(?:,|\s|at)\s{{0,3}}{_YEAR}",
        r"(?<![\d/.-])(?P<first>3[01]|[12]\d|0?[1-9])(?P<mark>[/.-])(?P<second>3[01]|[12]\d|0?[1-9])(?P=mark)"
        + _YEAR
        + r"(?![/-])",
        r"(?<![\d/])(?P<first>3[01]|[12]\d|0?[1-9])/(?P<second>3[01]|[12]\d|0?[1-9])/(?P<short>\d\d)(?![\d/])",
        r"(?<!\d)(?P<year>19\d\d|20\d\d)\s?[年년]\s?(?P<number>1[0-2]|0?[1-9])\s?[月월]\s?(?P<day>3[01]|[12]\d|0?[1-9])\s?[日일]",
        rf"(?<![\d.:/-]){_DAY}(?:\.|er|º|ª|°)?[ \u00a0-](?:de\s|del\s|di\s|d['’])?(?P<foreign>[^\W\d_]{{3,12}})\.?"
        rf"(?:[ \u00a0-]|\sde\s|\sdel\s|,\s){_YEAR}",
    )
)
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>2[0-3]|[01]?\d)(?:(?:[:.]|h|\s?[時时点])(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:%])(?:\s?(?P<half>[ap])\.?m\b)?"
    r"|\s?(?P<whole>[ap])\.?m\b)",
    re.IGNORECASE,
)
_CLOCK_REACH = 28  # characters between a date and the time of day that belongs to it
_DATE_TO_TIME = re.compile(
    r"[ \t,T|–—·•@()-]{0,8}(?:г\.,?\s?)?(?:(?:at|à|um|a las|alle(?: ore)?|ore|às|om|o|godz\.?|в)(?=\s))?[ \t]{0,2}", re.IGNORECASE
)
_SEPARATING = re.compile(r"[^\W\d]{5}|\n")  # a longer word or a line break separates a time from the date after it
_AMERICAN = re.compile(r"\b(?:[ap]\.?m\b|[ECMP][SD]?T\b)", re.IGNORECASE)

_DAY_MONTH = re.compile(
    rf"\b(?:{_NAMED}\.?\s{{1,2}}{_DAY}(?:st|nd|rd|th)?(?![\d,.]?\d)(?!,?\s{{1,2}}(?:19|20)\d\d)"
    rf"|(?<!\d)(?P<day2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\s(?:of\s)?(?P<month2>{MONTH})\b(?!,?\s{{1,2}}(?:19|20)\d\d))",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"\b(?P<weekday>{WEEKDAY})\b", re.IGNORECASE)
_LAST_MONTH = re.compile(rf"\blast\s(?P<month>{MONTH})\b", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:(?:will|would|shall|upcoming|scheduled|due|deadline|expected|plans?|planned|ahead\sof)\b[^.!?]{0,80}"
    r"|(?:next|coming|by|before|from|until|till|through)\s(?:the\s)?)$",
    re.IGNORECASE,
)
_RECURRING = re.compile(r"\b(?:every|each|since|anniversary|annual|last)\b[^.!?]{0,20}$", re.IGNORECASE)
_SENTENCE_REACH = 160
_NEAR_DAYS = 45  # days within which a date in the text is taken for one of the same events
_SAME_EVENT_DAYS = 3  # days a weekday may lie from the time it is read against


class FoundDate(Struct, frozen=True):
    """A date in a text: ISO day or minute, its span, and the alternative reading of an ambiguous one such as 9/8/2015."""

    time: str
    start: int
    end: int
    other: str | None = None

    @property
    def day(self) -> str:
        """ISO day without the time."""
        return self.time[:10]


def find_dates(text: str) -> list[FoundDate]:
    """All full dates of a text in order, each with the time of day beside it.

    Numeric dates are read day first; if both readings are possible, `other` is month first. An American time format or a number
    above 12 resolves the ambiguity.
    """
    found: list[FoundDate] = []
    for match in sorted(_matches(text), key=lambda match: (match.start(), -match.end())):
        if found and match.start() < found[-1].end:
            continue
        readings = _readings(match, text)
        if readings:
            clock = _clock(text, match)
            times = [day.isoformat() + clock for day in readings]
            found.append(FoundDate(times[0], match.start(), match.end(), times[1] if len(times) > 1 else None))
    return found


def day_number(time: str) -> float:
    """Days since 1970-01-01 of an ISO day or minute, the time as a fraction; raises ValueError for anything else."""
    from dateutil.parser import isoparse

    moment = isoparse(time)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() / 86400


def estimate(body: Sequence[str], anchor: str) -> DateEstimate:
    """Estimate when an undated story was published, from dates in its text and the time of a similar story.

    `anchor` is the ISO time of the similar story; an invalid one raises ValueError. A day and month without a year are read in the
    year nearest to the anchor (after it if the text mentions the anchor's month as "last December"); a weekday is the one nearest
    to that; the latest of them counts. Future and recurring dates ("will", "every") are ignored.
    """
    text = "\n".join(body)
    near = date.fromisoformat(anchor[:10])
    named = _latest_named(text, near)
    base, phrase = named or (near, "")
    weekday = _latest_weekday(text, base)
    if weekday and (not named or weekday[0] > base):
        base, phrase = weekday
    elif not phrase:
        return DateEstimate(near.isoformat(), 0.3, f"near_story:{near.isoformat()}")
    distance = abs((base - near).days)
    sure = 0.6 if distance <= _SAME_EVENT_DAYS else 0.5 if distance <= _NEAR_DAYS else 0.35
    return DateEstimate(base.isoformat(), sure, f"near_story_and_text:{near.isoformat()} {phrase}")


def month_number(name: str) -> int:
    """Number of a month from its name or abbreviation, 1 to 12."""
    return _MONTHS.index(name[:3].lower()) + 1


def _matches(text: str) -> Iterator[re.Match[str]]:
    for form in _DATE_FORMS:
        yield from form.finditer(text)


def _readings(match: re.Match[str], text: str) -> list[date]:
    """Days that a match can mean, likelier first; empty if the calendar has none."""
    parts = match.groupdict()
    year = int(parts["year"]) if "year" in parts else _century(int(parts["short"]))
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        pairs = [(second, first), (first, second)] if first != second else [(first, second)]
        if _AMERICAN.search(text, match.end(), match.end() + _CLOCK_REACH):
            pairs.reverse()
            pairs = [pair for pair in pairs if pair[0] <= 12][:1]
    else:
        pairs = [(month, int(parts["day"])) for month in _months(parts)]
    return [day for month, number in pairs if (day := _day(year, month, number))]


def _months(parts: dict[str, str]) -> Iterable[int]:
    """Number of the month in a date; none for a word that is no month, or different ones in different languages."""
    if "foreign" in parts:
        found = months_named(parts["foreign"])
        return found if len(found) == 1 else ()
    return (int(parts["number"]) if "number" in parts else month_number(parts["month"]),)


def _century(short: int) -> int:
    """Year of two digits as in POSIX: 69 to 99 are in the twentieth century."""
    return short + (1900 if short >= 69 else 2000)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(text: str, match: re.Match[str]) -> str:
    """`Thh:mm` of the time right after a date or else right before it; empty without one."""
    after = text[match.end() : match.end() + _CLOCK_REACH]
    clock = _CLOCK.search(after)
    if clock is None or not _DATE_TO_TIME.fullmatch(after, 0, clock.start()):
        before = list(_CLOCK.finditer(text, max(0, match.start() - _CLOCK_REACH), match.start()))
        clock = before[-1] if before and not _SEPARATING.search(text, before[-1].end(), match.start()) else None
    if clock is None:
        return ""
    hour = int(clock["hour"])
    half = (clock["half"] or clock["whole"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + 12 * (half == "p")
    return f"T{hour:02}:{clock['minute'] or '00'}"


def _latest_named(text: str, near: date) -> tuple[date, str] | None:
    """Latest day given by day and month in the text, read relative to a day, with its wording."""
    looks_back = any(month_number(match["month"]) == near.month for match in _LAST_MONTH.finditer(text))
    days: list[tuple[date, str]] = []
    for match in _DAY_MONTH.finditer(text):
        if match.group().islower() or _is_not_now(text, match.start()):  # `they may 5 times`
            continue
        month, number = month_number(match["month"] or match["month2"]), int(match["day"] or match["day2"])
        years = [day for year in (near.year - 1, near.year, near.year + 1) if (day := _day(year, month, number))]
        if looks_back:
            years = [day for day in years if day >= near] or years
        if years:
            days.append((min(years, key=lambda day: abs((day - near).days)), match.group()))
    for found in find_dates(text):
        day = date.fromisoformat(found.day)
        if not found.other and abs((day - near).days) <= _NEAR_DAYS and not _is_not_now(text, found.start):
            days.append((day, text[found.start : found.end]))
    return max(days, default=None)


def _latest_weekday(text: str, near: date) -> tuple[date, str] | None:
    """Latest weekday in the text, each read as the one nearest to a day, with its name."""
    days: list[tuple[date, str]] = []
    for match in _WEEKDAY.finditer(text):
        if _is_not_now(text, match.start()):
            continue
        ahead = (_WEEKDAYS.index(match["weekday"][:3].lower()) - near.weekday() + _SAME_EVENT_DAYS) % 7 - _SAME_EVENT_DAYS
        days.append((near + timedelta(ahead), match.group()))
    return max(days, default=None)


def _is_not_now(text: str, start: int) -> bool:
    """Whether the words before a day mark it as future or recurring."""
    before = text[max(0, start - _SENTENCE_REACH) : start].rpartition("\n")[2]
    return bool(_FUTURE.search(before) or _RECURRING.search(before))
