"""Comparisons and briefs as text, Markdown, HTML and JSON."""

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
"""The default width of text, in columns."""

_FIGURES = {"differs": "they differ", "update": "the later figure is higher", "compatible": "both may be true"}


def comparison(found: Comparison, heads: Mapping[str, StoryHeader], form: str, *, width: int = WIDTH, faint: bool = False) -> str:
    """Render a comparison as "text", "markdown", "html" or "json"; `width` is that of text, in columns.

    JSON always includes uncertain matches, the other formats only with `faint`.
    """
    if form == "json":
        return json.dumps(_comparison_json(found), ensure_ascii=False)
    return _written(_comparison_document(found, heads, faint=faint), form, width)


def brief(
    thread: Thread, found: Brief, heads: Mapping[str, StoryHeader], form: str, *, width: int = WIDTH, unique: Sequence[Passage] = ()
) -> str:
    """Render a brief in one of these formats, JSON as one object per passage and line; `unique` are passages of one story only."""
    if form == "json":
        rows = [*(_shared_json(shared, heads) for shared in found.passages), *(_unique_json(passage, heads) for passage in unique)]
        return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return _written(_brief_document(thread, found, heads, unique), form, width)


def _written(document: ExportDocument, form: str, width: int) -> str:
    """Render a document as text, Markdown or HTML."""
    return {"markdown": markdown, "html": html}[form](document) if form != "text" else text(document, width)


# As JSON


def _comparison_json(found: Comparison) -> dict[str, Any]:
    """A comparison in JSON."""
    return {
        "stories": found.stories,
        "pairs": [
            {
                "left": _passage_json(pair.left),
                "right": _passage_json(pair.right),
                "score": pair.score,
                "band": pair.band,
                "kind": pair.kind,
                "differs": pair.differs,
            }
            for pair in found.pairs
        ],
        "only": {story: [passage.text for passage in passages] for story, passages in found.unique.items()},
        "numbers": [
            {
                "left": _passage_json(number.left) | {"number": number.left_number},
                "right": _passage_json(number.right) | {"number": number.right_number},
                "band": number.band,
                "kind": number.kind,
            }
            for number in found.numbers
        ],
    }


def _passage_json(passage: Passage) -> dict[str, str]:
    """One side of a pair in JSON."""
    return {"story": passage.story, "text": passage.text}


def _shared_json(shared: SharedPassage, heads: Mapping[str, StoryHeader]) -> dict[str, Any]:
    """A shared passage in JSON."""
    return {
        "text": shared.passage.text,
        "story": shared.passage.story,
        "outlets": shared.outlets,
        "stories": [_source_json(heads[story]) for story in shared.stories],
        "first": {"id": shared.first, "outlet": heads[shared.first].outlet} if shared.first else None,
    }


def _unique_json(passage: Passage, heads: Mapping[str, StoryHeader]) -> dict[str, Any]:
    """A unique passage in JSON, with the same fields."""
    stories = [_source_json(heads[passage.story])]
    return {"text": passage.text, "story": passage.story, "outlets": 1, "stories": stories, "first": None}


def _source_json(head: StoryHeader) -> dict[str, str | None]:
    """A source in JSON."""
    return {
        "id": head.id,
        "title": head.title,
        "outlet": head.outlet,
        "published": head.published,
        "url": head.url,
        "source": head.source,
    }


# As documents


def _comparison_document(found: Comparison, heads: Mapping[str, StoryHeader], *, faint: bool) -> ExportDocument:
    """A comparison as a document, with uncertain matches if `faint`."""
    marks = dict(zip(found.stories, ascii_uppercase, strict=False))
    shown = [pair for pair in found.pairs if faint or pair.band == "sure"]
    sections = [_sources(heads, marks)]
    if shown:
        sections.append(ExportSection("Shared passages", tuple(_pair(pair, marks) for pair in shown)))
    if found.numbers:
        sections.append(ExportSection("Figures", tuple(_figures(number, heads, marks) for number in found.numbers)))
    for story, passages in found.unique.items():
        if passages:
            items = tuple(ExportItem(((marks[story], passage.text),)) for passage in passages)
            sections.append(ExportSection(f"No counterpart found: {marks[story]}, {formatting.outlet(heads[story])}", items))
    return ExportDocument(formatting.stories(len(heads)) + " side by side", tuple(sections))


def _brief_document(thread: Thread, found: Brief, heads: Mapping[str, StoryHeader], unique: Sequence[Passage]) -> ExportDocument:
    """A brief as a document: each passage with the number of its outlets and links to its sources."""
    items = []
    for shared in found.passages:
        first = [ExportNote(f"first reported by {_source_name(heads[shared.first])}")] if shared.first else []
        # the quoted story comes first
        links = [_link(heads[story]) for story in sorted(shared.stories, key=lambda story: story != shared.passage.story)]
        items.append(ExportItem((("", shared.passage.text),), (ExportNote(f"{shared.outlets} outlets"), *first, *links)))
    sections = [ExportSection(f"Brief: verbatim passages from {formatting.stories(len(heads))}", tuple(items))]
    if unique:
        rest = tuple(ExportItem((("", passage.text),), (_link(heads[passage.story]),)) for passage in unique)
        sections.append(ExportSection("In one story only", rest))
    return ExportDocument(thread.name, (*sections, _sources(heads, {})))


def _link(head: StoryHeader) -> ExportNote:
    """The source of a passage with its time and link."""
    return ExportNote(f"{_source_name(head)}, {formatting.published(head)}", address(head))


def _sources(heads: Mapping[str, StoryHeader], marks: Mapping[str, str]) -> ExportSection:
    """The section of stories with their credits, ids and links."""
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


def _source_name(head: StoryHeader) -> str:
    """The name of a source: its outlet, or its headline if none is stated."""
    return head.outlet or f"“{head.title}”"


def _pair(pair: PassagePair, marks: Mapping[str, str]) -> ExportItem:
    """A pair, with the words that differ in a shared quotation."""
    notes = ["uncertain match"] if pair.band == "faint" else []
    if pair.kind == "quote":
        differs = "; ".join(f"“{left}” / “{right}”" for left, right in pair.differs)
        notes.append(f"same quotation, {f'but {differs}' if differs else 'word for word'}")
    sides = (marks[pair.left.story], pair.left.text), (marks[pair.right.story], pair.right.text)
    return ExportItem(sides, tuple(map(ExportNote, notes)))


def _figures(number: Disagreement, heads: Mapping[str, StoryHeader], marks: Mapping[str, str]) -> ExportItem:
    """Two figures for the same thing, in their passages."""
    sides = (marks[number.left.story], number.left.text), (marks[number.right.story], number.right.text)
    dated = heads[number.left.story].published and heads[number.right.story].published
    guessed = ", by an estimated date" if number.kind == "update" and not dated else ""
    uncertain = "?" if number.band == "faint" else ""
    return ExportItem(
        sides, (ExportNote(f"{number.left_number} / {number.right_number}: {_FIGURES[number.kind]}{guessed}{uncertain}"),)
    )
