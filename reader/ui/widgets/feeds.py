"""Feeds as rows of a list."""

from __future__ import annotations

from collections.abc import Sequence

from reader.model import Feed, Step
from reader.ui import tidings, words
from reader.ui.paint import Line, cells, cut, spread
from reader.ui.widgets.list import Rows

WIDE_FROM = 60
"""Cells from which a row tells of stories a day and tags."""
_FAILED, _WAITS = ("!", "error"), ("…", "muted")
_SIGNS = {"new": ("+", "new"), "failed": _FAILED, "ended": _FAILED, "asked": _WAITS, "reading": _WAITS}


class FeedRows(Rows):
    """Feeds by name, each with what came of asking it."""

    def __init__(self, feeds: Sequence[Feed], steps: dict[str, Step]) -> None:
        self.feeds = feeds
        self.steps = steps

    def __len__(self) -> int:
        return len(self.feeds)

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """A sign, the name, what happened, and how many stories there are."""
        feed = self.feeds[index]
        step = self.steps.get(feed.address)
        sign, role = _SIGNS.get(step.state, (" ", "ink")) if step else _FAILED if feed.error else (" ", "ink")
        right = f"{feed.stories:>6,}" if width < WIDE_FROM else f"{feed.per_day:>6.4g} a day {feed.stories:>7,}"
        room = width - cells(right) - 3
        name = cut(feed.name, max(10, room * 2 // 5))
        told = tidings.happened(step) or _health(feed)
        tags = "  " + " ".join(f"#{tag}" for tag in feed.tags) if feed.tags and width >= WIDE_FROM else ""
        gap = " " * max(2, room * 2 // 5 + 2 - cells(name))
        said = cut(told + tags, room - cells(name) - cells(gap))
        left: Line = [(f"{sign} ", role), (name, "chosen" if chosen and focused else "ink"), (gap, "ink"), (said, "muted")]
        return [spread(left, [(right, "muted")], width)]


def _health(feed: Feed) -> str:
    """How a feed is, in words."""
    if feed.ended:
        return "gone for good"
    if feed.error:
        return feed.error
    return f"last good {words.moment(feed.good[:16])}" if feed.good else "not asked yet"
