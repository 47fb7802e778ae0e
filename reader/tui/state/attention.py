"""Which passages of a story were read: text counts when it was visible long enough and then scrolled past."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from reader.models import Span, Story
from reader.tui.widgets.story_layout import LaidOutLine

PACE = 25.0
"""Words per second of the fastest reader; text that passes faster was not read."""

Read = tuple[Story, list[Span]]
"""A story, and the spans of its body that were read."""


class AttentionTracker:
    """Follows the visible part of one story after another, and returns the spans of their bodies that were read.

    Spans are characters of the body, its paragraphs joined by a line break. Text counts once it scrolls out at the top, by lines
    or a page at a time, if it was visible for as long as its words take to read; so does the rest of a story that was scrolled to
    its end, when the reader goes on to another. Nothing counts of a jump further than a page, since it skips text that was never
    visible.
    """

    def __init__(self) -> None:
        self._story: Story | None = None
        self._lines: Sequence[LaidOutLine] = ()
        self._top = 0
        self._room = 0
        self._since = 0.0

    def look(self, story: Story, lines: Sequence[LaidOutLine], top: int, room: int, now: float) -> list[Read]:
        """Note the visible lines, `room` from `top` on, at a time in seconds; returns what was read since the last look."""
        if story != self._story:
            read = self.leave(now)
        elif not alike(lines, self._lines):
            read = []
        else:
            return self._moved(lines, top, room, now)
        self._story, self._lines, self._top, self._room, self._since = story, lines, top, room, now
        return read

    def leave(self, now: float) -> list[Read]:
        """Note that the reader leaves the story; returns what was read since the last look."""
        end, last = self._top + self._room, max((at for at, line in enumerate(self._lines, 1) if line.text), default=0)
        if not self._top or end < last:
            return []
        return self._passed(self._top, end, now)

    def _moved(self, lines: Sequence[LaidOutLine], top: int, room: int, now: float) -> list[Read]:
        before, self._lines, self._top, self._room = self._top, lines, top, room
        if top - before > room:
            self._since = now
            return []
        return self._passed(before, top, now)

    def _passed(self, start: int, end: int, now: float) -> list[Read]:
        """What was read of the lines from `start` to before `end`, which are no longer visible."""
        count = words(self._lines[start:end])
        if not count or self._story is None:
            return []
        # nobody reads beyond the visible text, so time left over does not count for later text
        taken_in = min((now - self._since) * PACE, words(self._lines[start : start + self._room]))
        if taken_in < count:
            self._since = now
            return []
        self._since = now - (taken_in - count) / PACE
        return [(self._story, spans(self._story, self._lines, start, end))]


def alike(lines: Sequence[LaidOutLine], others: Sequence[LaidOutLine]) -> bool:
    """Whether two layouts have the same text in the same lines, whatever is highlighted."""
    return lines is others or (
        len(lines) == len(others)
        and all((one.block, one.start) == (other.block, other.start) for one, other in zip(lines, others, strict=True))
    )


def words(lines: Sequence[LaidOutLine]) -> int:
    """The number of words of the body in lines."""
    return sum(len("".join(text for text, _ in line.text).split()) for line in lines if line.block and line.block[0] == "body")


def spans(story: Story, lines: Sequence[LaidOutLine], start: int, end: int) -> list[Span]:
    """The characters of the body in the lines from `start` to before `end`."""
    starts = list(accumulate((len(paragraph) + 1 for paragraph in story.body), initial=0))
    out: list[Span] = []
    for number in range(start, min(end, len(lines))):
        line = lines[number]
        if line.block and line.block[0] == "body":
            begin = starts[line.block[1]]
            following = lines[number + 1] if number + 1 < len(lines) else None
            # without a following line, the rest of the paragraph, if any, is elsewhere or hidden
            stop = following.start if following and following.block == line.block else line.end + 1
            out.append((begin + line.start, begin + stop))
    return out
