"""Triage: many stories marked read or unread at once, chosen by one key after `A`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from msgspec.structs import replace
from textual.screen import Screen

from reader.library.marks import Selection
from reader.models import Feed, Place, PlaceKind, Thread
from reader.presentation.text_layout import Line, cut
from reader.tui.commands.bindings import run_command
from reader.tui.commands.command import ScreenCommand
from reader.tui.commands.registry import commands
from reader.tui.controllers.journal import Journal
from reader.tui.controllers.list_pane import ListPane
from reader.tui.controllers.prompt import Prompt
from reader.tui.controllers.requests import Requests
from reader.tui.controllers.status_lines import StatusLines
from reader.tui.controllers.thread_browser import ThreadBrowser
from reader.tui.state.place_list import MoreStories, SectionHeading
from reader.tui.state.reader_state import ReaderState
from reader.tui.state.reading_position import ReadingPosition

T = TypeVar("T")
Choice = tuple[Selection, str]
"""The stories to mark, and the name of where they are; "" for none."""

MOST_DAYS = 99_999
MOST_CHOICES = 9
"""Feeds or folders of a story to choose from: each has a digit key."""
LONGEST_NAME = 24
"""Cells of the name of a feed or folder to choose from."""
WIDE_QUESTION_FROM = 100
NO_FOLDER = "feeds without a folder"
TO_UNREAD = "mark_unread"


class Triage:
    """Marks the story, its thread, feed or folder, all that is listed, what is old, or what a query finds.

    Each choice is one change, which `u` undoes.
    """

    def __init__(
        self,
        screen: Screen[Any],
        state: ReaderState,
        requests: Requests,
        prompt: Prompt,
        journal: Journal,
        pane: ListPane,
        browser: ThreadBrowser,
        status: StatusLines,
    ) -> None:
        self._screen = screen
        self._state = state
        self._requests = requests
        self._prompt = prompt
        self._journal = journal
        self._pane = pane
        self._browser = browser
        self._status = status
        self._waiting: asyncio.Future[Any] | None = None
        self._choices: dict[str, Callable[[], Awaitable[Choice | None]]] = {
            "mark_story": self._story,
            "mark_thread": self._thread,
            "mark_feed": self._feed,
            "mark_folder": self._folder,
            "mark_listed": self._all_listed,
            "mark_older": self._older,
            "mark_query": self._query,
        }
        journal.many_changed.connect(pane.load)

    # commands

    async def menu(self) -> None:
        """Ask what to mark read."""
        await self._ask("Mark read", read=True)

    async def menu_unread(self) -> None:
        """Ask what to mark unread."""
        await self._ask("Mark unread", read=False)

    async def mark_story(self) -> None:
        """Mark the story read."""
        await self._mark("mark_story")

    async def mark_thread(self) -> None:
        """Mark the thread read."""
        await self._mark("mark_thread")

    async def mark_feed(self) -> None:
        """Mark the feed of the story read."""
        await self._mark("mark_feed")

    async def mark_folder(self) -> None:
        """Mark the folder of the story read."""
        await self._mark("mark_folder")

    async def mark_listed(self) -> None:
        """Mark everything listed read."""
        await self._mark("mark_listed")

    async def mark_older(self) -> None:
        """Mark read what is listed and older than a number of days."""
        await self._mark("mark_older")

    async def mark_query(self) -> None:
        """Mark read what a query finds."""
        await self._mark("mark_query")

    async def _ask(self, words: str, *, read: bool) -> None:
        choices = [entry for entry in commands("marking") if read or entry.id != TO_UNREAD]
        key = await self._prompt.key(question(words, choices, wide=self._status.width >= WIDE_QUESTION_FROM))
        entry = next((entry for entry in choices if key in entry.keys), None)
        if entry is not None and entry.id == TO_UNREAD:
            await run_command(self._screen, TO_UNREAD)
        elif entry is not None:
            await self._mark(entry.id, read=read)

    async def _mark(self, command: str, *, read: bool = True) -> None:
        choice = await self._choices[command]()
        if choice is not None:
            selection, name = choice
            self._journal.mark(selection, "read", read, name)

    # the choices

    async def _story(self) -> Choice | None:
        reading = await self._reading()
        return None if reading is None else (Selection(stories=(reading.head.id,)), "")

    async def _thread(self) -> Choice | None:
        row = self._pane.row if self._state.pane == "list" else None
        if isinstance(row, Thread):
            return Selection(thread=row.id), f"“{row.name}”"
        reading = await self._reading()
        return None if reading is None else (Selection(thread=reading.thread.id), f"“{reading.thread.name}”")

    async def _feed(self) -> Choice | None:
        if place := self._place("feed"):
            return Selection(place=place), place.name
        feeds = await self._feeds()
        names = {feed.address: feed.name for feed in feeds}
        address = await self._choose("Which feed", names)
        return None if address is None else (Selection(place=Place(kind="feed", key=address)), names[address])

    async def _folder(self) -> Choice | None:
        if place := self._place("folder"):
            return Selection(place=place), place.name or NO_FOLDER
        feeds = await self._feeds()
        names = {tag: tag or NO_FOLDER for feed in feeds for tag in feed.tags or ("",)}
        tag = await self._choose("Which folder", names)
        return None if tag is None else (Selection(place=Place(kind="folder", key=tag)), names[tag])

    async def _all_listed(self) -> Choice:
        return self._listed, ""

    async def _older(self) -> Choice | None:
        typed = await self._prompt.line("Older than how many days: ")
        if not typed:
            return None
        if not (typed.isascii() and typed.isdecimal() and int(typed) <= MOST_DAYS):
            self._status.say(f"“{typed}” is not a number of days", f" · 0 to {MOST_DAYS:,}")
            return None
        return replace(self._listed, days=int(typed)), ""

    async def _query(self) -> Choice | None:
        typed = await self._prompt.line("Stories that match: ")
        return (Selection(query=typed), "") if typed else None

    async def _choose(self, words: str, names: dict[str, str]) -> str | None:
        """Ask for one of several keys by a digit; of one, return it."""
        keys = list(names)[:MOST_CHOICES]
        if len(keys) < 2:
            return keys[0] if keys else None
        line: Line = [(f"{words}?   ", "ink")]
        for number, key in enumerate(keys, 1):
            line += [(str(number), "key"), (f" {cut(names[key], LONGEST_NAME)}   ", "muted")]
        typed = await self._prompt.key(line)
        return keys[int(typed) - 1] if typed.isdecimal() and 0 < int(typed) <= len(keys) else None

    # what they need

    @property
    def _listed(self) -> Selection:
        """The stories of the place that is listed, as far as they are not filtered out."""
        view = self._pane.view
        return Selection(place=None if view.place.kind == "front" else view.place, text=view.text)

    def _place(self, kind: PlaceKind) -> Place | None:
        """The feed or folder under the cursor of the list, or the one that is listed; None if there is none."""
        if self._state.pane != "list":
            return None
        row = self._pane.row
        under = self._pane.place or (row.place if isinstance(row, SectionHeading | MoreStories) else None)
        return next((place for place in (under, self._pane.view.place) if place is not None and place.kind == kind), None)

    async def _reading(self) -> ReadingPosition | None:
        """The open thread, once it is open; None, with a message, if there is none."""
        if self._state.reading is None and not self._browser.is_opening:
            self._status.say("Open a story first")
            return None
        answer: asyncio.Future[ReadingPosition] = self._wait()
        self._browser.with_reading(answer.set_result)
        return await answer

    async def _feeds(self) -> list[Feed]:
        """The feeds that list the story; none, with a message, if it came from elsewhere."""
        reading = await self._reading()
        if reading is None:
            return []
        library, story = self._state.library, reading.head.id

        def load() -> list[Feed]:
            addresses = dict.fromkeys(origin.feed for origin in library.stories.origins(story) if origin.feed)
            return [feed for feed in map(library.feeds.get, addresses) if feed]

        answer: asyncio.Future[list[Feed]] = self._wait()

        def failed(error: Exception) -> None:
            answer.cancel()
            self._status.show_error(error)

        self._requests.run("feeds of story", load, answer.set_result, failed)
        feeds = await answer
        if not feeds:
            self._status.say("This story is in no feed")
        return feeds

    def _wait(self) -> asyncio.Future[Any]:
        """A future for an answer; an earlier one is given up."""
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting = asyncio.get_running_loop().create_future()
        return self._waiting


def question(words: str, choices: Sequence[ScreenCommand], *, wide: bool) -> Line:
    """The question what to mark, with the key of each choice; with short gaps unless there is room."""
    gap = "   " if wide else " "
    line: Line = [(f"{words}{gap}", "ink")]
    for entry in choices:
        line += [(entry.label, "key"), (f" {entry.hint}{gap}", "muted")]
    return line
