"""Ranking of the front page: by weight or newest first."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

HALF_LIFE = 12.0
"""Hours in which the weight of a thread halves."""
NEW = 0.5
"""Share by which the weight of a thread grows if all its stories are new."""
_OLDEST = 24.0 * 365 * 50
"""Hours of age after which all threads weigh the same."""


class RankedThread(NamedTuple):
    """A thread as the front page ranks it.

    `outlets` counts independent outlets, `new` its unread stories found since the last visit. `latest` is the time of its last
    story (ISO 8601), never later than the story was found; None if undated.
    """

    id: str
    outlets: int
    new: int
    latest: str | None
    pinned: bool = False
    followed: bool = False
    muted: bool = False


def weight(outlets: int, new: int, hours: float) -> float:
    """Return the weight of a thread `hours` after its last story, on a logarithmic scale of base 2.

    Doubling the outlets is worth one half-life; a thread of only new stories gains a little more than half of one.
    """
    news = 1 + NEW * min(new / max(outlets, 1), 1.0)
    return math.log2(math.log2(1 + max(outlets, 1)) * news) - min(max(hours, 0.0), _OLDEST) / HALF_LIFE


def ordered(threads: Iterable[RankedThread], now: datetime, *, newest: bool = False) -> list[str]:
    """Return thread ids in the order of the front page: pinned and followed ones first, muted ones last."""
    moment = now.astimezone(UTC).replace(tzinfo=None)

    def key(thread: RankedThread) -> tuple[bool, bool, bool, float, str]:
        hours = _hours(thread.latest, moment)
        value = -hours if newest else weight(thread.outlets, thread.new, hours)
        return thread.muted, not thread.pinned, not thread.followed, -value, thread.id

    return [thread.id for thread in sorted(threads, key=key)]


def _hours(time: str | None, now: datetime) -> float:
    """Hours since a time; undated counts as the oldest."""
    if not time:
        return _OLDEST
    try:
        return (now - datetime.fromisoformat(time).replace(tzinfo=None)).total_seconds() / 3600
    except ValueError:
        return _OLDEST
