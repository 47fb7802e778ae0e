"""The layout of a story: its head, and its text with captions, highlights and, on request, the lines that were left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from reader.models import Span, Story, StoryHeader
from reader.presentation import formatting
from reader.presentation.reasons import describe
from reader.presentation.text_layout import Line, breaks, cells, cut, cutting, joined, wrap
from reader.tui.widgets.gutter import LIT, READ, GutterMark

if TYPE_CHECKING:
    from reader.library import Passage

Key = tuple[str, int]
"""A block of a story: its kind ("body", "caption", "removed", "note") and its number."""

LONG_NOTE = 46
"""Width in cells from which a generated headline is explained in full."""
SIGNS = 4
"""Cells reserved for the signs at the right of a head: blank, star, blank, unread."""
SHORTEST = 8
"""Minimum width of an outlet beside its date, in cells."""
NOTE = "no headline; these are its first words"
SHORT_NOTE = "no headline; first words"


class LaidOutLine(Struct, frozen=True):
    """A line of a story: text, gutter, its block, the character it starts at, and its passage in a comparison."""

    text: Line
    sign: Line
    block: Key | None = None
    start: int = 0
    edge: GutterMark | None = None


class Highlight(Struct, frozen=True):
    """A search match, or a passage that was jumped to: its block, its characters and its role."""

    block: Key
    span: Span
    role: Literal["here", "pointed"] = "here"


class LayoutOptions(Struct, frozen=True):
    """Layout choices: `indent` marks paragraphs by an indent instead of a blank line, `removed` shows left-out lines."""

    indent: bool = False
    removed: bool = False


class TextLayers(Struct, frozen=True):
    """Spans laid over a story's text by block: matches, the current match, passages read elsewhere."""

    hits: Mapping[Key, Sequence[Span]] = {}
    here: Highlight | None = None
    known: Mapping[Key, Sequence[Span]] = {}

    def paint(self, block: TextBlock, words: Iterable[Span] = ()) -> Line:
        """Return the text of a block with spans in their roles; `words` are those that differ from another story."""
        laid = [(span, "read") for span in self.known.get(block.key, ())]
        laid += [(span, "words_differ") for span in words]
        laid += [(span, "hit") for span in self.hits.get(block.key, ())]
        if self.here is not None and self.here.block == block.key:
            laid.append((self.here.span, self.here.role))
        return layered(block.text, block.role, laid)


class TextBlock(Struct, frozen=True):
    """A paragraph: its key, a label before it, its text and role, and the sign in its gutter."""

    key: Key
    said: str
    text: str
    role: str
    sign: str = ""


def blocks(story: Story, setting: LayoutOptions) -> Iterator[TextBlock]:
    """Yield the paragraphs of a story in order: body, left-out lines in their places, captions after the body."""
    left_out = list(enumerate(story.removed)) if setting.removed else []
    for number, text in enumerate(story.body):
        while left_out and left_out[0][1].before <= number:
            yield _left_out(story, left_out.pop(0)[0])
        yield TextBlock(("body", number), "", text, "ink")
    for number, _ in left_out:
        yield _left_out(story, number)
    if story.subscribers_only:
        yield TextBlock(("note", 0), "", formatting.SUBSCRIBERS_ONLY, "editorial")
    for number, text in enumerate(story.captions):
        yield TextBlock(("caption", number), "Caption  ", text, "muted")


def _left_out(story: Story, number: int) -> TextBlock:
    removed = story.removed[number]
    return TextBlock(("removed", number), f"left out: {describe(removed.why)}  ", removed.text, "read", "×")


def texts(story: Story) -> Iterator[tuple[Key, str]]:
    """Yield the blocks that are searched for matches, in reading order."""
    yield from ((("body", number), text) for number, text in enumerate(story.body))
    yield from ((("caption", number), text) for number, text in enumerate(story.captions))


def body_lines(story: Story, width: int, setting: LayoutOptions, layers: TextLayers | None = None) -> list[LaidOutLine]:
    """Lay out a story's text ragged right in `width` cells, with its layers."""
    out: list[LaidOutLine] = []
    for number, block in enumerate(blocks(story, setting)):
        indented = setting.indent and block.role == "ink"
        if out and not indented:
            out.append(LaidOutLine([], []))
        out += block_lines(block, width, layers or TextLayers(), "\u00a0\u00a0" if indented and number else "")
    return out


