"""A comparison in words: the summary line, notes on passages, the legend and the passage filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from reader.presentation import formatting
from reader.presentation.comparison_view import DIFFERING, ComparisonView, MarkedPassage, Sign
from reader.presentation.passage_groups import Spot
from reader.presentation.text_layout import Line, cells, width

PassageFilter = Literal["all", "unique", "shared", "different"]
"""Which passages are shown."""

ORDER: tuple[PassageFilter, ...] = ("all", "unique", "shared", "different")
DIFFERENCE = "difference"
SHOWS: dict[PassageFilter, tuple[Sign, ...]] = {"unique": ("only",), "shared": ("same", *DIFFERING), "different": DIFFERING}
FEW = 3
"""Copies up to which each story is listed."""
LITTLE = 3
"""With fewer sure pairs, stories have little in common."""

LEGENDS: tuple[tuple[str, ...], ...] = (
    ("= shared  ", "+ unique  ", "” quote differs  ", "# figures differ"),
    ("=shared  ", "+unique  ", "”quote  ", "#figure"),
    ("=", "+", "”", "#"),
)
ROLES = ("told_all", "only_here", "quote_differs", "figure_differs")
FIGURES = {"differs": "", "update": "the later figure is higher", "compatible": "both may be true"}

Piece = tuple[str, str]
"""A part of the summary, long and short."""


def by_all(compared: ComparisonView) -> str:
    """The phrase for passages that all outlets share."""
    return "shared by both" if compared.outlets == 2 else "shared by all"


def summary(compared: ComparisonView, numbers: Mapping[str, int], outlets: Mapping[str, str | None], first: str) -> list[Piece]:
    """Summarize a comparison, the most important piece first.

    `numbers` are the column numbers of the stories, `first` is the story being read.
    """
    pieces: list[Piece] = []
    if compared.outlets > 2:
        pieces.append((f"{compared.outlets} outlets", ""))
    everywhere, some = compared.count("same", by_all=True), compared.count("same", by_all=False)
    if everywhere or not some:
        pieces.append((f"{formatting.count(everywhere, 'passage')} {by_all(compared)}", f"{everywhere} {by_all(compared)}"))
    if some:
        pieces.append(
            (f"{some} shared by some" if everywhere else f"{formatting.count(some, 'passage')} shared by some", f"{some} by some")
        )
    if compared.pairs < LITTLE:
        pieces[-1] = (f"little in common: {pieces[-1][0]}", pieces[-1][1])
    if quotations := compared.count("quote"):
        differ = "differs" if quotations == 1 else "differ"
        pieces.append(
            (f"{formatting.count(quotations, 'quotation')} {differ}", f"{formatting.count(quotations, 'quote')} {differ}")
        )
    if figures := compared.count("figure"):
        text = f"{formatting.count(figures, 'figure')} {'differs' if figures == 1 else 'differ'}"
        pieces.append((text, text))
    for alike in compared.copies:
        named = [str(numbers[story]) for story in alike if story in numbers]
        if len(named) > FEW:
            named = [formatting.stories(len(named))]
        pieces.append(
            (
                f"{' and '.join([', '.join(named[:-1]), named[-1]][len(named) == 1 :])} have the same text",
                f"{', '.join(named)} same text",
            )
        )
    for story in sorted(compared.stories, key=lambda story: (story != first, numbers.get(story, 0))):
        if only := compared.only(story):
            short = f"{only} only in {numbers.get(story, 0)}"
            pieces.append((f"{short}, {outlets[story]}" if outlets.get(story) else short, short))
    return pieces


def fit(pieces: Sequence[Piece], room: int) -> str:
    """Join the pieces with " · ": long, else short, else without the last ones; never cut."""
    long, short = " · ".join(piece[0] for piece in pieces), [piece[1] for piece in pieces if piece[1]]
    if cells(long) <= room:
        return long
    while short and cells(" · ".join(short)) > room:
        short.pop()
    return " · ".join(short)


def passage_note(compared: ComparisonView, noted: MarkedPassage | None) -> str:
    """The note on the current passage; empty if its sign is self-explanatory."""
    group = compared.groups.get(noted.number) if noted else None
    if noted is None or group is None or noted.sign == "faint":
        return ""
    figures = [each for each in group.figures if noted.passage in (each.left, each.right)]
    if figures and FIGURES[figures[0].kind]:
        return FIGURES[figures[0].kind]
    if compared.outlets == 2 or not group.outlets:
        return ""
    return by_all(compared) if compared.shared_by_all(noted) else f"shared by {group.outlets} of {compared.outlets}"


def legend(room: int) -> Line:
    """The meaning of the signs, as long as fits into `room` cells."""
    for text in LEGENDS:
        line: Line = []
        for piece, role in zip(text, ROLES, strict=True):
            line += [(piece[0], role), (piece[1:] or " ", "muted")]
        if width(line) <= room:
            return line
    return []


def hidden_passages(compared: ComparisonView, story: str, shown: PassageFilter) -> dict[int, str] | None:
    """The hidden passages of a story by index, each with its kind; None if all are shown."""
    if shown == "all":
        return None
    signs = SHOWS[shown]
    return {noted.passage.index: _kind(compared, noted) for noted in compared.of(story) if noted.sign not in signs}


def _kind(compared: ComparisonView, noted: MarkedPassage) -> str:
    """The kind of a hidden passage, as it follows "1 passage"."""
    if noted.sign in DIFFERING:
        return "with differences"
    if noted.sign == "same":
        return by_all(compared) if compared.shared_by_all(noted) else "shared by some"
    return "only here" if noted.sign == "only" else ""


def filter_note(compared: ComparisonView, shown: PassageFilter, story: str) -> str:
    """Which passages are shown, and whether the story has any."""
    if shown == "all":
        return "All passages"
    text = f"{shown.capitalize()} passages"
    none = not any(noted.sign in SHOWS[shown] for noted in compared.of(story))
    return f"{text}: none in this story" if none else text


def differences(compared: ComparisonView, story: str) -> tuple[list[int], str]:
    """The passages that `]` visits in a story, and their kind: those that differ, else the unique ones."""
    found = [noted.passage.index for noted in compared.of(story) if noted.sign in DIFFERING]
    if found:
        return found, DIFFERENCE
    return [noted.passage.index for noted in compared.of(story) if noted.sign == "only"], "unique passage"


def elsewhere(compared: ComparisonView, story: str) -> int:
    """Count the differences between other stories that this one has no part in."""
    return sum(
        group.sign in DIFFERING and all(member[0] != story for member in group.members) for group in compared.groups.values()
    )


def counterparts(compared: ComparisonView, place: Spot) -> dict[str, list[int]]:
    """The passages highlighted with one, by story; in each story those with the same sign come first."""
    here = compared.at(place)
    found: dict[str, list[int]] = {}
    for story, index in sorted(compared.with_counterparts(place)):
        found.setdefault(story, []).append(index)
    for story, indexes in found.items():
        indexes.sort(key=lambda index: here is None or compared.of(story)[index].sign != here.sign)
    return found
