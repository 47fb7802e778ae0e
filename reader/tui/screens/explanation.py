"""Why the stories of a thread are together: its key words, and what links each story to the nearest ones."""

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
"""Number of nearest stories listed for each story."""
MOVE = {"choose_down": "story", "choose_up": "story"}
TAKE = {"take": "compare with others"}


class ThreadExplanationScreen(ListScreen[None]):
    """The whole thread; Enter compares the selected story with the others."""

    BINDINGS: ClassVar[list[BindingType]] = [("w", "leave_choice")]

    def __init__(self, library: Library, thread: Thread, heads: Sequence[StoryHeader]) -> None:
        super().__init__()
        self.library = library
        self.thread = thread
        self.heads = heads

    def on_mount(self) -> None:
        """Load the links."""
        self.title_line.show([(self.thread.name, "name"), ("  why together", "muted")], formatting.stories(len(self.heads)))
        taking = TAKE if len(self.heads) > 1 else {}
        self.status_bar.show(hints((*MOVE, *taking, "leave_choice"), MOVE | taking))
        self.requests.run("links", self._load, lambda rows: self.list.show(rows, 1))

    def _load(self) -> ThreadExplanationRows:
        return ThreadExplanationRows(self.thread, [(head, self.library.stories.related(head.id, NEAREST)) for head in self.heads])

    def action_take(self) -> None:
        """Compare the selected story with the others; leave if there are none."""
        if len(self.heads) < 2:
            self.dismiss(None)
        elif len(self.list.rows):
            self.app.push_screen(StoryExplanationScreen(self.library, self.thread, self.heads, self.heads[self.list.cursor - 1]))


class StoryExplanationScreen(ListScreen[None]):
    """One story: what links it to its thread, and to the selected other story."""

    BINDINGS: ClassVar[list[BindingType]] = [("w", "leave_choice")]

    def __init__(self, library: Library, thread: Thread, heads: Sequence[StoryHeader], head: StoryHeader) -> None:
        super().__init__()
        self.library = library
        self.thread = thread
        self.head = head
        self.others = [other for other in heads if other.id != head.id]

    def on_mount(self) -> None:
        """Load the links to the thread."""
        self.title_line.show([(self.thread.name, "name"), ("  why this story", "muted")], formatting.stories(len(self.others) + 1))
        self.status_bar.show(hints((*MOVE, "leave_choice"), MOVE))
        self.requests.run("thread", lambda: self.library.stories.explain_thread(self.head.id), self._show)

    def _show(self, explanation: Explanation) -> None:
        self.list.show(StoryExplanationRows(self.head, explanation, self.others), 1)
        self._load_pair()

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        """Load what links the story to the selected one."""
        self._load_pair()

    def _load_pair(self) -> None:
        rows, other = self.list.rows, self.others[self.list.cursor - 1].id
        if not isinstance(rows, StoryExplanationRows) or other in rows.known:
            return

        def loaded(explanation: Explanation) -> None:
            rows.known[other] = explanation
            self.list.redraw()

        self.requests.run("pair", lambda: self.library.stories.explain(self.head.id, other), loaded)

    def action_take(self) -> None:
        """Return to the thread."""
        self.dismiss(None)
