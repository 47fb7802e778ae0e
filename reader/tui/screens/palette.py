"""The palette: every act by its name, one a line."""

from __future__ import annotations

from typing import ClassVar

from reader.tui.commands.key_help import HelpSection, act_blocks
from reader.tui.screens.key_help import KeyHelpScreen


class PaletteScreen(KeyHelpScreen):
    """The keys' screen with a line for each act that says in full what it does, the first one chosen."""

    HEADING: ClassVar[str] = "Commands"
    FIRST: ClassVar[int] = 0

    DEFAULT_CSS = """
    PaletteScreen KeyColumn { max-width: 118; }
    """

    def blocks(self) -> list[HelpSection]:
        """All acts."""
        return act_blocks(self.where)

    def columns_at(self, width: int) -> int:
        """One, however wide."""
        return 1
