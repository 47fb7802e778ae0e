from __future__ import annotations

import threading
from typing import Any

from textual.screen import Screen

from reader.tui.controllers.requests import Requests
from tests.support.stage import on_stage


class Caller(Screen[None]):
    """A screen that collects what its requests deliver."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[Any] = []
        self.requests = Requests(self, lambda error: self.results.append(f"failed: {error}"))


def broken() -> str:
    raise OSError("no disk")


async def test_only_the_newest_result_of_a_kind_is_delivered() -> None:
    screen, gate = Caller(), threading.Event()

    def slow() -> str:
        gate.wait(10)
        return "slow"

    async with on_stage(screen) as stage:
        screen.requests.run("story", slow, screen.results.append)
        screen.requests.run("story", lambda: "fast", screen.results.append)
        screen.requests.run("thread", lambda: "other", screen.results.append)
        gate.set()
        await stage.settle()
        assert sorted(screen.results) == ["fast", "other"]


async def test_a_canceled_kind_delivers_nothing() -> None:
    screen, gate = Caller(), threading.Event()
    async with on_stage(screen) as stage:
        screen.requests.run("story", lambda: gate.wait(10), screen.results.append)
        screen.requests.cancel("story")
        gate.set()
        await stage.settle()
        assert screen.results == []


async def test_an_error_reaches_the_screen() -> None:
    screen = Caller()
    async with on_stage(screen) as stage:
        screen.requests.run("story", broken, screen.results.append)
        await stage.settle()
        assert screen.results == ["failed: no disk"]


async def test_a_call_can_handle_its_own_error() -> None:
    screen = Caller()
    async with on_stage(screen) as stage:
        screen.requests.run("story", broken, screen.results.append, lambda error: screen.results.append(type(error)))
        await stage.settle()
        assert screen.results == [OSError]


async def test_an_error_of_a_replaced_call_is_dropped() -> None:
    screen, gate = Caller(), threading.Event()

    def slow() -> str:
        gate.wait(10)
        return broken()

    async with on_stage(screen) as stage:
        screen.requests.run("story", slow, screen.results.append)
        screen.requests.run("story", lambda: "fast", screen.results.append)
        gate.set()
        await stage.settle()
        assert screen.results == ["fast"]


async def test_a_closed_screen_gets_nothing() -> None:
    screen, gate = Caller(), threading.Event()
    async with on_stage(screen) as stage:
        screen.requests.run("story", lambda: gate.wait(10), screen.results.append)
        screen.dismiss(None)
        await stage.pilot.pause()
        gate.set()
        await stage.settle()
        assert screen.results == []


async def test_the_call_runs_in_another_thread() -> None:
    screen = Caller()
    async with on_stage(screen) as stage:
        screen.requests.run("story", threading.get_ident, screen.results.append)
        await stage.settle()
        assert screen.results[0] != threading.get_ident()


async def test_a_kind_is_pending_until_its_newest_result() -> None:
    screen, gate = Caller(), threading.Event()
    async with on_stage(screen) as stage:
        screen.requests.run("story", lambda: gate.wait(10), screen.results.append)
        assert screen.requests.is_pending("story")
        screen.requests.run("story", lambda: "fast", screen.results.append)
        while not screen.results:
            await stage.pilot.pause()
        assert not screen.requests.is_pending("story")
        assert screen.requests.is_running("story"), "the older one is still running"
        assert screen.requests.count == 1
        screen.requests.run("story", lambda: gate.wait(10), screen.results.append)
        screen.requests.cancel("story")
        assert not screen.requests.is_pending("story")
        gate.set()
        await stage.settle()
        assert screen.results == ["fast"]
