"""The state that the parts of the main screen share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from reader.models import Place, Thread
from reader.tui.state.comparison_state import ComparisonState
from reader.tui.state.place_list import ListView, PlaceList
from reader.tui.state.reading_position import ReadingPosition
from reader.tui.state.search_session import SearchSession

if TYPE_CHECKING:
    from reader.library import Library

Pane = Literal["list", "columns"]
"""The list at the left, or the stories beside it."""


class ReaderState:
    """The library, the list of a place, the open thread and the position in it, the current search, and the focused pane.

    Every part of the main screen reads these attributes; they change only through the methods here.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.listed = PlaceList(ListView())
        self.menu: Sequence[Place] | None = None
        """The places to choose from; None while the rows of one are listed."""
        self.reading: ReadingPosition | None = None
        self.search: SearchSession | None = None
        self.comparison = ComparisonState()
        self.pane: Pane = "list"
        self.keeps_list = False
        """Whether the list stays beside the stories while these are read."""
        self.columns_width = 0
        """The width of the columns in cells; while only the list is shown, the one they will have."""
        self.related = True
        """Whether related stories are shown after those of a thread."""

    def use_library(self, library: Library) -> None:
        """Read another library from now on."""
        self.library = library

    def list(self, listed: PlaceList) -> None:
        """List the rows of a place."""
        self.listed = listed
        self.menu = None

    def list_places(self, places: Sequence[Place] | None) -> None:
        """List places to choose from; None lists the rows of the current one again."""
        self.menu = places

    def open(self, reading: ReadingPosition | None) -> None:
        """Make a thread the open one; None closes it."""
        self.reading = reading

    def set_search(self, search: SearchSession | None) -> None:
        """Start walking through the matches of a search; None ends that."""
        self.search = search

    def show_related(self, on: bool) -> None:
        """Show related stories after those of a thread, or not."""
        self.related = on

    def set_comparing(self, on: bool) -> None:
        """Start a comparison, or end it."""
        self.comparison = ComparisonState(on=on)

    def focus(self, pane: Pane) -> None:
        """Make a pane the focused one."""
        self.pane = pane

    def keep_list(self, on: bool) -> None:
        """Keep the list beside the stories while these are read, or give them the whole width."""
        self.keeps_list = on

    def set_columns_width(self, width: int) -> None:
        """Note the width of the columns."""
        self.columns_width = width

    @property
    def thread(self) -> Thread | None:
        """The thread of the story being read."""
        return self.reading.thread if self.reading else None
