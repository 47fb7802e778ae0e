"""Ranking of the front page: by weight or newest first."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
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
    return _fresh_weight(outlets, new) - min(max(hours, 0.0), _OLDEST) / HALF_LIFE


@lru_cache(maxsize=1 << 12)
def _fresh_weight(outlets: int, new: int) -> float:
    """The weight of a thread whose last story has just come."""
    news = 1 + NEW * min(new / max(outlets, 1), 1.0)
    return math.log2(math.log2(1 + max(outlets, 1)) * news)


def ordered(threads: Iterable[RankedThread], now: datetime, *, newest: bool = False) -> list[str]:
    """Return thread ids in the order of the front page: pinned and followed ones first, muted ones last."""
    moment = now.astimezone(UTC).replace(tzinfo=None)
    keyed = []
    for id, outlets, new, latest, pinned, followed, muted in threads:
        hours = _hours(latest, moment)
        value = hours if newest else -weight(outlets, new, hours)
        keyed.append((muted, not pinned, not followed, value, id))
    keyed.sort()
    return [each[-1] for each in keyed]


def _hours(time: str | None, now: datetime) -> float:
    """Hours since a time; undated counts as the oldest."""
    if not time:
        return _OLDEST
    try:
        moment = datetime.fromisoformat(time)
        return (now - (moment.replace(tzinfo=None) if moment.tzinfo else moment)).total_seconds() / 3600
    except ValueError:
        return _OLDEST
