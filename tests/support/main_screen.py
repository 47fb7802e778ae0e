"""The home screen on the real app over a small library, keys pressed, lines read."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from reader.paths import Directories
from reader.settings import Settings
from reader.tui.app import Newsloom
from reader.tui.screens.main import MainScreen
from reader.tui.state.place_list import ListRow
from reader.tui.state.reader_state import Pane
from tests.support.example_library import ExampleLibrary
from tests.support.stage import Stage


class AtHome(Stage):
    """The app at home; `home` is its screen also while another one stands on it."""

    home: MainScreen

    @property
    def hints(self) -> str:
        """The last line."""
        return self.lines[-1].strip()

    @property
    def library(self) -> Any:
        """The library the reader reads in."""
        return self.home.state.library

    @property
    def at(self) -> str:
        """The id of the story being read."""
        assert self.home.state.reading is not None
        return self.home.state.reading.head.id

    @property
    def rows(self) -> list[ListRow | None]:
        """The rows of the list; None for one that is not loaded."""
        listed = self.home.state.listed
        return [listed.row(index) for index in range(len(listed))]

    async def come_to(self, story: str) -> None:
        """Press l until the story is read."""
        for _ in range(9):
            if self.at == story:
                return
            await self.press("l")
        raise AssertionError(f"{story} is not in this thread")


@asynccontextmanager
async def at_home(
    library: Any = None,
    size: tuple[int, int] = (100, 30),
    settings: Settings | None = None,
    add: Sequence[str] = (),
    *,
    start: Pane = "columns",
) -> AsyncIterator[AtHome]:
    """The reader opened on a library, in the list or in the stories of its first row; settings lie in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        chosen = settings or Settings(glyphs="unicode", refresh_minutes=0)
        app = Newsloom(library or ExampleLibrary(), Directories(Path(folder), Path(folder)), chosen, add=add)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            home = app.screen_stack[0]
            assert isinstance(home, MainScreen)
            stage = AtHome(app, pilot, home)
            stage.home = home
            await stage.settle()
            if start == "columns" and home.state.reading is not None:
                await stage.press("enter")
            yield stage
