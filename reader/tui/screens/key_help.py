"""Key help and command palette: every command, found by typing, run with Enter."""

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
from reader.tui.commands.command import Context
from reader.tui.commands.key_help import (
    WIDEST,
    HelpEntry,
    HelpSection,
    Item,
    columns,
    columns_at,
    key_sections,
    matching,
    palette_sections,
)
from reader.tui.commands.registry import hints
from reader.tui.widgets.line_editor import LineEditor
from reader.tui.widgets.painted import PaintedWidget, Row, rule_above
from reader.tui.widgets.status_bars import StatusBar, TitleLine

MOST_COLUMNS = 3
PALETTE_WIDTH = 118
"""Maximum width of the palette in cells."""
CONTEXTS: dict[Context, str] = {
    "reading": "while reading",
    "brief": "in the brief",
    "correcting": "while correcting",
    "marking": "while marking",
    "searching": "while searching",
    "choosing": "in a list",
    "feeds": "in the feeds",
}


class KeyColumn(PaintedWidget):
    """A column of headings and entries, one of them selected."""

    DEFAULT_CSS = f"KeyColumn {{ max-width: {WIDEST}; }}"

    @dataclass
    class Clicked(Message):
        """An entry was clicked."""

        entry: HelpEntry

    def __init__(self) -> None:
        super().__init__()
        self.items: Sequence[Item] = ()
        self.selected: HelpEntry | None = None
        self.more = ""

    def show(self, items: Sequence[Item], selected: HelpEntry | None, more: str) -> None:
        """Show these rows, and in the last row the number of entries out of view."""
        self.items, self.selected, self.more = items, selected, more
        self.redraw()

    def row(self, y: int) -> Row:
        """Return a heading or an entry."""
        item = self.items[y] if y < len(self.items) else ""
        size = self.size.width
        line: Line = [("  ", "ink"), (item, "accent")] if isinstance(item, str) else self.entry(item, size)
        if self.more and y == self.size.height - 1:
            line = spread(line, [(f" {self.more} ", "muted")], size)
        return line, "chosen" if item and item == self.selected else "ground"

    def on_click(self, event: events.Click) -> None:
        """Report the entry that was clicked."""
        event.stop()
        item = self.items[event.y] if event.y < len(self.items) else ""
        if isinstance(item, HelpEntry):
            self.post_message(self.Clicked(item))

    def entry(self, entry: HelpEntry, size: int) -> Line:
        """Return keys and description; all descriptions of the column start in the same cell."""
        widest = max((cells(item.keys) for item in self.items if isinstance(item, HelpEntry)), default=0)
        indent = max(10, widest + 2)
        keys = entry.keys + " " * (indent - cells(entry.keys))
        selected = entry == self.selected
        words = cut(entry.words, size - indent - 3)
        return [("▌ ", "focus") if selected else ("  ", "ink"), (keys, "key"), (words, "chosen" if selected else "ink")]


class TopRule(PaintedWidget):
    """The heavy rule below the title line."""

    DEFAULT_CSS = "TopRule { height: 1; }"

    def row(self, y: int) -> Row:
        """Return the rule."""
        return [rule_above(self.size.width, active=True)], "ground"


