"""The layout of a story: its head, and its text with captions, highlights and, on request, the lines that were left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from reader.models import PLAIN, Block, Inline, Media, Span, Story, StoryHeader
from reader.presentation import formatting
from reader.presentation.block_layout import LineSpan, TableLayout, block_role, line_spans, row_lines, table_layouts
from reader.presentation.media import details, media_text
from reader.presentation.reasons import describe
from reader.presentation.styled_text import layered
from reader.presentation.text_layout import Line, breaks, cells, cut, cutting, cuttings, joined, wrap
from reader.tui.widgets.gutter import LIT, READ, GutterMark

if TYPE_CHECKING:
    from reader.library import Passage

Key = tuple[str, int]
"""A block of a story: its kind ("body", "caption", "media", "removed", "note") and its number."""

LONG_NOTE = 46
"""Width in cells from which a generated headline is explained in full."""
SIGNS = 4
"""Cells reserved for the signs at the right of a head: blank, star, blank, unread."""
SHORTEST = 8
"""Minimum width of an outlet beside its date, in cells."""
RULE = 12
"""Width in cells of a rule between two paragraphs."""
NOTE = "no headline; these are its first words"
SHORT_NOTE = "no headline; first words"


class LaidOutLine(Struct, frozen=True):
    """A line of a story: text, gutter, its block, the characters it starts and ends at, and its passage in a comparison."""

    text: Line
    sign: Line
    block: Key | None = None
    start: int = 0
    edge: GutterMark | None = None
    end: int = 0


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
        return layered(block.text, block.role, laid, block.block.inline)


class TextBlock(Struct, frozen=True):
    """A paragraph: its key, a label before it, its text and role, the sign in its gutter, its structure and that of its table."""

    key: Key
    said: str
    text: str
    role: str
    sign: str = ""
    block: Block = PLAIN
    table: TableLayout | None = None

    @property
    def is_close(self) -> bool:
        """Whether it stands close to the paragraph above, without a blank line."""
        return self.block.parting == "tight" and (self.table is None or bool(self.table.widths))


def blocks(story: Story, setting: LayoutOptions, width: int) -> Iterator[TextBlock]:
    """Yield the paragraphs of a story in order: body with media and left-out lines in their places, captions after the body."""
    left_out = list(enumerate(story.removed)) if setting.removed else []
    shown = [(number, media) for number, media in enumerate(story.media) if media.at is not None]
    structure = story.blocks or (PLAIN,) * len(story.body)
    tables = table_layouts(story.body, structure, width)
    for number, (text, block) in enumerate(zip(story.body, structure, strict=True)):
        while shown and (shown[0][1].at or 0) <= number:
            yield _media(*shown.pop(0))
        while left_out and left_out[0][1].before <= number:
            yield _left_out(story, left_out.pop(0)[0])
        yield TextBlock(("body", number), "", text, block_role(block), "", block, tables.get(number))
    for number, media in shown:
        yield _media(number, media)
    for number, _ in left_out:
        yield _left_out(story, number)
    if story.subscribers_only:
        yield TextBlock(("note", 0), "", formatting.SUBSCRIBERS_ONLY, "editorial")
    for number, text in enumerate(story.captions):
        yield TextBlock(("caption", number), "Caption  ", text, "muted")


def _media(number: int, media: Media) -> TextBlock:
    """The line in the place of a picture, sound or video: what it shows, or else the name of its file."""
    text = ", ".join([media_text(media), *details(media)])
    link = (Inline(0, len(text), "link", media.url),) if media.url else ()
    return TextBlock(("media", number), f"{media.role.title()}  ", text, "muted", "", Block(inline=link))


def _left_out(story: Story, number: int) -> TextBlock:
    removed, inline = story.removed[number], story.removed[number].inline
    return TextBlock(("removed", number), f"left out: {describe(removed.why)}  ", removed.text, "read", "×", Block(inline=inline))


def texts(story: Story) -> Iterator[tuple[Key, str]]:
    """Yield the blocks that are searched for matches, in reading order."""
    yield from ((("body", number), text) for number, text in enumerate(story.body))
    yield from ((("caption", number), text) for number, text in enumerate(story.captions))


def body_lines(story: Story, width: int, setting: LayoutOptions, layers: TextLayers | None = None) -> list[LaidOutLine]:
    """Lay out a story's text ragged right in `width` cells, with its layers."""
    out: list[LaidOutLine] = []
    for number, block in enumerate(blocks(story, setting, width)):
        indented = setting.indent and block.role == "ink" and not (block.block.level or block.block.quotes or block.table)
        out += parting(block, width) if out and not indented else []
        out += block_lines(block, width, layers or TextLayers(), "\u00a0\u00a0" if indented and number else "")
    return out


def parting(block: TextBlock, width: int) -> list[LaidOutLine]:
    """Return the lines between a paragraph and the one above."""
    blank = LaidOutLine([], [])
    if block.block.parting == "rule":
        return [blank, LaidOutLine([("─" * min(width, RULE), "rule")], []), blank]
    return [] if block.is_close else [blank]


def block_lines(block: TextBlock, width: int, layers: TextLayers, indent: str = "") -> Iterator[LaidOutLine]:
    """Yield a block's lines; a dot in the gutter marks text read elsewhere, a pointer the passage that was jumped to."""
    prefix = block.said or indent
    known = [start for start, _ in layers.known.get(block.key, ())]
    here = layers.here if layers.here and layers.here.block == block.key and layers.here.role == "pointed" else None
    for row, line in enumerate(part_lines(block, (0, len(block.text)), layers.paint(block), width, prefix)):
        sign: Line = [(f"  {block.sign}", "muted")] if block.sign and not row else []
        if any(line.start <= at < line.end for at in known):
            sign = [(READ, "read")]
        if here and line.start <= here.span[0] < line.end:
            sign = [(LIT, "focus")]
        yield replace(line, sign=sign)


def part_lines(block: TextBlock, span: Span, painted: Line, width: int, prefix: str = "") -> Iterator[LaidOutLine]:
    """Yield the lines of a part of a block, `painted` as a whole; `prefix` stands before its first word."""
    if block.table is not None and span == (0, len(block.text)):
        spans = row_lines(block.text, block.block, block.table, painted, width)
    elif prefix:
        words, shift = prefix + block.text, len(prefix)
        line: Line = [(prefix, "editorial"), *painted]
        spans = (
            LineSpan([], max(0, start - shift), max(0, end - shift), cutting(line, start, end))
            for start, end in breaks(words, width)
        )
    else:
        spans = line_spans(block.text, block.block, span, width)
    found_lines = list(spans)
    cut_lines = cuttings(painted, ((each.start, each.end) for each in found_lines if each.line is None))
    for each in found_lines:
        text = [*each.before, *next(cut_lines)] if each.line is None else each.line
        yield LaidOutLine(text, [], block.key, each.start, None, each.end)


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
