"""The rail with the saved searches before the threads: a line each, so that they take little of its height."""

from __future__ import annotations

from reader.presentation.text_layout import Line, cells, cut, spread
from reader.tui.widgets.thread_rows import ThreadRows

SIGN = "/"
"""What stands before a saved search, as before a query that is typed."""


class ThreadListRows(ThreadRows):
    """Saved searches, air, and the threads."""

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """A saved search with what is unread of it, or a thread."""
        thread = self.threads[index]
        if not thread.query:
            return super().lines(index, width, chosen, focused)
        if thread.unread:
            right: Line = [(f"{thread.unread:,} ●", "unread"), (" ", "ink")]
        else:
            right = [(f"{thread.total:,}" if thread.total >= 0 else "…", "muted"), ("   ", "ink")]
        role = "chosen" if chosen and focused else "name" if thread.unread else "muted"
        room = width - sum(cells(text) for text, _ in right) - 3
        lines: list[Line] = [spread([(f"{SIGN} ", "accent"), (cut(thread.name, room), role)], right, width)]
        last = index + 1 == len(self.threads) or not self.threads[index + 1].query
        return [*lines, []] if last else lines
