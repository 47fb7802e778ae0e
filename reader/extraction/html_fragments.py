"""Pieces of HTML, as feeds carry them, to paragraphs of plain text: lists keep their marks, preformatted text its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from lxml.html import defs

from reader.extraction.html_layout import UNSEEN, Fragment, HtmlLayout
from reader.extraction.html_tree import drop_hidden, elements, may_hide
from reader.extraction.page_lines import is_broken_to_width, joined_lines
from reader.models import PLAIN, Block, Media
from reader.text.sanitize import clean, clean_line
from reader.text.urls import bare_links

_MARKUP = re.compile(r"</?(?P<name>[a-zA-Z][\w:-]{0,40})(?=[\s/>])[^<>]*>|<!(?:doctype|\[CDATA\[)[^<>]*>", re.I)
_CLOSED = re.compile(r"</([a-zA-Z][\w:-]{0,40})(?=[\s/>])[^<>]*>")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.S)  # escaped twice by its source
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_RAW = frozenset({"script", "style"})
_KNOWN = UNSEEN | defs.tags | {"frame", "frameset", "noframes"}
_UNCLOSED = frozenset("a br font img p span time wbr".split())  # that a headline may have without an end tag


class FragmentList(NamedTuple):
    """The paragraphs of a piece of HTML, and its media, each with the number of the paragraph it stands before."""

    fragments: tuple[Fragment, ...] = ()
    media: tuple[Media, ...] = ()


def paragraphs(html: str) -> tuple[str, ...]:
    """The paragraphs of a piece of HTML, or of plain text, cleaned; each line that a browser would begin anew is one."""
    return tuple(fragment.text for fragment in fragments(html))


def fragments(html: str) -> tuple[Fragment, ...]:
    """The paragraphs of a piece of HTML, or of plain text, with their frames and structure."""
    return read(html).fragments


def read(html: str, base: str = "") -> FragmentList:
    """The paragraphs and the media of a piece of HTML, or of plain text; relative addresses are completed by `base`."""
    if "<" in html:
        html = _literal(html, _KNOWN)
    if not _MARKUP.search(html):
        return FragmentList(tuple(Fragment(text, text, _plain_block(text, close=close)) for text, close in _plain(unescape(html))))
    tree = elements(html)
    if tree is None:
        return FragmentList()
    if may_hide(html):
        drop_hidden(tree)
    found, media = HtmlLayout(tree, base).read()
    return FragmentList(tuple(found), tuple(media))


def _plain_block(text: str, *, close: bool) -> Block:
    """The structure of a line or paragraph of plain text: addresses in it are links."""
    links = bare_links(text)
    return Block(parting="tight" if close else "apart", inline=links) if links or close else PLAIN


def line(html: str) -> str:
    """A piece of HTML as one line of text; a tag that nothing closes, as in `The <video> tag`, is part of the text."""
    if "<" not in html and "&" not in html:
        return clean_line(html)
    return " ".join(clean_line(text) for text in paragraphs(_literal(html, _UNCLOSED)))


def _literal(html: str, known: frozenset[str]) -> str:
    """The HTML with everything escaped that looks like markup and is none: `<` before no tag, and unknown tags without an end."""
    html = _CDATA.sub(r"\1", html) if "<![CDATA[" in html else html
    html = _COMMENT.sub("", html) if "<!--" in html else html
    if _is_markup_only(html, known):
        return html
    closed = {match["name"].lower() for match in _MARKUP.finditer(html) if match["name"] and match.group().startswith("</")}

    def kept(match: re.Match[str]) -> str:
        name, tag = (match["name"] or "").lower(), match.group()
        if name in closed or not name.isalnum() or tag.endswith("/>"):
            return tag
        if name in known:
            return tag if name not in UNSEEN or name in _RAW else " "  # it would hide all that follows
        return tag.replace("<", "&lt;")

    pieces, place = [], 0
    for match in _MARKUP.finditer(html):
        pieces += [html[place : match.start()].replace("<", "&lt;"), kept(match)]
        place = match.end()
    return "".join([*pieces, html[place:].replace("<", "&lt;")])


def _is_markup_only(html: str, known: frozenset[str]) -> bool:
    """Whether every `<` begins a tag that may stay as it is: a fast test that most pieces of HTML pass."""
    names = _MARKUP.findall(html)
    if len(names) != html.count("<"):
        return False
    found = {name.lower() for name in set(names) if name}
    harmless = (known - UNSEEN) | _RAW
    return found <= harmless or found - harmless <= {name.lower() for name in set(_CLOSED.findall(html))}


def _plain(text: str) -> Iterator[tuple[str, bool]]:
    """The paragraphs of plain text, parted by blank lines and by line breaks that no width explains; True for the latter."""
    blocks = [[" ".join(part.split()) for part in block.split("\n") if part.strip()] for block in _blocks(clean(text))]
    blocks = [block for block in blocks if block]
    wrapped = is_broken_to_width(blocks)
    for block in blocks:
        for number, line in enumerate(joined_lines(block) if wrapped else _unbroken(block)):
            yield clean_line(line), number > 0


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
