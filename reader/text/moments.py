"""Times that machines wrote: ISO 8601 and the dates of mails, brought to UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from reader.text.dates import find_dates

_LONGEST = 100  # characters
_FIRST, _LAST = 1900, 2100  # years that a story may be of


def moment(text: str) -> str | None:
    """The ISO day or minute in UTC that a stated time means, None where it is none.

    A time without a zone stays as it is; midnight sharp stands for the day.
    """
    text = " ".join(text[:_LONGEST].split())
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            time = read(text)
            if time.utcoffset():
                time = time.astimezone(UTC)
        except (ValueError, OverflowError):
            continue
        if not _FIRST <= time.year < _LAST:
            return None
        return time.strftime("%Y-%m-%d" if (time.hour, time.minute, time.second) == (0, 0, 0) else "%Y-%m-%dT%H:%M")
    found = find_dates(text)
    return found[0].time if found and not found[0].other else None
