"""A story set into lines: its head, and its text with captions, hits and, where asked for, the lines that were left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from reader.models import Span, Story, StoryHeader
from reader.presentation import formatting
from reader.presentation.text_layout import Line, breaks, cells, cut, cutting, joined, wrap
from reader.tui.widgets.gutter import LIT, READ, GutterMark

if TYPE_CHECKING:
    from reader.library import Passage

Key = tuple[str, int]
"""A block of a story: what it is ("body", "caption", "removed") and its number."""

LONG_NOTE = 46
"""Width in cells from which a made headline is explained in full."""
SIGNS = 4
"""Cells kept free for the signs at the right of a head: air, star, air, unread."""
SHORTEST = 8
"""The least cells an outlet is cut to for the sake of the date beside it."""
NOTE = "no headline given; these are its first words"
SHORT_NOTE = "no headline; first words"


@dataclass(frozen=True, slots=True)
class LaidOutLine:
    """A line of a story as set: text, gutter, the block it is of, the character of it it starts at, its passage if marked."""

    text: Line
    sign: Line
    block: Key | None = None
    start: int = 0
    edge: GutterMark | None = None


@dataclass(frozen=True, slots=True)
class Highlight:
    """A word that was searched for, or a passage that was gone to: the block it stands in, its characters, and its role."""

    block: Key
    span: Span
    role: Literal["here", "pointed"] = "here"


@dataclass(frozen=True, slots=True)
class LayoutOptions:
    """How stories are set: `indent` marks paragraphs by an indent and not by a blank line, `removed` shows what was left out."""

    indent: bool = False
    removed: bool = False


@dataclass(frozen=True, slots=True)
class TextLayers:
    """What is laid over a story's text, block by block: hits, the hit the reader is at, what was read elsewhere already."""

    hits: Mapping[Key, Sequence[Span]] = field(default_factory=dict)
    here: Highlight | None = None
    known: Mapping[Key, Sequence[Span]] = field(default_factory=dict)

    def paint(self, block: TextBlock, words: Iterable[Span] = ()) -> Line:
        """A block's text with the spans in their roles; `words` are those in which it differs from another story."""
        laid = [(span, "read") for span in self.known.get(block.key, ())]
        laid += [(span, "words_differ") for span in words]
        laid += [(span, "hit") for span in self.hits.get(block.key, ())]
        if self.here is not None and self.here.block == block.key:
            laid.append((self.here.span, self.here.role))
        return layered(block.text, block.role, laid)


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph to be set: its key, a word said before it, its text and role, and the sign in its gutter."""

    key: Key
    said: str
    text: str
    role: str
    sign: str = ""


def blocks(story: Story, setting: LayoutOptions) -> Iterator[TextBlock]:
    """The paragraphs of a story in order: body, what was left out in its place, captions after the body."""
    left_out = list(enumerate(story.removed)) if setting.removed else []
    for number, text in enumerate(story.body):
        while left_out and left_out[0][1].before <= number:
            yield _left_out(story, left_out.pop(0)[0])
        yield TextBlock(("body", number), "", text, "ink")
    for number, _ in left_out:
        yield _left_out(story, number)
    for number, text in enumerate(story.captions):
        yield TextBlock(("caption", number), "Caption  ", text, "muted")


def _left_out(story: Story, number: int) -> TextBlock:
    removed = story.removed[number]
    return TextBlock(("removed", number), f"left out: {removed.why}  ", removed.text, "read", "×")


def texts(story: Story) -> Iterator[tuple[Key, str]]:
    """The blocks in which words are searched for, in the order they are read."""
    yield from ((("body", number), text) for number, text in enumerate(story.body))
    yield from ((("caption", number), text) for number, text in enumerate(story.captions))


def body_lines(story: Story, width: int, setting: LayoutOptions, layers: TextLayers | None = None) -> list[LaidOutLine]:
    """A story's text set ragged right into `width` cells, with what is laid over it."""
    out: list[LaidOutLine] = []
    for number, block in enumerate(blocks(story, setting)):
        indented = setting.indent and block.role == "ink"
        if out and not indented:
            out.append(LaidOutLine([], []))
        out += block_lines(block, width, layers or TextLayers(), "\u00a0\u00a0" if indented and number else "")
    return out


