"""Rows of the thread list: saved searches, then threads with unread count, dates and outlets."""

from __future__ import annotations

from collections.abc import Sequence

from reader.models import Thread
from reader.presentation import formatting
from reader.presentation.text_layout import Line, cells, cut, spread
from reader.tui.widgets.virtual_list import Rows

TALL_FROM = 31
"""Screen height in rows from which a thread takes three lines."""
WIDE_FROM = 72
"""Screen width in cells from which the list stands beside the stories; below, it fills the screen."""


def rail_width(width: int) -> int:
    """Return the width of the list in cells on a screen of this width."""
    if width < WIDE_FROM:
        return width
    return 27 if width < 100 else max(26, min(36, width // 5))


SIGN = "/"
"""The sign before a saved search, as before a query being typed."""


class ThreadListRows(Rows):
    """The list of threads: saved searches in one line each, then threads in two lines, three on tall screens."""

    def __init__(self, threads: Sequence[Thread], *, tall: bool) -> None:
        self.threads = threads
        self.tall = tall

    def __len__(self) -> int:
        return len(self.threads)

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """Return a saved search or a thread, for `width` cells."""
        thread = self.threads[index]
        return (
            self._search_lines(index, width, chosen and focused)
            if thread.query
            else self._thread_lines(thread, width, chosen and focused)
        )

    def _thread_lines(self, thread: Thread, width: int, chosen: bool) -> list[Line]:
        """Return name and unread count; flags, dates and new stories; on tall screens the outlets."""
        calls = thread.unread and not thread.muted
        if calls:
            right: Line = [(f"{thread.unread}/{len(thread.stories)} ●", "unread"), (" ", "ink")]
        else:
            right = [(str(len(thread.stories)), "muted"), ("   ", "ink")]
        role = "chosen" if chosen else "name" if calls else "muted"
        room = width - sum(cells(text) for text, _ in right) - 1
        lines: list[Line] = [spread([(cut(thread.name, room), role)], right, width), _below(thread, width - 1)]
        if self.tall:
            lines.append([(formatting.outlets(thread, width - 1), "muted")])
        return [*lines, []]

    def _search_lines(self, index: int, width: int, chosen: bool) -> list[Line]:
        """Return the name of a saved search with its unread stories, and a blank line after the last one."""
        thread = self.threads[index]
        if thread.unread:
            right: Line = [(f"{thread.unread:,} ●", "unread"), (" ", "ink")]
        else:
            right = [(f"{thread.total:,}" if thread.total >= 0 else "…", "muted"), ("   ", "ink")]
        role = "chosen" if chosen else "name" if thread.unread else "muted"
        room = width - sum(cells(text) for text, _ in right) - 3
        lines: list[Line] = [spread([(f"{SIGN} ", "accent"), (cut(thread.name, room), role)], right, width)]
        last = index + 1 == len(self.threads) or not self.threads[index + 1].query
        return [*lines, []] if last else lines


def flags(thread: Thread) -> str:
    """Return the signs for a pinned, followed and muted thread."""
    return "▲" * thread.pinned + "◆" * thread.followed + "▽" * thread.muted


def _below(thread: Thread, room: int) -> Line:
    """Return flags, dates, and the number of stories new to a follower; without dates if both do not fit."""
    signs, span = flags(thread), formatting.thread_span(thread)
    left: Line = [(f"{signs} ", "muted")] if signs else []
    count = min(thread.new, thread.unread)
    if not count:
        return [*left, (cut(span, room - cells(signs) - bool(signs)), "muted")]
    new: Line = [(f"{count:,} new", "new")]
    taken = sum(cells(text) for text, _ in [*left, *new])
    return spread([*left, (span, "muted")], new, room) if taken + cells(span) + 2 <= room else [*left, *new]
