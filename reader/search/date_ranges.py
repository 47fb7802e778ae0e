"""Dates and ranges in queries: `2018-12`, `2018-12-19..2018-12-23`, `yesterday`, `last 3 days`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

from reader.errors import QueryError

FIELDS = ("date", "after", "before")
"""Query fields that take dates."""

LAST = r"(?<!\S)last\s+(?P<count>[1-9]\d{0,3})\s+(?P<unit>day|week|month|year)s?(?![^\s)])"
"""Pattern of a range that ends today, such as `last 3 days`."""

_LAST_YEAR = 9999

FIRST_DAY, LAST_DAY = 0, 99999999
"""Sentinels before and after all days, as numbers like 20181221."""

DAY = 10_000
"""A moment is a day as a number times DAY, and a minute of it: it orders times, and counts none."""

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_NAMED = {"today": 0, "yesterday": 1}
_LENGTHS = {"day": 1, "week": 7, "month": 30, "year": 365}
_SHAPES = "2018, 2018-12, 2018-12-21, 2018-12-19..2018-12-23, today or yesterday"

Span = tuple[int, int]
"""First and last day of a range, both inclusive, as numbers."""


def span(field: str, text: str, column: int) -> Span:
    """Days that `date:`, `after:` or `before:` selects; raises `QueryError` with the column of the error."""
    start, dots, end = text.partition("..")
    if field != "date":
        first, last = _days(text, column)
        return (last + 1, LAST_DAY) if field == "after" else (FIRST_DAY, first - 1)
    first = _days(start, column)[0] if start or not dots else FIRST_DAY
    last = _days(end if dots else start, column + len(start) + len(dots) if dots else column)[1] if end or not dots else LAST_DAY
    if first > last:
        raise QueryError(f"“{text}” ends before it begins", column)
    return first, last


def since(count: int, unit: str) -> Span:
    """Range of the last `count` days, weeks, months (30 days) or years, including today and later dates."""
    return _number(date.today() - timedelta(count * _LENGTHS[unit] - 1)), LAST_DAY


def utc_bounds(first: int, last: int) -> Span:
    """The moments in UTC from which and before which a time is of these days in the reader's zone."""
    return _midnight(first), _midnight(last + 1)


def _midnight(day: int) -> int:
    """The moment in UTC at which a day of the reader begins; a day too many for its month is the next month's first."""
    year, month, number = day // 10_000, day // 100 % 100, day % 100
    if not 1 < year < _LAST_YEAR or not 1 <= month <= 12:
        return day * DAY
    begins = date(year, month, 1) + timedelta(min(number, monthrange(year, month)[1] + 1) - 1)
    moment = datetime(begins.year, begins.month, begins.day).astimezone(UTC)
    return _number(moment.date()) * DAY + moment.hour * 60 + moment.minute


def _days(text: str, column: int) -> Span:
    """First and last day of a year, month or day."""
    if text.casefold() in _NAMED:
        day = _number(date.today() - timedelta(_NAMED[text.casefold()]))
        return day, day
    match = _DATE.fullmatch(text)
    if not match:
        raise QueryError(f"“{text}” is not a date; write {_SHAPES}", column)
    year, month, day_of = (int(part) if part else 0 for part in match.groups())
    try:
        date(year, month or 1, day_of or 1)
    except ValueError:
        raise QueryError(f"“{text}” does not exist in the calendar; write {_SHAPES}", column) from None
    whole = year * 10000
    return whole + (month or 1) * 100 + (day_of or 1), whole + (month or 12) * 100 + (day_of or 31)


def _number(day: date) -> int:
    return int(day.strftime("%Y%m%d"))
