"""Date ranges in queries."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest

from reader.errors import QueryError
from reader.search.date_ranges import FIRST_DAY, LAST_DAY, since, span, utc_bounds
from reader.search.query import parse

TODAY = date.today()


def number(back: int) -> int:
    return int((TODAY - timedelta(back)).strftime("%Y%m%d"))


@pytest.mark.parametrize(
    ("field", "text", "wanted"),
    [
        ("date", "2018", (20180101, 20181231)),
        ("date", "2018-2", (20180201, 20180231)),
        ("date", "2018-12-19..2018-12-23", (20181219, 20181223)),
        ("date", "2018-12..", (20181201, LAST_DAY)),
        ("date", "..2018-12", (FIRST_DAY, 20181231)),
        ("after", "2018", (20181232, LAST_DAY)),
        ("before", "2018-12-20", (FIRST_DAY, 20181219)),
    ],
)
def test_ranges_of_dates(field: str, text: str, wanted: tuple[int, int]) -> None:
    assert span(field, text, 0) == wanted


def test_named_days() -> None:
    assert span("date", "today", 0) == (number(0), number(0))
    assert span("after", "Yesterday", 0) == (number(1) + 1, LAST_DAY)
    assert span("date", "yesterday..", 0) == (number(1), LAST_DAY)
    assert since(3, "day") == (number(2), LAST_DAY)
    assert since(2, "week") == (number(13), LAST_DAY)


@pytest.mark.parametrize(("text", "column"), [("soon", 7), ("2018-13", 7), ("2019..2018", 7), ("2018..2018-02-30", 13)])
def test_an_invalid_date_is_reported_with_its_column(text: str, column: int) -> None:
    with pytest.raises(QueryError) as caught:
        span("date", text, 7)
    assert caught.value.column == column


def test_last_n_days() -> None:
    assert parse("ferry last 3 days").whoosh == parse(f"ferry date:{TODAY - timedelta(2):%Y-%m-%d}..").whoosh
    assert parse('"last 3 days"').phrases
    assert parse("last days").families == {"last", "days"}


@pytest.mark.parametrize(
    ("zone", "first", "last", "bounds"),
    [
        ("UTC", 20201128, 20201128, (202011280000, 202011290000)),
        ("Europe/Copenhagen", 20201128, 20201128, (202011271380, 202011281380)),
        ("America/Los_Angeles", 20200201, 20200231, (202002010480, 202003010480)),
        ("UTC", 20191232, LAST_DAY, (202001010000, (LAST_DAY + 1) * 10_000)),
        ("UTC", FIRST_DAY, 20191200, (0, 201912010000)),
    ],
)
def test_days_of_the_reader_in_utc(
    monkeypatch: pytest.MonkeyPatch, zone: str, first: int, last: int, bounds: tuple[int, int]
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert utc_bounds(first, last) == bounds
    finally:
        monkeypatch.setenv("TZ", "UTC")
        time.tzset()
