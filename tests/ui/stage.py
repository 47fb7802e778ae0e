"""A stage for one screen: the real app over a small library, the screen pushed onto it, keys pressed, lines read."""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fake import FakeLibrary
from textual.pilot import Pilot
from textual.screen import Screen

from reader.paths import Places
from reader.settings import Settings
from reader.ui.app import Newsloom

GOLDENS = Path(__file__).parent / "goldens"


class Stage:
    """The app with the screen on it; `results` holds what the screen ended with."""

    def __init__(self, app: Newsloom, pilot: Pilot[Any], screen: Screen[Any]) -> None:
        self.app = app
        self.pilot = pilot
        self.screen = screen
        self.results: list[Any] = []

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until all that follows from them is done."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text letter by letter."""
        await self.press(*text)

    async def settle(self) -> None:
        """Wait for workers, and for what they say to be shown."""
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    @property
    def lines(self) -> list[str]:
        """What the terminal shows, without blanks at the ends of lines."""
        return ["".join(segment.text for segment in strip).rstrip() for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """What the terminal shows as one text."""
        return "\n".join(self.lines) + "\n"


@asynccontextmanager
async def on_stage(
    screen: Screen[Any], library: Any = None, size: tuple[int, int] = (80, 24), settings: Settings | None = None
) -> AsyncIterator[Stage]:
    """A screen on the real app; settings and themes lie in a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        app = Newsloom(
            library or FakeLibrary(), Places(Path(folder), Path(folder)), settings or Settings(glyphs="unicode", refresh_minutes=0)
        )
        async with app.run_test(size=size) as pilot:
            stage = Stage(app, pilot, screen)
            await stage.settle()
            app.push_screen(screen, stage.results.append)
            await stage.settle()
            yield stage


def compare(name: str, text: str) -> None:
    """Hold a text against the golden one; with NEWSLOOM_GOLDENS=write make it the golden one."""
    path = GOLDENS / f"{name}.txt"
    if os.environ.get("NEWSLOOM_GOLDENS") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
