"""Machine-readable times."""

from __future__ import annotations

import pytest

from reader.text.timestamps import parse_time


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2018-12-21", "2018-12-21"),
        ("2018-12-21T14:30", "2018-12-21T14:30"),
        ("2018-12-21T14:30:59.123Z", "2018-12-21T14:30Z"),
        ("2018-12-21 23:30:00-05:00", "2018-12-22T04:30Z"),
        ("2018-12-21T23:30:00+0100", "2018-12-21T22:30Z"),
        ("20181221T1430Z", "2018-12-21T14:30Z"),
        ("2018-12-21T00:00:00Z", "2018-12-21"),
        ("2018-12-21T00:00:00+02:00", "2018-12-21"),
        ("2018-12-21T19:00:00-05:00", "2018-12-22T00:00Z"),
        ("Fri, 21 Dec 2018 23:30:00 -0500", "2018-12-22T04:30Z"),
        ("Fri, 21 Dec 2018 14:30:00 GMT", "2018-12-21T14:30Z"),
        (" Dec 21, 2018\n 2:30 pm", "2018-12-21T14:30"),
        ("December 21, 2018", "2018-12-21"),
        ("9/8/2015", None),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59-10:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("Thursday", None),
        ("", None),
        ("x" * 1_000_000, None),
    ],
)
def test_stated_times_are_converted_to_utc(text: str, time: str | None) -> None:
    assert parse_time(text) == time
