"""What the first and the last line of the home screen say: the place, and the keys that help there."""

from __future__ import annotations

from collections.abc import Sequence

from reader.models import Thread
from reader.presentation import comparison_summary, formatting
from reader.presentation.text_layout import Line, cells
from reader.tui.commands.registry import Hint, hints
from reader.tui.state.reading_position import THREE_FROM, TWO_FROM, ReadingPosition
from reader.tui.state.search_session import SearchSession
from reader.tui.state.thread_list import ThreadList
from reader.tui.widgets.gutter import LIT
from reader.tui.widgets.status_bars import PLATE, PLATE_FROM
from reader.tui.widgets.thread_rows import WIDE_FROM

RAIL = ("down", "up", "open", "search", "why", "correct", "theme", "keys")
SAVED = ("down", "up", "open", "search", "change_search", "keys")
STORY = (
    *("page", "previous_story", "next_story", "next_thread", "previous_thread"),
    *("compare", "search", "toggle_read", "toggle_star", "keys"),
)
NARROW_STORY = ("page", "previous_story", "next_story", "next_pane", "compare", "keys")
MARKED = ("next_difference", "show_marked", "level", "lock", "compare", "keys")
NARROW_MARKED: tuple[str, ...] = ("next_difference", "show_marked", "compare", "previous_story", "next_story", "keys")
WIDE_MARKED = ("down", "up", "next_difference", "previous_difference", *MARKED[1:])
MARKED_WORDS = {"down": "passage", "up": "passage", "previous_difference": "next", "compare": "marks off"}
FULL = ("page", "full", "previous_story", "next_story", "toggle_star", "browser", "copy", "leave")


def totals(threads: ThreadList, width: int) -> str:
    """What there is in all; stories that are not tied to others yet are told apart from threads."""
    told = [formatting.count(threads.tied, "thread")] if width >= TWO_FROM else []
    told.append(f"{threads.unread:,} unread")
    if threads.waiting and width >= WIDE_FROM:
        told.append(f"{threads.waiting:,} not yet tied")
    return ", ".join(told)


def place(reading: ReadingPosition | None, width: int, *, full: bool) -> Line:
    """Where the reader is: the thread, and what it holds or which of its stories this is."""
    if reading is None:
        return []
    thread = reading.thread
    if full:
        return [(thread.name, "muted")]
    if width < WIDE_FROM:
        return [(thread.name, "name"), (f"  {nth(reading)}", "muted")]
    if thread.query:
        return [(thread.name, "name"), (f"  {found_by(thread, reading.own)}", "muted")]
    return [(thread.name, "name"), (f"  {formatting.stories(len(thread.stories))} · {formatting.thread_span(thread)}", "muted")]


def found_by(thread: Thread, shown: int) -> str:
    """What a saved search asks, where its name does not say it, and how many stories of how many are shown."""
    told = formatting.stories(shown) if shown >= thread.total else f"the newest {shown} of {formatting.stories(thread.total)}"
    return f"{told} · /{thread.query}" if thread.name != thread.query else told


def nth(reading: ReadingPosition) -> str:
    """Which of the thread's stories is read, or that it is a related one: "2 of 3", "related 1 of 9"."""
    if reading.at < reading.own:
        return f"{reading.at + 1} of {reading.own}"
    return f"related {reading.at - reading.own + 1} of {len(reading.heads) - reading.own}"


def whereabouts(reading: ReadingPosition, percent: int, width: int, *, locked: bool) -> str:
    """What stands at the right of the hints: the story, and how far it is read."""
    shown = f"{percent} %"
    if width < TWO_FROM:
        return shown
    told = f"story {nth(reading)}" if reading.at < reading.own else nth(reading)
    return " · ".join([told, *(["locked"] if locked else []), shown])


def rail_hints(*, searches: bool = False) -> list[Hint]:
    """The keys that help in the list of threads, or on one of the saved `searches` in it."""
    return hints(SAVED if searches else RAIL, {"down": "thread", "up": "thread", "change_search": "rename, remove"})


def story_hints(width: int, *, full: bool, hunt: SearchSession | None, story: str, marked: bool = False) -> list[Hint]:
    """The keys that help over a story; with a search on, where its hits are; `marked` where marks are on and there are none."""
    brief = {"compare": "marks off"} if marked else {}
    shown = hints(FULL if full else NARROW_STORY if width < WIDE_FROM else STORY, brief)
    if hunt is not None:
        shown.insert(1, ("n", hunted(hunt, story, width)))
    return shown


def marked_place(thread: str, pieces: Sequence[comparison_summary.Piece], said: str, totals: str, width: int) -> tuple[Line, str]:
    """The place line over marks: the thread, what the comparison came to, and at the right end what is said of the lit passage.

    Where nothing is said of it `totals` stand there if all pieces have room beside them.
    """
    room = width - (len(PLATE) + 3 if width >= PLATE_FROM else 1) - 4 - cells(thread) - 2
    whole = comparison_summary.fit(pieces, room)
    right = f"{LIT} {said}" if said else (totals if comparison_summary.fit(pieces, room - cells(totals)) == whole else "")
    if not comparison_summary.fit(pieces, room - cells(right)):
        right = ""
    return [(thread, "name"), (f"  {comparison_summary.fit(pieces, room - cells(right))}", "strong")], right


def marked_hints(width: int, *, full: bool, hunt: SearchSession | None, story: str) -> tuple[list[Hint], Line]:
    """The keys that help over marks, and at the right end what the signs mean in the words there is room for."""
    ids = NARROW_MARKED if full or width < TWO_FROM else WIDE_MARKED if width >= THREE_FROM else MARKED
    brief = {"show_marked": "show", "compare": "off"} if width < TWO_FROM else {}
    shown = hints(ids, MARKED_WORDS | brief)
    if hunt is not None:
        shown.insert(1, ("n", hunted(hunt, story, width)))
    taken = sum(cells(key) + 1 + cells(word) + 3 for key, word in shown)
    return shown, comparison_summary.legend(min(width // 2, width - 2 - taken))


def hunted(hunt: SearchSession, story: str, width: int) -> str:
    """Which hit of the story this is, and which story of those found: "hit 2 of 7 · story 3 of 12"."""
    found, place = len(hunt.of(story)), hunt.place(story)
    told = [f"hit {hunt.at + 1} of {found}"] * bool(found)
    if place is not None and len(hunt.stories) > 1 and (width >= WIDE_FROM or not found):
        told.append(f"story {place + 1} of {len(hunt.stories)}")
    return " · ".join(told) or "next story with a hit"
