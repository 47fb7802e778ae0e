from __future__ import annotations

import asyncio

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from reader.presentation.text_layout import Line
from reader.tui.controllers.prompt import Prompt
from reader.tui.widgets.status_bars import StatusBar
from tests.support.stage import Stage, on_stage

COLORS: Line = [("r", "key"), (" red   ", "muted"), ("g", "key"), (" green", "muted")]


class Asker(Screen[None]):
    """A screen that asks for a color or a name, and collects the answers."""

    BINDINGS = [("c", "color"), ("n", "name")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.status_bar = StatusBar()
        self.prompt = Prompt(self.status_bar)
        self.answers: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.status_bar

    def on_key(self, event: events.Key) -> None:
        self.prompt.on_key(event)

    def on_paste(self, event: events.Paste) -> None:
        self.prompt.on_paste(event)

    def action_color(self) -> None:
        self.run_worker(self.ask_color(), group="commands")

    def action_name(self) -> None:
        self.run_worker(self.ask_name(), group="commands")

    async def ask_color(self) -> None:
        self.answers.append(await self.prompt.key(COLORS))

    async def ask_name(self) -> None:
        self.answers.append(await self.prompt.line("Name: ", "Ada"))


def line(stage: Stage) -> str:
    return stage.lines[-1].strip()


async def test_one_key_answers_and_runs_no_command() -> None:
    screen = Asker()
    async with on_stage(screen) as stage:
        await stage.press("c")
        assert screen.prompt.is_open
        assert line(stage) == "r red   g green"
        await stage.press("n")
        assert screen.answers == ["n"]
        assert not screen.prompt.is_open


async def test_escape_is_an_answer_to_a_key_and_an_empty_line() -> None:
    screen = Asker()
    async with on_stage(screen) as stage:
        await stage.press("c", "escape")
        await stage.press("n", "escape")
        assert screen.answers == ["escape", ""]


async def test_a_line_is_edited_and_stripped() -> None:
    screen = Asker()
    async with on_stage(screen) as stage:
        await stage.press("n")
        assert line(stage).startswith("Name: Ada")
        await stage.press("space", "c", "space", "enter")
        assert screen.answers == ["Ada c"]


async def test_pasted_text_arrives_once() -> None:
    screen = Asker()
    async with on_stage(screen) as stage:
        await stage.press("n", "ctrl+u")
        stage.app.post_message(events.Paste("abc"))
        await stage.settle()
        await stage.press("enter")
        assert screen.answers == ["abc"]


async def test_a_paste_answers_no_question_for_a_key() -> None:
    screen = Asker()
    async with on_stage(screen) as stage:
        await stage.press("c")
        stage.app.post_message(events.Paste("r"))
        await stage.settle()
        assert screen.prompt.is_open
        assert screen.answers == []


async def test_the_background_line_stands_before_and_after_a_question() -> None:
    screen = Asker()
    async with on_stage(screen) as stage:
        screen.prompt.set_background([("Working", "ink")])
        await stage.settle()
        assert line(stage) == "Working"
        await stage.press("c")
        screen.prompt.set_background([("Still working", "ink")])
        await stage.settle()
        assert line(stage) == "r red   g green"
        await stage.press("r")
        assert line(stage) == "Still working"
        screen.prompt.set_background([])
        await stage.settle()
        assert line(stage) == ""


async def test_a_closed_screen_ends_its_question() -> None:
    screen = Asker()
    async with on_stage(screen) as stage:
        await stage.press("c")
        workers = list(stage.app.workers)
        screen.dismiss(None)
        await stage.settle()
        async with asyncio.timeout(10):
            await asyncio.gather(*(worker.wait() for worker in workers), return_exceptions=True)
        assert all(worker.is_finished for worker in workers)
        assert screen.answers == []
