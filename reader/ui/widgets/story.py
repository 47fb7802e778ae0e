"""A story set into lines: its head, and its text with captions, hits and, where asked for, the lines that were left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reader.model import Head, Span, Story
from reader.ui import words
from reader.ui.paint import Line, breaks, cells, cut, cutting, joined, mark, wrap

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
class SetLine:
    """A line of a story as set: text, sign in the gutter, the block it is of, and the character of the block it starts at."""

    text: Line
    sign: Line
    block: Key | None = None
    start: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A word that was searched for: the block it stands in, and its characters."""

    block: Key
    span: Span


@dataclass(frozen=True, slots=True)
class Setting:
    """How stories are set: `indent` marks paragraphs by an indent and not by a blank line, `removed` shows what was left out."""

    indent: bool = False
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph to be set: its key, a word said before it, its text and role, and the sign in its gutter."""

    key: Key
    said: str
    text: str
    role: str
    sign: str = ""


def blocks(story: Story, setting: Setting) -> Iterator[Block]:
    """The paragraphs of a story in order: body, what was left out in its place, captions after the body."""
    left_out = list(enumerate(story.removed)) if setting.removed else []
    for number, text in enumerate(story.body):
        while left_out and left_out[0][1].before <= number:
            yield _left_out(story, left_out.pop(0)[0])
        yield Block(("body", number), "", text, "ink")
    for number, _ in left_out:
        yield _left_out(story, number)
    for number, text in enumerate(story.captions):
        yield Block(("caption", number), "Caption  ", text, "muted")


def _left_out(story: Story, number: int) -> Block:
    removed = story.removed[number]
    return Block(("removed", number), f"left out: {removed.why}  ", removed.text, "read", "×")


def texts(story: Story) -> Iterator[tuple[Key, str]]:
    """The blocks in which words are searched for, in the order they are read."""
    yield from ((("body", number), text) for number, text in enumerate(story.body))
    yield from ((("caption", number), text) for number, text in enumerate(story.captions))


def body_lines(
    story: Story, width: int, setting: Setting, hits: Mapping[Key, Sequence[Span]] | None = None, here: Hit | None = None
) -> list[SetLine]:
    """A story's text set ragged right into `width` cells, hits marked, the one the reader is at more strongly."""
    out: list[SetLine] = []
    for number, block in enumerate(blocks(story, setting)):
        prefix = block.said or ("\u00a0\u00a0" if setting.indent and number and block.role == "ink" else "")
        line: Line = [(prefix, "editorial")] * bool(prefix) + _marked(block, (hits or {}).get(block.key, ()), here)
        whole = prefix + block.text
        if out and not (setting.indent and block.role == "ink"):
            out.append(SetLine([], []))
        for row, (start, end) in enumerate(breaks(whole, width)):
            sign: Line = [(block.sign, "muted")] if block.sign and not row else []
            out.append(SetLine(cutting(line, start, end), sign, block.key, max(0, start - len(prefix))))
    return out


def _marked(block: Block, spans: Sequence[Span], here: Hit | None) -> Line:
    """A block's text with its hits."""
    line = mark(block.text, spans, block.role)
    if here is None or here.block != block.key:
        return line
    start, end = here.span
    return [*cutting(line, 0, start), (block.text[start:end], "here"), *cutting(line, end, len(block.text))]


def title_lines(head: Head, width: int, most: int) -> list[Line]:
    """A headline in at most so many lines, the last one ended with … where there is more."""
    role = "made" if head.title_made else "head"
    lines = wrap([(head.title, role)], width)
    if len(lines) <= most:
        return lines
    start, _ = breaks(head.title, width)[most - 1]
    return [*lines[: most - 1], [(cut(head.title[start:][: 4 * width], width), role)]]


def head_lines(head: Head, width: int, notes: Sequence[str] = ()) -> list[Line]:
    """A column's head: outlet, headline, credits, and what must be said of it."""
    lines: list[Line] = [[outlet_span(head, width)], *title_lines(head, width, 2 if head.title_made else 3)]
    lines += joined(words.credit_pieces(head), width)
    if head.title_made:
        lines.append([(cut(NOTE if width >= LONG_NOTE else SHORT_NOTE, width), "editorial")])
    return lines + note_lines(notes, width)


def note_lines(notes: Sequence[str], width: int) -> list[Line]:
    """What must be said of a story, a line each."""
    return [[(cut(note, width), "editorial")] for note in notes]


def short_head_lines(head: Head, width: int) -> list[Line]:
    """The head on a screen of few rows: outlet and date in one line, the headline in another. The date is never cut."""
    date = f" · {words.listed(head)}"
    room = width - cells(date) - SIGNS
    first: Line = [outlet_span(head, width)] if room < SHORTEST else [outlet_span(head, room + SIGNS), (date, "muted")]
    return [first, [(cut(head.title, width), "made" if head.title_made else "head")]]


def outlet_span(head: Head, width: int) -> tuple[str, str]:
    """Who speaks."""
    room = max(1, width - SIGNS)
    return (cut(head.outlet, room), "outlet") if head.outlet else (cut(words.NO_OUTLET, room), "editorial")


def full_head_lines(head: Head, story: Story, width: int, airy: bool, notes: Sequence[str] = ()) -> list[Line]:
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
        *joined([*words.credit_pieces(head), words.minutes(story)], width),
        *note_lines(notes, width),
        [("─" * width, "rule")],
        *air,
    ]


def status(head: Head, words_too: bool) -> Line:
    """The signs at the right of a head: the star, unread."""
    line: Line = [("★", "star")] if head.starred else []
    if not head.read:
        line += [(" ", "ink")] * bool(line) + [("● unread" if words_too else "●", "unread")]
    return line
