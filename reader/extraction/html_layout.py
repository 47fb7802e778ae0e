"""The layout of a tree of HTML elements: paragraphs with their structure, and the pictures, sounds and videos between them."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement
from msgspec.structs import replace

from reader.extraction.html_media import MediaReader, sign
from reader.extraction.html_tree import link_address
from reader.extraction.inline_runs import Mark, MarkedText, Run, as_written, joined_line, joined_lines, lines
from reader.models import PLAIN, Block, BlockKind, Inline, InlineKind, Media, Parting, Span
from reader.text.sanitize import clean_line
from reader.text.urls import bare_links

LINK = "\ufffc"
"""The character that stands for a link in the frame of a paragraph."""
UNSEEN = frozenset("head script style template svg iframe select textarea title audio video".split())
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option p pre section summary table tbody tfoot thead tr"
    " ul".split()
)
_CELLS = frozenset({"td", "th"})
_LINES = ("br", "p", "div")
_MANY_LINES = frozenset("blockquote dl h1 h2 h3 h4 h5 h6 ol pre table ul".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_CAPTIONS = frozenset({"caption", "figcaption"})
_MEDIA = frozenset("img audio video source iframe embed object".split())
_STYLES: dict[str, InlineKind] = {
    **dict.fromkeys(("b", "strong", "summary"), "strong"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "emphasis"),
    **dict.fromkeys(("code", "tt", "kbd", "samp"), "code"),
    **dict.fromkeys(("del", "s", "strike"), "deleted"),
    "sup": "superscript",
    "sub": "subscript",
    "ins": "inserted",
}
_IS_UNSEEN, _IS_MEDIA, _IS_APART, _IS_MARKED, _IS_BLOCK, _IS_CELL, _IS_OTHER = (1 << bit for bit in range(7))
_ROLES: dict[str, int] = {}
"""What is to be done for the elements of each name; the others only contain text."""
for _names, _role in (
    (UNSEEN, _IS_UNSEEN),
    (_MEDIA, _IS_MEDIA),
    ((*_BLOCKS, *_CELLS, "br"), _IS_APART),
    (("a", *_STYLES, *_CELLS), _IS_MARKED),
    (_BLOCKS, _IS_BLOCK),
    (_CELLS, _IS_CELL),
    (("q", "mfrac"), _IS_OTHER),
):
    for _name in _names:
        _ROLES[_name] = _ROLES.get(_name, 0) | _role
_BULLETS = "*+o-"
_POWER = re.compile(r"[+\u2212-]?\d{1,3}")
_BASE = re.compile(r"(?:[\d)]|(?<![^\W\d_])[^\W\d_]{1,2})$")
_LANGUAGE = re.compile(r"(?:^|\s)(?:lang(?:uage)?-|highlight-source-|brush:\s?|sourceCode\s)(?P<name>[A-Za-z][\w+#.-]{0,20})")
_VERSE = 100  # characters of the longest line of text that is indented with hard spaces
_LONGEST_POWER = 8
_MOST_MARKS = 20_000  # links and styles of one document
_WIDEST = 200  # cells of a row


class Fragment(NamedTuple):
    """A paragraph: its text, its frame, which is the text with LINK in place of every link, and its structure.

    Preformatted text keeps its line breaks and the spaces at the start of its lines; any other text is one line.
    """

    text: str
    frame: str
    block: Block = PLAIN


class HtmlLayout:
    """The paragraphs of a tree of elements, in one walk; relative addresses are completed by `base`."""

    def __init__(self, tree: HtmlElement, base: str = "") -> None:
        self._tree = tree
        self._base = base
        self._found: list[Fragment] = []
        self._runs: list[Run] = []
        self._frame: list[str] = []
        self._links = self._unseen = self._raw = self._cells = self._fractions = 0
        self._lists: list[int | None] = []
        self._mark = ""
        self._marker = 0
        """The characters of the marker that the paragraph starts with."""
        self._media = MediaReader(base)
        self._active: tuple[Mark, ...] = ()
        """The links and styles around the present place."""
        self._outer: list[tuple[Mark, ...]] = []
        self._marks = 0
        self._heading = self._quotes = self._details = self._captions = self._terms = 0
        self._language = ""
        self._row: HtmlElement | None = None
        self._row_cells = self._row_filled = self._head_cells = 0
        self._group = 0
        """The number of the present table or outermost list, by which its rows and items stand close to each other."""
        self._last_group = 0
        self._rule = False
        self._layout_row: tuple[HtmlElement | None, bool] = (None, False)

    def read(self) -> tuple[list[Fragment], list[Media]]:
        """Return the paragraphs and the media in the order of the document."""
        for event, element in etree.iterwalk(self._tree, events=("start", "end")):
            tag: object = element.tag
            text: str | None
            if not isinstance(tag, str):
                text = element.tail if event == "end" else None
            elif event == "start":
                text = self._start(element, tag)
            else:
                text = self._end(element, tag)
            if text and not self._unseen:
                self._add(text)
        self._break()
        return self._found, self._media.found

    def _start(self, element: HtmlElement, tag: str) -> str | None:
        """Begin an element; returns its text."""
        roles = _ROLES.get(tag, 0)
        text: str | None = element.text
        if not roles:
            return text
        if roles & _IS_MEDIA:
            self._picture(element, tag)
        if roles & _IS_UNSEEN:
            self._unseen += 1
            return None
        if roles & _IS_APART:
            self._apart(element, tag)
        if roles & _IS_MARKED:
            self._outer.append(self._active)
            self._begin(element, tag)
        if roles & _IS_BLOCK:
            self._open(element)
        elif tag == "q":
            self._add('"')
        elif tag == "mfrac":
            self._fractions += 1
        return text

    def _end(self, element: HtmlElement, tag: str) -> str | None:
        """End an element; returns the text behind it."""
        roles = _ROLES.get(tag, 0)
        if roles:
            if roles & _IS_UNSEEN:
                self._unseen -= 1
            elif roles & _IS_APART and tag != "br":
                self._apart(element, tag)
            if roles & _IS_MARKED:
                self._active = self._outer.pop()
                if tag == "a" and element.get("href"):
                    self._links -= 1
                elif roles & _IS_CELL:
                    self._cells -= 1
            if roles & _IS_BLOCK:
                self._close(element)
            elif tag == "q":
                self._add('"')
            elif tag == "mfrac":
                self._fractions -= 1
        if self._fractions:
            parent = element.getparent()
            if parent is not None and parent.tag == "mfrac" and element.getnext() is not None:
                self._add("/")
        tail: str | None = element.tail
        return tail

    def _picture(self, element: HtmlElement, tag: str) -> None:
        """Take a picture of signs into the line, and note any other picture, sound or video."""
        if words := sign(element):
            self._add(words.replace("\n", " "))
        elif not self._unseen or tag == "source":
            self._media.add(element, next((mark.href for mark in self._active if mark.kind == "link"), ""))

    def _begin(self, element: HtmlElement, tag: str) -> None:
        """Begin a link, a style or a cell."""
        if tag in _CELLS:
            self._cells += 1
            self._cell(element)
        elif tag == "a":
            if element.get("href"):
                if not self._links:
                    self._frame.append(LINK)
                self._links += 1
                self._link(element)
        elif tag != "sup" or not self._power(element):
            self._style(_STYLES[tag])

    def _open(self, element: HtmlElement) -> None:
        """Note what a block is, for the paragraphs in it."""
        tag = element.tag
        if tag in ("ol", "ul"):
            self._group += not self._lists
            self._lists.append(_first_number(element) if tag == "ol" else None)
        elif tag == "li":
            self._item(element)
        elif tag == "pre":
            self._raw += 1
            self._language = _language(element)
        elif tag in _HEADINGS:
            self._heading = int(tag[1])
        elif tag == "tr":
            self._row, self._row_cells, self._row_filled, self._head_cells = element, 0, 0, 0
        elif tag == "hr":
            self._rule = bool(self._found)
        self._count(tag, 1)

    def _close(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        elif tag == "pre":
            self._raw -= 1
        elif tag in _HEADINGS:
            self._heading = 0
        elif tag == "tr":
            self._row = None
        self._count(tag, -1)

    def _count(self, tag: str, by: int) -> None:
        """Count the elements of a kind around the present place."""
        if tag == "blockquote":
            self._quotes += by
        elif tag == "dd":
            self._details += by
        elif tag == "dt":
            self._terms += by
        elif tag in _CAPTIONS:
            self._captions += by
        elif tag == "table":
            self._group += 1

    def _cell(self, element: HtmlElement) -> None:
        """Begin a cell of a table; a cell that spans columns counts as many."""
        if self._row is None or self._is_layout(self._row) or self._row_cells >= _WIDEST:
            return
        self._active = (*self._active, Mark(-1, self._row_cells))
        self._row_filled += 1
        self._head_cells += element.tag == "th"
        span = element.get("colspan") or ""
        self._row_cells += min(int(span), _WIDEST) if span.isdecimal() and len(span) < _LONGEST_POWER and int(span) else 1

    def _link(self, element: HtmlElement) -> None:
        if any(mark.kind == "link" for mark in self._active) or self._marks >= _MOST_MARKS:
            return
        if address := link_address(element.get("href"), self._base):
            self._marks += 1
            self._active = (*self._active, Mark(self._marks, "link", address))

    def _style(self, kind: InlineKind) -> None:
        """Begin a style; preformatted text, headings and terms have one of their own."""
        plain = self._raw or (kind == "strong" and (self._heading or self._terms))
        if not plain and self._marks < _MOST_MARKS and all(mark.kind != kind for mark in self._active):
            self._marks += 1
            self._active = (*self._active, Mark(self._marks, kind))

    def _apart(self, element: HtmlElement, tag: str) -> None:
        """Part what stands before and behind the start or the end of an element, as a browser would; a row is one line."""
        cell = None
        if tag in _CELLS:
            cell = element
        elif self._cells and tag in _LINES:
            parent = element.getparent()
            cell = parent if parent is not None and parent.tag in _CELLS else None
        if cell is not None and not self._is_layout(cell.getparent()):
            self._add(" ")
        elif tag == "br":
            self._add("\n", raw=True)
        else:
            self._break()

    def _is_layout(self, row: HtmlElement | None) -> bool:
        """Whether a row has a cell of several lines, as in tables that only lay out a text."""
        if row is None:
            return False
        if self._layout_row[0] is not row:
            self._layout_row = row, any(_has_lines(each) for each in row)
        return self._layout_row[1]

    def _add(self, text: str, *, raw: bool = False) -> None:
        """Add text to the paragraph; its white space counts in preformatted text alone."""
        if self._unseen:
            return
        if not (raw or self._raw) and ("\n" in text or "\r" in text):
            text = text.replace("\n", " ").replace("\r", " ")
        if self._mark and text.strip():
            self._runs.append((f"{self._mark} ", ()))
            if not self._links:
                self._frame.append(f"{self._mark} ")
            text, self._marker, self._mark = text.lstrip(), len(self._mark) + 1, ""
        self._runs.append((text, self._active))
        if not self._links:
            self._frame.append(text)

    def _item(self, element: HtmlElement) -> None:
        """Note the mark of an item of a list."""
        depth = max(0, len(self._lists) - 1)
        number = self._lists[-1] if self._lists else None
        if number is None:
            self._mark = _BULLETS[depth % len(_BULLETS)]
            return
        stated = element.get("value") or ""
        number = int(stated) if stated.isdecimal() and len(stated) < _LONGEST_POWER else number
        self._mark, self._lists[-1] = f"{number}.", number + 1

    def _power(self, element: HtmlElement) -> bool:
        """Write a power as `10^3`, so that it is not read as another number; the sign of a note after a word stays as it is."""
        before = "".join(text for text, _ in self._runs[-3:])[-_LONGEST_POWER:]
        if _BASE.search(before) and _POWER.fullmatch((element.text_content() or "")[:_LONGEST_POWER].strip()):
            self._add("^")
            return True
        return False

    def _break(self) -> None:
        """End the paragraph."""
        runs = self._runs
        if runs:
            self._runs = []
            text = "".join([text for text, _ in runs])
            if text.strip():
                self._end_paragraph(text, runs, "".join(self._frame))
                self._rule = False
        if self._frame:
            self._frame = [LINK] if self._links else []
        self._media.place(len(self._found))

    def _end_paragraph(self, text: str, runs: list[Run], frame: str) -> None:
        block = self._block()
        if "\n" not in text and not self._raw:
            marked = joined_line(text, runs)
            if marked.text:
                self._put(marked, marked.text if frame == text else clean_line(frame), block)
            return
        if (self._raw or _is_verse(text)) and (marked := joined_lines(text, runs)).text:
            kind = "code" if self._raw else block.kind
            self._put(marked, as_written(frame), replace(block, kind=kind, language=self._language if self._raw else ""))
            return
        parted, shapes = list(lines(runs)), frame.split("\n")
        above = False
        for number, line in enumerate(parted):
            marked = joined_line("".join([part for part, _ in line]), line)
            if marked.text:
                shape = clean_line(shapes[number]) if len(shapes) == len(parted) else marked.text
                self._put(marked, shape, replace(block, parting="tight") if above else block)
                block = replace(block, kind="paragraph", marker=0) if block.kind == "item" else block
            above = bool(marked.text)

    def _block(self) -> Block:
        """The structure of the paragraph that ends here, without its inline spans."""
        in_row = self._row is not None and self._row_cells > 1
        group = self._group if self._lists or in_row else 0
        close = group and group == self._last_group and (in_row or self._marker)
        self._last_group = group
        marker, self._marker = self._marker, 0
        parting: Parting = "rule" if self._rule else "tight" if close else "apart"
        if self._heading:
            return Block("heading", self._heading, self._quotes, marker, parting)
        if in_row:
            return Block("row", int(self._head_cells > 0 and self._head_cells >= self._row_filled), self._quotes, marker, parting)
        level = len(self._lists) + self._details
        kind: BlockKind = "caption" if self._captions else "term" if self._terms else "item" if marker else "paragraph"
        return Block(kind, level, self._quotes, marker, parting)

    def _put(self, marked: MarkedText, frame: str, block: Block) -> None:
        if block.kind == "row":
            block = replace(block, cells=_cells(marked, self._row_cells))
        inline = marked.inline
        if "://" in marked.text and block.kind != "code":
            inline = _with_bare_links(marked.text, inline)
        self._found.append(Fragment(marked.text, frame, replace(block, inline=inline) if inline else block))


def _cells(marked: MarkedText, count: int) -> tuple[Span, ...]:
    """The spans of all cells of a row; one without text is empty, behind the cell before it."""
    cells: list[Span] = []
    filled = dict(marked.cells)
    for number in range(count):
        end = cells[-1][1] if cells else 0
        cells.append(filled.get(number, (end, end)))
    return tuple(cells)


def _with_bare_links(text: str, inline: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Inline spans with the addresses written out in the text that are no links yet."""
    taken = [(each.start, each.end) for each in inline if each.kind == "link"]
    new = [link for link in bare_links(text)[:_WIDEST] if not any(link.start < end and start < link.end for start, end in taken)]
    return tuple(sorted((*inline, *new), key=lambda each: (each.start, -each.end))) if new else inline


def _has_lines(cell: HtmlElement) -> bool:
    tags = [element.tag for element in cell.iterdescendants(*_LINES, *_MANY_LINES)]
    return len(tags) > 1 or not _MANY_LINES.isdisjoint(tags)


def _first_number(element: HtmlElement) -> int:
    start = element.get("start") or ""
    return int(start) if start.isdecimal() and len(start) < _LONGEST_POWER else 1


def _language(element: HtmlElement) -> str:
    """Language of preformatted text by the classes of its element, of that around it, or of the first one in it."""
    parent = element.getparent()
    around = [element, *([] if parent is None else [parent]), *element[:1]]
    found = (_LANGUAGE.search(each.get("class") or "") for each in around)
    return next((match["name"].casefold() for match in found if match), "")


def _is_verse(text: str) -> bool:
    """Whether short lines are indented with hard spaces, as verse and code without `pre` are."""
    parts = text.split("\n")
    indented = any(part.lstrip(" \t").startswith("\u00a0\u00a0") and part.strip() for part in parts)
    return len(parts) > 1 and indented and max(map(len, parts)) <= _VERSE
