"""Which stories of a thread: one under the cursor, or several chosen with Space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from reader.models import StoryHeader
from reader.presentation import formatting
from reader.presentation.text_layout import Line, cells, cut, spread
from reader.tui.commands.registry import hints
from reader.tui.screens.list_screen import ListScreen
from reader.tui.widgets.virtual_list import WIDEST, Rows


@dataclass(frozen=True, slots=True)
class StoryPickerOptions:
    """How stories are asked for: what Enter does with them, whether several can be chosen, and what to say where all are."""

    does: str
    several: bool = False
    not_all: str = ""


class StoryRows(Rows):
    """Stories as rows of two lines: headline, outlet and date; those that are chosen bear a sign."""

    def __init__(self, heads: Sequence[StoryHeader], chosen: set[str]) -> None:
        self.heads = heads
        self.chosen = chosen

    def __len__(self) -> int:
        return len(self.heads)

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """Sign, headline; outlet and date."""
        head, room = self.heads[index], min(width, WIDEST)
        sign: Line = [("+ ", "new")] if head.id in self.chosen else [("  ", "ink")]
        title = "chosen" if chosen else "made" if head.title_made else "ink"
        right: Line = [("●", "unread")] if not head.read else []
        first = spread([*sign, (cut(head.title, room - 4), title)], right, room)
        said = " · ".join((formatting.outlet(head), formatting.published_day(head)))
        return [first, [("  ", "ink"), (cut(said, room - cells("  ")), "muted")], []]


class StoryPickerScreen(ListScreen[tuple[str, ...]]):
    """Ends with the ids of the stories chosen with Space, or with the one under the cursor where none is."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, heading: str, heads: Sequence[StoryHeader], at: str, asks: StoryPickerOptions) -> None:
        super().__init__()
        self.heading = heading
        self.heads = heads
        self.asks = asks
        self.chosen: set[str] = set()
        self._first = next((place for place, head in enumerate(heads) if head.id == at), 0)

    def on_mount(self) -> None:
        """Show the stories."""
        super().on_mount()
        which = "Which stories?  " if self.asks.several else "Which story?  "
        self.place_line.show([(which, "name"), (self.heading, "muted")], formatting.stories(len(self.heads)))
        self.list.show(StoryRows(self.heads, self.chosen), self._first)
        self._say()

    def _say(self) -> None:
        """Say what the keys do."""
        many = [f"{len(self.chosen)} chosen"] if self.chosen else []
        moving = hints(("choose_down", "choose_up"), {"choose_down": "story", "choose_up": "story"})
        choosing = [("Space", "choose")] if self.asks.several else []
        self.hints.show([*choosing, *hints(("take",), {"take": self.asks.does}), *moving, *hints(("leave_choice",))], *many)

    def action_page(self) -> None:
        """Choose the story under the cursor, or no more, and go to the next one."""
        if not self.asks.several:
            super().action_page()
            return
        self.chosen ^= {self.heads[self.list.cursor].id}
        self.list.move(1)
        self.list.redraw()
        self._say()

    def action_take(self) -> None:
        """End with what is chosen."""
        taken = tuple(head.id for head in self.heads if head.id in self.chosen) or (self.heads[self.list.cursor].id,)
        if self.asks.not_all and len(taken) == len(self.heads):
            self.hints.say(self.asks.not_all)
        else:
            self.dismiss(taken)
