"""Search as you type: results by thread, counts that narrow them, and on wide screens the marked story at its first hit."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType

from reader.tui.commands.bindings import bindings, press
from reader.tui.controllers.recalling import Recalling
from reader.tui.screens.finder import SearchSelection
from reader.tui.widgets.status_bars import StatusBar
from reader.tui.widgets.virtual_list import VirtualList

__all__ = ["SearchScreen", "SearchSelection"]


class SearchScreen(Recalling):
    """Letters are text, arrows move in the results; `Tab` turns to the counts, and any letter back to the query."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("searching")

    def on_key(self, event: events.Key) -> None:
        """Letters go into the query wherever the keys are, or into the answer to a question."""
        if self.inquiring:
            super().on_key(event)
            return
        before = self.edit.text
        if not self.edit.press(event.key, event.character):
            return
        event.stop()
        event.prevent_default()
        self.typed_in(changed=self.edit.text != before)

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted goes into the query, or into the answer to a question."""
        if self.inquiring:
            super().on_paste(event)
            return
        event.stop()
        self.edit.insert(event.text)
        self.typed_in(changed=True)

    # what the keys do

    @property
    def list(self) -> VirtualList:
        """The list that has the keys."""
        return self.counts if self.counting else self.results

    def action_result_down(self) -> None:
        """The next row."""
        self.list.move(1)

    def action_result_up(self) -> None:
        """The row before."""
        self.list.move(-1)

    def action_results_down(self) -> None:
        """A page on."""
        self.list.page(1)

    def action_results_up(self) -> None:
        """A page back."""
        self.list.page(-1)

    def action_open_result(self) -> None:
        """Open the marked story; with the keys in the counts narrow the search. An answer still awaited is waited for."""
        if self.counting:
            self.narrow(self.counts.cursor)
        else:
            self.open_marked()

    def action_counts(self) -> None:
        """Take the value that is offered; else to the counts and back; where nothing was found take the suggestion."""
        if (not self.counting and self.take_offer()) or self.findings is None:
            return
        if self.findings.groups:
            self.turn(counting=not self.counting)
            self.say()
        elif self.findings.results.advice and self.findings.results.advice.query:
            self.ask_for(self.findings.results.advice.query)

    def action_older_query(self) -> None:
        """The query asked before."""
        self.step_back(1)

    def action_newer_query(self) -> None:
        """The query asked after it, at last what was typed."""
        self.step_back(-1)

    def action_sort_results(self) -> None:
        """The newest first, or the best."""
        self.newest = not self.newest
        self.look()
        self.say()

    def action_save_search(self) -> None:
        """Save the search under a name."""
        self.ask_name()

    def action_clear(self) -> None:
        """An empty query."""
        self.ask_for("")

    def action_leave_search(self) -> None:
        """From the counts to the results, from there back to where the search was begun."""
        if self.counting:
            self.action_counts()
        else:
            self.leave(None)

    # the mouse

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        """The cursor moved: look into the story it is on."""
        if message.sender is self.results:
            self.look_into()
            self.look_further()

    def on_virtual_list_touched(self, message: VirtualList.Touched) -> None:
        """A click gives the keys; on a count it narrows."""
        if message.sender is self.counts and message.index is not None:
            self.narrow(message.index)
        else:
            self.turn(counting=message.sender is self.counts)
            self.say()

    def on_virtual_list_opened(self, message: VirtualList.Opened) -> None:
        """A double click opens a story."""
        if message.sender is self.results:
            self.action_open_result()

    async def on_status_bar_pressed(self, message: StatusBar.Pressed) -> None:
        """A click on a hint does what its key does."""
        await press(self, "searching", message.key)