def block_lines(block: TextBlock, width: int, layers: TextLayers, indent: str = "") -> Iterator[LaidOutLine]:
    """A block's lines; in the gutter a dot where something begins that was read elsewhere, a pointer at what was gone to."""
    prefix = block.said or indent
    line: Line = [*[(prefix, "editorial")] * bool(prefix), *layers.paint(block)]
    known = [start + len(prefix) for start, _ in layers.known.get(block.key, ())]
    here = layers.here if layers.here and layers.here.block == block.key and layers.here.role == "pointed" else None
    for row, (start, end) in enumerate(breaks(prefix + block.text, width)):
        sign: Line = [(f"  {block.sign}", "muted")] if block.sign and not row else []
        if any(start <= at < end for at in known):
            sign = [(READ, "read")]
        if here and start <= here.span[0] + len(prefix) < end:
            sign = [(LIT, "focus")]
        yield LaidOutLine(cutting(line, start, end), sign, block.key, max(0, start - len(prefix)))


def layered(text: str, role: str, laid: Sequence[tuple[Span, str]]) -> Line:
    """A text in one role with spans in others, the later over the earlier."""
    edges = sorted({0, len(text), *(min(edge, len(text)) for span, _ in laid for edge in span)})
    out: Line = []
    for start, end in pairwise(edges):
        over = next((other for (a, b), other in reversed(laid) if a <= start and end <= b), role)
        out.append((text[start:end], over))
    return out


def spans_of(passages: Iterable[Passage]) -> dict[Key, list[Span]]:
    """Where passages stand, block by block: the form in which a column is told what was read elsewhere."""
    spans: dict[Key, list[Span]] = {}
    for passage in sorted(passages):
        spans.setdefault(("body", passage.paragraph), []).append((passage.start, passage.end))
    return spans


def title_lines(head: StoryHeader, width: int, most: int) -> list[Line]:
    """A headline in at most so many lines, the last one ended with … where there is more."""
    role = "made" if head.title_made else "head"
    lines = wrap([(head.title, role)], width)
    if len(lines) <= most:
        return lines
    start, _ = breaks(head.title, width)[most - 1]
    return [*lines[: most - 1], [(cut(head.title[start:][: 4 * width], width), role)]]


def head_lines(head: StoryHeader, width: int, notes: Sequence[str] = ()) -> list[Line]:
    """A column's head: outlet, headline, credits, and what must be said of it."""
    lines: list[Line] = [[outlet_span(head, width)], *title_lines(head, width, 2 if head.title_made else 3)]
    lines += joined(formatting.credit_pieces(head), width)
    if head.title_made:
        lines.append([(cut(NOTE if width >= LONG_NOTE else SHORT_NOTE, width), "editorial")])
    return lines + note_lines(notes, width)


def note_lines(notes: Sequence[str], width: int) -> list[Line]:
    """What must be said of a story, a line each."""
    return [[(cut(note, width), "editorial")] for note in notes]


def short_head_lines(head: StoryHeader, width: int) -> list[Line]:
    """The head on a screen of few rows: outlet and date in one line, the headline in another. The date is never cut."""
    date = f" · {formatting.listed(head)}"
    room = width - cells(date) - SIGNS
    first: Line = [outlet_span(head, width)] if room < SHORTEST else [outlet_span(head, room + SIGNS), (date, "muted")]
    return [first, [(cut(head.title, width), "made" if head.title_made else "head")]]


def outlet_span(head: StoryHeader, width: int) -> tuple[str, str]:
    """Who speaks."""
    room = max(1, width - SIGNS)
    return (cut(head.outlet, room), "outlet") if head.outlet else (cut(formatting.NO_OUTLET, room), "editorial")


def full_head_lines(head: StoryHeader, story: Story, width: int, airy: bool, notes: Sequence[str] = ()) -> list[Line]:
    """The head of a story that stands alone: nothing of the headline is cut, a rule below; with air where there is room."""
    air: list[Line] = [[]] * airy
    note: list[Line] = [[(cut(NOTE if width >= LONG_NOTE else SHORT_NOTE, width), "editorial")]] * head.title_made
    return [
        *air * 2,
        [outlet_span(head, width)],
        *air,
        *title_lines(head, width, 99),
        *note,
        *air,
        *joined([*formatting.credit_pieces(head), formatting.minutes(story)], width),
        *note_lines(notes, width),
        [("─" * width, "rule")],
        *air,
    ]


def status(head: StoryHeader, words_too: bool, news: str = "") -> Line:
    """The signs at the right of a head: the star, unread, and where it is known how much of it is new."""
    line: Line = [("★", "star")] if head.starred else []
    if not head.read:
        line += [(" ", "ink")] * bool(line) + [(f"● {news or 'unread'}" if words_too else "●", "unread")]
    return line
