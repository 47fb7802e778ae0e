"""All corrections, newest first; the latest active one can be undone."""

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
"""Width in cells from which a correction stands in one line with its time."""
TIME_WIDTH = 20
"""Cells for the time."""


class CorrectionRows(Rows):
    """Corrections with their times; undone ones are dim."""

    def __init__(self, log: Sequence[Correction]) -> None:
        self.log = log

    def __len__(self) -> int:
        return len(self.log) or 1

    def selectable(self, index: int) -> bool:
        """Return whether the row is a correction."""
        return bool(self.log)

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """Return a correction in one line on wide screens, otherwise in two; or a note that there is none."""
        room = min(width, WIDEST)
        if not self.log:
            return [[(cut("No corrections yet. Press C in the reader to correct a thread.", room), "muted")]]
        correction = self.log[index]
        time = formatting.moment(formatting.local_time(correction.at))
        role = "muted" if correction.undone else "chosen" if chosen else "ink"
        state = "undone · " if correction.undone else ""
        if width >= ONE_LINE_FROM:
            text = state + correction_text(correction.message)
            return [[(f"{time:<{TIME_WIDTH}}", "muted"), (cut(text, room - TIME_WIDTH), role)]]
        return [[(cut(correction_text(correction.message), room), role)], [(cut(state + time, room), "muted")], []]


class CorrectionsLogScreen(ListScreen[None]):
    """The list of corrections; `undo_last` undoes the latest active one and passes it to its callback."""

    BINDINGS: ClassVar[list[BindingType]] = [("u", "take")]

    def __init__(self, library: Library, undo_last: Callable[[Callable[[Correction | None], None]], None]) -> None:
        super().__init__()
        self.library = library
        self.undo_last = undo_last

    def on_mount(self) -> None:
        """Load the corrections."""
        self._load()

    def _load(self) -> None:
        self.requests.run("log", lambda: self.library.corrections.log()[::-1], self._show)

    def _show(self, log: list[Correction]) -> None:
        active = sum(not correction.undone for correction in log)
        counts = f"{active:,} active, {len(log) - active:,} undone" if log else ""
        self.title_line.show([("Corrections", "name"), ("  newest first", "muted")], counts)
        moving = hints(("choose_down", "choose_up"), {"choose_down": "down, up", "choose_up": "down, up"})
        undo = [("u", "undo the latest")] if active else []
        self.status_bar.show([*undo, *moving, *hints(("leave_choice",))])
        self.list.show(CorrectionRows(log), self.list.cursor, still=True)

    def action_take(self) -> None:
        """Undo the latest active correction; earlier ones stay, since later ones build on them."""

        def undone(correction: Correction | None) -> None:
            self.status_bar.say(f"Undone: {correction_text(correction.message)}" if correction else "Nothing to undo")
            self._load()

        self.undo_last(undone)
