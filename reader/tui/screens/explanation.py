"""Why a thread's stories are together: the words they share, and what ties each of them to the stories nearest to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from reader.models import Explanation, StoryHeader, Thread
from reader.presentation import formatting
from reader.tui.commands.registry import hints
from reader.tui.screens.list_screen import ListScreen
from reader.tui.widgets.explanation_rows import StoryExplanationRows, ThreadExplanationRows
from reader.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from reader.library import Library

NEAREST = 3
"""How many near stories are told of each."""
MOVE = {"choose_down": "story", "choose_up": "story"}
TAKE = {"take": "against another"}


class ThreadExplanationScreen(ListScreen[None]):
    """The thread as a whole: a list to read; a story of it can be held against the others."""

    BINDINGS: ClassVar[list[BindingType]] = [("w", "leave_choice")]

    def __init__(self, library: Library, thread: Thread, heads: Sequence[StoryHeader]) -> None:
        super().__init__()
        self.library = library
        self.thread = thread
        self.heads = heads

    def on_mount(self) -> None:
        """Ask for the words."""
        super().on_mount()
        self.place_line.show([(self.thread.name, "name"), ("  why together", "muted")], formatting.stories(len(self.heads)))
        taking = TAKE if len(self.heads) > 1 else {}
        self.hints.show(hints((*MOVE, *taking, "leave_choice"), MOVE | taking))
        self.ask("why", self._gather, lambda rows: self.list.show(rows, 1))

    def _gather(self) -> ThreadExplanationRows:
        return ThreadExplanationRows(self.thread, [(head, self.library.stories.related(head.id, NEAREST)) for head in self.heads])

    def action_take(self) -> None:
        """Hold the story under the cursor against the others; where there are none, back."""
        if len(self.heads) < 2:
            self.dismiss(None)
        elif len(self.list.rows):
            self.app.push_screen(StoryExplanationScreen(self.library, self.thread, self.heads, self.heads[self.list.cursor - 1]))


class StoryExplanationScreen(ListScreen[None]):
    """One story of a thread, held against the thread and against the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [("w", "leave_choice")]

    def __init__(self, library: Library, thread: Thread, heads: Sequence[StoryHeader], head: StoryHeader) -> None:
        super().__init__()
        self.library = library
        self.thread = thread
        self.head = head
        self.others = [other for other in heads if other.id != head.id]

    def on_mount(self) -> None:
        """Ask what ties the story to its thread."""
        super().on_mount()
        self.place_line.show([(self.thread.name, "name"), ("  why this story", "muted")], formatting.stories(len(self.others) + 1))
        self.hints.show(hints((*MOVE, "leave_choice"), MOVE))
        self.ask("why", lambda: self.library.stories.explain_thread(self.head.id), self._show)

    def _show(self, why: Explanation) -> None:
        self.list.show(StoryExplanationRows(self.head, why, self.others), 1)
        self._ask_pair()

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        """Another story under the cursor: ask what ties the two."""
        self._ask_pair()

    def _ask_pair(self) -> None:
        rows, other = self.list.rows, self.others[self.list.cursor - 1].id
        if not isinstance(rows, StoryExplanationRows) or other in rows.known:
            return

        def came(why: Explanation) -> None:
            rows.known[other] = why
            self.list.redraw()

        self.ask("pair", lambda: self.library.stories.explain(self.head.id, other), came)

    def action_take(self) -> None:
        """Nothing is to be taken here: back to the thread."""
        self.dismiss(None)
