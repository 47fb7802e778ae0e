"""Machine-readable times: ISO 8601 and mail dates, converted to UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from reader.text.dates import find_dates

_LONGEST = 100  # characters
_MAIL = re.compile(  # RFC 5322
    r"(?:[A-Za-z]{3,9},?\s)?\d{1,2}\s[A-Za-z]{3}\s\d{2,4}\s\d\d?:\d\d(?::\d\d)?(?:\s(?:[+-]\d{4}|[A-Z]{1,5}))?(?:\s\(.{0,40}\))?"
)
_FIRST, _LAST = 1900, 2100  # plausible years of a story


def parse_time(text: str) -> str | None:
    """Parse a stated time to an ISO day or minute in UTC; None if it is invalid.

    A minute in UTC ends in `Z`. A time without a zone stays unchanged; exactly midnight stands for the day.
    """
    text = " ".join(text[:_LONGEST].split())
    try:
        time = parsedate_to_datetime(text) if _MAIL.fullmatch(text) else datetime.fromisoformat(text)
        whole = (time.hour, time.minute, time.second) == (0, 0, 0)
        zone = "Z" if time.tzinfo else ""
        time = time.astimezone(UTC) if zone and not whole else time
    except (ValueError, OverflowError):
        found = find_dates(text)
        return found[0].time if found and not found[0].other else None
    if not _FIRST <= time.year < _LAST:
        return None
    return time.strftime("%Y-%m-%d" if whole else f"%Y-%m-%dT%H:%M{zone}")
