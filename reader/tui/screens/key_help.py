"""The keys: every command in its group, found by typing, done with Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen

from reader.presentation.text_layout import Line, cells, cut, spread
from reader.tui.commands.bindings import bindings, press
from reader.tui.commands.command import Where
from reader.tui.commands.key_help import WIDEST, HelpEntry, HelpSection, Item, columns, columns_at, key_blocks, matching
from reader.tui.commands.registry import hints
from reader.tui.widgets.line_editor import LineEditor
from reader.tui.widgets.painted import PaintedWidget, Row, rule_above
from reader.tui.widgets.status_bars import StatusBar, TitleLine

MOST_COLUMNS = 3
WHILE: dict[Where, str] = {
    "reading": "while reading a story",
    "brief": "over a brief",
    "correcting": "while correcting",
    "searching": "while searching",
    "choosing": "while choosing",
    "feeds": "over the feeds",
}


class KeyColumn(PaintedWidget):
    """Headings and entries below each other, one of them chosen."""

    DEFAULT_CSS = f"KeyColumn {{ max-width: {WIDEST}; }}"

    @dataclass
    class Clicked(Message):
        """An entry was clicked."""

        entry: HelpEntry

    def __init__(self) -> None:
        super().__init__()
        self.items: Sequence[Item] = ()
        self.chosen: HelpEntry | None = None
        self.more = ""

    def show(self, items: Sequence[Item], chosen: HelpEntry | None, more: str) -> None:
        """Show these rows, and in the last one's corner what is out of sight."""
        self.items, self.chosen, self.more = items, chosen, more
        self.redraw()

    def row(self, y: int) -> Row:
        """A heading or an entry."""
        item = self.items[y] if y < len(self.items) else ""
        size = self.size.width
        line: Line = [("  ", "ink"), (item, "accent")] if isinstance(item, str) else self.entry(item, size)
        if self.more and y == self.size.height - 1:
            line = spread(line, [(f" {self.more} ", "muted")], size)
        return line, "chosen" if item and item == self.chosen else "ground"

    def on_click(self, event: events.Click) -> None:
        """A click on an entry is told."""
        event.stop()
        item = self.items[event.y] if event.y < len(self.items) else ""
        if isinstance(item, HelpEntry):
            self.post_message(self.Clicked(item))

    def entry(self, entry: HelpEntry, size: int) -> Line:
        """Keys and words; the words stand at one place in the whole column."""
        widest = max((cells(item.keys) for item in self.items if isinstance(item, HelpEntry)), default=0)
        indent = max(10, widest + 2)
        keys = entry.keys + " " * (indent - cells(entry.keys))
        chosen = entry == self.chosen
        words = cut(entry.words, size - indent - 3)
        return [("▌ ", "focus") if chosen else ("  ", "ink"), (keys, "key"), (words, "chosen" if chosen else "ink")]


class TopRule(PaintedWidget):
    """The rule above, heavy: the keys are here."""

    DEFAULT_CSS = "TopRule { height: 1; }"

    def row(self, y: int) -> Row:
        """The rule."""
        return [rule_above(self.size.width, active=True)], "ground"


class KeyHelpScreen(Screen[str | None]):
    """Letters find a command, arrows choose one, `Enter` ends the screen with its id; `Esc` with nothing."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("choosing")
    HEADING: ClassVar[str] = "Keys"
    FIRST: ClassVar[int] = -1
    """Which entry is chosen at first; -1 is none."""

    def __init__(self, where: Where = "reading") -> None:
        super().__init__()
        self.where = where
        self.edit = LineEditor()
        self.found = self.blocks()
        self.chosen = self.FIRST

    def blocks(self) -> list[HelpSection]:
        """All that can be found."""
        return key_blocks(self.where)

    def columns_at(self, width: int) -> int:
        """How many columns there are on a screen of this width."""
        return columns_at(width)

    def compose(self) -> ComposeResult:
        """Place, rule, columns, hints."""
        yield TitleLine()
        yield TopRule()
        with Horizontal():
            for _ in range(MOST_COLUMNS):
                yield KeyColumn()
        yield StatusBar()

    @property
    def entries(self) -> list[HelpEntry]:
        """What is found, in the order it is shown."""
        return [entry for block in self.found for entry in block.entries]

    @property
    def marked(self) -> HelpEntry | None:
        """The entry that is chosen."""
        entries = self.entries
        return entries[self.chosen] if 0 <= self.chosen < len(entries) else None

    def on_mount(self) -> None:
        """Say what the keys do here."""
        words = {"take": "do it"}
        self.query_one(StatusBar).show(hints(["choose_down", "choose_up", "take", "leave_choice"], words))

    def on_resize(self) -> None:
        """Another size: other columns."""
        self.show()

    def show(self) -> None:
        """Lay out what is found."""
        width, height = self.size.width, self.size.height - 3
        asked: Line = self.edit.paint(width // 3) if self.edit.text else [("type to find one ▏", "muted")]
        self.query_one(TitleLine).show([(self.HEADING, "name"), (f"  {WHILE[self.where]}", "muted")], asked)
        count = self.columns_at(width)
        laid = columns(self.found, count, height)
        chosen = self.marked
        holding = next((number for number, column in enumerate(laid) if chosen in column), 0)
        first = max(0, holding - count + 1)
        shown = laid[first : first + count] or [["", f"No command is called “{self.edit.text}”."]]
        before, after = counted(laid[:first]), counted(laid[first + count :])
        more = "  ".join([f"↑ {before}"] * bool(before) + [f"↓ {after} more"] * bool(after))
        for number, column in enumerate(self.query(KeyColumn)):
            column.display = number < count
            column.show(shown[number] if number < len(shown) else [], chosen, more if number == count - 1 else "")

    # what the keys do

    def on_key(self, event: events.Key) -> None:
        """Letters find."""
        before = self.edit.text
        if not self.edit.press(event.key, event.character):
            return
        event.stop()
        event.prevent_default()
        if self.edit.text != before:
            self.found = matching(self.blocks(), self.edit.text)
            self.chosen = 0 if self.edit.text else self.FIRST
        self.show()

    def action_choose_down(self) -> None:
        """The next entry."""
        self.choose(self.chosen + 1)

    def action_choose_up(self) -> None:
        """The entry before."""
        self.choose(self.chosen - 1)

    def choose(self, number: int) -> None:
        """The entry of that number, or the nearest there is."""
        self.chosen = max(0, min(number, len(self.entries) - 1))
        self.show()

    def action_take(self) -> None:
        """End with the chosen command."""
        if self.marked and self.marked.command:
            self.dismiss(self.marked.command)

    def action_leave_choice(self) -> None:
        """End with nothing."""
        self.dismiss(None)

    # the mouse

    def on_key_column_clicked(self, message: KeyColumn.Clicked) -> None:
        """A click does what the entry says."""
        self.choose(self.entries.index(message.entry))
        self.action_take()

    def on_mouse_scroll_down(self) -> None:
        """The wheel chooses."""
        self.action_choose_down()

    def on_mouse_scroll_up(self) -> None:
        """The wheel chooses."""
        self.action_choose_up()

    async def on_status_bar_pressed(self, message: StatusBar.Pressed) -> None:
        """A click on a hint does what its key does."""
        await press(self, "choosing", message.key)


def counted(laid: Sequence[Sequence[Item]]) -> int:
    """How many entries stand in columns."""
    return sum(isinstance(item, HelpEntry) for column in laid for item in column)
