"""Keys to actions, read from the table of commands."""

from __future__ import annotations

from typing import Any

from textual.binding import Binding, BindingType
from textual.screen import Screen

from reader.tui.commands.command import Where
from reader.tui.commands.registry import commands


def bindings(where: Where = "reading") -> list[BindingType]:
    """Textual's bindings for all commands of a place: action `<id>`, or `<id>("3")` for keys that are digits."""
    found: list[BindingType] = []
    for command in commands(where):
        for key in command.keys:
            action = f"{command.id}({key})" if key.isdigit() else command.id
            found.append(Binding(key, action, command.help, show=False, id=f"{where}.{command.id}.{key}"))
    return found


async def press(screen: Screen[Any], where: Where, key: str) -> None:
    """Carry out the command of a place whose key is shown so, if there is one: a hint was clicked."""
    if command := next((command for command in commands(where) if command.label == key), None):
        await screen.run_action(command.id)
