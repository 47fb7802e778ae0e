"""A stage for one screen: the real app over a small library, the screen pushed onto it, keys pressed, lines read."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from textual._context import active_app
from textual.pilot import Pilot
from textual.screen import Screen

from reader.paths import Directories
from reader.settings import Settings
from reader.tui.app import Newsloom
from reader.tui.commands.bindings import WORKERS
from reader.tui.controllers.requests import Requests
from reader.tui.screens.main import MainScreen
from tests.support.example_library import ExampleLibrary
from tests.support.goldens import GOLDENS

PATIENCE = 10
"""Seconds for which a part of the app is waited for."""
HELD = 0.03
"""Seconds after which a call that uses no processor time counts as held back."""

compare = GOLDENS.compare


class Stage:
    """The app with the screen on it; `results` holds what the screen ended with."""

    def __init__(self, app: Newsloom, pilot: Pilot[Any], screen: Any) -> None:
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

    async def turn(self, width: int, height: int) -> None:
        """Give the terminal another size; goldens of all sizes come from one start of the app."""
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    async def settle(self) -> None:
        """Wait for workers and writes, and for what they lead to to be shown."""
        await self.pilot.pause()  # lays out what changed, to which widgets react
        quiet = 0
        while quiet < 2:  # an answer may lead to a request, and that to another one
            await run_until_idle()
            quiet += 1
            if working := [worker for worker in self.app.workers if not worker.is_finished and worker.group != WORKERS]:
                await self.app.workers.wait_for_complete(working)
                quiet = 0
            elif self._is_asking:
                await asyncio.sleep(0.001)
                quiet = 0
            await self._written()
        await self.pilot.pause()

    @property
    def _is_asking(self) -> bool:
        """Whether a request of a screen has no answer yet."""
        requests = [getattr(screen, "requests", None) for screen in self.app.screen_stack]
        return self.app.is_running and any(one.count for one in requests if isinstance(one, Requests))

    async def _written(self) -> None:
        """Wait until the changes that were made so far are written."""
        for screen in self.app.screen_stack:
            if isinstance(screen, MainScreen) and screen.is_attached:
                with suppress(TimeoutError):
                    await asyncio.wait_for(asyncio.wrap_future(screen.journal.submit(int)), PATIENCE)

    @property
    def lines(self) -> list[str]:
        """What the terminal shows, without blanks at the ends of lines."""
        return ["".join(segment.text for segment in strip).rstrip() for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """What the terminal shows as one text."""
        return "\n".join(self.lines) + "\n"


async def run_until_idle(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """Run the event loop until only timers, the terminal and calls held back by a test are waited for; `max_sleep` in seconds.

    Replaces Textual's wait, which sleeps at least 20 ms before and after each key.
    """
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    app = active_app.get()
    start = time.monotonic()
    while time.monotonic() - start < max_sleep:
        await asyncio.sleep(0)
        if ready:
            continue
        if app._resize_event is None and not any(worker.is_running for worker in app.workers if worker.group != WORKERS):
            return
        used = time.process_time()
        await asyncio.sleep(0.002)
        if time.monotonic() - start > HELD and time.process_time() - used < 0.0005:
            return


@asynccontextmanager
async def on_stage(
    screen: Screen[Any], library: Any = None, size: tuple[int, int] = (80, 24), settings: Settings | None = None
) -> AsyncIterator[Stage]:
    """A screen on the real app; settings and themes lie in a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        app = Newsloom(
            library or ExampleLibrary(),
            Directories(Path(folder), Path(folder)),
            settings or Settings(glyphs="unicode", refresh_minutes=0),
        )
        async with app.run_test(size=size) as pilot:
            stage = Stage(app, pilot, screen)
            await stage.settle()
            app.push_screen(screen, stage.results.append)
            await stage.settle()
            yield stage