class KeyHelpScreen(Screen[str | None]):
    """The key table of a context; letters filter it, Enter returns the id of a command, Esc returns None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("choosing")
    HEADING: ClassVar[str] = "Keys"
    FIRST: ClassVar[int] = -1
    """The entry selected at first; -1 for none."""

    def __init__(self, where: Context = "reading") -> None:
        super().__init__()
        self.where = where
        self.edit = LineEditor()
        self.found = self.sections()
        self.selected = self.FIRST
        self.title_line = TitleLine()
        self.columns = [KeyColumn() for _ in range(MOST_COLUMNS)]
        self.status_bar = StatusBar()

    def sections(self) -> list[HelpSection]:
        """Return all entries in their sections."""
        return key_sections(self.where)

    def column_count(self, width: int) -> int:
        """Return the number of columns for a screen width."""
        return columns_at(width)

    def compose(self) -> ComposeResult:
        """Title line, rule, columns, status bar."""
        yield self.title_line
        yield TopRule()
        with Horizontal():
            yield from self.columns
        yield self.status_bar

    @property
    def entries(self) -> list[HelpEntry]:
        """The matching entries, in the order they are shown."""
        return [entry for section in self.found for entry in section.entries]

    @property
    def marked(self) -> HelpEntry | None:
        """The selected entry."""
        entries = self.entries
        return entries[self.selected] if 0 <= self.selected < len(entries) else None

    def on_mount(self) -> None:
        """Show the key hints."""
        self.status_bar.show(hints(["choose_down", "choose_up", "take", "leave_choice"], {"take": "run"}))

    def on_resize(self) -> None:
        """Lay out the columns again."""
        self.show()

    def show(self) -> None:
        """Lay out the matching entries."""
        width, height = self.size.width, self.size.height - 3
        typed: Line = self.edit.paint(width // 3) if self.edit.text else [("type to filter ▏", "muted")]
        self.title_line.show([(self.HEADING, "name"), (f"  {CONTEXTS[self.where]}", "muted")], typed)
        count = self.column_count(width)
        laid = columns(self.found, count, height)
        marked = self.marked
        document_frequency = next((number for number, column in enumerate(laid) if marked in column), 0)
        first = max(0, document_frequency - count + 1)
        shown = laid[first : first + count] or [["", f"No command matches “{self.edit.text}”."]]
        before, after = entry_count(laid[:first]), entry_count(laid[first + count :])
        more = "  ".join([f"↑ {before}"] * bool(before) + [f"↓ {after} more"] * bool(after))
        for number, column in enumerate(self.columns):
            column.display = number < count
            column.show(shown[number] if number < len(shown) else [], marked, more if number == count - 1 else "")

    # keys

    def on_key(self, event: events.Key) -> None:
        """Edit the filter."""
        before = self.edit.text
        if not self.edit.press(event.key, event.character):
            return
        event.stop()
        event.prevent_default()
        if self.edit.text != before:
            self._filter()
        self.show()

    def on_paste(self, event: events.Paste) -> None:
        """Paste into the filter."""
        event.stop()
        self.edit.insert(event.text)
        self._filter()
        self.show()

    def _filter(self) -> None:
        self.found = matching(self.sections(), self.edit.text)
        self.selected = 0 if self.edit.text else self.FIRST

    def action_choose_down(self) -> None:
        """Select the next entry."""
        self.select(self.selected + 1)

    def action_choose_up(self) -> None:
        """Select the previous entry."""
        self.select(self.selected - 1)

    def select(self, number: int) -> None:
        """Select the entry with that number, or the nearest one."""
        self.selected = max(0, min(number, len(self.entries) - 1))
        self.show()

    def action_take(self) -> None:
        """Return the command of the selected entry."""
        if self.marked and self.marked.command:
            self.dismiss(self.marked.command)

    def action_leave_choice(self) -> None:
        """Leave without a command."""
        self.dismiss(None)

    # mouse

    def on_key_column_clicked(self, message: KeyColumn.Clicked) -> None:
        """Return the command of the entry that was clicked."""
        self.select(self.entries.index(message.entry))
        self.action_take()

    def on_mouse_scroll_down(self) -> None:
        """Select the next entry."""
        self.action_choose_down()

    def on_mouse_scroll_up(self) -> None:
        """Select the previous entry."""
        self.action_choose_up()

    async def on_status_bar_pressed(self, message: StatusBar.Pressed) -> None:
        """Run the command of the hint that was clicked."""
        await press(self, "choosing", message.key)


class PaletteScreen(KeyHelpScreen):
    """The command palette: one line for each command with its full description, the first one selected."""

    HEADING: ClassVar[str] = "Commands"
    FIRST: ClassVar[int] = 0

    DEFAULT_CSS = f"PaletteScreen KeyColumn {{ max-width: {PALETTE_WIDTH}; }}"

    def sections(self) -> list[HelpSection]:
        """Return all commands in one section."""
        return palette_sections(self.where)

    def column_count(self, width: int) -> int:
        """Return one column for any width."""
        return 1


def entry_count(laid: Sequence[Sequence[Item]]) -> int:
    """Return the number of entries in columns."""
    return sum(isinstance(item, HelpEntry) for column in laid for item in column)
