"""What is done with a story besides reading it: marked, taken back, handed to the browser or the clipboard; and stories added.

Marks are written one after another in a thread of their own, so none overtakes another and no key waits for the disk.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from textual import events

from reader.model import Report
from reader.ui import handing, words
from reader.ui.marks import Kind, Mark, Marks
from reader.ui.paint import Line
from reader.ui.screens.desk import Desk

if TYPE_CHECKING:
    from reader.library import Library

COPY: Line = [
    *[("Copy   ", "ink"), ("l", "key"), (" link   ", "muted"), ("s", "key"), (" story   ", "muted")],
    *[("q", "key"), (" passage at the top   ", "muted"), ("Esc", "key"), (" nothing", "muted")],
]
T = TypeVar("T")
Progress = Callable[[int, int, str], None]
AT_MOST_EVERY = 0.25
"""Seconds between two paintings of a progress."""


class Keeping(Desk):
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

    # long work

    def add(self, sources: Sequence[str]) -> None:
        """Add sources while the reader reads on; `Esc` stops it, what was added stays."""
        self._work("Adding", lambda progress, stopped: self.library.add(sources, progress=progress, cancelled=stopped), self._added)

    def catch_up(self) -> None:
        """Bring threads and index in step with the stories while the reader reads on."""
        self._work("Sorting", lambda progress, stopped: self.library.catch_up(progress=progress, cancelled=stopped), lambda _: None)

    def _work(self, name: str, call: Callable[[Progress, Callable[[], bool]], T], then: Callable[[T], None]) -> None:
        """Do what takes long in a thread, with a count in the hints' place, and show the threads anew when it is done."""
        self.stop = stop = threading.Event()
        painted = 0.0

        def progress(done: int, total: int, _: str) -> None:
            nonlocal painted
            if time.monotonic() - painted >= AT_MOST_EVERY and not stop.is_set():
                painted = time.monotonic()
                self.app.call_from_thread(self._progress, name, f"{done:,} of {total:,}" if total else f"{done:,}")

        def came(result: T) -> None:
            self.hints.stand([])
            then(result)
            self.stop = None
            self.load_threads(self.read_anew)

        self._progress(name, "…")
        self.ask("work", lambda: call(progress, stop.is_set), came)

    def _progress(self, name: str, count: str) -> None:
        if self.stop is not None:
            self.hints.stand([(f"{name}  ", "ink"), (count, "ink"), ("   Esc", "key"), (" stops", "muted")])

    def _added(self, report: Report) -> None:
        self.hints.say(*told(report, stopped=self.stop is not None and self.stop.is_set()))

    def stop_work(self) -> bool:
        """Stop what takes long; says whether there was anything to stop."""
        if self.stop is None or self.stop.is_set():
            return False
        self.stop.set()
        return True


def told(report: Report, *, stopped: bool = False) -> list[str]:
    """What adding did, in words."""
    kept = [f"{words.stories(len(report.added))} added"] if report.added or not report.unchanged else []
    kept += [f"{len(report.updated):,} updated"] if report.updated else []
    kept += [f"{len(report.unchanged):,} known before"] if report.unchanged else []
    first = ", ".join(kept) + (", then stopped" if stopped else "")
    if not report.refused:
        return [first]
    one = report.refused[0]
    more = f", and {len(report.refused) - 1:,} more" if len(report.refused) > 1 else ""
    return [first, f" · {one.source} was left out: {one.why}{more}"]
