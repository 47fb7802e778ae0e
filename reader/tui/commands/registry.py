"""The one table of commands: bindings, hints, the key screen, the palette and README's key table are all read from it.

A command's id is the name of its action (`action_<id>` on the screen that carries it out). Nothing here knows Textual.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.tui.commands.command import ScreenCommand, Where
from reader.tui.commands.main_screen import READING
from reader.tui.commands.other_screens import ELSEWHERE

Hint = tuple[str, str]
"""A key as shown, and the word for what it does."""

COMMANDS: tuple[ScreenCommand, ...] = (*READING, *ELSEWHERE)
"""All of them, in the order of the key table."""

BY_ID: dict[str, ScreenCommand] = {command.id: command for command in COMMANDS}


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A line of the key table: the keys as shown, what they do, and the commands behind them."""

    keys: str
    words: str
    commands: tuple[ScreenCommand, ...]


def commands(where: Where = "reading") -> list[ScreenCommand]:
    """The commands that hold while doing this, in the table's order."""
    return [command for command in COMMANDS if command.where == where]


def rows(table: Iterable[ScreenCommand] = COMMANDS) -> list[tuple[str, list[KeyRow]]]:
    """The key table: each group's name with its rows, in order; neighbours with the same words become one row ("ctrl+d u")."""
    groups: dict[str, list[KeyRow]] = {}
    for command in table:
        group = groups.setdefault(command.group, [])
        if group and group[-1].words == command.row:
            last = group.pop()
            again = command.label.removeprefix("ctrl+") if last.keys.startswith("ctrl+") else command.label
            group.append(KeyRow(f"{last.keys} {again}", last.words, (*last.commands, command)))
        else:
            group.append(KeyRow(command.label, command.row, (command,)))
    return list(groups.items())


def hints(ids: Sequence[str], words: dict[str, str] | None = None) -> list[Hint]:
    """Hints for commands by id: neighbours with the same word share one ("h l", "story"); `words` says a word otherwise by id."""
    shown: list[Hint] = []
    for id_ in ids:
        command = BY_ID[id_]
        word = (words or {}).get(id_, command.footer)
        if shown and shown[-1][1] == word:
            shown[-1] = (f"{shown[-1][0]} {command.label}", word)
        else:
            shown.append((command.label, word))
    return shown


def clashes(table: Iterable[ScreenCommand] = COMMANDS) -> list[str]:
    """What is wrong with a table: ids given twice, and keys that mean two acts in one place. Empty when all is well."""
    problems: list[str] = []
    ids: set[str] = set()
    taken: dict[tuple[str, str], str] = {}
    for command in table:
        if command.id in ids:
            problems.append(f"the command “{command.id}” is given twice")
        ids.add(command.id)
        for key in command.keys:
            other = taken.setdefault((command.where, key), command.id)
            if other != command.id:
                problems.append(f"“{key}” means both {other} and {command.id} while {command.where}")
    return problems
