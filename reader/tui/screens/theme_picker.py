"""The choice of a theme: applied as the cursor moves, saved with Enter, reverted with Esc."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen

from reader.presentation.text_layout import Line, cut, spread
from reader.tui.commands.bindings import bindings, press
from reader.tui.commands.registry import hints
from reader.tui.theming.preview import BLANK, theme_preview
from reader.tui.theming.theme import Theme, themes
from reader.tui.widgets.painted import PaintedWidget, Row, Rule, rule_above
from reader.tui.widgets.status_bars import StatusBar, TitleLine
from reader.tui.widgets.virtual_list import Rows, VirtualList

if TYPE_CHECKING:
    from reader.tui.app import Newsloom

KINDS_FROM = 24
"""Width of the list in cells from which it shows whether a theme is light or dark."""


class ThemeRows(Rows):
    """Themes by name, with their kind."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        self.themes = themes

    def __len__(self) -> int:
        return len(self.themes)

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """Return name and kind of a theme."""
        theme = self.themes[index]
        name = (cut(theme.name, width), "chosen" if chosen else "ink")
        return [spread([name], [(theme.kind, "muted"), ("  ", "ink")] if width > KINDS_FROM else [], width)]


class ThemePreview(PaintedWidget):
    """A preview of the current theme, and the errors in theme files."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[str] = []

    def row(self, y: int) -> Row:
        """Return the rule, or a line of the preview; blank lines are dropped on low screens."""
        if y == 0:
            return [rule_above(self.size.width, active=False)], "ground"
        rows = theme_preview(self.themed.look, self.size.width - 5, self.problems)
        if len(rows) > self.size.height - 1:
            rows = [row for row in rows if row != BLANK]
        if y > len(rows):
            return BLANK
        line, ground = rows[y - 1]
        return [("  ", "ink"), *line], ground


class ThemePickerScreen(Screen[None]):
    """A list of themes, and beside it a preview of the selected one."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("choosing"), ("j", "choose_down"), ("k", "choose_up"), ("q", "leave_choice")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-middle"), (100, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    ThemePickerScreen VirtualList { width: 27; }
    ThemePickerScreen.-narrow VirtualList { width: 17; }
    ThemePickerScreen.-wide VirtualList { width: 32; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.title_line = TitleLine()
        self.list = VirtualList(active=True)
        self.preview = ThemePreview()
        self.status_bar = StatusBar()

    def compose(self) -> ComposeResult:
        """Title line, list, preview, status bar."""
        yield self.title_line
        with Horizontal():
            yield self.list
            yield Rule()
            yield self.preview
        yield self.status_bar

    @property
    def newsloom(self) -> Newsloom:
        """The app, which applies and saves themes."""
        return cast("Newsloom", self.app)

    @property
    def selected(self) -> Theme:
        """The theme under the cursor."""
        return self.themes[self.list.cursor]

    def on_mount(self) -> None:
        """Show all themes, the cursor on the current one."""
        self.before = self.newsloom.look
        self.themes, self.preview.problems = themes(self.newsloom.theme_folders)
        names = [theme.name for theme in self.themes]
        self.list.show(ThemeRows(self.themes), names.index(self.before.name) if self.before.name in names else 0)
        self.title_line.show([("Theme", "name"), ("  move to preview, Enter to save", "muted")])
        words = {"choose_down": "preview", "choose_up": "preview", "take": "save", "leave_choice": "cancel"}
        self.status_bar.show(hints(list(words), words))

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        """Apply the selected theme."""
        self.newsloom.wear(self.selected)

    def on_virtual_list_opened(self, message: VirtualList.Opened) -> None:
        """Save a theme that was double-clicked."""
        self.action_take()

    def action_choose_down(self) -> None:
        """Select the next theme."""
        self.list.move(1)

    def action_choose_up(self) -> None:
        """Select the previous theme."""
        self.list.move(-1)

    def action_take(self) -> None:
        """Save the theme and leave; show the reason if it cannot be saved."""
        problem = self.newsloom.keep_theme(self.selected)
        if problem:
            self.status_bar.say(problem)
        else:
            self.dismiss(None)

    def action_leave_choice(self) -> None:
        """Apply the previous theme again and leave."""
        self.newsloom.wear(self.before)
        self.dismiss(None)

    async def on_status_bar_pressed(self, message: StatusBar.Pressed) -> None:
        """Run the command of the hint that was clicked."""
        await press(self, "choosing", message.key)
