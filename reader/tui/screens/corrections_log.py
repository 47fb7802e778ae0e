"""All corrections, the newest first; the last one that holds can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from reader.models import Correction
from reader.presentation import formatting
from reader.presentation.messages import correction_text
from reader.presentation.text_layout import Line, cut
from reader.tui.commands.registry import hints
from reader.tui.screens.list_screen import ListScreen
from reader.tui.widgets.virtual_list import WIDEST, Rows

if TYPE_CHECKING:
    from reader.library import Library

ONE_LINE_FROM = 100
"""Columns from which a correction stands in one line with its time."""
WHEN = 20
"""Cells of the time."""


class CorrectionRows(Rows):
    """Corrections as rows: when, and what was said; those that were taken back are dim."""

    def __init__(self, log: Sequence[Correction]) -> None:
        self.log = log

    def __len__(self) -> int:
        return len(self.log) or 1

    def selectable(self, index: int) -> bool:
        """Whether it is a correction."""
        return bool(self.log)

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """One line on wide screens, else two; or that there is none."""
        room = min(width, WIDEST)
        if not self.log:
            return [[(cut("You corrected no thread yet. C in the reader says what a thread should be.", room), "muted")]]
        word = self.log[index]
        when = formatting.moment(formatting.local_time(word.at))
        role = "muted" if word.undone else "chosen" if chosen else "ink"
        back = "taken back · " if word.undone else ""
        if width >= ONE_LINE_FROM:
            return [[(f"{when:<{WHEN}}", "muted"), (cut(back + correction_text(word.message), room - WHEN), role)]]
        return [[(cut(correction_text(word.message), room), role)], [(cut(back + when, room), "muted")], []]


class CorrectionsLogScreen(ListScreen[None]):
    """The list; `unsay` takes the last correction back and hands on which it was."""

    BINDINGS: ClassVar[list[BindingType]] = [("u", "take")]

    def __init__(self, library: Library, unsay: Callable[[Callable[[Correction | None], None]], None]) -> None:
        super().__init__()
        self.library = library
        self.unsay = unsay

    def on_mount(self) -> None:
        """Ask for them."""
        super().on_mount()
        self._load()

    def _load(self) -> None:
        self.ask("log", lambda: self.library.corrections.log()[::-1], self._show)

    def _show(self, log: list[Correction]) -> None:
        holding = sum(not word.undone for word in log)
        back = formatting.count(len(log) - holding, "taken back", "taken back")
        counts = f"{formatting.count(holding, 'holds', 'hold')}, {back}" if log else ""
        self.place_line.show([("Corrections", "name"), ("  the newest first", "muted")], counts)
        moving = hints(("choose_down", "choose_up"), {"choose_down": "down, up", "choose_up": "down, up"})
        taking = [("u", "take the last back")] if holding else []
        self.hints.show([*taking, *moving, *hints(("leave_choice",))])
        self.list.show(CorrectionRows(log), self.list.cursor, still=True)

    def action_take(self) -> None:
        """Take back the last one that holds: the others stand on what came before them."""

        def came(word: Correction | None) -> None:
            self.hints.say(f"Taken back: {correction_text(word.message)}" if word else "Nothing to take back")
            self._load()

        self.unsay(came)
