"""The application: it wears a theme, opens the home screen, and lets no control character through to the terminal."""

from __future__ import annotations

import codecs
import locale
import os
import time
import unicodedata
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.driver import Driver
from textual.events import Event, Key
from textual.filter import LineFilter
from textual.screen import Screen

from reader import log
from reader.errors import SettingsError, ThemeError
from reader.paths import Directories, shipped
from reader.settings import Settings, save_setting
from reader.tui.commands.bindings import run_command
from reader.tui.screens.main import MainScreen
from reader.tui.terminal import TerminalDriver
from reader.tui.theming import theme as themes
from reader.tui.theming.theme import Theme

if TYPE_CHECKING:
    from reader.library import Library

WITHOUT_COLOUR = "monochrome"


class ControlCharacterFilter(LineFilter):
    """The last door: whatever was painted, no character that a terminal would obey leaves."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, harmful characters shown as a replacement sign."""
        return [
            segment if segment.control or segment.text.isprintable() else Segment(printable(segment.text), segment.style)
            for segment in segments
        ]


def printable(text: str) -> str:
    """A text with every control character (C0, C1) and every bidirectional control shown as a replacement sign."""
    return "".join("�" if unicodedata.category(letter) == "Cc" or letter in BIDI else letter for letter in text)


BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Newsloom(App[int]):
    """The reader. `look` is the theme worn, `ascii` says that signs are drawn in ASCII, `pressed` when a key was last."""

    TITLE = "Newsloom"
    CSS_PATH = "reader.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False
    BINDINGS: ClassVar = []

    def __init__(self, library: Library, places: Directories, settings: Settings | None = None, *, add: Sequence[str] = ()) -> None:
        if os.environ.get("NO_COLOR") == "":
            # no-color.org: an empty value means nothing; Textual takes it for a wish.
            del os.environ["NO_COLOR"]
        self.library = library
        self.places = places
        self.settings = settings or Settings()
        self.ascii = in_ascii(self.settings.glyphs)
        self.problem = ""
        self.pressed = 0.0
        self.look = self._first_look()
        self.leaving = ExitStack()
        self._to_add = list(add)
        super().__init__(ansi_color=self.look.ansi)

    @property
    def theme_folders(self) -> list[Path]:
        """Where themes lie: those that come with the program, then the reader's own."""
        return [shipped("themes"), self.places.themes]

    def _first_look(self) -> Theme:
        wanted = WITHOUT_COLOUR if os.environ.get("NO_COLOR") else self.settings.theme
        try:
            return themes.named(wanted, self.theme_folders)
        except ThemeError as fault:
            self.problem = str(fault)
            return themes.named(themes.FALLBACK, [shipped("themes")])

    def get_default_screen(self) -> Screen[None]:
        """The home screen is the one below all others."""
        return MainScreen(self.library, add=self._to_add)

    def get_css_variables(self) -> dict[str, str]:
        """Textual's variables, and the theme's."""
        return {**super().get_css_variables(), **self.look.variables()}

    def get_driver_class(self) -> type[Driver]:
        """The driver of the terminal; the environment variable TEXTUAL_DRIVER names another one."""
        return super().get_driver_class() if "TEXTUAL_DRIVER" in os.environ else TerminalDriver

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and the guard."""
        return [*super().get_line_filters(), GUARD]

    def wear(self, theme: Theme) -> None:
        """Show everything in a theme."""
        self.look = theme
        self.ansi_color = theme.ansi
        self.refresh_css(animate=False)
        for screen in self.screen_stack:
            for part in screen.walk_children():
                part.refresh()

    def keep_theme(self, theme: Theme) -> str:
        """Wear a theme from now on; what went wrong, in words, where it could not be kept."""
        from dataclasses import replace

        self.wear(theme)
        self.settings = replace(self.settings, theme=theme.name)
        try:
            save_setting(self.places.settings, "theme", theme.name)
        except (OSError, SettingsError) as fault:
            return f"The theme could not be kept: {fault}"
        return ""

    def borrow_samples(self) -> tuple[Library, Path]:
        """A library that goes with the reader, followed as the samples are, and the folder of the samples to add to it."""
        from tempfile import TemporaryDirectory

        from reader.library import Library

        seeds = shipped("seeds")
        folder = self.leaving.enter_context(TemporaryDirectory(prefix="newsloom-"))
        self.library = self.leaving.enter_context(closing(Library.open(Path(folder), followed=seeds / "threads.yaml")))
        return self.library, seeds

    def call_attention(self, said: str) -> None:
        """Tell something beside the screen, as the settings wish: the terminal's bell, or a message of the desktop."""
        if self.settings.notify == "bell":
            self.bell()
        elif self.settings.notify == "desktop" and self._driver is not None:
            self._driver.write(f"\x1b]9;{printable(said)}\x07")

    def _handle_exception(self, error: Exception) -> None:
        """Record an error that ends the app in the log file; Textual then shows it."""
        log.failure("screen", error)
        super()._handle_exception(error)

    async def on_event(self, event: Event) -> None:
        """Note when a key was pressed."""
        if isinstance(event, Key):
            self.pressed = time.monotonic()
        await super().on_event(event)

    async def action_command(self, id: str, *arguments: int) -> None:
        """Run a command of the table on the screen that is open."""
        await run_command(self.screen, id, *arguments)

    def action_help_quit(self) -> None:
        """ctrl+c: say how to quit, in the hints' place."""
        screen = self.screen
        if isinstance(screen, MainScreen):
            screen.status.say("Q quits")


GUARD = ControlCharacterFilter()


def in_ascii(glyphs: str) -> bool:
    """Whether signs are drawn in ASCII: as the setting says, or where the locale knows no more."""
    if glyphs != "auto":
        return glyphs == "ascii"
    return codecs.lookup(locale.getpreferredencoding(False)).name != "utf-8"
