"""The journal: every change is written in order in a thread of its own, and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from textual.screen import Screen

from reader.models import StoryHeader, Thread
from reader.tui.controllers.status_lines import StatusLines
from reader.tui.state.reader_state import ReaderState
from reader.tui.state.signal import Signal
from reader.tui.state.undo import Flag, FlagAction, Undoable, UndoHistory
from reader.tui.widgets.story_columns import StoryColumns
from reader.tui.widgets.virtual_list import VirtualList

T = TypeVar("T")
TOGGLE_KEYS: dict[Flag, str] = {"read": "m", "starred": "s"}
"""The keys that set a flag again after a failed write."""


class Journal:
    """The write queue of the main screen, with the flags of stories and the undo history.

    A flag changes on the screen at once and is written as soon as possible; if that fails, it changes back and a message is shown.
    `version` grows with every change, so that what was loaded before one can be recognized. Emits `flag_changed`.
    """

    def __init__(
        self, screen: Screen[Any], state: ReaderState, rail: VirtualList, columns: StoryColumns, status: StatusLines
    ) -> None:
        self.flag_changed: Signal[[FlagAction]] = Signal()
        self.history = UndoHistory()
        self.version = 0
        self._screen = screen
        self._state = state
        self._rail = rail
        self._columns = columns
        self._status = status
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")
        self._latest: dict[tuple[str, Flag], FlagAction] = {}
        self._stored: dict[tuple[str, Flag], bool] = {}
        """The flags as they were last written, for those that change."""

    # the write queue

    def submit(self, call: Callable[[], T]) -> Future[T]:
        """Queue a write after all others; the caller handles its result."""
        return self._writer.submit(call)

    def write(
        self, call: Callable[[], T], then: Callable[[T], None] | None = None, on_error: Callable[[Exception], None] | None = None
    ) -> None:
        """Queue a write; then call `then` with its result, or `on_error`, which shows a message by default."""

        def done(future: Future[T]) -> None:
            try:
                result = future.result()
            except CancelledError:
                return
            except Exception as error:
                self._screen.call_later(on_error or self.show_error, error)
            else:
                if then is not None:
                    self._screen.call_later(then, result)

        self._writer.submit(call).add_done_callback(done)

    def flush(self) -> None:
        """Wait until everything queued so far is written; for worker threads."""
        self._writer.submit(int).result()

    def close(self) -> None:
        """Write what is queued, and stop."""
        self._writer.shutdown(wait=True)

    def show_error(self, error: Exception) -> None:
        """Show that something could not be saved."""
        self._screen.log.error(error)
        self._status.announce(f"Not saved: {error}")

    def changed(self) -> None:
        """Note a change of the library: threads loaded before it are out of date."""
        self.version += 1

    # flags

    def set_flag(self, change: FlagAction, *, undoable: bool = True) -> None:
        """Set a flag of stories on the screen, and write it."""
        if undoable:
            self.history.push(change)
        for story in change.stories:
            self._latest[story, change.flag] = change
            self._stored.setdefault((story, change.flag), not change.on)
        stories = self._state.library.stories
        set_flag = stories.mark_read if change.flag == "read" else stories.mark_starred
        self._show(change)
        self.write(lambda: set_flag(change.stories, change.on), lambda _: self._written(change), partial(self._failed, change))

    def _show(self, change: FlagAction) -> None:
        state = self._state
        self.changed()
        for story in change.stories:
            state.listed.mark(story, **{change.flag: change.on})
        self._rail.redraw()
        if state.reading is not None:
            for story in change.stories:
                state.reading.mark(story, **{change.flag: change.on})
            self._columns.renew(state.reading.heads)
        self._status.refresh()
        self.flag_changed.emit(change)

    def _written(self, change: FlagAction) -> None:
        for key in ((story, change.flag) for story in change.stories):
            if self._latest.get(key) is change:
                del self._latest[key], self._stored[key]
            else:
                self._stored[key] = change.on

    def _failed(self, change: FlagAction, error: Exception) -> None:
        self.history.remove(change)
        latest = [story for story in change.stories if self._latest.get((story, change.flag)) is change]
        for story in latest:
            del self._latest[story, change.flag]
        wrong = tuple(story for story in latest if self._stored.pop((story, change.flag)) != change.on)
        if wrong:
            self._show(FlagAction(wrong, change.flag, not change.on))
        self._screen.log.error(error)
        self._status.announce(f"Not saved: {error}", f" · {TOGGLE_KEYS[change.flag]} tries again")

    def _toggle(self, flag: Flag) -> None:
        state = self._state
        row = state.listed.row(self._rail.cursor) if state.menu is None else None
        reading = state.reading
        if state.pane == "columns":
            heads = [reading.head] if reading else []
        elif isinstance(row, StoryHeader):
            heads = [row]
        elif isinstance(row, Thread) and reading is not None and reading.thread.id == row.id:
            heads = reading.heads[: reading.own] if flag == "read" else [reading.head]
        elif isinstance(row, Thread) and flag == "read":
            threads, thread = state.library.threads, row.id
            self.write(lambda: threads.headers(thread), lambda found: self._toggle_flag(found, flag))
            return
        else:
            heads = []
        self._toggle_flag(heads, flag)

    def _toggle_flag(self, heads: Sequence[StoryHeader], flag: Flag) -> None:
        """Set a flag of those stories that lack it; if all have it, remove it."""
        lacking = tuple(head.id for head in heads if not (head.read if flag == "read" else head.starred))
        stories = lacking or tuple(head.id for head in heads)
        if stories:
            change = FlagAction(stories, flag, bool(lacking))
            self.set_flag(change)
            self._status.say(change.text, " · u undoes")

    def toggle_read(self) -> None:
        """Mark the story read or unread; in the list, the thread or story under the cursor."""
        self._toggle("read")

    def toggle_star(self) -> None:
        """Star the story, or remove the star; in the list, of the story under the cursor."""
        self._toggle("starred")

    def mark_read(self) -> None:
        """Mark the story being read as read, without a message."""
        reading = self._state.reading
        if reading is not None and not reading.head.read:
            self.set_flag(FlagAction((reading.head.id,), "read", True))

    # undo

    def push(self, change: Undoable) -> None:
        """Remember a change that was made elsewhere."""
        self.history.push(change)

    def undo(self) -> None:
        """Undo the last change."""
        last = self.history.pop()
        if last is None:
            self._status.say("Nothing to undo")
        elif isinstance(last, FlagAction):
            self.set_flag(last.reversed, undoable=False)
            self._status.say(f"Undone: {last.text[:1].lower()}{last.text[1:]}")
        else:
            last.undo()
