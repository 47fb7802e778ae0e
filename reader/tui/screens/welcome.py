"""The first start: an empty library, and the ways to fill it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen

from reader.presentation.text_layout import Line, spread, width, wrap
from reader.tui.commands.bindings import bindings
from reader.tui.commands.registry import Hint, hints
from reader.tui.controllers.library_jobs import as_source
from reader.tui.widgets.line_editor import LineEditor
from reader.tui.widgets.painted import PaintedWidget, Row
from reader.tui.widgets.status_bars import StatusBar

Source = Literal["samples", "feed", "list", "folder"]
SAMPLES = "samples"
WELCOME = "Your library is empty. Add a few stories, and Newsloom sets those about the same event side by side."
PROMPTS: dict[Source, str] = {"feed": "Address: ", "list": "File or address: ", "folder": "Folder or file: "}
MEASURE = 64
MARGIN = 4
WORDY_FROM = 40
"""Width in cells from which the choices are described in full."""
TALL_FROM = 30
"""Height in rows from which blank lines stand between the choices."""
CONTENT_HEIGHT = 13
"""Height of the greeting and the choices in rows, for centering."""
BLANK: Row = ([], "ground")


class WelcomeChoice(Struct, frozen=True):
    """A way to start: its description, a short one for narrow screens, and a note."""

    source: Source
    description: str
    short: str
    note: str


CHOICES = (
    WelcomeChoice("samples", "Look around with five sample stories", "Five sample stories", "nothing is saved"),
    WelcomeChoice("feed", "Add a feed or a web page", "A feed or a page", "by its address"),
    WelcomeChoice("list", "Import feeds from another reader", "Another reader's feeds", "OPML, or newsboat urls"),
    WelcomeChoice("folder", "Read a folder of files", "A folder of files", "text, HTML, email"),
)


class WelcomePanel(PaintedWidget):
    """The greeting and the choices, one of them selected; a path can be typed in place of the selected one."""

    DEFAULT_CSS = f"WelcomePanel {{ max-width: {MEASURE + MARGIN}; }}"

    @dataclass
    class Clicked(Message):
        """A choice was clicked: its number, from 0."""

        number: int

    def __init__(self, problem: str = "") -> None:
        super().__init__()
        self.selected = 0
        self.edit: LineEditor | None = None
        self.problem = problem
        self._rows: list[Row] | None = None
        self._choice_rows: dict[int, int] = {}
        """The number of the choice in each row."""

    def redraw(self) -> None:
        """Lay out the lines again and paint them."""
        self._rows = None
        super().redraw()

    def on_resize(self) -> None:
        """Lay out the lines for the new size."""
        self.redraw()

    def row(self, y: int) -> Row:
        """Return a line."""
        if self._rows is None:
            self._rows = self._lay_out()
        return self._rows[y] if y < len(self._rows) else BLANK

    def on_click(self, event: events.Click) -> None:
        """Report the choice that was clicked."""
        event.stop()
        if event.y in self._choice_rows:
            self.post_message(self.Clicked(self._choice_rows[event.y]))

    def _lay_out(self) -> list[Row]:
        """Return all lines, centered."""
        room = self.size.width - MARGIN
        airy = self.size.height >= TALL_FROM
        rows: list[Row] = [(inset([("Newsloom", "accent")]), "ground"), BLANK]
        rows += [(inset(line), "ground") for line in wrap([(WELCOME, "ink")], room)]
        rows.append(BLANK)
        places: dict[int, int] = {}
        for number, choice in enumerate(CHOICES):
            places[len(rows)] = number
            rows.append(self._choice(number, choice, room))
            if number == self.selected and self.problem:
                rows += [(inset(line), "ground") for line in wrap([("!  ", "error"), (self.problem, "ink")], room)]
            rows += [BLANK] * airy
        above = max(0, min(self.size.height - len(rows), (self.size.height - CONTENT_HEIGHT) // 2))
        self._choice_rows = {row + above: number for row, number in places.items()}
        return [BLANK] * above + rows

    def _choice(self, number: int, choice: WelcomeChoice, room: int) -> Row:
        selected = number == self.selected
        key: Line = [(f"{number + 1}  ", "key")]
        if selected and self.edit is not None:
            label = PROMPTS[choice.source]
            line = [*key, (label, "chosen"), *self.edit.paint(room - 3 - len(label))]
        else:
            note: Line = [(f"  {choice.note}", "muted")]
            text = choice.description if room >= WORDY_FROM else choice.short
            left: Line = [*key, (text, "chosen" if selected else "ink")]
            line = spread(left, note if width(left) + width(note) <= room else [], room)
        return [("▌ ", "focus") if selected else ("  ", "ink"), *line, ("  ", "ink")], "chosen" if selected else "ground"


def inset(line: Line) -> Line:
    """Indent a line by the width of the bar."""
    return [("  ", "ink"), *line]


class WelcomeScreen(Screen[str]):
    """Returns SAMPLES, or the address, folder or file to add."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("choosing")
    DEFAULT_CSS = "WelcomeScreen Horizontal { align-horizontal: center; }"

    def __init__(self, problem: str = "") -> None:
        super().__init__()
        self.panel = WelcomePanel(problem)
        self.status_bar = StatusBar()

    def compose(self) -> ComposeResult:
        """The panel in the center, and the status bar."""
        with Horizontal():
            yield self.panel
        yield self.status_bar

    def on_mount(self) -> None:
        """Show the key hints."""
        self.show()

    def show(self) -> None:
        """Paint the panel and the key hints."""
        self.panel.redraw()
        if self.panel.edit is not None:
            self.status_bar.show(hints(["take", "leave_choice"], {"take": "add"}))
            return
        numbers: Hint = (f"1–{len(CHOICES)}", "choose")
        keys = hints(["take", "theme", "keys"], {"take": "choose the selected one"})
        self.status_bar.show([numbers, *keys, ("q", "quit")])

    def on_key(self, event: events.Key) -> None:
        """Run the command of a letter or number; while a path is typed all of them are text."""
        if self.panel.edit is not None:
            used = self.panel.edit.press(event.key, event.character)
            self.panel.problem = "" if used else self.panel.problem
        else:
            used = self.run_key(event.character or "")
        if used:
            event.stop()
            event.prevent_default()
            self.show()

    def on_paste(self, event: events.Paste) -> None:
        """Paste into the path."""
        if self.panel.edit is not None:
            event.stop()
            self.panel.edit.insert(event.text)
            self.show()

    def run_key(self, letter: str) -> bool:
        """Run the command of a letter or number; return False if it has none."""
        if letter.isdecimal() and 0 < int(letter) <= len(CHOICES):
            self.panel.selected = int(letter) - 1
            self.action_take()
        elif letter == "T":
            from reader.tui.screens.theme_picker import ThemePickerScreen

            self.app.push_screen(ThemePickerScreen())
        elif letter == "?":
            from reader.tui.screens.key_help import KeyHelpScreen

            self.app.push_screen(KeyHelpScreen())
        elif letter == "j":
            self.action_choose_down()
        elif letter == "k":
            self.action_choose_up()
        elif letter in ("q", "Q"):
            self.app.exit()
        else:
            return False
        return True

    def action_choose_down(self) -> None:
        """Select the next choice."""
        self.select(self.panel.selected + 1)

    def action_choose_up(self) -> None:
        """Select the previous choice."""
        self.select(self.panel.selected - 1)

    def select(self, number: int) -> None:
        """Select a choice, unless a path is being typed."""
        if self.panel.edit is None:
            self.panel.selected = min(max(0, number), len(CHOICES) - 1)
            self.show()

    def action_take(self) -> None:
        """Return the selected source, or ask for its path first; a path that does not exist is asked for again."""
        source = CHOICES[self.panel.selected].source
        if source == "samples":
            self.dismiss(SAMPLES)
        elif self.panel.edit is None:
            self.panel.edit, self.panel.problem = LineEditor(), ""
        elif typed := self.panel.edit.text.strip():
            if path := as_source(typed, bare=source == "feed"):
                self.dismiss(path)
            else:
                self.panel.problem = f"“{typed}” does not exist. Enter retries, Esc goes back."
        self.show()

    def action_leave_choice(self) -> None:
        """Return from the path to the choices."""
        self.panel.edit, self.panel.problem = None, ""
        self.show()

    def on_welcome_panel_clicked(self, message: WelcomePanel.Clicked) -> None:
        """Take the choice that was clicked, unless a path is being typed."""
        if self.panel.edit is None:
            self.panel.selected = message.number
            self.action_take()
