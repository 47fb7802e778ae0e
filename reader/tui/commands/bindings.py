"""Textual bindings made from the command table, and the one way to run a command."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from textual.binding import Binding, BindingType
from textual.screen import Screen

from reader.tui.commands.command import Context
from reader.tui.commands.registry import BY_ID, commands

WORKERS = "commands"
"""The group of the workers that run commands with questions; such a worker lasts until the question is answered."""


def bindings(context: Context = "reading") -> list[BindingType]:
    """The bindings of all commands of a context; a digit key is passed to its command as a number."""
    found: list[BindingType] = []
    for command in commands(context):
        for key in command.keys:
            arguments = f"'{command.id}', {key}" if command.numbered else f"'{command.id}'"
            found.append(Binding(key, f"app.command({arguments})", command.palette, show=False, id=f"{context}.{command.id}.{key}"))
    return found


async def run_command(screen: Screen[Any], id: str, *arguments: int) -> None:
    """Run the method that the command table names for a command, looked up from the screen.

    A method that asks the reader something is a coroutine and goes on in a worker. When this returns, its question is open.
    """
    if steps := BY_ID[id].steps:
        screen.run_worker(_run_steps(screen, steps), group=WORKERS)
        await asyncio.sleep(0)
        return
    result = attrgetter(BY_ID[id].run)(screen)(*arguments)
    if inspect.iscoroutine(result):
        screen.run_worker(result, group=WORKERS)
        await asyncio.sleep(0)


async def _run_steps(screen: Screen[Any], steps: Sequence[str]) -> None:
    """Run commands one after another; a question is answered before the next one. Stops when another screen opens."""
    for id in steps:
        if screen.app.screen is not screen:
            return
        result = attrgetter(BY_ID[id].run)(screen)()
        if inspect.iscoroutine(result):
            await result


async def press(screen: Screen[Any], context: Context, key: str) -> None:
    """Run the command of a context whose key is shown like this, if there is one: a hint was clicked."""
    if command := next((command for command in commands(context) if command.label == key), None):
        await run_command(screen, command.id)
