"""The journal: every change is written in order in a thread of its own, and can be undone, marks also after a restart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from textual.screen import Screen

from reader.errors import QueryError
from reader.library.marks import Selection
from reader.models import BulkChange, StoryHeader, Thread
from reader.presentation.messages import change_text
from reader.tui.commands.registry import key_note
from reader.tui.controllers.status_lines import StatusLines
from reader.tui.state.reader_state import ReaderState
from reader.tui.state.signal import Signal
from reader.tui.state.undo import Flag, FlagAction, MarkChange, Undoable, UndoHistory
from reader.tui.widgets.story_columns import StoryColumns
from reader.tui.widgets.virtual_list import VirtualList

T = TypeVar("T")
TOGGLE_KEYS: dict[Flag, str] = {"read": "m", "starred": "s"}
"""The keys that set a flag again after a failed write."""
SLOW = 0.3
"""Seconds after which a message says that a change is being written."""
FEW = 100
"""Stories of a change that is shown story by story; after a larger one the lists are loaded again."""


class Journal:
    """The write queue of the main screen, with the marks on stories and the undo history.

    A flag of few stories changes on the screen at once and is written as soon as possible. A message states the change only when it
    is written; if that fails, the flag changes back and the message names the reason. `version` grows with every change, so that
    what was loaded before one can be recognized. Emits `flag_changed`, or `many_changed` after a change of so many stories that
    what is shown should be loaded again.
    """

    def __init__(
        self, screen: Screen[Any], state: ReaderState, list_view: VirtualList, columns: StoryColumns, status: StatusLines
    ) -> None:
        self.flag_changed: Signal[[FlagAction]] = Signal()
        self.many_changed: Signal[[]] = Signal()
        self.history = UndoHistory()
        self.version = 0
        self._screen = screen
        self._state = state
        self._list = list_view
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

    # marks

    def set_flag(self, change: FlagAction, *notes: str) -> None:
        """Set a flag of stories on the screen, and write it; then show the notes, if there are any."""
        entry = MarkChange()
        self.history.push(entry)
        for story in change.stories:
            self._latest[story, change.flag] = change
            self._stored.setdefault((story, change.flag), not change.on)
        self._show(change)
        call = partial(self._apply, Selection(stories=change.stories), change.flag, change.on)
        if notes:
            self._screen.set_timer(SLOW, partial(self._note_slow, change))
        self.write(
            call, lambda written: self._written(change, entry, written, notes), lambda error: self._failed(change, entry, error)
        )

    def _note_slow(self, change: FlagAction) -> None:
        """Show that a change is not written yet."""
        if any(latest is change for latest in self._latest.values()):
            self._status.say("Saving …")

    def mark(self, selection: Selection, flag: Flag, on: bool, name: str = "") -> None:
        """Mark all stories of a selection as one change; `name` is where they are, for the message."""
        entry = MarkChange()
        self.history.push(entry)
        self._status.say("Marking …")

        def written(change: BulkChange | None) -> None:
            if change is None:
                self.history.remove(entry)
                self._status.announce("No story to mark", f" in {name}" if name else "")
            else:
                self._show_change(change, change.on)
                self._status.announce(change_text(change), f" in {name}" if name else "", key_note("undo", "undoes it"))

        def failed(error: Exception) -> None:
            self.history.remove(entry)
            if isinstance(error, QueryError):
                self._status.announce(f"Invalid query: {error.message}")
            else:
                self.show_error(error)

        self.write(partial(self._apply, selection, flag, on), written, failed)

    def _apply(self, selection: Selection, flag: Flag, on: bool) -> BulkChange | None:
        """Write a change of marks; runs in the writer thread."""
        marks = self._state.library.marks
        return marks.apply(selection, read=on) if flag == "read" else marks.apply(selection, starred=on)

    def _show_change(self, change: BulkChange, on: bool) -> None:
        """Show a written change: the flag of its stories is set, or not."""
        if change.stories <= FEW:
            self._show(FlagAction(change.ids, change.flag, on))
            return
        self.changed()
        if self._state.reading is not None:
            changed = set(change.ids)
            for head in list(self._state.reading.heads):
                if head.id in changed:
                    self._state.reading.mark(head.id, **{change.flag: on})
            self._columns.renew(self._state.reading.heads)
        self.many_changed.emit()

    def _show(self, change: FlagAction) -> None:
        state = self._state
        self.changed()
        for story in change.stories:
            state.listed.mark(story, **{change.flag: change.on})
        self._list.redraw()
        if state.reading is not None:
            for story in change.stories:
                state.reading.mark(story, **{change.flag: change.on})
            self._columns.renew(state.reading.heads)
        self._status.refresh()
        self.flag_changed.emit(change)

    def _written(self, change: FlagAction, entry: MarkChange, written: BulkChange | None, notes: Sequence[str]) -> None:
        if written is None:
            self.history.remove(entry)
        if notes:
            self._status.say(*notes)
        for key in ((story, change.flag) for story in change.stories):
            if self._latest.get(key) is change:
                del self._latest[key], self._stored[key]
            else:
                self._stored[key] = change.on

    def _failed(self, change: FlagAction, entry: MarkChange, error: Exception) -> None:
        self.history.remove(entry)
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
        row = state.listed.row(self._list.cursor) if state.menu is None else None
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
            self.set_flag(change, change.text, key_note("undo", "undoes"))

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
        """Undo the last change; after those of this session, the marks of earlier ones."""
        last = self.history.pop()
        if last is not None and not isinstance(last, MarkChange):
            last.undo()
            return

        def undone(change: BulkChange | None) -> None:
            if change is None:
                self._status.announce("Nothing to undo")
            else:
                self._show_change(change, not change.on)
                self._status.announce(f"Undone: {change_text(change)}", key_note("redo", "redoes it"))

        def failed(error: Exception) -> None:
            if last is not None:
                self.history.push(last)
            self.show_error(error)

        self.write(self._state.library.marks.undo, undone, failed)

    def redo(self) -> None:
        """Make the marks again that were undone last."""

        def redone(change: BulkChange | None) -> None:
            if change is None:
                self._status.announce("Nothing to redo")
            else:
                self.history.push(MarkChange())
                self._show_change(change, change.on)
                self._status.announce(f"Redone: {change_text(change)}", key_note("undo", "undoes it"))

        self.write(self._state.library.marks.redo, redone)
