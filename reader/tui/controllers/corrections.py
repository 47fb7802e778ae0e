"""Corrections of threads: which thread they are for, how they are written, and how they are undone.

They are written in order among the flags, so that `u` undoes both in the order in which they were made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace
from textual.screen import Screen

from reader.models import Correction, StoryHeader, Thread
from reader.presentation.messages import correction_text
from reader.presentation.text_layout import cells, cut
from reader.tui.commands.bindings import run_command
from reader.tui.commands.registry import key_note
from reader.tui.controllers.journal import Journal
from reader.tui.controllers.list_pane import ListPane
from reader.tui.controllers.prompt import Prompt
from reader.tui.controllers.requests import Requests
from reader.tui.controllers.status_lines import StatusLines
from reader.tui.controllers.thread_browser import ThreadBrowser
from reader.tui.screens.story_picker import StoryPickerOptions
from reader.tui.state.reader_state import ReaderState
from reader.tui.state.reading_position import ReadingPosition
from reader.tui.state.undo import CorrectionAction
from reader.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from reader.library import Library

T = TypeVar("T")

LONG_QUESTION_FROM = 60
"""Columns from which a question has its long form."""
AUTOMATIC = "-"
"""What is typed to go back to the automatic name."""
SPLIT = StoryPickerOptions("split off", several=True, not_all="These are all stories of the thread; leave out those that stay")
PART = StoryPickerOptions("keep apart")


class CorrectionController:
    """Corrects the thread under the cursor of the list, else the one being read."""

    def __init__(
        self,
        screen: Screen[Any],
        state: ReaderState,
        requests: Requests,
        list_view: VirtualList,
        prompt: Prompt,
        journal: Journal,
        pane: ListPane,
        browser: ThreadBrowser,
        status: StatusLines,
    ) -> None:
        self._screen = screen
        self._state = state
        self._requests = requests
        self._list = list_view
        self._prompt = prompt
        self._journal = journal
        self._pane = pane
        self._browser = browser
        self._status = status
        self._numbers = count()

    # the thread

    @property
    def thread(self) -> Thread | None:
        """The thread to correct: the one under the cursor where the list has the focus, else the one being read."""
        state = self._state
        row = self._pane.row if state.pane == "list" else None
        if isinstance(row, Thread):
            return row
        if state.pane == "list" and not (isinstance(row, StoryHeader) and state.thread and state.thread.id == row.thread):
            return None
        return state.thread

    def _require_thread(self) -> Thread | None:
        """The thread to correct; shows a message if there is none."""
        thread = self.thread
        if thread is None:
            self._status.say("Select a thread or a story to correct")
        return thread

    def menu(self) -> None:
        """Show the corrections that are possible, and run the chosen one."""
        from reader.tui.screens.correction_menu import CorrectionMenu

        thread = self._require_thread()
        if thread is None:
            return
        reading = self._state.reading
        head = reading.head if reading and (self._state.pane == "columns" or reading.thread.id == thread.id) else None
        self._screen.app.push_screen(CorrectionMenu(thread, head), self._run_command)

    async def _run_command(self, command: str | None) -> None:
        if command is not None:
            await run_command(self._screen, command)

    # writing

    def _correct(self, call: Callable[[Library], Correction], *, still: bool = False) -> None:
        """Write a correction and show the threads as it makes them; if it is refused, show why.

        With `still` the cursor of the list stays on its row, else on its thread.
        """
        library = self._state.library
        action = CorrectionAction(lambda: self._undo(action, still=still))
        self._journal.push(action)

        def refused(error: Exception) -> None:
            self._journal.history.remove(action)
            self._screen.log.error(error)
            self._status.announce(f"{str(error)[:1].upper()}{str(error)[1:]}")
            self._pane.load()

        def written(correction: Correction) -> None:
            self._announce(correction_text(correction.message), key_note("undo", "undoes"))

        self._write(lambda: action.written(call(library)), written, refused, still=still)

    def _undo(self, action: CorrectionAction, *, still: bool) -> None:
        """Undo a correction of this session if it is still the latest one."""
        library = self._state.library

        def write() -> Correction | None:
            return library.corrections.undo(action.correction.number) if action.correction else None

        def undone(correction: Correction | None) -> None:
            if correction is not None:
                text = correction_text(correction.message)
                self._announce(f"Undone: {text[:1].lower()}{text[1:]}")
            elif action.correction is not None:
                self._status.announce("Already undone, or no longer the latest correction", " · C, then a, shows all")

        self._write(write, undone, self._journal.show_error, still=still)

    def undo_latest(self, then: Callable[[Correction | None], None]) -> None:
        """Undo the latest active correction, of whichever session, and pass it to `then`."""
        library = self._state.library

        def undone(correction: Correction | None) -> None:
            if correction is not None:
                self._journal.history.remove_correction(correction.number)
            then(correction)

        self._write(lambda: library.corrections.undo(), undone, self._journal.show_error)

    def _write(
        self,
        call: Callable[[], T],
        then: Callable[[T], None],
        on_error: Callable[[Exception], None],
        *,
        still: bool = False,
    ) -> None:
        """Write in turn among the flags, then load the list; no result is dropped for a newer one."""
        writing = self._journal.submit(call)

        def written(result: T) -> None:
            then(result)
            self._pane.load(self._show_corrected, still=still)

        self._requests.run(f"correction {next(self._numbers)}", writing.result, written, on_error)

    def _show_corrected(self) -> None:
        """Open what is selected as it is now; while a story is read, its thread."""
        if self._state.pane == "list":
            self._browser.open_selected(again=True)
        else:
            self._browser.reopen()

    def _announce(self, text: str, *more: str) -> None:
        """Show what was corrected, cut so that the rest has room."""
        self._status.announce(cut(text, self._status.width - 2 - sum(map(cells, more))), *more)

    # the thread as a whole

    async def rename(self) -> None:
        """Ask for a name of the thread."""
        thread = self._require_thread()
        if thread is None:
            return
        long = self._status.width >= LONG_QUESTION_FROM
        name = await self._prompt.line(f"Name ({AUTOMATIC} for the automatic one): " if long else "Name: ", thread.name)
        if name == thread.name:
            self._status.say("Name unchanged")
        elif name:
            self._correct(lambda library: library.corrections.rename(thread.id, "" if name == AUTOMATIC else name))

    def toggle_pinned(self) -> None:
        """Pin the thread, or unpin it."""
        if thread := self._require_thread():
            flagged = self._show_flags(replace(thread, pinned=not thread.pinned))
            self._correct(lambda library: library.corrections.pin(flagged.id, flagged.pinned))

    def toggle_followed(self) -> None:
        """Follow the thread, or unfollow it."""
        if thread := self._require_thread():
            flagged = self._show_flags(replace(thread, followed=not thread.followed))
            self._correct(lambda library: library.corrections.follow(flagged.id, flagged.followed))

    def toggle_muted(self) -> None:
        """Mute the thread, or unmute it."""
        if thread := self._require_thread():
            flagged = self._show_flags(replace(thread, muted=not thread.muted))
            self._correct(lambda library: library.corrections.mute(flagged.id, flagged.muted), still=True)

    def _show_flags(self, thread: Thread) -> Thread:
        """Show the flags of a thread at once; it moves to its new place when the list is loaded."""
        self._state.listed.replace_thread(thread)
        self._list.redraw()
        return thread

    # which stories belong together

    def merge(self) -> None:
        """Ask for the thread to merge this one with."""
        thread = self._require_thread()
        if thread is None:
            return

        def chosen(other: str) -> None:
            self._correct(lambda library: library.corrections.merge([thread.id, other]))

        self._pick_thread(thread, f"merge “{thread.name}” with", thread.stories[-1], chosen)

    def move_story(self) -> None:
        """Ask for the thread to move the story to."""
        self._browser.with_reading(self._move)

    def _move(self, reading: ReadingPosition) -> None:
        story = reading.head.id

        def chosen(thread: str) -> None:
            self._correct(lambda library: library.corrections.move([story], thread))

        self._pick_thread(reading.thread if reading.at < reading.own else None, f"move “{reading.head.title}” to", story, chosen)

    def _pick_thread(self, home: Thread | None, heading: str, story: str, then: Callable[[str], None]) -> None:
        """Ask for another thread than `home`; those with stories similar to `story` come first."""
        from reader.tui.screens.thread_picker import ThreadPickerScreen

        library = self._state.library

        def chosen(thread: str | None) -> None:
            if thread is not None:
                then(thread)

        def loaded(threads: list[Thread]) -> None:
            others = [thread for thread in threads if home is None or thread.id != home.id]
            if others:
                self._screen.app.push_screen(ThreadPickerScreen(library, heading, others, story), chosen)
            else:
                self._status.say("There is no other thread")

        self._requests.run("other threads", library.threads.all, loaded)

    def split(self) -> None:
        """Ask which stories to split off the thread."""
        self._browser.with_reading(self._split)

    def _split(self, reading: ReadingPosition) -> None:
        if reading.own < 2:
            self._status.say("This thread has only one story")
            return

        def chosen(stories: tuple[str, ...]) -> None:
            self._correct(lambda library: library.corrections.split(stories))

        self._pick_stories(reading, f"split stories off “{reading.thread.name}”", reading.heads[: reading.own], chosen, SPLIT)

    def keep_apart(self) -> None:
        """Ask which other story to keep apart from this one; of two stories, it is the other one."""
        self._browser.with_reading(self._keep_apart)

    def _keep_apart(self, reading: ReadingPosition) -> None:
        head = reading.head
        others = [other for other in reading.heads[: reading.own] if other.id != head.id]
        if not others:
            self._status.say("This thread has only one story")
            return

        def chosen(stories: tuple[str, ...]) -> None:
            self._correct(lambda library: library.corrections.apart(head.id, stories[0]))

        if len(others) == 1:
            chosen((others[0].id,))
        else:
            self._pick_stories(reading, f"keep apart from “{head.title}”", others, chosen, PART)

    def _pick_stories(
        self,
        reading: ReadingPosition,
        heading: str,
        heads: Sequence[StoryHeader],
        then: Callable[[tuple[str, ...]], None],
        options: StoryPickerOptions,
    ) -> None:
        from reader.tui.screens.story_picker import StoryPickerScreen

        def chosen(stories: tuple[str, ...] | None) -> None:
            if stories is not None:
                then(stories)

        self._screen.app.push_screen(StoryPickerScreen(heading, heads, reading.head.id, options), chosen)

    # all corrections

    def show_log(self) -> None:
        """Show all corrections, newest first."""
        from reader.tui.screens.corrections_log import CorrectionsLogScreen

        self._screen.app.push_screen(CorrectionsLogScreen(self._state.library, self.undo_latest))
