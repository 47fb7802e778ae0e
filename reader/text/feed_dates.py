"""Dates of feeds in common languages and formats; a date that cannot be read with certainty is not read.

Numeric dates follow the order of day and month that other dates of the same feed prove.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from reader.text import wordlists
from reader.text.tokens import fold

Order = Literal["day first", "month first"]

_MAX_LENGTH = 100  # characters of a date
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_UNIX = re.compile(r"\d{9,10}(?:\.\d{1,9})?|\d{13}")
_COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:[t ]?(?P<hour>\d\d)(?P<minute>\d\d)(?:\d\d)?)?(?P<rest>\D.*)?"
)
_ORDINAL = re.compile(r"(?P<year>(?:19|20)\d\d)-?(?P<number>\d{3})(?P<rest>t.*)?")
_WEEK = re.compile(r"(?P<year>(?:19|20)\d\d)-?w(?P<week>\d\d)(?:-?(?P<day>[1-7]))?(?P<rest>t.*)?")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?(?![\d-])")
_EAST_ASIAN = re.compile(r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d\d?)\s?[月월]\s?(?P<day>\d\d?)\s?[日일]")
_NUMBERS = re.compile(
    r"(?<![\d.:/-])(?P<first>\d{1,4})(?P<mark>[/.-])\s?(?P<second>\d{1,2})(?P=mark)\s?(?P<third>\d{2,4})(?![\d/-])"
)
_CLOCK = re.compile(
    r"(?<![\d.:/+-])(?P<before>am|pm)?\s?(?P<hour>\d{1,2})"
    r"(?:\s?(?:[:h時시点點]|\.(?=\d\d(?!\d|\.)))\s?(?P<minute>\d\d)?(?:[:.分분]\s?(?P<second>\d\d)?(?:[.,]\d{1,9})?秒?)?"
    r"|(?=\s?(?:am|pm)\b))\s?(?P<after>am|pm)?(?![\d:])"
)
_AM_PM = (
    (re.compile(r"(?<![^\W\d_])(?:a\.\s?m\.?|am|π\.?μ\.?|vorm\.?|ص|dop\.?)(?![^\W\d_])|上午|午前|오전|凌晨|早上"), " am "),
    (re.compile(r"(?<![^\W\d_])(?:p\.\s?m\.?|pm|μ\.?μ\.?|nachm\.?|م|odp\.?)(?![^\W\d_])|下午|午後|오후|晚上"), " pm "),
)
_GLUED_AM_PM = re.compile(r"(?<=\d)(?P<half>[ap])\.?m\.?(?![^\W\d_])")
_OFFSET = re.compile(r"(?:\b(?:gmt|utc)\s?)?(?P<sign>[+\u2212-])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?(?!\d)")
_PLACE = re.compile(r"\b[a-z]{3,12}/[a-z_]{2,30}(?:/[a-z_]{2,30})?\b")
_COMMENT = re.compile(r"\([^()]{0,60}\)")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*|\d+")
_ORDINAL_END = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|re|e|º|ª|°|-?го|-?ое)(?![^\W\d_])")
_VIETNAMESE = re.compile(r"(?<![^\W\d_])thang\s(?P<month>\d\d?)")
_FILLERS = frozenset(
    "a al alle als am an as at az clock d de del den der di do du el em en er fra g godz h hs hrs hr horas ore ora il kell kl klo"
    " la las le les los ngay nam o o'clock of og om on r roku rok s t the to um uhr u uur ur v vom w y z"
    " г года год р року в".split()
)
_ZONES: dict[str, int] = {
    **dict.fromkeys(("gmt", "utc", "ut", "z", "wet", "gmt0", "zulu"), 0),
    **dict.fromkeys(("cet", "met", "mez", "bst", "west", "wat", "irish"), 60),
    **dict.fromkeys(("cest", "mest", "mesz", "eet", "sast", "cat", "oez"), 120),
    **dict.fromkeys(("eest", "oesz", "msk", "eat", "trt", "idt"), 180),
    **dict.fromkeys(("gst",), 240),
    **dict.fromkeys(("pkt", "uzt", "yekt"), 300),
    **dict.fromkeys(("hkt", "sgt", "awst", "pht", "myt", "wita"), 480),
    **dict.fromkeys(("jst", "kst", "wit"), 540),
    **dict.fromkeys(("aest",), 600),
    **dict.fromkeys(("aedt",), 660),
    **dict.fromkeys(("ict", "wib"), 420),
    "irst": 210,
    "ist": 330,
    "npt": 345,
    "acst": 570,
    "acdt": 630,
    "nzst": 720,
    "nzdt": 780,
    "nst": -210,
    "ndt": -150,
    **dict.fromkeys(("ast", "edt", "clt"), -240),
    **dict.fromkeys(("adt", "brt", "art", "clst"), -180),
    **dict.fromkeys(("est", "cdt", "pet", "cot"), -300),
    **dict.fromkeys(("cst", "mdt"), -360),
    **dict.fromkeys(("mst", "pdt"), -420),
    **dict.fromkeys(("pst", "akdt"), -480),
    "akst": -540,
    "hst": -600,
}
"""Minutes east of Greenwich. Ambiguous names have the meaning in RFC 5322, or the most widespread one."""


class StatedDate(Struct, frozen=True):
    """A date as stated.

    `days` are its possible days, by the order of day and month if that matters; `minutes` of the day, None without a time; `offset`
    in minutes east of Greenwich, None without a zone.
    """

    days: dict[Order | None, date]
    minutes: int | None = None
    offset: int | None = None

    def time(self, day: date) -> str:
        """ISO day, or ISO minute: in UTC and with `Z` if a zone is stated, else as stated."""
        if self.minutes is None:
            return day.isoformat()
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=self.minutes - (self.offset or 0))
        return moment.strftime("%Y-%m-%dT%H:%M" if self.offset is None else "%Y-%m-%dT%H:%MZ")


def parse_stated(text: str, language: str = "") -> StatedDate | None:
    """Parse a date; None if part of it is unknown, out of range or contradictory. `language` (`en-us`) chooses among months."""
    text = _normalize(text)
    if not text or len(text) > _MAX_LENGTH:
        return None
    try:
        return _unix(text) or _compact(text) or _general(text, language[:2].lower())
    except (ValueError, OverflowError):
        return None


def feed_order(stated: Iterable[StatedDate | None], now: datetime) -> Order | None:
    """Order of day and month that the dates of a feed prove; None if they prove none or both."""
    proven: set[Order] = set()
    for found in stated:
        if found is None or None in found.days:
            continue
        fitting = [order for order, day in found.days.items() if order and not _is_future(found, day, now)]
        if len(fitting) == 1:
            proven.add(fitting[0])
    return proven.pop() if len(proven) == 1 else None


def resolve_date(stated: StatedDate, order: Order | None, now: datetime) -> tuple[str | None, str]:
    """Time of a stated date, and a reason code: `feed`, `feed_order`, `feed_ahead` or `unreadable_date`.

    Days more than one day after `now` are rejected; an ambiguous numeric date is read in the feed's `order`.
    """
    if len(stated.days) == 1:
        (day,) = stated.days.values()
        reason = "feed"
    elif order in stated.days:
        day, reason = stated.days[order], "feed_order"
    else:
        return None, "unreadable_date"
    return (None, "feed_ahead") if _is_future(stated, day, now) else (stated.time(day), reason)


def _is_future(stated: StatedDate, day: date, now: datetime) -> bool:
    """Whether a day is after tomorrow, or a time more than a day in the future."""
    if stated.minutes is None:
        return day > (now + timedelta(days=1)).date()
    return datetime.fromisoformat(stated.time(day)).replace(tzinfo=UTC) > now + timedelta(days=1)


def _normalize(text: str) -> str:
    """Text in lower case with Latin digits and plain spaces."""
    text = unicodedata.normalize("NFKC", text[: 2 * _MAX_LENGTH])
    text = "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)
    return " ".join(text.replace("\u200f", "").replace("\u200e", "").split()).strip(" ,;.").lower()


def _unix(text: str) -> StatedDate | None:
    """Seconds or milliseconds since 1970."""
    if not _UNIX.fullmatch(text):
        return None
    seconds = float(text) / (1000 if len(text) == 13 else 1)
    moment = datetime.fromtimestamp(seconds, UTC)
    return _stated(moment.date(), moment.hour * 60 + moment.minute, 0)


def _compact(text: str) -> StatedDate | None:
    """ISO 8601 without separators, and its week and ordinal dates."""
    if match := _WEEK.fullmatch(text):
        day = date.fromisocalendar(int(match["year"]), int(match["week"]), int(match["day"] or 1))
    elif match := _ORDINAL.fullmatch(text):
        day = date(int(match["year"]), 1, 1) + timedelta(days=int(match["number"]) - 1)
        if day.year != int(match["year"]):
            return None
    elif match := _COMPACT.fullmatch(text):
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        if match["hour"]:
            minutes = _minutes(int(match["hour"]), int(match["minute"]), "")
            return _stated(day, minutes, _zone(match["rest"] or "")[0]) if minutes is not None else None
    else:
        return None
    return _with_time({None: day}, (match["rest"] or "").removeprefix("t"))


def _general(text: str, language: str) -> StatedDate | None:
    """A date with separators or with the name of its month."""
    text = _GLUED_AM_PM.sub(r" \g<half>m ", _COMMENT.sub(_weekday_in, text) or text)
    for pattern, half in _AM_PM:
        text = pattern.sub(half, text)
    text = " ".join(text.split())
    match = _EAST_ASIAN.search(text) or _ISO.match(text)
    if match:
        day = _day(int(match["year"]), int(match["month"]), int(match["day"] or 1))
        rest = f"{text[: match.start()]} {text[match.end() :].removeprefix('t')}"
        return _with_time({None: day}, rest)
    if match := _NUMBERS.search(text):
        days = _numeric(int(match["first"]), match["mark"], int(match["second"]), match["third"], len(match["first"]) == 4)
        return _with_time(days, f"{text[: match.start()]} {text[match.end() :]}")
    return _named(text, language)


def _weekday_in(comment: re.Match[str]) -> str:
    """The weekday that a comment names, else a space."""
    name = comment[0].strip("() .")
    return f" {name} " if fold(name) in _weekdays() else " "


def _numeric(first: int, mark: str, second: int, third: str, year_first: bool) -> dict[Order | None, date]:
    """Days that three numbers can mean."""
    if year_first:
        return {None: _day(first, second, int(third))} if len(third) <= 2 else {}
    year = int(third) if len(third) == 4 else int(third) + (1900 if int(third) >= 69 else 2000)
    if len(third) == 3:
        return {}
    if mark == "." or first == second:
        return {None: _day(year, second, first)}
    days: dict[Order | None, date] = {}
    if second <= 12:
        days["day first"] = _day(year, second, first)
    if first <= 12:
        days["month first"] = _day(year, first, second)
    return days


def _named(text: str, language: str) -> StatedDate | None:
    """A date with the name of its month, or with `tháng 11`."""
    month: int | None = None
    if match := _VIETNAMESE.search(fold(text)):
        month, text = int(match["month"]), f"{fold(text)[: match.start()]} {fold(text)[match.end() :]}"
    text, minutes, offset = _split_time(text)
    words = [fold(word).strip(".'’-") for word in _WORD.findall(_ORDINAL_END.sub(" ", text))]
    numbers = [word for word in words if word.isdecimal()]
    names = [word for word in words if word and not word.isdecimal()]
    if len(numbers) != 2:
        return None
    day, year = numbers if len(numbers[1]) >= len(numbers[0]) else reversed(numbers)
    if len(year) not in (2, 4):
        return None
    full_year = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 69 else 2000)
    days: set[date] = set()
    for choices, others in [({month}, names)] if month else _month_readings(names, language):
        weekdays = _weekdays_of(others)
        if weekdays is not None:
            found = {_day(full_year, number, int(day)) for number in choices}
            days |= {each for each in found if not weekdays or each.weekday() in weekdays}
    return _stated(days.pop(), minutes, offset) if len(days) == 1 else None


def _month_readings(names: list[str], language: str) -> list[tuple[set[int], list[str]]]:
    """Months that each of the names can mean, with the other names: `mar` is a month and a weekday."""
    return [
        (_month_numbers(name, language), names[:position] + names[position + 1 :])
        for position, name in enumerate(names)
        if name in _months()
    ]


def _with_time(days: dict[Order | None, date], rest: str) -> StatedDate | None:
    """Days with the time and zone in the rest of their text; None if it names another weekday or contains anything else."""
    rest, minutes, offset = _split_time(rest)
    names = [fold(word).strip(".'’-") for word in _WORD.findall(rest)]
    weekdays = _weekdays_of([name for name in names if name])
    if weekdays is None:
        return None
    days = {order: day for order, day in days.items() if not weekdays or day.weekday() in weekdays}
    return StatedDate(days, minutes, offset) if days else None


def _split_time(text: str) -> tuple[str, int | None, int | None]:
    """Text without its time and zone, minutes of the day, minutes east of Greenwich; raises ValueError for an impossible time."""
    match = _CLOCK.search(text)
    if match is None:
        return text, None, None
    minutes = _minutes(int(match["hour"]), int(match["minute"] or 0), match["after"] or match["before"] or "")
    if minutes is None or int(match["second"] or 0) > 60:
        raise ValueError(text)
    offset, after = _zone(text[match.end() :])
    return f"{text[: match.start()]} {after}", minutes, offset


def _minutes(hour: int, minute: int, half: str) -> int | None:
    """Minutes of the day, including 24:00; None for an impossible time."""
    if minute > 59 or hour > 24 or (hour == 24 and minute) or (half == "am" and hour > 12):
        return None
    if half and hour <= 12:
        hour = hour % 12 + 12 * (half == "pm")
    return hour * 60 + minute


def _zone(text: str) -> tuple[int | None, str]:
    """Offset of a zone in minutes east of Greenwich, and the text without it."""
    if place := _PLACE.search(text):
        area, _, city = place[0].rpartition("/")
        name = "/".join(part.title() for part in (*area.split("/"), city)).replace("_Of_", "_of_")
        zone = ZoneInfo(name)  # the winter offset is good enough for a name that feeds rarely use
        offset = zone.utcoffset(datetime(2000, 1, 1))
        return int(offset.total_seconds() // 60) if offset is not None else None, text.replace(place[0], " ")
    if match := _OFFSET.search(text):
        minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
        if minutes > 14 * 60 or int(match["minutes"] or 0) > 59:
            raise ValueError(text)
        rest = f"{text[: match.start()]} {text[match.end() :]}"
        return minutes * (1 if match["sign"] == "+" else -1), " ".join(word for word in rest.split() if word not in _ZONES)
    words = text.replace(",", " ").split()
    named = [word for word in words if word.strip(".") in _ZONES]
    if len(named) > 1:
        raise ValueError(text)
    return (_ZONES[named[0].strip(".")], " ".join(word for word in words if word != named[0])) if named else (None, text)


def _weekdays_of(names: list[str]) -> frozenset[int] | None:
    """Weekdays named by words; None if a word is neither a weekday nor a filler."""
    found: set[int] = set()
    for name in names:
        if name in _FILLERS or name in _ZONES:
            continue
        if name not in _weekdays():
            return None
        found |= _weekdays()[name]
    return frozenset(found)


def _month_numbers(name: str, language: str) -> set[int]:
    """Months that a name can mean: one, unless languages differ and the feed's language is unknown."""
    numbers = _months()[name]
    own = {number for number, languages in numbers.items() if language in languages}
    return own if len(own) == 1 else set(numbers)


def months_named(name: str) -> frozenset[int]:
    """Months that a name can mean in any language; empty for any other word."""
    return frozenset(_months().get(fold(name).strip("."), ()))


def _day(year: int, month: int, day: int) -> date:
    if not _FIRST_YEAR <= year < _LAST_YEAR:
        raise ValueError(year)
    return date(year, month, day)


def _stated(day: date, minutes: int | None, offset: int | None) -> StatedDate:
    return StatedDate({None: _day(day.year, day.month, day.day)}, minutes, offset)


@cache
def _months() -> dict[str, dict[int, frozenset[str]]]:
    """Folded month names with their numbers and, where those differ, languages."""
    found: dict[str, dict[int, frozenset[str]]] = {}
    for entry in wordlists.entries("months"):
        name, number, *languages = entry.split("\t")
        found.setdefault(name, {})[int(number)] = frozenset(" ".join(languages).split())
    return found


@cache
def _weekdays() -> dict[str, frozenset[int]]:
    """Folded weekday names, Monday is 0; a short name can mean several."""
    found: dict[str, frozenset[int]] = {}
    for entry in wordlists.entries("weekdays"):
        name, number, *_ = entry.split("\t")
        found[name] = found.get(name, frozenset()) | {int(number)}
    return found
