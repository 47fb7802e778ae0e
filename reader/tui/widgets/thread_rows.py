"""The rail: the threads, each with its name, what is unread of it, when it was told, and by whom."""

from __future__ import annotations

from collections.abc import Sequence

from reader.models import Thread
from reader.presentation import formatting
from reader.presentation.text_layout import Line, cells, cut, spread
from reader.tui.widgets.virtual_list import Rows

TALL_FROM = 31
"""Screen height in rows from which a thread takes three lines."""
WIDE_FROM = 72
"""Screen width in cells from which the rail stands beside the stories; below, it is a screen of its own."""


def rail_width(width: int) -> int:
    """The rail's width in cells on a screen of this width; all of it where the rail is a screen of its own."""
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
        """A saved search or a thread, set for `width` cells."""
        thread = self.threads[index]
        return (
            self._search_lines(index, width, chosen and focused)
            if thread.query
            else self._thread_lines(thread, width, chosen and focused)
        )

    def _thread_lines(self, thread: Thread, width: int, chosen: bool) -> list[Line]:
        """Name and unread count; flags, dates and new stories; on tall screens the outlets."""
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
        """The name of a saved search with its unread stories; a blank line after the last one."""
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
    """What the reader said of a thread as a whole, as signs: pinned, followed, muted."""
    return "▲" * thread.pinned + "◆" * thread.followed + "▽" * thread.muted


def _below(thread: Thread, room: int) -> Line:
    """Signs, the span of days, and how many stories are new to a follower; where both do not go in, no days."""
    signs, span = flags(thread), formatting.thread_span(thread)
    left: Line = [(f"{signs} ", "muted")] if signs else []
    count = min(thread.new, thread.unread)
    if not count:
        return [*left, (cut(span, room - cells(signs) - bool(signs)), "muted")]
    new: Line = [(f"{count:,} new", "new")]
    taken = sum(cells(text) for text, _ in [*left, *new])
    return spread([*left, (span, "muted")], new, room) if taken + cells(span) + 2 <= room else [*left, *new]
