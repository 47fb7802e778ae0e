"""The application: it applies the theme, opens the main screen, and keeps control characters from the terminal."""

from __future__ import annotations

import codecs
import locale
import os
import time
import unicodedata
from collections.abc import Sequence
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec.structs import replace
from rich.segment import Segment
from textual import on
from textual.app import App
from textual.binding import Binding
from textual.color import Color
from textual.driver import Driver
from textual.events import Event, Key
from textual.filter import LineFilter
from textual.screen import Screen

from reader import log
from reader.errors import SettingsError, ThemeError
from reader.paths import Directories, shipped
from reader.settings import AUTO, Settings, save_setting
from reader.tui.commands.bindings import run_command
from reader.tui.commands.registry import BY_ID
from reader.tui.screens.main import MainScreen
from reader.tui.terminal import TerminalDriver
from reader.tui.terminal_query import TerminalAnswers
from reader.tui.theming import theme as themes
from reader.tui.theming.theme import Theme
from reader.tui.widgets.status_bars import StatusBar

if TYPE_CHECKING:
    from reader.library import Library

WITHOUT_COLOR = "monochrome"
_WATCH_EVERY = 1.0
"""Seconds between two looks at the file of the theme."""
_AFTER_ESCAPE = 0.05
"""Seconds between an Escape and the letter that came in one packet with it."""


class ControlCharacterFilter(LineFilter):
    """The last filter before the terminal: replaces every character that a terminal would obey."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Replace harmful characters in segments."""
        return [
            segment if segment.control or segment.text.isprintable() else Segment(printable(segment.text), segment.style)
            for segment in segments
        ]


def printable(text: str) -> str:
    """Replace control characters (C0, C1) and bidirectional controls in a text."""
    return "".join("�" if unicodedata.category(letter) == "Cc" or letter in BIDI else letter for letter in text)


BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Newsloom(App[int]):
    """The application: `look` is the current theme, `ascii` whether symbols are drawn in ASCII, `pressed` when a key last came.

    `terminal` has the answers of the terminal to questions that were asked before the start, and the keys typed meanwhile.
    """

    TITLE = "Newsloom"
    CSS_PATH = "reader.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False
    BINDINGS: ClassVar = [Binding(key, "command('suspend')", show=False, priority=True) for key in BY_ID["suspend"].keys]

    def __init__(
        self,
        library: Library,
        places: Directories,
        settings: Settings | None = None,
        *,
        add: Sequence[str] = (),
        terminal: TerminalAnswers | None = None,
    ) -> None:
        if os.environ.get("NO_COLOR") == "":
            # no-color.org: an empty value means nothing, but Textual takes it as set.
            del os.environ["NO_COLOR"]
        self.library = library
        self.places = places
        self.terminal = terminal or TerminalAnswers()
        self.settings = settings or Settings()
        self.ascii = in_ascii(self.settings.glyphs)
        self.problem = ""
        self.pressed = 0.0
        self.look = self._first_look()
        self._stamp: tuple[str, int, int] | None = None
        self.leaving = ExitStack()
        self._to_add = list(add)
        super().__init__(ansi_color=self.look.ansi)

    @property
    def theme_folders(self) -> list[Path]:
        """The folders of themes: those of the program, then the reader's own."""
        return [shipped("themes"), self.places.themes]

    def _first_look(self) -> Theme:
        chosen = themes.FALLBACK if self.settings.theme == AUTO else self.settings.theme
        wanted = WITHOUT_COLOR if os.environ.get("NO_COLOR") else chosen
        try:
            return themes.named(wanted, self.theme_folders)
        except ThemeError as fault:
            self.problem = str(fault)
            return themes.named(themes.FALLBACK, [shipped("themes")])

    def get_default_screen(self) -> Screen[None]:
        """The main screen, below all others."""
        return MainScreen(self.library, add=self._to_add)

    def get_css_variables(self) -> dict[str, str]:
        """The variables of Textual and of the theme."""
        return {**super().get_css_variables(), **self.look.variables()}

    def get_driver_class(self) -> type[Driver]:
        """The driver of the terminal; the environment variable TEXTUAL_DRIVER names another one."""
        return super().get_driver_class() if "TEXTUAL_DRIVER" in os.environ else TerminalDriver

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The filters of Textual, then the filter of control characters."""
        return [*super().get_line_filters(), GUARD]

    def on_mount(self) -> None:
        """Watch the file of the theme."""
        self.set_interval(_WATCH_EVERY, self._reload_theme)

    def _reload_theme(self) -> None:
        """Load the user's theme in use again if its file was saved; show its mistakes and keep the colors."""
        stamp = themes.stamp(self.look.name, self.places.themes)
        changed = stamp is not None and self._stamp is not None and stamp != self._stamp
        self._stamp = stamp
        if not changed:
            return
        try:
            self.wear(themes.named(self.look.name, self.theme_folders))
        except ThemeError as fault:
            bars = self.screen.query(StatusBar)
            if bars:
                bars.first().say(fault.problem)

    def wear(self, theme: Theme) -> None:
        """Show everything in a theme."""
        self.look = theme
        self.ansi_color = theme.ansi
        self.refresh_css(animate=False)
        for screen in self.screen_stack:
            for part in screen.walk_children():
                part.refresh()

    def on_background_stated(self) -> None:
        """Switch to the theme for the background of the terminal, which was unknown so far."""
        self.settings = replace(self.settings, theme=themes.FOR_BACKGROUND[self.terminal.brightness])
        self.wear(self._first_look())

    def keep_theme(self, theme: Theme) -> str:
        """Switch to a theme and save it; returns a message if it cannot be saved, else ""."""
        self.wear(theme)
        return self.keep_setting("theme", theme.name)

    def keep_setting(self, name: str, value: str | int) -> str:
        """Change a setting and save it; returns a message if it cannot be saved, else "". Any thread may call it."""
        change: dict[str, Any] = {name: value}
        self.settings = replace(self.settings, **change)
        try:
            save_setting(self.places.settings, name, value)
        except (OSError, SettingsError) as fault:
            return f"{name.replace('_', ' ').capitalize()} not saved: {fault}"
        return ""

    def borrow_samples(self) -> tuple[Library, Path]:
        """Open a temporary library for the sample stories; returns it and the folder of the samples."""
        from tempfile import TemporaryDirectory

        from reader.library import Library

        seeds = shipped("seeds")
        folder = self.leaving.enter_context(TemporaryDirectory(prefix="newsloom-"))
        self.library = self.leaving.enter_context(closing(Library.open(Path(folder), followed=seeds / "threads.yaml")))
        return self.library, seeds

    def call_attention(self, said: str) -> None:
        """Notify the reader outside the screen as set in the settings: by the bell, or by a desktop notification."""
        if self.settings.notify == "bell":
            self.bell()
        elif self.settings.notify == "desktop" and self._driver is not None:
            self._driver.write(f"\x1b]9;{printable(said)}\x07")

    def _handle_exception(self, error: Exception) -> None:
        """Record an error that ends the app in the log file; Textual then shows it."""
        log.failure("screen", error)
        super()._handle_exception(error)

    async def on_event(self, event: Event) -> None:
        """Note the time of each key; Alt and a letter is Escape and then the letter, which arrive together over slow lines."""
        if isinstance(event, Key):
            self.pressed = time.monotonic()
            if event.key.startswith("alt+") and event.character and event.is_printable:
                letter = Key(event.character, event.character)
                await super().on_event(Key("escape", "\x1b"))
                # once the Escape is handled, which may close the screen
                self.set_timer(_AFTER_ESCAPE, partial(self.post_message, letter))
                return
        await super().on_event(event)

    async def action_command(self, id: str, *arguments: int) -> None:
        """Run a command of the table on the screen that is open."""
        await run_command(self.screen, id, *arguments)

    @on(Driver.SignalResume)
    def _repaint(self) -> None:
        """Paint the whole screen after a suspension: the shell had the terminal meanwhile."""
        self.refresh(layout=True)

    def action_help_quit(self) -> None:
        """Show how to quit when ctrl+c is pressed."""
        screen = self.screen
        if isinstance(screen, MainScreen):
            screen.status.say(f"{BY_ID['quit'].label} quits")


GUARD = ControlCharacterFilter()


def in_ascii(glyphs: str) -> bool:
    """Whether symbols are drawn in ASCII: by the setting, or if the locale is not UTF-8."""
    if glyphs != AUTO:
        return glyphs == "ascii"
    return codecs.lookup(locale.getpreferredencoding(False)).name != "utf-8"
