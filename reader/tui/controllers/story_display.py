"""The stories in the columns: their texts are loaded, decorated and laid out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader.presentation import formatting
from reader.presentation.excerpts import is_excerpt, is_short
from reader.presentation.media import media_note
from reader.presentation.text_layout import Line
from reader.tui import status_line
from reader.tui.commands.registry import key_note
from reader.tui.controllers.requests import Requests
from reader.tui.controllers.status_lines import StatusLines
from reader.tui.loaders import LoadedText, LoadedTexts, fetch
from reader.tui.state.reader_state import ReaderState
from reader.tui.state.reading_position import ReadingPosition, columns_at
from reader.tui.state.search_session import SearchSession
from reader.tui.state.signal import Signal
from reader.tui.widgets.column_layout import LEAST_ROWS, slots, stack, stack_room, stacked_height
from reader.tui.widgets.story_column import StoryColumn
from reader.tui.widgets.story_columns import StoryColumns
from reader.tui.widgets.story_layout import Highlight

if TYPE_CHECKING:
    from reader.library import Passage

Decorator = Callable[[StoryColumn], None]
"""Adds to a column before it is shown: dimmed passages, comparison marks."""

CACHED = 64
"""Stories kept in memory."""


class StoryDisplay:
    """Shows the visible stories of the open thread.

    Emits `showing` before they are shown, `placed` when they are in their columns, and `shown` when the status lines follow.
    """

    def __init__(self, state: ReaderState, requests: Requests, columns: StoryColumns, status: StatusLines) -> None:
        self.showing: Signal[[ReadingPosition]] = Signal()
        self.placed: Signal[[]] = Signal()
        self.shown: Signal[[ReadingPosition]] = Signal()
        self._decorators: list[Decorator] = []
        self._state = state
        self._requests = requests
        self._columns = columns
        self._status = status
        self._texts: dict[str, LoadedText] = {}
        self._versions: dict[str, int] = {}
        """Which version of a story is shown if not the newest: 1 for the one before it."""
        self._pointed: tuple[str, Highlight] | None = None

    def add_decorator(self, decorator: Decorator) -> None:
        """Let an object add to every column before it is shown."""
        self._decorators.append(decorator)

    # loading

    def keep(self, loaded: LoadedTexts, search: SearchSession | None) -> None:
        """Keep loaded texts, and the matches of a search in them."""
        self._texts |= loaded.texts
        for old in list(self._texts)[: max(0, len(self._texts) - CACHED)]:
            del self._texts[old]
        if search is not None:
            search.add_hits(loaded.hits)

    def reload(self, stories: Iterable[str], *, newest: bool = False) -> None:
        """Show stories again with the texts that the library has now; `newest` goes back to the newest version."""
        for story in stories:
            self._texts.pop(story, None)
            if newest:
                self._versions.pop(story, None)
        self.show()

    def shows_older_version(self, story: str) -> bool:
        """Whether an earlier version of a story is shown."""
        return bool(self._versions.get(story))

    def show(self, then: Callable[[], None] | None = None) -> None:
        """Show the visible stories, then call `then`. While texts are loading the old columns stay."""
        reading, search = self._state.reading, self._state.search
        if reading is None:
            return
        self.showing.emit(reading)
        width = self._state.columns_width
        visible = range(reading.at, reading.at + 1) if self._columns.full else reading.in_sight(width)
        missing = self._missing(reading, visible)
        stacked = None
        if not missing and any(map(self._is_short, self._ids(reading, visible))) and (page := self._page(reading, width)):
            missing = self._missing(reading, page)
            stacked = None if missing else self._stacked(reading, page, width)
            visible = stacked or visible
        if missing:
            library = self._state.library

            def loaded(texts: LoadedTexts) -> None:
                self.keep(texts, search)
                if reading is self._state.reading:
                    self.show(then)

            self._requests.run("stories", lambda: fetch(library, missing, search), loaded)
            return
        self._requests.cancel("stories")
        if self._pointed and reading.head.id != self._pointed[0]:
            self._pointed = None
        heading = self._heading(reading, visible) if stacked else []
        columns = [self._column(reading, place) for place in visible]
        self._columns.show(columns, reading.at - visible.start, count=min(len(visible), columns_at(width)), heading=heading)
        self.placed.emit()
        self._status.refresh()
        self._columns.screen.call_after_refresh(self._status.refresh)
        self.shown.emit(reading)
        if then:
            then()

    def _missing(self, reading: ReadingPosition, places: Iterable[int]) -> list[str]:
        """The stories at these places that are not loaded yet."""
        search = self._state.search
        return [
            id_ for id_ in self._ids(reading, places) if id_ not in self._texts or (search is not None and id_ not in search.hits)
        ]

    def _ids(self, reading: ReadingPosition, places: Iterable[int]) -> list[str]:
        """The stories at these places."""
        return [reading.heads[place].id for place in places]

    def _page(self, reading: ReadingPosition, width: int) -> range | None:
        """The stories that the columns may hold at most; None where each has a column to itself."""
        columns = self._columns
        if columns.full or self._state.comparison.view is not None or reading.own < 2:
            return None
        most = max(1, stack_room((columns.size.width, columns.size.height)) // LEAST_ROWS)
        return reading.page(columns_at(width) * most)

    def _stacked(self, reading: ReadingPosition, page: range, width: int) -> range | None:
        """The part of a page that the columns do hold, if most of it is short; None where each story has a column to itself.

        As many stories as columns are shown so only if they are excerpts, below a heading that says so.
        """
        size, setting = (self._columns.size.width, self._columns.size.height), self._columns.setting
        fits_plainly = reading.own <= columns_at(width)
        heights: dict[int, int] = {}
        for number in range(len(page), reading.own - 1 if fits_plainly else columns_at(width), -1):
            part = page[(reading.at - page.start) // number * number :][:number]
            if 2 * sum(map(self._is_short, self._ids(reading, part))) <= len(part):
                continue
            if fits_plainly and self._excerpts(reading, part) < len(part):
                return None
            count = min(len(part), columns_at(width))
            measure = min(slot.measure for slot in slots(size[0], count))
            for place in part:
                if place not in heights:
                    heights[place] = stacked_height(self._column(reading, place), measure, setting, stack_room(size))
            if stack([heights[place] for place in part], count, stack_room(size)):
                return part
        return None

    def _heading(self, reading: ReadingPosition, visible: Iterable[int]) -> Line:
        """The line above stories that share columns."""
        places = list(visible)
        return status_line.heading(reading.thread, self._excerpts(reading, places), len(places))

    def _excerpts(self, reading: ReadingPosition, places: Iterable[int]) -> int:
        """The number of excerpts among the stories at these places."""
        return sum(is_excerpt(self._texts[id_].story) for id_ in self._ids(reading, places))

    def _is_short(self, story: str) -> bool:
        """Whether a story is little more than a headline and a sentence."""
        return story in self._texts and is_short(self._texts[story].story)

    def clear(self) -> None:
        """Show no stories."""
        self._columns.show([], 0)

    def _column(self, reading: ReadingPosition, place: int) -> StoryColumn:
        head = reading.heads[place]
        text, version, search = self._texts[head.id], self._versions.get(head.id, 0), self._state.search
        related = ""
        if place >= reading.own:
            name = reading.related_names.get(head.thread or "")
            related = f"related, from {name}" if name else "related"
        notes = formatting.version_notes(head, text.copies, text.versions, version)
        if media := media_note(text.version(version).media):
            notes = media, *notes
        column = StoryColumn(place + 1, head, text.version(version), related, notes)
        if search is not None and not version:
            column.mark_hits(search.hits.get(head.id, {}), search.here(head.id) if place == reading.at else None)
        for decorate in self._decorators:
            decorate(column)
        if self._pointed and self._pointed[0] == head.id and place == reading.at and column.here is None:
            column.mark_hits(column.hits, self._pointed[1])
        return column

    # commands

    def point_at(self, passage: Passage) -> None:
        """Scroll to a passage of the story being read, and highlight it until the reader goes on."""
        hit = Highlight(("body", passage.paragraph), (passage.start, passage.end), "pointed")
        self._pointed = passage.story, hit
        self._columns.show_hit(hit)
        self._status.refresh()

    def toggle_removed(self) -> None:
        """Show the lines that were removed from the stories, or hide them."""
        setting = self._columns.setting
        self._columns.set_as(replace(setting, removed=not setting.removed))
        story = self._columns.current.story if self._columns.current else None
        if story is not None and not setting.removed:
            count = len(story.removed)
            if count:
                self._status.say(f"{formatting.count(count, 'removed line')} shown with ×", key_note("removed", "hides"))
            else:
                self._status.say("No lines were removed from this story")
        self._status.refresh()

    def next_version(self) -> None:
        """Show the next earlier version of the story; after the oldest, the newest again."""
        story = self._state.reading.head.id if self._state.reading else ""
        text = self._texts.get(story)
        if text is None or not text.versions:
            self._status.say("No earlier versions")
            return
        self._versions[story] = (self._versions.get(story, 0) + 1) % (len(text.versions) + 1)
        self.show()
        if self._versions[story]:
            self._status.say("Earlier version", key_note("version", "shows the next"))
        else:
            self._status.say("Latest version")
