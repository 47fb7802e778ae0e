"""The first start: an empty library, and the ways to fill it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen

from reader.presentation.text_layout import Line, spread, width, wrap
from reader.tui.commands.bindings import bindings
from reader.tui.commands.registry import Hint, hints
from reader.tui.controllers.job_runner import as_source
from reader.tui.widgets.line_editor import LineEditor
from reader.tui.widgets.painted import PaintedWidget, Row
from reader.tui.widgets.status_bars import StatusBar

Way = Literal["samples", "feed", "list", "folder"]
SAMPLES = "samples"
WELCOME = "Your library is empty. Bring in a few stories, and those that tell of the same thing will stand side by side."
PROMPTS: dict[Way, str] = {"feed": "Address: ", "list": "File or address: ", "folder": "Folder or file: "}
MEASURE = 64
MARGIN = 4
WORDY_FROM = 40
BLANK: Row = ([], "ground")


@dataclass(frozen=True, slots=True)
class WelcomeChoice:
    """A way to begin: what it does, the same in few words, and what is to be known of it."""

    way: Way
    what: str
    short: str
    about: str


CHOICES = (
    WelcomeChoice("samples", "Look round with five sample stories", "Five sample stories", "nothing is kept"),
    WelcomeChoice("feed", "Add a feed or a page", "A feed or a page", "by its address"),
    WelcomeChoice("list", "Bring feeds from another reader", "From another reader", "OPML, or newsboat's urls"),
    WelcomeChoice("folder", "Read a folder of files", "A folder of files", "text, pages, mails"),
)


class WelcomePanel(PaintedWidget):
    """The greeting and the ways to begin, one of them marked; in the place of a marked one a path can be typed."""

    DEFAULT_CSS = f"WelcomePanel {{ max-width: {MEASURE + MARGIN}; }}"

    @dataclass
    class Taken(Message):
        """A way was clicked: its number, from 0."""

        number: int

    def __init__(self, problem: str = "") -> None:
        super().__init__()
        self.marked = 0
        self.edit: LineEditor | None = None
        self.problem = problem
        self._rows: list[Row] | None = None
        self.places: dict[int, int] = {}

    def redraw(self) -> None:
        """Set the lines again and paint them."""
        self._rows = None
        super().redraw()

    def on_resize(self) -> None:
        """Another size: other lines."""
        self.redraw()

    def row(self, y: int) -> Row:
        """A line."""
        if self._rows is None:
            self._rows = self._set()
        return self._rows[y] if y < len(self._rows) else BLANK

    def on_click(self, event: events.Click) -> None:
        """A click takes a way."""
        event.stop()
        if event.y in self.places:
            self.post_message(self.Taken(self.places[event.y]))

    def _set(self) -> list[Row]:
        """All lines, a third of the air above them; the rows the choices stand in are noted."""
        room = self.size.width - MARGIN
        airy = self.size.height >= 30
        rows: list[Row] = [(inset([("Newsloom", "accent")]), "ground"), BLANK]
        rows += [(inset(line), "ground") for line in wrap([(WELCOME, "ink")], room)]
        rows.append(BLANK)
        self.places.clear()
        for number, choice in enumerate(CHOICES):
            self.places[len(rows)] = number
            rows.append(self._choice(number, choice, room))
            if number == self.marked and self.problem:
                rows += [(inset(line), "ground") for line in wrap([("!  ", "error"), (self.problem, "ink")], room)]
            rows += [BLANK] * airy
        above = max(0, min(self.size.height - len(rows), (self.size.height - 13) // 2))
        self.places = {row + above: number for row, number in self.places.items()}
        return [BLANK] * above + rows

    def _choice(self, number: int, choice: WelcomeChoice, room: int) -> Row:
        marked = number == self.marked
        key: Line = [(f"{number + 1}  ", "key")]
        if marked and self.edit is not None:
            ask = PROMPTS[choice.way]
            line = [*key, (ask, "chosen"), *self.edit.paint(room - 3 - len(ask))]
        else:
            about: Line = [(f"  {choice.about}", "muted")]
            what: Line = [*key, (choice.what if room >= WORDY_FROM else choice.short, "chosen" if marked else "ink")]
            line = spread(what, about if width(what) + width(about) <= room else [], room)
        return [("▌ ", "focus") if marked else ("  ", "ink"), *line, ("  ", "ink")], "chosen" if marked else "ground"


def inset(line: Line) -> Line:
    """A line two cells in, as text beside a bar."""
    return [("  ", "ink"), *line]


class WelcomeScreen(Screen[str]):
    """Ends with SAMPLES, or with the address, folder or file to add."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("choosing")
    DEFAULT_CSS = """
    WelcomeScreen Horizontal { align-horizontal: center; }
    """

    def __init__(self, problem: str = "") -> None:
        super().__init__()
        self._problem = problem

    def compose(self) -> ComposeResult:
        """The greeting in the middle, with what went wrong before, and hints."""
        with Horizontal():
            yield WelcomePanel(self._problem)
        yield StatusBar()

    @property
    def welcome(self) -> WelcomePanel:
        """The greeting."""
        return self.query_one(WelcomePanel)

    def on_mount(self) -> None:
        """Say which keys help."""
        self.show()

    def show(self) -> None:
        """Paint what has changed."""
        self.welcome.redraw()
        if self.welcome.edit is not None:
            self.query_one(StatusBar).show(hints(["take", "leave_choice"], {"take": "read it"}))
            return
        numbers: Hint = (f"1–{len(CHOICES)}", "choose")
        take = hints(["take"], {"take": "take the marked one"})
        self.query_one(StatusBar).show([numbers, *take, *hints(["theme", "keys"]), ("q", "quit")])

    def on_key(self, event: events.Key) -> None:
        """Numbers choose and letters act; while a path is asked for all of them are text."""
        if self.welcome.edit is not None:
            used = self.welcome.edit.press(event.key, event.character)
            self.welcome.problem = "" if used else self.welcome.problem
        else:
            used = self.act(event.character or "")
        if used:
            event.stop()
            event.prevent_default()
            self.show()

    def on_paste(self, event: events.Paste) -> None:
        """A path can be pasted."""
        if self.welcome.edit is not None:
            event.stop()
            self.welcome.edit.insert(event.text)
            self.show()

    def act(self, letter: str) -> bool:
        """Do what a letter stands for; says whether it stands for anything."""
        if letter.isdecimal() and 0 < int(letter) <= len(CHOICES):
            self.welcome.marked = int(letter) - 1
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
        """The next way."""
        self.choose(self.welcome.marked + 1)

    def action_choose_up(self) -> None:
        """The way before."""
        self.choose(self.welcome.marked - 1)

    def choose(self, number: int) -> None:
        """Mark a way, unless a path is being typed."""
        if self.welcome.edit is None:
            self.welcome.marked = min(max(0, number), len(CHOICES) - 1)
            self.show()

    def action_take(self) -> None:
        """Go the marked way: end, or ask for the path; a path that is not there is asked for again."""
        way = CHOICES[self.welcome.marked].way
        if way == "samples":
            self.dismiss(SAMPLES)
        elif self.welcome.edit is None:
            self.welcome.edit, self.welcome.problem = LineEditor(), ""
        elif typed := self.welcome.edit.text.strip():
            if source := as_source(typed, bare=way == "feed"):
                self.dismiss(source)
            else:
                self.welcome.problem = f"There is no “{typed}”. Enter tries again, Esc goes back."
        self.show()

    def action_leave_choice(self) -> None:
        """From the path back to the ways; from there nothing leads further out but quitting."""
        self.welcome.edit, self.welcome.problem = None, ""
        self.show()

    def on_welcome_panel_taken(self, message: WelcomePanel.Taken) -> None:
        """A click takes a way, unless a path is being typed."""
        if self.welcome.edit is None:
            self.welcome.marked = message.number
            self.action_take()
