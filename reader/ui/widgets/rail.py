"""The rail: the threads, each with its name, what is unread of it, when it was told, and by whom."""

from __future__ import annotations

from collections.abc import Sequence

from reader.model import Thread
from reader.ui import words
from reader.ui.paint import Line, cells, cut, spread
from reader.ui.widgets.list import Rows

TALL_FROM = 31
"""Screen height in rows from which a thread takes three lines."""
WIDE_FROM = 72
"""Screen width in cells from which the rail stands beside the stories; below, it is a screen of its own."""


def rail_width(width: int) -> int:
    """The rail's width in cells on a screen of this width; all of it where the rail is a screen of its own."""
    if width < WIDE_FROM:
        return width
    return 27 if width < 100 else max(26, min(36, width // 5))


class ThreadRows(Rows):
    """Threads as rows of a list: two lines, three on tall screens, and air."""

    def __init__(self, threads: Sequence[Thread], *, tall: bool) -> None:
        self.threads = threads
        self.tall = tall

    def __len__(self) -> int:
        return len(self.threads)

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """Signs, name and unread of all, the span of days and what is new, and on tall screens the outlets."""
        thread = self.threads[index]
        calls = thread.unread and not thread.muted
        if calls:
            right: Line = [(f"{thread.unread}/{len(thread.stories)} ●", "unread"), (" ", "ink")]
        else:
            right = [(str(len(thread.stories)), "muted"), ("   ", "ink")]
        role = "chosen" if chosen and focused else "name" if calls else "muted"
        left: Line = [(f"{signs} ", "muted")] if (signs := flags(thread)) else []
        room = width - sum(cells(text) for text, _ in [*left, *right]) - 1
        lines: list[Line] = [spread([*left, (cut(thread.name, room), role)], right, width), _when(thread, width - 1)]
        if self.tall:
            lines.append([(words.outlets(thread, width - 1), "muted")])
        return [*lines, []]


def flags(thread: Thread) -> str:
    """What the reader said of a thread as a whole, as signs: pinned, followed, muted."""
    return "▲" * thread.pinned + "◆" * thread.followed + "▽" * thread.muted


def _when(thread: Thread, room: int) -> Line:
    """The span of days and how many stories are new to a follower; the news alone where both do not go in."""
    span = words.thread_span(thread)
    count = min(thread.new, thread.unread)
    if not thread.followed or not count:
        return [(cut(span, room), "muted")]
    new = f"{count:,} new"
    if cells(span) + 2 + cells(new) > room:
        return [(new, "new")]
    return spread([(span, "muted")], [(new, "new")], room)
