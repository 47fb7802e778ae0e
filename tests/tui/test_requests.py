from __future__ import annotations

import threading
from typing import Any

from reader.tui.controllers.requests import AskingScreen
from tests.support.stage import on_stage


class Asker(AskingScreen[None]):
    """A screen that notes what it hears."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Any] = []

    def failed(self, fault: Exception) -> None:
        self.heard.append(f"failed: {fault}")


async def test_only_the_newest_answer_of_a_kind_is_taken() -> None:
    screen, gate = Asker(), threading.Event()

    def slow() -> str:
        gate.wait(10)
        return "slow"

    async with on_stage(screen) as stage:
        screen.ask("story", slow, screen.heard.append)
        screen.ask("story", lambda: "fast", screen.heard.append)
        screen.ask("thread", lambda: "other", screen.heard.append)
        gate.set()
        await stage.settle()
        assert sorted(screen.heard) == ["fast", "other"]


async def test_a_dropped_question_is_not_answered() -> None:
    screen, gate = Asker(), threading.Event()
    async with on_stage(screen) as stage:
        screen.ask("story", lambda: gate.wait(10), screen.heard.append)
        screen.drop("story")
        gate.set()
        await stage.settle()
        assert screen.heard == []


async def test_a_question_that_fails_is_handed_on() -> None:
    def broken() -> str:
        raise OSError("no disk")

    screen = Asker()
    async with on_stage(screen) as stage:
        screen.ask("story", broken, screen.heard.append)
        await stage.settle()
        assert screen.heard == ["failed: no disk"]


async def test_the_call_runs_in_another_thread() -> None:
    screen = Asker()
    async with on_stage(screen) as stage:
        screen.ask("story", threading.get_ident, screen.heard.append)
        await stage.settle()
        assert screen.heard[0] != threading.get_ident()


async def test_a_kind_awaits_its_newest_answer_only() -> None:
    screen, gate = Asker(), threading.Event()
    async with on_stage(screen) as stage:
        screen.ask("story", lambda: gate.wait(10), screen.heard.append)
        assert screen.awaits("story")
        screen.ask("story", lambda: "fast", screen.heard.append)
        while not screen.heard:
            await stage.pilot.pause()
        assert not screen.awaits("story")
        assert screen.is_asking("story"), "the older one goes on"
        screen.ask("story", lambda: gate.wait(10), screen.heard.append)
        screen.drop("story")
        assert not screen.awaits("story")
        gate.set()
        await stage.settle()
        assert screen.heard == ["fast"]
