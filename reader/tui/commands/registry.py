"""The one table of commands: key bindings, hints, the key help, the palette and the key table of the docs are read from it.

To add a command, add its entry to the table and write the method it names. This module does not depend on Textual.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from reader.tui.commands.command import Context, ScreenCommand
from reader.tui.commands.main_screen import CORRECTIONS, MARKING, READING
from reader.tui.commands.other_screens import OTHERS

Hint = tuple[str, str]
"""A key as shown, and the word for its command."""

COMMANDS: tuple[ScreenCommand, ...] = (*READING, *MARKING, *CORRECTIONS, *OTHERS)
"""All commands with their default keys, in the order of the key table."""

BY_ID: dict[str, ScreenCommand] = {command.id: command for command in COMMANDS}
"""The commands in use by id, with the user's keys."""


def use_table(table: Iterable[ScreenCommand]) -> None:
    """Use a table with other keys; screens read it when they are imported, so this comes first."""
    BY_ID.clear()
    BY_ID.update((command.id, command) for command in table)


class KeyRow(Struct, frozen=True):
    """A row of the key table: the keys as shown, their help text, and their commands."""

    keys: str
    words: str
    commands: tuple[ScreenCommand, ...]


def commands(context: Context = "reading") -> list[ScreenCommand]:
    """The commands available in a context, in the order of the table."""
    return [command for command in BY_ID.values() if command.context == context]


def rows(table: Iterable[ScreenCommand] | None = None) -> list[tuple[str, list[KeyRow]]]:
    """The key table: the name of each group with its rows; neighbors with the same help share a row ("ctrl+d u").

    Commands without a key are left out.
    """
    groups: dict[str, list[KeyRow]] = {}
    for command in BY_ID.values() if table is None else table:
        if not command.keys:
            continue
        group = groups.setdefault(command.group, [])
        if group and group[-1].words == command.help:
            last = group.pop()
            again = command.label.removeprefix("ctrl+") if last.keys.startswith("ctrl+") else command.label
            group.append(KeyRow(f"{last.keys} {again}", last.words, (*last.commands, command)))
        else:
            group.append(KeyRow(command.label, command.help, (command,)))
    return list(groups.items())


def hints(ids: Sequence[str], words: dict[str, str] | None = None) -> list[Hint]:
    """The hints of commands by id; neighbors with the same word share one ("h l", "story"). `words` replaces words by id."""
    shown: list[Hint] = []
    for id_ in ids:
        command = BY_ID[id_]
        if not command.keys:
            continue
        word = (words or {}).get(id_, command.hint)
        if shown and shown[-1][1] == word:
            shown[-1] = (f"{shown[-1][0]} {command.label}", word)
        else:
            shown.append((command.label, word))
    return shown


def key_note(id: str, words: str) -> str:
    """The end of a message that names the key of a command: " · u undoes"; "" if the command has no key."""
    label = BY_ID[id].label
    return f" · {label} {words}" if label else ""


def clashes(table: Iterable[ScreenCommand] = COMMANDS) -> list[str]:
    """Check a table for duplicate ids, and for keys with two commands in one context; returns the problems as texts."""
    problems: list[str] = []
    ids: set[str] = set()
    taken: dict[tuple[str, str], str] = {}
    for command in table:
        if command.id in ids:
            problems.append(f"duplicate command id “{command.id}”")
        ids.add(command.id)
        for key in command.keys:
            other = taken.setdefault((command.context, key), command.id)
            if other != command.id:
                problems.append(f"“{key}” runs both {other} and {command.id} in context {command.context}")
    return problems
