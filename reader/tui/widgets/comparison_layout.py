"""The layout of a compared story: each passage starts a line with its sign in the gutter; hidden passages leave one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from reader.models import Span, Story
from reader.presentation import formatting
from reader.presentation.comparison_view import MarkedPassage
from reader.presentation.text_layout import cut
from reader.tui.widgets.gutter import GutterMark
from reader.tui.widgets.story_layout import (
    LaidOutLine,
    LayoutOptions,
    TextBlock,
    TextLayers,
    block_lines,
    blocks,
    part_lines,
    parting,
)

LEFT = "⋯"
"""The sign for hidden passages."""


def marked_lines(
    story: Story,
    width: int,
    setting: LayoutOptions,
    noted: Sequence[MarkedPassage],
    layers: TextLayers,
    hidden: Mapping[int, str] | None = None,
) -> list[LaidOutLine]:
    """Lay out a story passage by passage; `hidden` maps hidden passages to the label of their group, None shows all.

    Paragraphs are always separated by a blank line.
    """
    out: list[LaidOutLine] = []
    left: list[str] = []

    def apart(block: TextBlock | None = None) -> None:
        if out:
            out.extend(parting(block, width) if block else [LaidOutLine([], [])])

    def fold() -> None:
        if left:
            apart()
            out.append(LaidOutLine([(cut(folded(left), width), "editorial")], []))
            left.clear()

    for block in blocks(story, replace(setting, indent=False), width):
        if block.key[0] != "body":
            fold()
            apart(block)
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
                apart(block)
            begun = True
            out.extend(_segment_lines(block, (start, end), mark, width, layers))
    fold()
    return out


def folded(left: Sequence[str]) -> str:
    """Return the label for hidden passages: "⋯ 4 passages shared by all", or "⋯ 5 passages" if they differ in kind."""
    said = f"{LEFT} {formatting.count(len(left), 'passage')}"
    return f"{said} {left[0]}".rstrip() if len(set(left)) == 1 else said


def segments(text: str, noted: Sequence[MarkedPassage]) -> Iterator[tuple[Span, MarkedPassage | None]]:
    """Split a paragraph at its passages; text between two is a segment of its own, bare punctuation joins the passage before."""
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
    """Return the lines of one passage, or of the text between two."""
    start, end = span
    line = layers.paint(block, mark.words if mark else ())
    known = mark is not None and any(a <= start and mark.passage.end <= b for a, b in layers.known.get(block.key, ()))
    for row, each in enumerate(part_lines(block, (start, end), line, width)):
        yield replace(each, edge=GutterMark(mark, row, known) if mark else None)
