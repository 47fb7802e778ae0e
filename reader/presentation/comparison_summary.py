"""What a comparison comes to, in words: for the place line, for the hints, and for passages that are not shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from reader.presentation import formatting
from reader.presentation.comparison_view import DIFFERING, ComparisonView, MarkedPassage, Sign
from reader.presentation.passage_groups import Spot
from reader.presentation.text_layout import Line, cells, width

Shown = Literal["all", "only", "told", "differing"]
"""Which passages are shown."""

ORDER: tuple[Shown, ...] = ("all", "only", "told", "differing")
DIFFERENCE = "difference"
SHOWS: dict[Shown, tuple[Sign, ...]] = {"only": ("only",), "told": ("same", *DIFFERING), "differing": DIFFERING}
FEW = 3
"""Stories of one text up to which each is named."""
LITTLE = 3
"""Sure pairs below which stories have little in common."""

LEGENDS: tuple[tuple[str, ...], ...] = (
    ("= all  ", "+ only here  ", "” quoted otherwise  ", "# figures"),
    ("=all  ", "+here  ", "”quote  ", "#figure"),
    ("=", "+", "”", "#"),
)
ROLES = ("told_all", "only_here", "quote_differs", "figure_differs")
FIGURES = {"differs": "", "update": "the later figure is higher", "compatible": "both may be true"}

Piece = tuple[str, str]
"""A piece of a sentence, at length and in short."""


def by_all(compared: ComparisonView) -> str:
    """Told by both, or by all."""
    return "told by both" if compared.outlets == 2 else "told by all"


def summary(compared: ComparisonView, numbers: Mapping[str, int], outlets: Mapping[str, str | None], first: str) -> list[Piece]:
    """What the stories come to, the weightiest piece first; `numbers` are their columns', `first` is the one being read."""
    pieces: list[Piece] = []
    if compared.outlets > 2:
        pieces.append((f"{compared.outlets} outlets", ""))
    everywhere, some = compared.count("same", by_all=True), compared.count("same", by_all=False)
    if everywhere or not some:
        pieces.append((f"{formatting.count(everywhere, 'passage')} {by_all(compared)}", f"{everywhere} {by_all(compared)}"))
    if some:
        pieces.append(
            (f"{some} told by some" if everywhere else f"{formatting.count(some, 'passage')} told by some", f"{some} by some")
        )
    if compared.pairs < LITTLE:
        pieces[-1] = (f"little in common: {pieces[-1][0]}", pieces[-1][1])
    if quotations := compared.count("quote"):
        differ = "differs" if quotations == 1 else "differ"
        pieces.append(
            (f"{formatting.count(quotations, 'quotation')} {differ}", f"{formatting.count(quotations, 'quote')} {differ}")
        )
    if figures := compared.count("figure"):
        said = f"{formatting.count(figures, 'figure')} {'differs' if figures == 1 else 'differ'}"
        pieces.append((said, said))
    for alike in compared.copies:
        named = [str(numbers[story]) for story in alike if story in numbers]
        if len(named) > FEW:
            named = [formatting.stories(len(named))]
        pieces.append(
            (
                f"{' and '.join([', '.join(named[:-1]), named[-1]][len(named) == 1 :])} the same text",
                f"{', '.join(named)} same text",
            )
        )
    for story in sorted(compared.stories, key=lambda story: (story != first, numbers.get(story, 0))):
        if only := compared.only(story):
            short = f"{only} only in {numbers.get(story, 0)}"
            pieces.append((f"{short}, {outlets[story]}" if outlets.get(story) else short, short))
    return pieces


def fitting(pieces: Sequence[Piece], room: int) -> str:
    """The pieces with " · " between them: at length, else in short, else without the last ones; never cut."""
    long, short = " · ".join(piece[0] for piece in pieces), [piece[1] for piece in pieces if piece[1]]
    if cells(long) <= room:
        return long
    while short and cells(" · ".join(short)) > room:
        short.pop()
    return " · ".join(short)


def at(compared: ComparisonView, noted: MarkedPassage | None) -> str:
    """What is to be said of the passage the reader is at; nothing, where its sign and its words say all."""
    unit = compared.units.get(noted.number) if noted else None
    if noted is None or unit is None or noted.sign == "faint":
        return ""
    figures = [each for each in unit.figures if noted.passage in (each.left, each.right)]
    if figures and FIGURES[figures[0].kind]:
        return FIGURES[figures[0].kind]
    if compared.outlets == 2 or not unit.told_by:
        return ""
    return by_all(compared) if compared.told_by_all(noted) else f"told by {unit.told_by} of {compared.outlets}"


def legend(room: int) -> Line:
    """What the signs mean, in as many words as go into `room` cells."""
    for said in LEGENDS:
        line: Line = []
        for piece, role in zip(said, ROLES, strict=True):
            line += [(piece[0], role), (piece[1:] or " ", "muted")]
        if width(line) <= room:
            return line
    return []


def hidden(compared: ComparisonView, story: str, shown: Shown) -> dict[int, str] | None:
    """The passages of a story that are not shown, each with what is said of it; None where all are."""
    if shown == "all":
        return None
    signs = SHOWS[shown]
    return {noted.passage.index: kind(compared, noted) for noted in compared.of(story) if noted.sign not in signs}


def kind(compared: ComparisonView, noted: MarkedPassage) -> str:
    """What is said of a passage that is not shown."""
    if noted.sign in DIFFERING:
        return "that differ"
    if noted.sign == "same":
        return by_all(compared) if compared.told_by_all(noted) else "told by some"
    return "only here" if noted.sign == "only" else ""


def shown_words(compared: ComparisonView, shown: Shown, story: str) -> str:
    """Which passages are shown now, and whether the story has any."""
    if shown == "all":
        return "All passages"
    said = {"only": "Only what one story tells", "told": f"Only what is {by_all(compared)}", "differing": "Only what differs"}[
        shown
    ]
    if shown == "told" and compared.outlets > 2:
        said = "Only what others tell too"
    none = not any(noted.sign in SHOWS[shown] for noted in compared.of(story))
    return f"{said}: nothing in this story" if none else said


def differences(compared: ComparisonView, story: str) -> tuple[list[int], str]:
    """The passages `]` goes through in a story, and what kind they are: those that differ, else those told only here."""
    found = [noted.passage.index for noted in compared.of(story) if noted.sign in DIFFERING]
    if found:
        return found, DIFFERENCE
    return [noted.passage.index for noted in compared.of(story) if noted.sign == "only"], "passage only here"


def elsewhere(compared: ComparisonView, story: str) -> int:
    """How many differences the other stories have that this one has no part in."""
    return sum(unit.sign in DIFFERING and all(member[0] != story for member in unit.members) for unit in compared.units.values())


def counterparts(compared: ComparisonView, place: Spot) -> dict[str, list[int]]:
    """The passages lit with one, story by story, first of each the one that differs as it does."""
    here = compared.at(place)
    found: dict[str, list[int]] = {}
    for story, index in sorted(compared.lit_with(place)):
        found.setdefault(story, []).append(index)
    for story, indexes in found.items():
        indexes.sort(key=lambda index: here is None or compared.of(story)[index].sign != here.sign)
    return found
