"""Comparisons and briefs as they leave the program: for a person, as a document to hand on, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from reader.models import StoryHeader, Thread
from reader.presentation import formatting
from reader.presentation.export.document import ExportDocument, ExportItem, ExportNote, ExportSection, html, markdown, text
from reader.presentation.links import address

if TYPE_CHECKING:
    from reader.library import Brief, Comparison, Disagreement, Passage, PassagePair, SharedPassage

WIDTH = 72
"""Columns that text is set in where nothing else is said."""

_FIGURES = {"differs": "they differ", "update": "the later figure is higher", "compatible": "both may be true"}


def comparison(found: Comparison, heads: Mapping[str, StoryHeader], form: str, *, width: int = WIDTH, faint: bool = False) -> str:
    """A comparison in one of the formats ("text", "markdown", "html", "json"); `width` is that of text, in columns.

    Pairs that are less sure are told to people only with `faint`.
    """
    if form == "json":
        return json.dumps(_comparison(found), ensure_ascii=False)
    return _written(_side_by_side(found, heads, faint=faint), form, width)


def brief(
    thread: Thread, found: Brief, heads: Mapping[str, StoryHeader], form: str, *, width: int = WIDTH, alone: Sequence[Passage] = ()
) -> str:
    """A brief in one of these formats; as JSON one object a line, a passage each. `alone` are passages that one story tells."""
    if form == "json":
        rows = [*(_telling(told, heads) for told in found.passages), *(_lone(passage, heads) for passage in alone)]
        return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return _written(_briefed(thread, found, heads, alone), form, width)


def _written(document: ExportDocument, form: str, width: int) -> str:
    """A document in one of the formats for people."""
    return {"markdown": markdown, "html": html}[form](document) if form != "text" else text(document, width)


# As JSON


def _comparison(found: Comparison) -> dict[str, Any]:
    """A comparison as JSON tells it."""
    return {
        "stories": found.stories,
        "pairs": [
            {
                "left": _passage(pair.left),
                "right": _passage(pair.right),
                "score": pair.score,
                "band": pair.band,
                "kind": pair.kind,
                "differs": pair.differs,
            }
            for pair in found.pairs
        ],
        "only": {story: [passage.text for passage in passages] for story, passages in found.only.items()},
        "numbers": [
            {
                "left": _passage(number.left) | {"number": number.left_number},
                "right": _passage(number.right) | {"number": number.right_number},
                "band": number.band,
                "kind": number.kind,
            }
            for number in found.numbers
        ],
    }


def _passage(passage: Passage) -> dict[str, str]:
    """One side of a pair as JSON tells it."""
    return {"story": passage.story, "text": passage.text}


def _telling(told: SharedPassage, heads: Mapping[str, StoryHeader]) -> dict[str, Any]:
    """A passage of a brief as JSON tells it."""
    return {
        "text": told.passage.text,
        "story": told.passage.story,
        "outlets": told.outlets,
        "stories": [_source(heads[story]) for story in told.stories],
        "first": {"id": told.first, "outlet": heads[told.first].outlet} if told.first else None,
    }


def _lone(passage: Passage, heads: Mapping[str, StoryHeader]) -> dict[str, Any]:
    """A passage that one story tells, in the same form."""
    stories = [_source(heads[passage.story])]
    return {"text": passage.text, "story": passage.story, "outlets": 1, "stories": stories, "first": None}


def _source(head: StoryHeader) -> dict[str, str | None]:
    """A story that tells a passage, as JSON tells it."""
    return {
        "id": head.id,
        "title": head.title,
        "outlet": head.outlet,
        "published": head.published,
        "url": head.url,
        "source": head.source,
    }


# For people


def _side_by_side(found: Comparison, heads: Mapping[str, StoryHeader], *, faint: bool) -> ExportDocument:
    """A comparison as a document; pairs that are less sure only where they are asked for."""
    marks = dict(zip(found.stories, ascii_uppercase, strict=False))
    shown = [pair for pair in found.pairs if faint or pair.band == "sure"]
    sections = [_sources(heads, marks)]
    if shown:
        sections.append(ExportSection("Told by more than one", tuple(_pair(pair, marks) for pair in shown)))
    if found.numbers:
        sections.append(ExportSection("Figures", tuple(_figures(number, heads, marks) for number in found.numbers)))
    for story, passages in found.only.items():
        if passages:
            alone = tuple(ExportItem(((marks[story], passage.text),)) for passage in passages)
            sections.append(ExportSection(f"No counterpart found: {marks[story]}, {formatting.outlet(heads[story])}", alone))
    return ExportDocument(formatting.stories(len(heads)) + " side by side", tuple(sections))


def _briefed(thread: Thread, found: Brief, heads: Mapping[str, StoryHeader], alone: Sequence[Passage]) -> ExportDocument:
    """A brief as a document: each passage, how many tell it, and where each of them tells it."""
    items = []
    for told in found.passages:
        first = [ExportNote(f"first told by {_teller(heads[told.first])}")] if told.first else []
        # The story that is quoted stands before the others.
        tellers = sorted(told.stories, key=lambda story: story != told.passage.story)
        links = [_link(heads[story]) for story in tellers]
        items.append(ExportItem((("", told.passage.text),), (ExportNote(f"{told.outlets} outlets"), *first, *links)))
    sections = [ExportSection(f"Brief, verbatim, from {formatting.stories(len(heads))}", tuple(items))]
    if alone:
        lone = tuple(ExportItem((("", passage.text),), (_link(heads[passage.story]),)) for passage in alone)
        sections.append(ExportSection("Told by one", lone))
    return ExportDocument(thread.name, (*sections, _sources(heads, {})))


def _link(head: StoryHeader) -> ExportNote:
    """Who tells a passage and when, and where it leads."""
    return ExportNote(f"{_teller(head)}, {formatting.told(head)}", address(head))


def _sources(heads: Mapping[str, StoryHeader], marks: Mapping[str, str]) -> ExportSection:
    """The stories that were read: who tells them, when, their ids, and where they lead."""
    return ExportSection(
        "Stories",
        tuple(
            ExportItem(
                ((marks.get(story, ""), head.title),),
                (
                    ExportNote(formatting.outlet(head), address(head)),
                    *map(ExportNote, formatting.credit_pieces(head)),
                    ExportNote(story),
                ),
            )
            for story, head in heads.items()
        ),
    )


def _teller(head: StoryHeader) -> str:
    """Who tells a story: its outlet, or where none is stated its headline."""
    return head.outlet or f"“{head.title}”"


def _pair(pair: PassagePair, marks: Mapping[str, str]) -> ExportItem:
    """A pair, with the words that differ where both hold one quotation."""
    notes = ["less sure?"] if pair.band == "faint" else []
    if pair.kind == "quote":
        differs = "; ".join(f"“{left}” / “{right}”" for left, right in pair.differs)
        notes.append(f"the same quotation, {f'but {differs}' if differs else 'word for word'}")
    sides = (marks[pair.left.story], pair.left.text), (marks[pair.right.story], pair.right.text)
    return ExportItem(sides, tuple(map(ExportNote, notes)))


def _figures(number: Disagreement, heads: Mapping[str, StoryHeader], marks: Mapping[str, str]) -> ExportItem:
    """Two figures for one thing, in their passages."""
    sides = (marks[number.left.story], number.left.text), (marks[number.right.story], number.right.text)
    dated = heads[number.left.story].published and heads[number.right.story].published
    guessed = ", by an estimated date" if number.kind == "update" and not dated else ""
    asked = "?" if number.band == "faint" else ""
    return ExportItem(
        sides, (ExportNote(f"{number.left_number} / {number.right_number}: {_FIGURES[number.kind]}{guessed}{asked}"),)
    )
