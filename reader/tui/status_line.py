"""The texts of the first and last line of the main screen: the place, the totals, the key hints."""

from __future__ import annotations

from collections.abc import Sequence

from reader.models import Thread
from reader.presentation import comparison_summary, formatting
from reader.presentation.comparison_loader import EXCERPTS
from reader.presentation.text_layout import Line, cells
from reader.tui.commands.registry import BY_ID, Hint, hints
from reader.tui.state.place_list import PlaceList
from reader.tui.state.reading_position import THREE_FROM, TWO_FROM, ReadingPosition
from reader.tui.state.search_session import SearchSession
from reader.tui.widgets.gutter import LIT
from reader.tui.widgets.status_bars import PLATE, PLATE_FROM

LIST = ("down", "up", "open", "places", "next_mark", "mark", "filter_list", "search", "density", "compare", "keys")
PLACES = ("down", "up", "open", "filter_list", "change_search", "feeds", "back", "keys")
STORY = (
    *("page", "previous_story", "next_story", "next_thread", "previous_thread"),
    *("compare", "search", "toggle_read", "toggle_star", "keys"),
)
NARROW_STORY = ("page", "previous_story", "next_story", "next_pane", "compare", "keys")
COMPARISON = ("next_difference", "filter_passages", "align", "lock", "compare", "keys")
NARROW_COMPARISON = ("next_difference", "filter_passages", "compare", "previous_story", "next_story", "keys")
WIDE_COMPARISON = ("down", "up", "next_difference", "previous_difference", *COMPARISON[1:])
WIDE_FROM = 72
"""Screen width in cells from which the lines say more."""
COMPARISON_WORDS = {"down": "passage", "up": "passage", "previous_difference": "next", "compare": "end comparison"}
FULL = ("page", "full", "previous_story", "next_story", "toggle_star", "browser", "copy", "leave")


def list_place(listed: PlaceList, width: int) -> Line:
    """The place that is listed: its name, the words it is filtered by, and what is hidden."""
    view = listed.view
    told: list[str] = []
    if view.place.kind == "front" and not view.text and width >= WIDE_FROM:
        told += [formatting.count(listed.folders, "folder")] * bool(listed.folders)
        told += [formatting.count(listed.feeds, "feed")] * bool(listed.feeds)
        told += ["newest first"] * view.newest
    if view.place.kind == "feed" and view.place.folder:
        told.append(view.place.folder)
    told += [f"with “{view.text}”"] * bool(view.text) + ["read rows hidden"] * view.unread
    return [(formatting.place_name(view.place), "name"), *([(f"  {' · '.join(told)}", "muted")] if told else [])]


def totals(listed: PlaceList, width: int) -> str:
    """The number of threads or stories and of unread stories; stories not grouped yet are counted separately."""
    front = listed.view.place.kind == "front" and not listed.view.text
    told = []
    if width >= TWO_FROM and front:
        told.append(formatting.count(listed.threads, "thread"))
    elif not front:
        told.append(formatting.stories(len(listed)) + ("+" if listed.is_growing else ""))
    if listed.unread is not None:
        told.append(f"{listed.unread:,} unread")
    if listed.waiting and width >= WIDE_FROM:
        told.append(f"{listed.waiting:,} not grouped yet")
    return ", ".join(told)


def place(reading: ReadingPosition | None, width: int, *, full: bool) -> Line:
    """The thread, with its size and dates or the number of the story in it."""
    if reading is None:
        return []
    thread = reading.thread
    if full:
        return [(thread.name, "muted")]
    if width < WIDE_FROM:
        return [(thread.name, "name"), (f"  {nth(reading)}", "muted")]
    return [(thread.name, "name"), (f"  {formatting.stories(len(thread.stories))} · {formatting.thread_span(thread)}", "muted")]


def nth(reading: ReadingPosition) -> str:
    """The number of the story in its thread or among the related ones: "2 of 3", "related 1 of 9"."""
    if reading.at < reading.own:
        return f"{reading.at + 1} of {reading.own}"
    return f"related {reading.at - reading.own + 1} of {len(reading.heads) - reading.own}"


