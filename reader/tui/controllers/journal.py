"""What is done with a story besides reading it: marked, taken back, handed to the browser or the clipboard.

Marks are written one after another in a thread of their own, so none overtakes another and no key waits for the disk.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from reader.presentation import links
from reader.presentation.text_layout import Line
from reader.tui import sharing
from reader.tui.controllers.job_runner import Working
from reader.tui.state.thread_list import ThreadList
from reader.tui.state.undo import CorrectionAction, FlagChange, Kind, UndoableAction, UndoHistory

if TYPE_CHECKING:
    from reader.library import Library

COPY: Line = [
    *[("Copy   ", "ink"), ("l", "key"), (" link   ", "muted"), ("s", "key"), (" story   ", "muted")],
    *[("q", "key"), (" passage   ", "muted"), ("Esc", "key"), (" nothing", "muted")],
]


class Keeping(Working):
    """The desk, with what can be done with a story."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._marks = UndoHistory()
        self.writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="marks")
        """Writes what the reader sets, in the order in which it was set."""

    def on_unmount(self) -> None:
        """Stop what takes long, and let the last marks be written."""
        if self.stop is not None:
            self.stop.set()
        self.writer.shutdown(wait=True)

    def count_threads(self) -> ThreadList:
        """The threads as they are when the marks set so far are written."""
        self.writer.submit(int).result()
        return super().count_threads()

    # marks

    def mark(self, mark: FlagChange, *, note: bool = True) -> None:
        """Set a mark: on the screen at once, in the library as soon as it can."""
        if note:
            self._marks.note(mark)
        self.marks_made += 1
        if mark.kind == "read":
            self.writer.submit(self.library.stories.mark_read, [mark.story], mark.on)
            self.threads.recount(mark.story, -1 if mark.on else 1)
            self.rail.redraw()
        else:
            self.writer.submit(self.library.stories.mark_starred, [mark.story], mark.on)
        if self.reading is not None:
            self.reading.mark(mark.story, **{mark.kind: mark.on})
            self.columns.renew(self.reading.heads)
        self.signpost()

    def toggle(self, kind: Kind) -> None:
        """Set a mark of the story being read, or take it away, and say so."""
        if self.reading is None:
            return
        head = self.reading.head
        mark = FlagChange(head.id, kind, not (head.read if kind == "read" else head.starred))
        self.mark(mark)
        self.hints.say(mark.said, " · u undoes")

    def read_now(self) -> None:
        """Note in silence that the story being read is read."""
        if self.reading is not None and not self.reading.head.read:
            self.mark(FlagChange(self.reading.head.id, "read", True))

    def action_toggle_read(self) -> None:
        """Read, or unread."""
        self.toggle("read")

    def action_toggle_star(self) -> None:
        """A star, or none."""
        self.toggle("starred")

    def action_undo(self) -> None:
        """Take back what was done last: a mark, a word on threads, a change of a saved search."""
        last = self._marks.take()
        if last is None:
            self.hints.say("Nothing to take back")
        elif isinstance(last, CorrectionAction):
            self.unsay(last)
        elif isinstance(last, UndoableAction):
            last.back()
        else:
            self.mark(last.back, note=False)
            self.hints.say(f"{last.back.said} again")

    def unsay(self, said: CorrectionAction) -> None:
        """Take a word on threads back."""
        raise NotImplementedError

    # handing on

    def action_browser(self) -> None:
        """Open the story's address."""
        if self.reading is None:
            return
        url = links.address(self.reading.head)
        if url is None:
            self.hints.say("This story states no address")
        elif sharing.start(sharing.browser(url)):
            self.hints.say(f"Handed to the browser: {url}")
        else:
            self.hints.say("No browser was found; BROWSER can name one")

    def action_copy(self) -> None:
        """Ask what to copy."""
        if self.reading is not None and self.columns.current is not None:
            self.ask_key(COPY, self._copy)

    def _copy(self, key: str) -> None:
        column = self.columns.current
        if column is None or key not in ("l", "s", "q"):
            return
        head, story = column.head, column.story
        if key == "l":
            text, said = links.address(head) or "", "Link copied"
        elif key == "s":
            text, said = sharing.whole(head, story), "Story copied, with its source"
        else:
            text, said = sharing.passage(head, column.passage), "Passage copied, with its source"
        if text:
            self.app.copy_to_clipboard(text)
        self.hints.say(said if text else "This story states no address")
