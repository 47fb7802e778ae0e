"""Saved searches on the desk: they stand above the threads, are changed and removed there, and tell of new stories."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from textual.timer import Timer

from reader.errors import SavedSearchError
from reader.models import SavedSearch, Thread
from reader.presentation.text_layout import Line
from reader.tui.controllers.hunting import Hunting
from reader.tui.state.thread_list import ThreadList
from reader.tui.state.undo import FlagChange, UndoableAction

if TYPE_CHECKING:
    from reader.library import Library

T = TypeVar("T")

SOON = 2.0
"""Seconds after a mark in which another one may follow before the saved searches are counted anew."""

MENU: Line = [
    *[
        ("r", "key"),
        (" rename   ", "muted"),
        ("e", "key"),
        (" change what it asks   ", "muted"),
        ("d", "key"),
        (" remove   ", "muted"),
    ],
    *[("n", "key"), (" tell of new ones   ", "muted"), ("Esc", "key"), (" nothing", "muted")],
]


class Saving(Hunting):
    """The desk, with the saved searches."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._searches_fault = ""
        self._soon: Timer | None = None

    def load_threads(self, then: Callable[[], None] | None = None) -> None:
        """Ask for the threads and show them; then count what is unread of the saved searches."""

        def loaded() -> None:
            if then:
                then()
            self.count_searches()

        super().load_threads(loaded)

    def count_threads(self) -> ThreadList:
        """The threads below the saved searches, as far as these were counted; what is wrong with their list is said once."""
        threads = super().count_threads()
        try:
            found = self.library.saved_searches.names()
            fault = "; ".join(self.library.problems)
        except SavedSearchError as error:
            found, fault = [], str(error)
        if fault and fault != self._searches_fault:
            self.call_later(self.tell, fault)
        self._searches_fault = fault
        counted = {thread.id: thread for thread in self.threads[: self.threads.searches]}
        known = [counted.get(search.id, search) for search in found]
        return threads.below([old if old.query == search.query else search for old, search in zip(known, found, strict=True)])

    def count_searches(self) -> None:
        """Count what is unread of the saved searches: the index is asked, so the threads do not wait for it.

        While stories come in it is left alone, for it would have to take them in at once; they are counted when that is over.
        """
        made = self.marks_made

        def came(searches: list[Thread]) -> None:
            if made != self.marks_made:
                self._count_soon()
            elif self.threads.put_searches(searches):
                self.rail.redraw()
                self.signpost()
            else:
                self.load_threads()

        if self.threads.searches and self.stop is None:
            self.ask("searches", self._asked_searches, came, lambda fault: self.log.error(fault))

    def _asked_searches(self) -> list[Thread]:
        self.writer.submit(int).result()  # the marks set so far are written
        return self.library.saved_searches.threads()

    def mark(self, mark: FlagChange, *, note: bool = True) -> None:
        """Set a mark; a while after the last one the saved searches are counted anew."""
        super().mark(mark, note=note)
        if self.threads.searches:
            self._count_soon()

    def _count_soon(self) -> None:
        if self._soon is not None:
            self._soon.stop()
        self._soon = self.set_timer(SOON, self.count_searches)

    @property
    def search_chosen(self) -> Thread | None:
        """The saved search the list's cursor is on."""
        cursor = self.rail.cursor
        return self.threads[cursor] if cursor < self.threads.searches else None

    @property
    def thread_read(self) -> Thread | None:
        """The thread of the story being read, in a saved search too."""
        if self.reading is None or not self.reading.thread.query:
            return self.reading.thread if self.reading else None
        index = self.thread_index(self.reading.head.thread)
        return None if index is None else self.threads[index]

    def nothing_in(self, thread: Thread) -> None:
        """A saved search that finds nothing now shows nothing."""
        if not thread.query:
            super().nothing_in(thread)
            return
        self.reading = None
        self.columns.show([], 0)
        self.signpost()
        self.hints.say(f"No story answers “{thread.name}” now")

    def action_search(self) -> None:
        """Search as you type; on a saved search begin with what it asks."""
        chosen = self.search_chosen
        if chosen is not None and self.hunt is None:
            self.search(chosen.query, chosen.name)
        else:
            super().action_search()

    # changing one

    def action_change_search(self) -> None:
        """Ask what to do with the saved search; from elsewhere go to the first."""
        chosen = self.search_chosen
        if chosen is not None:
            self.ask_key(MENU, lambda key: self._change(key, chosen))
        elif self.threads.searches:
            self.focus_pane("rail")
            self.rail.go(0)
            self.hints.say("The saved searches", " · S on one of them changes it")
        else:
            self.hints.say("No search is saved yet", " · / searches, and ctrl+s there saves")

    def _change(self, key: str, chosen: Thread) -> None:
        searches, name = self.library.saved_searches, chosen.name
        if key == "r":
            self.ask_line("Name: ", name, lambda typed: self._rename(name, typed))
        elif key == "e":
            self.search(chosen.query, name)
        elif key == "d":
            self._change_saved(lambda: searches.remove(name), self._forgotten)
        elif key == "n":
            self._change_saved(self._other_notice(name), self._noticed)

    def _rename(self, name: str, typed: str) -> None:
        searches = self.library.saved_searches

        def renamed(saved: SavedSearch) -> None:
            self._marks.note(UndoableAction(lambda: self._change_saved(lambda: searches.change(saved.name, name=name), self._back)))
            self._show_saved(saved)
            self.hints.say(f"Called “{saved.name}”", " · u undoes")

        self._change_saved(lambda: searches.change(name, name=typed), renamed)

    def _other_notice(self, name: str) -> Callable[[], SavedSearch]:
        def change() -> SavedSearch:
            saved = self.library.saved_searches.named(name)
            return self.library.saved_searches.change(name, notify=not (saved and saved.notify))

        return change

    def _change_saved(self, call: Callable[[], T], then: Callable[[T], None]) -> None:
        self.ask("saved search", call, then, lambda fault: self.hints.say(f"That could not be done: {fault}"))

    def _back(self, saved: SavedSearch) -> None:
        """What was done to a saved search is taken back."""
        self._show_saved(saved)
        self.hints.say(f"Called “{saved.name}” again")

    def _show_saved(self, saved: SavedSearch) -> None:
        def loaded() -> None:
            place = next((place for place in range(self.threads.searches) if self.threads[place].name == saved.name), None)
            if place is not None:
                self.open_thread(place)

        self.load_threads(loaded)

    def _noticed(self, saved: SavedSearch) -> None:
        told = "New stories are told of after a refresh" if saved.notify else "New stories are told of no more"
        self.hints.say(f"{told}: “{saved.name}”")

    def _forgotten(self, removed: tuple[SavedSearch, int]) -> None:
        self._marks.note(UndoableAction(lambda: self._change_saved(lambda: self.library.saved_searches.save(*removed), self._back)))
        self.load_threads(self.read_anew)
        self.hints.say(f"Removed “{removed[0].name}”", " · u undoes")

    # what is new

    def stories_came(self, told: Sequence[str]) -> None:
        """Tell how many of the stories that came answer the searches to be told of, after what is `told` of the refresh."""

        def came(news: list[tuple[SavedSearch, int]]) -> None:
            said = ", ".join(f"{number:,} new in {saved.name}" for saved, number in news)
            if told or news:
                self.tell(*told, *[f" · {said}" if told else said] * bool(news))
            if news:
                self.scene.call_attention(said)

        self.ask("news", self.library.saved_searches.news, came, lambda _: came([]))
