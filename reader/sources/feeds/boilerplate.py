"""Boilerplate of a feed, learned from its items: paragraphs that recur at the beginning or the end of many of them.

Nothing is known beforehand of what such paragraphs say, in any language. Two paragraphs are the same if they differ in digits, in
the words of links, or in the headline of their item: `The post HEADLINE appeared first on SITE.`
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from reader.extraction.html_layout import LINK, Fragment
from reader.models import RemovedLine
from reader.text.line_patterns import is_picture_credit

LABEL = "boilerplate"
_FIRST, _LAST = 3, 6  # paragraphs at the beginning and at the end of an item in which boilerplate is looked for
_FEWEST, _MOST_SHARE = 3, 0.5  # items that have a paragraph, so that it is boilerplate: most of them,
_MANY, _SOME_SHARE = 5, 0.1  # or a good many, if it is nowhere all that an item says
_PAIR = 2  # items of which only what has links and stands at the end of both is boilerplate
_SHORT = 6  # words of a paragraph that is boilerplate even where an item says nothing else: `Read on`
_SHORTEST_HEADLINE = 8  # characters
_PICTURES = f"{LINK} "  # links without words, as around a picture
_DIGITS = re.compile(r"\d+")
_ITEM = re.compile(r"(?:[*+o-]|\d{1,6}\.)\s")
_SHORTCODE = re.compile(r"\[(?P<name>[A-Za-z][\w-]{0,40})(?:\s+[\w-]{1,40}=(?:\"[^\"\]]*\"|[^\s\]]+))+\s*/?\]")
_POINTER = re.compile(rf"(?P<label>[^{LINK}:]{{1,40}}): ?{LINK}")
_CREDIT = re.compile(r"\s*\([^():\d]{2,30}: [^():]{2,80}\)$")
"""Who made a picture, at the end of its caption in any language: `(Image credit: …)`, `(Foto: …)`."""
_FEWEST_IN_HEADLINE = 4  # words
_WORD = re.compile(r"[^\W\d_]{2}")


class Boilerplate:
    """The boilerplate of a feed: of how many items each recurring paragraph is a part."""

    def __init__(self, items: Iterable[tuple[str, Sequence[Fragment]]]) -> None:
        """Learn from the headlines and the paragraphs of all items of one answer."""
        counts: Counter[str] = Counter()
        asides: Counter[str] = Counter()
        often: Counter[str] = Counter()
        alone: set[str] = set()
        endings: list[set[str]] = []
        number, has_text = 0, False
        for title, fragments in items:
            number += bool(fragments)
            found = {shape for fragment in _ends(fragments) for shape in _shapes(fragment, title)}
            counts.update(found)
            own = Counter(shape for fragment in fragments if (shape := _aside(fragment, title)))
            asides.update(own.keys())
            often.update({shape: min(count, _PAIR) for shape, count in own.items()})
            endings += [set(_endings(fragments, title))] if fragments and len(endings) <= _PAIR else []
            if len(fragments) == 1 and not _is_short(fragments[0]):
                alone |= found
            has_text |= any(LINK not in fragment.frame for fragment in fragments)
        few, many = max(_FEWEST, _MOST_SHARE * number), max(_MANY, _SOME_SHARE * number)
        self._counts = {shape: count for shape, count in counts.items() if count >= few or (count >= many and shape not in alone)}
        self._frames = endings[0] & endings[1] if number == _PAIR and has_text else set[str]()
        # twice in an item counts twice, but one item alone proves nothing
        self._asides = {shape: count for shape, count in asides.items() if often[shape] >= _FEWEST}

    def part(self, title: str, fragments: Sequence[Fragment]) -> tuple[list[int], tuple[RemovedLine, ...]]:
        """The numbers of the paragraphs of an item that are no boilerplate, and the others as lines that are left out."""
        inner = range(_FIRST, len(fragments) - _LAST)
        found = [0 if at in inner else self._count(fragment, title) for at, fragment in enumerate(fragments)]
        starts = [start for shape, start in _endings(fragments, title).items() if shape in self._frames]
        for at in range(min(starts, default=len(found)), len(found)):
            found[at] = _PAIR
        start, end = 0, len(found)
        while end > max(start, len(found) - _LAST) and found[end - 1]:
            end -= 1
        while start < min(end, _FIRST) and found[start]:
            start += 1
        if start == end and not all(map(_is_short, fragments)):
            start, end = 0, len(found)  # it is all that the item says
        kept: list[int] = []
        removed: list[RemovedLine] = []
        for at, fragment in enumerate(fragments):
            if not start <= at < end:
                removed.append(RemovedLine(fragment.text, LABEL, f"repeated:{found[at]}", len(kept), fragment.block.inline))
            elif len(fragments) > 1 and (count := self._asides.get(_aside(fragment, title) or "")):
                removed.append(RemovedLine(fragment.text, LABEL, f"repeated:{count}", len(kept), fragment.block.inline))
            elif len(fragments) > 1 and (is_picture_credit(fragment.text) or not without_credit(fragment).text):
                removed.append(RemovedLine(fragment.text, "caption", "caption", len(kept), fragment.block.inline))
            else:
                kept.append(at)
                credit = fragment.text[len(without_credit(fragment).text) :].strip()
                removed += [RemovedLine(credit, "caption", "caption", len(kept))] if credit else []
        return kept, tuple(removed)

    def _count(self, fragment: Fragment, title: str) -> int:
        return max((self._counts.get(shape, 0) for shape in _shapes(fragment, title)), default=0)


def without_credit(fragment: Fragment) -> Fragment:
    """A caption without the credit at its end; any other paragraph as it is."""
    credit = _CREDIT.search(fragment.text) if fragment.block.kind == "caption" else None
    if credit is None:
        return fragment
    end = credit.start()
    inline = tuple(replace(each, end=min(each.end, end)) for each in fragment.block.inline if each.start < end)
    return Fragment(fragment.text[:end], fragment.frame, replace(fragment.block, inline=inline))


def _aside(fragment: Fragment, title: str) -> str | None:
    """Shape of a paragraph that may be boilerplate wherever it stands; None for any other.

    It is a shortcode of the publishing system, a few words in square brackets, a short link and nothing else, or a headline that is
    a link after a label with a colon; an item of a list is none.
    """
    text, frame = fragment.text, fragment.frame.strip()
    if shortcode := _SHORTCODE.fullmatch(text):
        return f"[{shortcode['name'].casefold()}]"
    if _ITEM.match(text):
        return None
    if _is_short(fragment) and (frame == LINK or (text.startswith("[") and text.endswith("]"))):
        return _shape(text, title)
    pointer = _POINTER.fullmatch(frame)
    words = len(text.split()) - len(pointer["label"].split()) if pointer else 0
    return _shape(frame, title) if pointer and words >= _FEWEST_IN_HEADLINE else None


def _is_short(fragment: Fragment) -> bool:
    return len(fragment.text.split()) <= _SHORT


def _ends(fragments: Sequence[Fragment]) -> Sequence[Fragment]:
    """The paragraphs at the beginning and at the end."""
    return fragments if len(fragments) <= _FIRST + _LAST else [*fragments[:_FIRST], *fragments[-_LAST:]]


def _endings(fragments: Sequence[Fragment], title: str) -> dict[str, int]:
    """Shapes of the last paragraphs of an item taken as one, as long as each has a link; with the number of the first."""
    found: dict[str, int] = {}
    for start in range(len(fragments) - 1, max(-1, len(fragments) - 1 - _LAST), -1):
        if LINK not in fragments[start].frame:
            break
        last = fragments[start:]
        joined = Fragment(" ".join(each.text for each in last), " ".join(each.frame for each in last).lstrip(_PICTURES))
        found |= dict.fromkeys(_shapes(joined, title), start)
    return found


def _shapes(fragment: Fragment, title: str) -> set[str]:
    """What a paragraph has in common with others: its words, and its words outside of links, without digits and the headline."""
    shapes = {_shape(fragment.text, title)}
    if LINK in fragment.frame:
        shapes.add(_shape(fragment.frame, title))
    return {shape for shape in shapes if _WORD.search(shape.replace(LINK, ""))}


def _shape(text: str, title: str) -> str:
    text, title = " ".join(text.casefold().split()), title.casefold()
    text = text.replace(title, "\0") if len(title) >= _SHORTEST_HEADLINE else text
    return _DIGITS.sub("#", text)
