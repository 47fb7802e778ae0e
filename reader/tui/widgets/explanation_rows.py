"""Rows that explain a thread: its key words, and what each of its stories shares with others."""

from __future__ import annotations

from collections.abc import Sequence

from reader.models import Explanation, RelatedStory, StoryHeader, Thread
from reader.presentation import formatting
from reader.presentation.text_layout import Line, cut, wrap
from reader.tui.widgets.virtual_list import WIDEST, Rows

LABEL = 8
"""Cells for the label of a line: words, names, quoted, time."""


class ThreadExplanationRows(Rows):
    """The key words of a thread, then its stories with what links each to the nearest ones."""

    def __init__(self, thread: Thread, stories: Sequence[tuple[StoryHeader, Sequence[RelatedStory]]]) -> None:
        self.thread = thread
        self.stories = stories

    def __len__(self) -> int:
        return 1 + len(self.stories)

    def selectable(self, index: int) -> bool:
        """Return whether the row is a story."""
        return index > 0

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """Return the key words, or one story and its links."""
        room = min(width, WIDEST) - 2
        if index == 0:
            terms = ", ".join(self.thread.terms) or "None: the thread has only one story."
            return [[("Key words of the thread, the most distinctive first", "accent")], *wrap([(terms, "ink")], room), []]
        head, related = self.stories[index - 1]
        lines = head_lines(head, room, chosen and focused)
        for near in related:
            inside = near.head.thread == self.thread.id
            name = (
                f"{formatting.outlet(near.head)}, {formatting.published_day(near.head)}{'' if inside else ', in another thread'}: "
            )
            lines += wrap([(name, "muted"), (", ".join(near.why) or "no words in common", "ink")], room)
        return [*lines, []]


class StoryExplanationRows(Rows):
    """A story and its links to its thread, then the other stories; the selected one shows what links the two."""

    def __init__(self, head: StoryHeader, why: Explanation, others: Sequence[StoryHeader]) -> None:
        self.head = head
        self.why = why
        self.others = others
        self.known: dict[str, Explanation] = {}

    def __len__(self) -> int:
        return 1 + len(self.others)

    def selectable(self, index: int) -> bool:
        """Return whether the row is one of the other stories."""
        return index > 0

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """Return the story itself, or another one."""
        room = min(width, WIDEST) - 2
        if index == 0:
            lines = [*head_lines(self.head, room, False), *why_lines(self.why, room, "nearest: {}"), []]
            return [[("Links to the thread", "accent")], *lines, [("Links to the other stories", "accent")]]
        head = self.others[index - 1]
        lines = head_lines(head, room, chosen and focused)
        if chosen and head.id in self.known:
            lines += [*why_lines(self.known[head.id], room, "{}"), []]
        return lines


def head_lines(head: StoryHeader, room: int, chosen: bool) -> list[Line]:
    """Return a headline, and below it outlet and date."""
    return [
        [(cut(head.title, room), "made" if head.title_made else "chosen" if chosen else "head")],
        [(cut(f"{formatting.outlet(head)} · {formatting.published_day(head)}", room), "muted")],
    ]


def why_lines(why: Explanation, room: int, apart: str) -> list[Line]:
    """Return shared words, names and quotations, and the time between; `apart` is the format of the last."""
    told = [("words", ", ".join(why.terms)), ("names", ", ".join(why.names)), *(("quoted", f"“{quote}”") for quote in why.quotes)]
    told.append(("time", apart.format(formatting.days_apart(why))))
    lines: list[Line] = []
    for label, text in told:
        for number, line in enumerate(wrap([(text or "none in common", "ink")], max(1, room - LABEL))):
            lines.append([(f"{'' if number else label:<{LABEL}}", "muted"), *line])
    return lines
