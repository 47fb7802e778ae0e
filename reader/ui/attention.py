"""What of a story was read, told from what stood in sight: text that is scrolled past, no faster than anybody reads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from reader.model import Span, Story
from reader.ui.widgets.story import SetLine

PACE = 25.0
"""Words a second that the quickest reader takes in; text that passes faster was not read."""


class Attention:
    """Follows one text as it is scrolled, and gives the spans of the body that were read.

    Spans are characters of the body, its paragraphs joined by a line break. Text counts once it leaves the sight at the top, line
    by line or a page at a time, if it stood there as long as its words take. A jump further than a page passes over text that never
    was in sight: nothing of it counts, nor what the jump began from.
    """

    def __init__(self) -> None:
        self._lines: Sequence[SetLine] = ()
        self._top = 0
        self._since = 0.0

    def look(self, story: Story, lines: Sequence[SetLine], top: int, room: int, now: float) -> list[Span]:
        """Note what stands in sight at a time in seconds, `room` lines from `top` on; the spans read since the last look."""
        if lines is not self._lines:
            self._lines, self._top, self._since = lines, top, now
            return []
        before, self._top = self._top, top
        if top - before > room:
            self._since = now
        passed = lines[before:top] if top - before <= room else []
        count = words(passed)
        if not count:
            return []
        # nobody reads ahead of what stands on the screen: time that went by beyond that is not saved up
        since = max(self._since, now - words(lines[before : before + room]) / PACE)
        if now - since < count / PACE:
            self._since = now
            return []
        self._since = since + count / PACE
        return spans(story, lines, before, top)


def words(lines: Sequence[SetLine]) -> int:
    """How many words of a story's body stand in some lines."""
    return sum(len("".join(text for text, _ in line.text).split()) for line in lines if line.block and line.block[0] == "body")


def spans(story: Story, lines: Sequence[SetLine], start: int, end: int) -> list[Span]:
    """The characters of the body that stand in the lines from one to before another."""
    starts = list(accumulate((len(paragraph) + 1 for paragraph in story.body), initial=0))
    out: list[Span] = []
    for number in range(start, end):
        line = lines[number]
        if line.block and line.block[0] == "body":
            at = line.block[1]
            following = next((later for later in lines[number + 1 :] if later.block), None)
            same = following is not None and following.block == line.block
            stop = starts[at] + following.start if same and following else starts[at + 1]
            out.append((starts[at] + line.start, stop))
    return out
