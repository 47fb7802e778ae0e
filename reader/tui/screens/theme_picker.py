"""The themes: worn as the cursor moves, kept with Enter, taken off again with Esc."""

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
"""Width of the list in cells from which it says whether a theme is light or dark."""


class ThemeRows(Rows):
    """Themes by name, with their kind."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        self.themes = themes

    def __len__(self) -> int:
        return len(self.themes)

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """A theme's name and kind."""
        theme = self.themes[index]
        name = (cut(theme.name, width), "chosen" if chosen else "ink")
        return [spread([name], [(theme.kind, "muted"), ("  ", "ink")] if width > KINDS_FROM else [], width)]


class ThemePreview(PaintedWidget):
    """The theme_preview of the theme that is worn."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[str] = []

    def row(self, y: int) -> Row:
        """The rule above, or a line; where rows are few the blank ones give way."""
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
    """A list of themes, and beside it what the marked one looks like."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("choosing"), ("j", "choose_down"), ("k", "choose_up"), ("q", "leave_choice")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-middle"), (100, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    ThemePickerScreen VirtualList { width: 27; }
    ThemePickerScreen.-narrow VirtualList { width: 17; }
    ThemePickerScreen.-wide VirtualList { width: 32; }
    """

    def compose(self) -> ComposeResult:
        """Place, themes, theme_preview, hints."""
        yield TitleLine()
        with Horizontal():
            yield VirtualList()
            yield Rule()
            yield ThemePreview()
        yield StatusBar()

    @property
    def wardrobe(self) -> Newsloom:
        """The app, which wears the themes."""
        return cast("Newsloom", self.app)

    @property
    def marked(self) -> Theme:
        """The theme under the cursor."""
        return self.found[self.query_one(VirtualList).cursor]

    def on_mount(self) -> None:
        """Show all themes, the cursor on the one that is worn."""
        self.before = self.wardrobe.look
        self.found, self.query_one(ThemePreview).problems = themes(self.wardrobe.theme_folders)
        names = [theme.name for theme in self.found]
        cursor = names.index(self.before.name) if self.before.name in names else 0
        self.query_one(VirtualList).show(ThemeRows(self.found), cursor)
        self.query_one(VirtualList).focus_here(True)
        self.query_one(TitleLine).show([("Theme", "name"), ("  shown as you move, kept with Enter", "muted")])
        words = {"choose_down": "try", "choose_up": "try", "take": "keep", "leave_choice": "as before"}
        self.query_one(StatusBar).show(hints(list(words), words))

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        """The cursor moved: wear that theme."""
        self.wardrobe.wear(self.marked)

    def on_virtual_list_opened(self, message: VirtualList.Opened) -> None:
        """A double click keeps a theme."""
        self.action_take()

    def action_choose_down(self) -> None:
        """The next theme."""
        self.query_one(VirtualList).move(1)

    def action_choose_up(self) -> None:
        """The theme before."""
        self.query_one(VirtualList).move(-1)

    def action_take(self) -> None:
        """Keep the theme; where it cannot be kept say why."""
        problem = self.wardrobe.keep_theme(self.marked)
        if problem:
            self.query_one(StatusBar).say(problem)
        else:
            self.dismiss(None)

    def action_leave_choice(self) -> None:
        """Wear again what was worn before."""
        self.wardrobe.wear(self.before)
        self.dismiss(None)

    async def on_status_bar_pressed(self, message: StatusBar.Pressed) -> None:
        """A click on a hint does what its key does."""
        await press(self, "choosing", message.key)