def progress(reading: ReadingPosition, percent: int, width: int, *, locked: bool) -> str:
    """The text at the right of the hints: the number of the story, and how much of it was scrolled through."""
    shown = f"{percent} %"
    if width < TWO_FROM:
        return shown
    told = f"story {nth(reading)}" if reading.at < reading.own else nth(reading)
    return " · ".join([told, *(["locked"] if locked else []), shown])


def list_hints(*, places: bool = False) -> list[Hint]:
    """The hints for the list, or for the places to choose from."""
    word = "place" if places else "row"
    return hints(PLACES if places else LIST, {"down": word, "up": word, "open": "open"})


def story_hints(width: int, *, full: bool, search: SearchSession | None, story: str, comparing: bool = False) -> list[Hint]:
    """The hints for a story, with the match number of a search; `comparing` if a comparison is on that has no marks."""
    brief = {"compare": COMPARISON_WORDS["compare"]} if comparing else {}
    shown = hints(FULL if full else NARROW_STORY if width < WIDE_FROM else STORY, brief)
    if search is not None:
        shown.insert(1, (BY_ID["next_mark"].label, match_number(search, story, width)))
    return shown


def problem(why: str) -> list[comparison_summary.Piece]:
    """Why nothing can be compared; for excerpts, with the key that fetches their pages."""
    key = f"{BY_ID['full_texts'].label} fetches the pages"
    return [(why, why), *[(key, key)] * (why == EXCERPTS)]


def heading(thread: Thread, excerpts: int, shown: int) -> Line:
    """The line above stories that share columns: how many outlets report, and for excerpts the key that fetches the pages.

    The title line or the selected row names the thread.
    """
    outlets = len(thread.outlets)
    pieces = [formatting.count(outlets, "outlet") if outlets else formatting.stories(len(thread.stories))]
    if excerpts:
        pieces += ["excerpts" if excerpts == shown else "some are excerpts", f"{BY_ID['full_texts'].label} fetches the pages"]
    return [(" · ".join(pieces), "muted")]


def comparison_place(
    thread: str, pieces: Sequence[comparison_summary.Piece], selected: str, totals: str, width: int
) -> tuple[Line, str]:
    """The title line of a comparison: the thread, the results, and at the right the text on the selected passage.

    Without such a text, `totals` are there if all results have room beside them.
    """
    room = width - (len(PLATE) + 3 if width >= PLATE_FROM else 1) - 4 - cells(thread) - 2
    whole = comparison_summary.fit(pieces, room)
    right = f"{LIT} {selected}" if selected else (totals if comparison_summary.fit(pieces, room - cells(totals)) == whole else "")
    if not comparison_summary.fit(pieces, room - cells(right)):
        right = ""
    return [(thread, "name"), (f"  {comparison_summary.fit(pieces, room - cells(right))}", "strong")], right


def comparison_hints(width: int, *, full: bool, search: SearchSession | None, story: str) -> tuple[list[Hint], Line]:
    """The hints for a comparison, and at the right the meaning of the marks in as many words as fit."""
    ids = NARROW_COMPARISON if full or width < TWO_FROM else WIDE_COMPARISON if width >= THREE_FROM else COMPARISON
    brief = {"filter_passages": "filter", "compare": "end"} if width < TWO_FROM else {}
    shown = hints(ids, COMPARISON_WORDS | brief)
    if search is not None:
        shown.insert(1, (BY_ID["next_mark"].label, match_number(search, story, width)))
    taken = sum(cells(key) + 1 + cells(word) + 3 for key, word in shown)
    return shown, comparison_summary.legend(min(width // 2, width - 2 - taken))


def match_number(search: SearchSession, story: str, width: int) -> str:
    """The number of the match in the story, and of the story in the results: "match 2 of 7 · story 3 of 12"."""
    found, place = len(search.of(story)), search.place(story)
    parts = [f"match {search.at + 1} of {found}"] * bool(found)
    if place is not None and len(search.stories) > 1 and (width >= WIDE_FROM or not found):
        parts.append(f"story {place + 1} of {len(search.stories)}")
    return " · ".join(parts) or "next match"
