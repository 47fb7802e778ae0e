"""A story set passage by passage, each beginning a line with its sign in the gutter; what is not to be shown leaves one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reader.models import Span, Story
from reader.presentation import formatting
from reader.presentation.comparison_view import MarkedPassage
from reader.presentation.text_layout import breaks, cut, cutting
from reader.tui.widgets.gutter import GutterMark
from reader.tui.widgets.story_layout import LaidOutLine, LayoutOptions, TextBlock, TextLayers, block_lines, blocks

LEFT = "⋯"
"""Stands where passages are not shown."""


def marked_lines(
    story: Story,
    width: int,
    setting: LayoutOptions,
    noted: Sequence[MarkedPassage],
    layers: TextLayers,
    hidden: Mapping[int, str] | None = None,
) -> list[LaidOutLine]:
    """A story's text set by passages; `hidden` are the passages left out, each with what is said of it, None where all are shown.

    Paragraphs always stand apart by a blank line.
    """
    out: list[LaidOutLine] = []
    left: list[str] = []

    def apart() -> None:
        if out:
            out.append(LaidOutLine([], []))

    def fold() -> None:
        if left:
            apart()
            out.append(LaidOutLine([(cut(folded(left), width), "editorial")], []))
            left.clear()

    for block in blocks(story, replace(setting, indent=False)):
        if block.key[0] != "body":
            fold()
            apart()
            out.extend(block_lines(block, width, layers))
            continue
        begun = False
        for (start, end), mark in segments(block.text, [each for each in noted if each.passage.paragraph == block.key[1]]):
            if hidden is not None and (mark is None or mark.passage.index in hidden):
                left.extend([hidden[mark.passage.index]] if mark else [])
                continue
            if left:
                fold()
                begun = False
            if not begun:
                apart()
            begun = True
            out.extend(_segment_lines(block, (start, end), mark, width, layers))
    fold()
    return out


def folded(left: Sequence[str]) -> str:
    """What is said of passages that are not shown: "⋯ 4 passages told by all", "⋯ 5 passages" where they are not alike."""
    said = f"{LEFT} {formatting.count(len(left), 'passage')}"
    return f"{said} {left[0]}".rstrip() if len(set(left)) == 1 else said


def segments(text: str, noted: Sequence[MarkedPassage]) -> Iterator[tuple[Span, MarkedPassage | None]]:
    """A paragraph cut at its passages; what lies between two is a piece of its own, signs alone go with the passage before."""
    cuts: list[tuple[Span, MarkedPassage | None]] = []
    at = 0
    for mark in [*noted, None]:
        start, end = (mark.passage.start, mark.passage.end) if mark else (len(text), len(text))
        between = text[at:start]
        if any(letter.isalnum() for letter in between):
            cuts.append(((at, start), None))
        elif between.strip() and cuts:
            (begin, _), last = cuts[-1]
            cuts[-1] = ((begin, start), last)
        if mark:
            cuts.append(((start, end), mark))
        at = end
    yield from cuts or [((0, len(text)), None)]


def _segment_lines(
    block: TextBlock, span: Span, mark: MarkedPassage | None, width: int, layers: TextLayers
) -> Iterator[LaidOutLine]:
    """The lines of one passage, or of what lies between two."""
    start, end = span
    line = layers.paint(block, mark.words if mark else ())
    known = mark is not None and any(a <= start and mark.passage.end <= b for a, b in layers.known.get(block.key, ()))
    for row, (a, b) in enumerate(breaks(block.text[start:end], width)):
        edge = GutterMark(mark, row, known) if mark else None
        yield LaidOutLine(cutting(line, start + a, start + b), [], block.key, start + a, edge)
