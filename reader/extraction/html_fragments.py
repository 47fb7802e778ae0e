"""Pieces of HTML, as feeds carry them, to paragraphs of plain text: lists keep their marks, preformatted text its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement, defs

from reader.extraction.html_tree import drop_hidden, elements
from reader.extraction.page_lines import is_broken_to_width, joined_lines
from reader.text.sanitize import clean, clean_line

LINK = "\ufffc"
"""The character that stands for a link in the frame of a paragraph."""
_MARKUP = re.compile(r"</?(?P<name>[a-zA-Z][\w:-]{0,40})(?=[\s/>])[^<>]*>|<!(?:doctype|\[CDATA\[)[^<>]*>", re.I)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.S)  # escaped twice by its source
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_UNSEEN = frozenset("head script style template svg iframe select textarea title audio video".split())
_RAW = frozenset({"script", "style"})
_KNOWN = _UNSEEN | defs.tags | {"frame", "frameset", "noframes"}
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option p pre section summary table tbody tfoot thead tr"
    " ul".split()
)
_CELLS = frozenset({"td", "th"})
_LINES = ("br", "p", "div")
_MANY_LINES = frozenset("blockquote dl h1 h2 h3 h4 h5 h6 ol pre table ul".split())
_UNCLOSED = frozenset("a br font img p span time wbr".split())  # that a headline may have without an end tag
_BULLETS = "*+o-"
_POWER = re.compile(r"[+\u2212-]?\d{1,3}")
_BASE = re.compile(r"(?:[\d)]|(?<![^\W\d_])[^\W\d_]{1,2})$")
_TAB = 4  # columns
_VERSE = 100  # characters of the longest line of text that is indented with hard spaces
_LONGEST_POWER = 8


class Fragment(NamedTuple):
    """A paragraph: its text, and its frame, which is the text with LINK in place of every link.

    Preformatted text keeps its line breaks and the spaces at the start of its lines; any other text is one line.
    """

    text: str
    frame: str


def paragraphs(html: str) -> tuple[str, ...]:
    """The paragraphs of a piece of HTML, or of plain text, cleaned; each line that a browser would begin anew is one."""
    return tuple(fragment.text for fragment in fragments(html))


def fragments(html: str) -> tuple[Fragment, ...]:
    """The paragraphs of a piece of HTML, or of plain text, with their frames."""
    if "<" in html:
        html = _literal(html, _KNOWN)
    if not _MARKUP.search(html):
        return tuple(Fragment(text, text) for text in _plain(unescape(html)))
    tree = elements(html)
    if tree is None:
        return ()
    drop_hidden(tree)
    return tuple(_Layout(tree).fragments())


def line(html: str) -> str:
    """A piece of HTML as one line of text; a tag that nothing closes, as in `The <video> tag`, is part of the text."""
    if "<" not in html and "&" not in html:
        return clean_line(html)
    return " ".join(clean_line(text) for text in paragraphs(_literal(html, _UNCLOSED)))


def _literal(html: str, known: frozenset[str]) -> str:
    """The HTML with everything escaped that looks like markup and is none: `<` before no tag, and unknown tags without an end."""
    html = _CDATA.sub(r"\1", html) if "<![CDATA[" in html else html
    html = _COMMENT.sub("", html) if "<!--" in html else html
    closed = {match["name"].lower() for match in _MARKUP.finditer(html) if match["name"] and match.group().startswith("</")}

    def kept(match: re.Match[str]) -> str:
        name, tag = (match["name"] or "").lower(), match.group()
        if name in closed or not name.isalnum() or tag.endswith("/>"):
            return tag
        if name in known:
            return tag if name not in _UNSEEN or name in _RAW else " "  # it would hide all that follows
        return tag.replace("<", "&lt;")

    pieces, place = [], 0
    for match in _MARKUP.finditer(html):
        pieces += [html[place : match.start()].replace("<", "&lt;"), kept(match)]
        place = match.end()
    return "".join([*pieces, html[place:].replace("<", "&lt;")])


def _plain(text: str) -> Iterator[str]:
    """The paragraphs of plain text: parted by blank lines, and by the line breaks that no width explains."""
    blocks = [[" ".join(part.split()) for part in block.split("\n") if part.strip()] for block in _blocks(clean(text))]
    blocks = [block for block in blocks if block]
    wrapped = is_broken_to_width(blocks)
    for block in blocks:
        yield from map(clean_line, joined_lines(block) if wrapped else _unbroken(block))


def _blocks(text: str) -> list[str]:
    return re.split(r"\n[ \t]*\n", text)


def _unbroken(block: list[str]) -> Iterator[str]:
    """The lines of a block, joined where a sentence goes on in lower case."""
    paragraph = block[0]
    for part in block[1:]:
        if part[0].islower() and paragraph[-1:] not in ".!?…:;":
            paragraph += " " + part
        else:
            yield paragraph
            paragraph = part
    yield paragraph


class _Layout:
    """The paragraphs of a tree of elements, in one walk."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree
        self._found: list[Fragment] = []
        self._text: list[str] = []
        self._frame: list[str] = []
        self._links = self._unseen = self._raw = 0
        self._lists: list[int | None] = []
        self._mark = ""

    def fragments(self) -> list[Fragment]:
        """The paragraphs in the order of the document."""
        for event, element in etree.iterwalk(self._tree, events=("start", "end")):
            if not isinstance(element.tag, str):
                self._add(element.tail if event == "end" else None)
            elif event == "start":
                self._start(element)
            else:
                self._end(element)
        self._break()
        return self._found

    def _start(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in _UNSEEN:
            self._unseen += 1
            return
        self._apart(element)
        if tag == "pre":
            self._raw += 1
        elif tag == "q":
            self._add('"')
        elif tag in ("ol", "ul"):
            self._lists.append(_first_number(element) if tag == "ol" else None)
        elif tag == "li":
            self._item(element)
        elif tag == "a" and element.get("href"):
            if not self._links:
                self._frame.append(LINK)
            self._links += 1
        elif tag == "sup":
            self._power(element)
        self._add(element.text)

    def _end(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in _UNSEEN:
            self._unseen -= 1
        elif tag != "br":
            self._apart(element)
        if tag == "q":
            self._add('"')
        elif tag == "a" and element.get("href"):
            self._links -= 1
        if tag == "pre":
            self._raw -= 1
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        parent = element.getparent()
        if parent is not None and parent.tag == "mfrac" and element.getnext() is not None:
            self._add("/")
        self._add(element.tail)

    def _apart(self, element: HtmlElement) -> None:
        """Part what stands before and behind the start or the end of an element, as a browser would; a row is one line."""
        tag, parent = element.tag, element.getparent()
        cell = element if tag in _CELLS else parent if tag in _LINES and parent is not None and parent.tag in _CELLS else None
        if cell is not None and not _is_layout(cell):
            self._add(" ")
        elif tag == "br":
            self._add("\n", raw=True)
        elif tag in _BLOCKS or tag in _CELLS:
            self._break()

    def _add(self, text: str | None, *, raw: bool = False) -> None:
        """Add text to the paragraph; its white space counts in preformatted text alone."""
        if not text or self._unseen:
            return
        if not (raw or self._raw):
            text = text.replace("\n", " ").replace("\r", " ")
        if self._mark and text.strip():
            text, self._mark = f"{self._mark} {text.lstrip()}", ""
        self._text.append(text)
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

    def _power(self, element: HtmlElement) -> None:
        """Write a power as `10^3`, so that it is not read as another number; the sign of a note after a word stays as it is."""
        before = "".join(self._text[-2:])[-_LONGEST_POWER:]
        if _BASE.search(before) and _POWER.fullmatch((element.text_content() or "")[:_LONGEST_POWER].strip()):
            self._add("^")

    def _break(self) -> None:
        """End the paragraph."""
        text, frame = "".join(self._text), "".join(self._frame)
        self._text, self._frame = [], [LINK] if self._links else []
        if not text.strip():
            return
        if (self._raw or _is_verse(text)) and (kept := _as_written(text)):
            self._found.append(Fragment(kept, _as_written(frame)))
            return
        frames = frame.split("\n")
        lines = text.split("\n")
        frames = frames if len(frames) == len(lines) else lines
        pairs = ((clean_line(part), clean_line(shape)) for part, shape in zip(lines, frames, strict=True))
        self._found += [Fragment(part, shape) for part, shape in pairs if part]


def _is_layout(cell: HtmlElement) -> bool:
    """Whether a cell stands in a row with cells of several lines, as in tables that only lay out a text."""
    row = cell.getparent()
    return any(_has_lines(each) for each in (cell if row is None else row))


def _has_lines(cell: HtmlElement) -> bool:
    tags = [element.tag for element in cell.iterdescendants(*_LINES, *_MANY_LINES)]
    return len(tags) > 1 or not _MANY_LINES.isdisjoint(tags)


def _first_number(element: HtmlElement) -> int:
    start = element.get("start") or ""
    return int(start) if start.isdecimal() and len(start) < _LONGEST_POWER else 1


def _is_verse(text: str) -> bool:
    """Whether short lines are indented with hard spaces, as verse and code without `pre` are."""
    lines = text.split("\n")
    indented = any(part.lstrip(" \t").startswith("\u00a0\u00a0") and part.strip() for part in lines)
    return len(lines) > 1 and indented and max(map(len, lines)) <= _VERSE


def _as_written(text: str) -> str:
    """Preformatted text with its lines, without blank lines around it; hard spaces and tabs become spaces."""
    lines = [part.replace("\u00a0", " ").expandtabs(_TAB).rstrip() for part in clean(text).split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines) if len(lines) > 1 else "".join(lines).strip()
