"""The choice of one or several stories of a thread."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from reader.models import StoryHeader
from reader.presentation import formatting
from reader.presentation.text_layout import Line, cells, cut, spread
from reader.tui.commands.registry import hints
from reader.tui.screens.list_screen import ListScreen
from reader.tui.widgets.virtual_list import WIDEST, Rows


class StoryPickerOptions(Struct, frozen=True):
    """The word for Enter, whether several stories can be chosen, and the message if all are chosen that must not be."""

    does: str
    several: bool = False
    not_all: str = ""


class StoryRows(Rows):
    """Stories in two lines: headline, outlet and date; chosen ones have a sign."""

    def __init__(self, heads: Sequence[StoryHeader], chosen: set[str]) -> None:
        self.heads = heads
        self.chosen = chosen

    def __len__(self) -> int:
        return len(self.heads)

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """Return sign and headline; outlet and date."""
        head, room = self.heads[index], min(width, WIDEST)
        sign: Line = [("+ ", "new")] if head.id in self.chosen else [("  ", "ink")]
        title = "chosen" if chosen else "made" if head.title_made else "ink"
        right: Line = [("●", "unread")] if not head.read else []
        first = spread([*sign, (cut(head.title, room - 4), title)], right, room)
        source = " · ".join((formatting.outlet(head), formatting.published_day(head)))
        return [first, [("  ", "ink"), (cut(source, room - cells("  ")), "muted")], []]


class StoryPickerScreen(ListScreen[tuple[str, ...]]):
    """Returns the ids of the stories chosen with Space, or of the selected one if none is."""

    def __init__(self, heading: str, heads: Sequence[StoryHeader], at: str, options: StoryPickerOptions) -> None:
        super().__init__()
        self.heading = heading
        self.heads = heads
        self.options = options
        self.chosen: set[str] = set()
        self._first = next((place for place, head in enumerate(heads) if head.id == at), 0)

    def on_mount(self) -> None:
        """Show the stories."""
        which = "Which stories?  " if self.options.several else "Which story?  "
        self.title_line.show([(which, "name"), (self.heading, "muted")], formatting.stories(len(self.heads)))
        self.list.show(StoryRows(self.heads, self.chosen), self._first)
        self._show_hints()

    def _show_hints(self) -> None:
        count = f"{len(self.chosen)} chosen" if self.chosen else ""
        moving = hints(("choose_down", "choose_up"), {"choose_down": "story", "choose_up": "story"})
        choosing = [("Space", "choose")] if self.options.several else []
        keys = [*choosing, *hints(("take",), {"take": self.options.does}), *moving, *hints(("leave_choice",))]
        self.status_bar.show(keys, count)

    def action_page(self) -> None:
        """Choose the selected story or undo that, and move on; move down a page if only one story can be chosen."""
        if not self.options.several:
            self.list.page(1)
            return
        self.chosen ^= {self.heads[self.list.cursor].id}
        self.list.move(1)
        self.list.redraw()
        self._show_hints()

    def action_take(self) -> None:
        """Return the choice."""
        taken = tuple(head.id for head in self.heads if head.id in self.chosen) or (self.heads[self.list.cursor].id,)
        if self.options.not_all and len(taken) == len(self.heads):
            self.status_bar.say(self.options.not_all)
        else:
            self.dismiss(taken)
