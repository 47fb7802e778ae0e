"""The structure of a story whose text was chosen from a page: found again in the layout of the page, letter by letter.

What belongs to a story is decided on plain text. Its paragraphs are then looked up in the page by their letters and digits alone,
so that neither spaces nor list marks nor the borders of cells matter, and take over what stands there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence

from lxml.html import HtmlElement
from msgspec import Struct
from msgspec.structs import replace

from reader.extraction.html_layout import Fragment, HtmlLayout
from reader.models import PLAIN, Block, Inline, Media, RemovedLine, Span, Story
from reader.text.boilerplate import boilerplate_label
from reader.text.urls import bare_links

_SURE = 24  # letters of a text that is found wherever it stands; a shorter one must be a whole paragraph of the page
_LONGEST_HEADING = 200  # characters
_TRIES = 50
_POST = Block("heading", 3)
_LIST_MARK = "- "


class PageLayout(Struct, frozen=True):
    """The paragraphs and media of a page, and the letters of all paragraphs in one text, with their places."""

    fragments: Sequence[Fragment]
    media: Sequence[Media]
    letters: str
    starts: Sequence[int]
    """Number of letters before each paragraph."""
    places: Sequence[Sequence[int]]
    """For each paragraph the places of its letters in its text."""


class _Found(Struct, frozen=True):
    """Where the letters of a text stand in a page: the first one, and the first and the last paragraph."""

    start: int
    first: int
    last: int


def page_layout(tree: HtmlElement, base: str) -> PageLayout:
    """Lay out a page; relative addresses are completed by `base`."""
    fragments, media = HtmlLayout(tree, base).read()
    places = [_letters(fragment.text, fragment.block.marker) for fragment in fragments]
    starts, parts, size = [], [], 0
    for fragment, found in zip(fragments, places, strict=True):
        starts.append(size)
        parts.append(_folded("".join(fragment.text[at] for at in found)))
        size += len(found)
    return PageLayout(fragments, media, "".join(parts), starts, places)


def with_structure(story: Story, page: PageLayout, posts: Collection[str] = ()) -> Story:
    """A story with the structure that its paragraphs have in the page.

    Lines of code become one paragraph, as written, and headings between paragraphs that were passed over are taken in; not so in
    a live blog, whose headings are `posts`.
    """
    merger = _Merger(story, page, posts)
    for text in story.body:
        merger.add(text)
    return merger.story()


class _Merger:
    """Takes the paragraphs of a story in order and gives each the structure of its place in the page."""

    def __init__(self, story: Story, page: PageLayout, posts: Collection[str]) -> None:
        self._story, self._page, self._posts = story, page, posts
        self._body: list[str] = []
        self._blocks: list[Block] = []
        self._numbers: list[int] = []
        """The new number of each paragraph."""
        self._used: list[tuple[int, int]] = []
        """Paragraphs of the page with those of the story."""
        self._cursor = 0
        self._code = -1
        known = (*story.body, *(line.text for line in story.removed), *story.captions, story.title.value or "")
        self._known = {_only_letters(text) for text in known}

    def add(self, text: str) -> None:
        """Add the next paragraph."""
        found = None if text in self._posts else _find(text, self._page, self._cursor)
        block = _POST if text in self._posts else PLAIN
        if found is not None:
            self._take_headings(found.first)
            self._cursor = max(self._cursor, found.start)
            fragment = self._page.fragments[found.first]
            if fragment.block.kind == "code" and found.first == found.last:
                if self._code != found.first:
                    self._put(fragment.text, fragment.block, found.first)
                self._code = found.first
                self._numbers.append(len(self._body) - 1)
                return
            text, block = _transferred(text, self._page, found)
        self._code = -1
        self._numbers.append(len(self._body))
        self._put(text, block if block.inline else replace(block, inline=bare_links(text)), found.first if found else None)

    def _put(self, text: str, block: Block, place: int | None) -> None:
        if place is not None:
            self._used.append((place, len(self._body)))
        self._body.append(text)
        self._blocks.append(block)

    def _take_headings(self, place: int) -> None:
        """Take in the headings right before a paragraph of the page, behind the paragraph of the story before."""
        last, first = self._used[-1][0] if self._used else -1, place
        while not self._posts and first - 1 > last and self._is_heading(self._page.fragments[first - 1]):
            first -= 1
        for number in range(first, place):
            self._put(self._page.fragments[number].text, self._page.fragments[number].block, number)

    def _is_heading(self, fragment: Fragment) -> bool:
        """Whether a paragraph of the page is a heading within a story: no link to another one, and not left out on purpose."""
        block, text = fragment.block, fragment.text
        if block.kind != "heading" or block.marker or len(text) > _LONGEST_HEADING or boilerplate_label(text):
            return False
        linked = sum(each.end - each.start for each in block.inline if each.kind == "link")
        return 2 * linked < len(text) and _only_letters(text) not in self._known

    def _removed(self, line: RemovedLine) -> RemovedLine:
        """A removed line with its new place and its links."""
        before = self._numbers[line.before] if line.before < len(self._numbers) else len(self._body)
        found = _find(line.text, self._page, 0)
        inline = _transferred(line.text, self._page, found)[1].inline if found else ()
        return replace(line, before=before, inline=inline)

    def story(self) -> Story:
        """The story with its structure; one of plain paragraphs only has media."""
        media = tuple(_placed(self._page.media, self._used))
        if all(block == PLAIN for block in self._blocks):
            return replace(self._story, media=media)
        removed = tuple(map(self._removed, self._story.removed))
        return replace(self._story, body=tuple(self._body), blocks=tuple(self._blocks), removed=removed, media=media)


def _only_letters(text: str) -> str:
    return _folded("".join(filter(str.isalnum, text)))


def with_bare_links(story: Story) -> Story:
    """A story of plain text with the addresses in it as links."""
    blocks = [_plain_block(text) for text in story.body]
    return replace(story, blocks=tuple(blocks)) if any(block != PLAIN for block in blocks) else story


def _plain_block(text: str) -> Block:
    return Block(inline=links) if (links := bare_links(text)) else PLAIN


def _letters(text: str, start: int = 0) -> list[int]:
    """Places of the letters and digits of a text."""
    return [at for at in range(start, len(text)) if text[at].isalnum()]


def _folded(letters: str) -> str:
    """Letters in lower case; those of which one would become two stay as they are."""
    lower = letters.lower()
    return lower if len(lower) == len(letters) else letters


def _find(text: str, page: PageLayout, cursor: int) -> _Found | None:
    """Where a text stands in a page: behind the one before if possible, else anywhere."""
    needle = _only_letters(text)
    if not needle or not page.letters:
        return None
    for begin in (cursor, 0):
        start, best = page.letters.find(needle, begin), None
        for _ in range(_TRIES):
            if start < 0:
                break
            first = bisect_right(page.starts, start) - 1
            last = bisect_right(page.starts, start + len(needle) - 1) - 1
            ends = page.starts[last + 1] if last + 1 < len(page.starts) else len(page.letters)
            whole = page.starts[first] == start and ends == start + len(needle)
            kind = page.fragments[first].block.kind
            found = _Found(start, first, last)
            if kind == "heading" and whole:
                return found
            if len(needle) >= _LONGEST_HEADING and (whole or best is None):
                return found
            if best is None and (whole or len(needle) >= _SURE or kind == "code"):
                best = found
            start = page.letters.find(needle, start + 1)
        if best is not None:
            return best
    return None


def _transferred(text: str, page: PageLayout, found: _Found) -> tuple[str, Block]:
    """A paragraph with the structure of those of the page in which its letters stand."""
    first = page.fragments[found.first].block
    marker = 0
    if text.startswith(_LIST_MARK) and first.marker:
        text = page.fragments[found.first].text[: first.marker] + text.removeprefix(_LIST_MARK)
        marker = first.marker
    own = _letters(text, marker)
    inline: list[Inline] = []
    cells: tuple[Span, ...] = ()
    for number in range(found.first, found.last + 1):
        block, places, shift = page.fragments[number].block, page.places[number], page.starts[number] - found.start
        moved = [(each, _moved((each.start, each.end), places, shift, own)) for each in block.inline]
        inline += [Inline(*span, each.kind, each.href) for each, span in moved if span[1] > span[0]]
        if block.cells and found.first == found.last:
            cells = tuple(_moved(cell, places, shift, own) for cell in block.cells)
    kind = first.kind
    if (kind == "row" and not cells) or (kind == "item" and not marker):
        kind = "paragraph"
    return text, replace(first, kind=kind, marker=marker, cells=cells, inline=tuple(sorted(inline, key=lambda each: each.start)))


def _moved(span: Span, places: Sequence[int], shift: int, own: Sequence[int]) -> Span:
    """A span of a paragraph of the page as one of the story's paragraph; empty if nothing of it is there."""
    begin = bisect_right(places, span[0] - 1) + shift
    end = bisect_right(places, span[1] - 1) + shift
    begin, end = max(0, begin), min(len(own), end)
    if begin >= end:
        edge = own[min(begin, len(own) - 1)] + (begin >= len(own)) if own else 0
        return edge, edge
    return own[begin], own[end - 1] + 1


def _placed(media: Iterable[Media], used: Sequence[tuple[int, int]]) -> Iterable[Media]:
    """Media that stand within the story, each with the number of the paragraph it stands before."""
    if not used:
        return
    order = sorted(used)
    first, last = order[0][0], order[-1][0]
    for each in media:
        at = each.at or 0
        if first <= at <= last + 1:
            place = bisect_left(order, (at, -1)) - 1
            yield replace(each, at=order[place][1] + 1 if place >= 0 else order[0][1])
