"""What is done with a story besides reading it: marked, taken back, handed to the browser or the clipboard.

Marks are written one after another in a thread of their own, so none overtakes another and no key waits for the disk.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events

from reader.ui import handing
from reader.ui.marks import Kind, Mark, Marks
from reader.ui.paint import Line
from reader.ui.screens.working import Working

if TYPE_CHECKING:
    from reader.library import Library

COPY: Line = [
    *[("Copy   ", "ink"), ("l", "key"), (" link   ", "muted"), ("s", "key"), (" story   ", "muted")],
    *[("q", "key"), (" passage at the top   ", "muted"), ("Esc", "key"), (" nothing", "muted")],
]


class Keeping(Working):
    """The desk, with what can be done with a story."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._marks = Marks()
        self._asked_for: Callable[[str], None] | None = None
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="marks")

    def on_unmount(self) -> None:
        """Let the last marks be written."""
        self.stop_work()
        self._writer.shutdown(wait=True)

    # marks

    def mark(self, mark: Mark, *, note: bool = True) -> None:
        """Set a mark: on the screen at once, in the library as soon as it can."""
        if note:
            self._marks.note(mark)
        if mark.kind == "read":
            self._writer.submit(self.library.mark_read, [mark.story], mark.on)
            self._count(mark)
        else:
            self._writer.submit(self.library.mark_starred, [mark.story], mark.on)
        if self.reading is not None:
            self.reading.mark(mark.story, **{mark.kind: mark.on})
            self.columns.renew(self.reading.heads)
        self.signpost()

    def _count(self, mark: Mark) -> None:
        """Count a story read or unread in its thread's line."""
        index = next((number for number, thread in enumerate(self.threads) if mark.story in thread.stories), None)
        if index is not None:
            thread = self.threads[index]
            unread = min(len(thread.stories), max(0, thread.unread + (-1 if mark.on else 1)))
            self.threads[index] = replace(thread, unread=unread)
            self.rail.redraw()

    def toggle(self, kind: Kind) -> None:
        """Set a mark of the story being read, or take it away, and say so."""
        if self.reading is None:
            return
        head = self.reading.head
        mark = Mark(head.id, kind, not (head.read if kind == "read" else head.starred))
        self.mark(mark)
        self.hints.say(mark.said, " · u undoes")

    def read_now(self) -> None:
        """Note in silence that the story being read is read."""
        if self.reading is not None and not self.reading.head.read:
            self.mark(Mark(self.reading.head.id, "read", True))

    def action_toggle_read(self) -> None:
        """Read, or unread."""
        self.toggle("read")

    def action_toggle_star(self) -> None:
        """A star, or none."""
        self.toggle("starred")

    def action_undo(self) -> None:
        """Take the last mark back."""
        back = self._marks.undo()
        if back is None:
            self.hints.say("Nothing to take back")
            return
        self.mark(back, note=False)
        self.hints.say(f"{back.said} again")

    # handing on

    def action_browser(self) -> None:
        """Open the story's address."""
        if self.reading is None:
            return
        url = handing.address(self.reading.head)
        if url is None:
            self.hints.say("This story states no address")
        elif handing.start(handing.browser(url)):
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
            text, said = handing.address(head) or "", "Link copied"
        elif key == "s":
            text, said = handing.whole(head, story), "Story copied, with its source"
        else:
            text, said = handing.passage(head, column.passage), "Passage copied, with its source"
        if text:
            self.app.copy_to_clipboard(text)
        self.hints.say(said if text else "This story states no address")

    def ask_key(self, line: Line, then: Callable[[str], None]) -> None:
        """Ask in the hints' place for one key; any other key than those asked for takes the question away."""
        self.hints.hush()
        self.hints.stand(line)
        self._asked_for = then

    def on_key(self, event: events.Key) -> None:
        """The answer to a question."""
        if self._asked_for is not None:
            event.stop()
            event.prevent_default()
            answer, self._asked_for = self._asked_for, None
            self.hints.stand([])
            answer(event.key)
