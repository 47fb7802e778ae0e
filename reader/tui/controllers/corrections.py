"""Words on threads: which thread they are for, how they are written and taken back, and what the reader has seen of followed ones.

Words are written one after another among the marks, so that `u` goes back through both in the order in which they were made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from reader.models import Correction, Thread
from reader.presentation.messages import correction_text
from reader.presentation.text_layout import cells, cut
from reader.tui.screens.showing import Showing
from reader.tui.state.reading_position import ReadingPosition
from reader.tui.state.undo import CorrectionAction

if TYPE_CHECKING:
    from reader.library import Library

T = TypeVar("T")


class Saying(Showing):
    """The desk, with words on threads; what may be said stands in `correcting`."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._numbers = count()
        self._entered: ReadingPosition | None = None
        """What lies open, if the keys were in its columns: a thread passed in the list is not seen yet."""
        self._wish: Callable[[], None] | None = None

    # what is at hand

    @property
    def at_hand(self) -> Thread | None:
        """The thread that words are for: the one under the cursor where the list has the keys, else the one being read."""
        if self.pane == "rail" and self.rail.cursor < len(self.threads):
            chosen = self.threads[self.rail.cursor]
            return None if chosen.query else chosen
        place = self._place_read()
        return None if place is None else self.threads[place]

    def _place_read(self) -> int | None:
        """Where the thread being read stands in the list."""
        if self.reading is None:
            return None
        if self.reading.thread.query:
            return self.thread_index(self.reading.head.thread)
        return self.threads.heir(self.reading.thread, self.reading.heads[0].id)

    def with_story(self, act: Callable[[ReadingPosition], None]) -> None:
        """Do what is for a story, as soon as the thread that is being opened lies open."""
        if self.awaits("thread"):
            self._wish = lambda: self.with_story(act)
        elif self.reading is not None:
            act(self.reading)
        else:
            self.hints.say("There is no story to say that of")

    # what the reader has seen of followed threads

    def open_thread(
        self, index: int, *, story: str | None = None, last: bool = False, then: Callable[[], None] | None = None
    ) -> None:
        """Show a thread; what was in the one that is left is seen."""
        before, self._wish = self.reading, None

        def landed() -> None:
            self._saw(before)
            self._enter()
            if then:
                then()
            wish, self._wish = self._wish, None
            if wish:
                wish()

        super().open_thread(index, story=story, last=last, then=landed)

    def lay_out(self) -> None:
        """Who has the keys says also whether the reader is in the thread that lies open."""
        super().lay_out()
        if not self.awaits("thread"):
            self._enter()

    def on_unmount(self) -> None:
        """What lies open when the reader goes is seen."""
        self._saw(self.reading)

    def _enter(self) -> None:
        if self.pane == "columns":
            self._entered = self.reading

    def _saw(self, reading: ReadingPosition | None) -> None:
        """Note that the stories of a thread that is left are seen, if it is followed and the reader was in it."""
        if reading is None or reading is not self._entered:
            return
        place = self.threads.heir(reading.thread, reading.heads[0].id)
        if place is not None and self.threads[place].followed and self.threads[place].new:
            self.writer.submit(self.library.stories.mark_seen, [head.id for head in reading.heads[: reading.own]])
            self.marks_made += 1
            self.threads.put(place, replace(self.threads[place], new=0))
            self.rail.redraw()

    # words

    def say_word(self, call: Callable[[Library], Correction]) -> None:
        """Say a word on threads, and show them as it makes them; one that is refused says why."""
        library, said = self.library, CorrectionAction()
        self._marks.note(said)

        def write() -> Correction:
            said.word = call(library)
            return said.word

        def refused(fault: Exception) -> None:
            self._marks.drop(said)
            self.log.error(fault)
            self.tell(f"{str(fault)[:1].upper()}{str(fault)[1:]}")
            self.load_threads()

        self._write(write, lambda word: self._told(correction_text(word.message), " · u undoes"), refused)

    def unsay(self, said: CorrectionAction) -> None:
        """Take a word of this session back, if it is still the last."""
        library = self.library

        def write() -> Correction | None:
            return library.corrections.undo(said.word.number) if said.word else None

        def came(word: Correction | None) -> None:
            if word is not None:
                self._told(f"Taken back: {correction_text(word.message)}")
            elif said.word is not None:
                self.tell("It was taken back already, or more was said since", " · C, then a, shows all")

        self._write(write, came, self.failed)

    def unsay_last(self, then: Callable[[Correction | None], None]) -> None:
        """Take back the last word that holds, of whatever session, and hand on which it was."""

        def came(word: Correction | None) -> None:
            if word is not None:
                self._marks.drop_number(word.number)
            then(word)

        library = self.library
        self._write(lambda: library.corrections.undo(), came, self.failed)

    def _write(self, call: Callable[[], T], then: Callable[[T], None], otherwise: Callable[[Exception], None]) -> None:
        """Change the words in their turn among the marks, then show the threads as they are; every answer is heard."""
        writing = self.writer.submit(call)

        def came(result: T) -> None:
            then(result)
            self.load_threads(self._read_on)

        self.ask(f"word {next(self._numbers)}", writing.result, came, otherwise)

    def _told(self, said: str, *more: str) -> None:
        """Tell what was said; of a long name so much that the rest has its place."""
        self.tell(cut(said, self.app.size.width - 2 - sum(map(cells, more))), *more)

    def _read_on(self) -> None:
        """Read on where the reader is: the thread under its name of now, or opened anew where it has other stories."""
        place = self._place_read()
        if self.reading is None:
            self.begin()
        elif self.reading.thread.query:
            self.signpost()
        elif place is None or self.threads[place].stories != self.reading.thread.stories:
            self.read_anew()
        else:
            self.reading.thread = self.threads[place]
            self.show_reading()