def block_lines(block: TextBlock, width: int, layers: TextLayers, indent: str = "") -> Iterator[LaidOutLine]:
    """Yield a block's lines; a dot in the gutter marks text read elsewhere, a pointer the passage that was jumped to."""
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
    """Return a text in one role with spans in others; later spans win."""
    edges = sorted({0, len(text), *(min(edge, len(text)) for span, _ in laid for edge in span)})
    out: Line = []
    for start, end in pairwise(edges):
        over = next((other for (a, b), other in reversed(laid) if a <= start and end <= b), role)
        out.append((text[start:end], over))
    return out


def spans_of(passages: Iterable[Passage]) -> dict[Key, list[Span]]:
    """Return the spans of passages by block, as a column takes them."""
    spans: dict[Key, list[Span]] = {}
    for passage in sorted(passages):
        spans.setdefault(("body", passage.paragraph), []).append((passage.start, passage.end))
    return spans


def title_lines(head: StoryHeader, width: int, most: int) -> list[Line]:
    """Return a headline in at most `most` lines, the last one cut with … if necessary."""
    role = "made" if head.title_made else "head"
    lines = wrap([(head.title, role)], width)
    if len(lines) <= most:
        return lines
    start, _ = breaks(head.title, width)[most - 1]
    return [*lines[: most - 1], [(cut(head.title[start:][: 4 * width], width), role)]]


def head_lines(head: StoryHeader, width: int, notes: Sequence[str] = ()) -> list[Line]:
    """Return the head of a column: outlet, headline, credits and notes."""
    lines: list[Line] = [[outlet_span(head, width)], *title_lines(head, width, 2 if head.title_made else 3)]
    lines += joined(formatting.credit_pieces(head), width)
    if head.title_made:
        lines.append([(cut(NOTE if width >= LONG_NOTE else SHORT_NOTE, width), "editorial")])
    return lines + note_lines(notes, width)


def note_lines(notes: Sequence[str], width: int) -> list[Line]:
    """Return notes on a story, one line each."""
    return [[(cut(note, width), "editorial")] for note in notes]


def short_head_lines(head: StoryHeader, width: int) -> list[Line]:
    """Return the head for low screens: outlet and date in one line, the headline in another. The date is never cut."""
    date = f" · {formatting.published_day(head)}"
    room = width - cells(date) - SIGNS
    first: Line = [outlet_span(head, width)] if room < SHORTEST else [outlet_span(head, room + SIGNS), (date, "muted")]
    return [first, [(cut(head.title, width), "made" if head.title_made else "head")]]


def stacked_head_lines(head: StoryHeader, width: int, notes: Sequence[str] = ()) -> list[Line]:
    """Return the head of a story that shares a column with others: outlet and date, headline, notes, and a blank line."""
    first, _ = short_head_lines(head, width)
    return [first, *title_lines(head, width, 3), *note_lines(notes, width), []]


def outlet_span(head: StoryHeader, width: int) -> tuple[str, str]:
    """Return the name of the outlet with its role."""
    room = max(1, width - SIGNS)
    return (cut(head.outlet, room), "outlet") if head.outlet else (cut(formatting.NO_OUTLET, room), "editorial")


def full_head_lines(head: StoryHeader, story: Story, width: int, airy: bool, notes: Sequence[str] = ()) -> list[Line]:
    """Return the head of a full-width story: complete headline, a rule below, and blank lines if there is room."""
    air: list[Line] = [[]] * airy
    note: list[Line] = [[(cut(NOTE if width >= LONG_NOTE else SHORT_NOTE, width), "editorial")]] * head.title_made
    return [
        *air * 2,
        [outlet_span(head, width)],
        *air,
        *title_lines(head, width, 99),
        *note,
        *air,
        *joined([*formatting.credit_pieces(head), formatting.reading_time(story)], width),
        *note_lines(notes, width),
        [("─" * width, "rule")],
        *air,
    ]


def status(head: StoryHeader, words_too: bool, news: str = "") -> Line:
    """Return the signs at the right of a head: star, unread, and how much is new if that is known."""
    line: Line = [("★", "star")] if head.starred else []
    if not head.read:
        line += [(" ", "ink")] * bool(line) + [(f"● {news or 'unread'}" if words_too else "●", "unread")]
    return line
