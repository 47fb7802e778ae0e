"""Rows of the feeds screen: the state of each feed and the result of its last fetch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reader.models import Feed, FeedProgress
from reader.presentation import formatting
from reader.presentation.messages import feed_failure
from reader.presentation.text_layout import Line, cells, cut, spread
from reader.tui.state import job_progress
from reader.tui.widgets.virtual_list import WIDEST, Rows

WIDE_FROM, WIDEST_FROM = 76, 100
"""Row width in cells from which a row shows stories per day, and tags."""
NAME_PREFIX = (8, 36)
"""Minimum and maximum width of a name, in cells."""
TAGGED = 24
"""Maximum width of the tags, in cells."""
_FAILED, _WAITS = ("!", "error"), ("…", "muted")
_SIGNS = {"new": ("+", "new"), "failed": _FAILED, "ended": _FAILED, "asked": _WAITS, "reading": _WAITS}


class FeedRows(Rows):
    """Feeds by name, each with a sign, its state and its number of stories."""

    def __init__(self, feeds: Sequence[Feed], steps: Mapping[str, FeedProgress]) -> None:
        self.feeds = feeds
        self.steps = steps

    def __len__(self) -> int:
        return len(self.feeds)

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """Return the feed in one line, in table columns."""
        feed, width = self.feeds[index], min(width, WIDEST)
        step = self.steps.get(feed.address)
        sign, role = _SIGNS.get(step.state, (" ", "ink")) if step else _FAILED if feed.error else (" ", "ink")
        right = counts(feed, width)
        named = min(max(NAME_PREFIX[0], (width - cells(right)) * 9 // 20), NAME_PREFIX[1])
        room = width - named - cells(right) - 6
        tags = cut(" ".join(f"#{tag}" for tag in feed.tags), TAGGED) if width >= WIDEST_FROM else ""
        said = cut(job_progress.happened(step) or health(feed, width), room - (cells(tags) + 2 if tags else 0))
        name = cut(feed.name, named)
        told: Line = [(said, "muted"), *([("  ", "ink"), (tags, "editorial")] if tags else [])]
        gap = " " * (named + 2 - cells(name))
        left: Line = [(f"{sign} ", role), (name, "chosen" if chosen and focused else "ink"), (gap, "ink"), *told]
        return [spread(left, [(right, "muted")], width)]


def counts(feed: Feed, width: int) -> str:
    """Return the number of stories of a feed, and per day if there is room."""
    stories = f"{feed.stories:>7,}"
    if width < WIDE_FROM:
        return stories
    often = f"{feed.per_day:,.0f}" if feed.per_day >= 10 else f"{feed.per_day:.1f}" if feed.per_day else "–"
    return f"{often:>6} a day {stories}"


def health(feed: Feed, width: int) -> str:
    """Return the state of a feed in words that fit a row of `width` cells."""
    if feed.ended:
        return "permanently gone"
    if feed.error:
        return feed_failure(feed)[0]
    if not feed.good:
        return "not fetched yet"
    good = formatting.local_time(feed.good)
    if width < WIDE_FROM:
        return formatting.day(good)
    return f"{'last fetched' if width >= WIDEST_FROM else 'fetched'} {formatting.moment(good)}"
