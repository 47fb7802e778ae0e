"""The user's keys: a YAML file that names a keymap and gives keys to commands, by context.

keymap: vim            # vim, newsboat or emacs
reading:
f5: refresh          # a key and its command
M: [toggle_read, next_thread]    # several commands in order
"~": none            # this key does nothing
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import cast, get_args

from msgspec import Struct
from msgspec.structs import replace

from reader.errors import SettingsError
from reader.settings import SettingsNode, load_tree, parse_tree
from reader.tui.commands.command import MENUS, Context, ScreenCommand
from reader.tui.commands.key_names import key_of, shown, types_text
from reader.tui.commands.keymaps import DEFAULT_KEYMAP, KEYMAPS

_MOST_STEPS = 20
_EXAMPLE = "write a context such as `reading:` and below it lines like `f5: refresh`"
NONE = "none"
"""Written for a command, it frees the key."""
_NEEDED: Mapping[Context, tuple[str, ...]] = {
    "reading": ("palette", "quit"),
    "brief": ("leave_brief",),
    "feeds": ("leave_feeds",),
    "searching": ("leave_search", "open_result"),
    "choosing": ("leave_choice", "take"),
}
"""For each context the commands that must keep a key."""


class KeyAssignment(Struct, frozen=True):
    """A key given to commands: none frees it, several run in order. `line` is its line in the file, 0 in a shipped keymap."""

    context: Context
    key: str
    commands: tuple[str, ...]
    line: int = 0


def load_keys(path: Path, table: Sequence[ScreenCommand]) -> list[ScreenCommand]:
    """The command table with the keys of a file; unchanged if the file does not exist.

    Raises:
        SettingsError: The file cannot be read, or has mistakes; the message lists them all, each with its line.
    """
    return _applied(load_tree(path, _EXAMPLE), path, table)


def parse_keys(text: str, path: Path, table: Sequence[ScreenCommand]) -> list[ScreenCommand]:
    """The command table with the keys of a text; `path` names it in errors. Raises as `load_keys` does."""
    return _applied(parse_tree(text, path, _EXAMPLE), path, table)


def _applied(root: SettingsNode | None, path: Path, table: Sequence[ScreenCommand]) -> list[ScreenCommand]:
    if root is None:
        return list(table)
    if root.kind != "mapping":
        raise SettingsError(f"{path}, line {root.line}: not a list of keys; {_EXAMPLE}")
    parser = _KeyParser(table)
    parser.read(root)
    if not parser.mistakes:
        parser.check_needed()
    if parser.mistakes:
        raise SettingsError("\n".join(f"{path}, line {line}: {mistake}" for line, mistake in sorted(parser.mistakes)))
    return with_keys(table, parser.assignments)


def keymap_assignments(name: str) -> list[KeyAssignment]:
    """The keys that a shipped keymap changes."""
    return [KeyAssignment(context, key, (command,)) for context, keys in KEYMAPS[name].items() for key, command in keys.items()]


def with_keys(table: Sequence[ScreenCommand], assignments: Iterable[KeyAssignment]) -> list[ScreenCommand]:
    """The command table with other keys; of two assignments of a key the later one counts.

    A key that is given to a command is taken from the one that had it, and is shown before the command's other keys. Several
    commands on one key, and commands of a menu, become an entry of their own at the end of the table.
    """
    given = {(each.context, each.key): each for each in assignments}
    by_id = {command.id: command for command in table}
    own: dict[str, list[str]] = {}
    extra: list[ScreenCommand] = []
    for (context, key), each in given.items():
        if len(each.commands) == 1 and by_id[each.commands[0]].context == context:
            own.setdefault(each.commands[0], []).append(key)
        elif each.commands:
            extra.append(_macro(key, context, [by_id[id] for id in each.commands]))
    changed = []
    for command in table:
        kept = [key for key in command.keys if (command.context, key) not in given]
        keys = (*own.get(command.id, ()), *kept)
        keep_label = keys == command.keys or command.numbered
        changed.append(command if keys == command.keys else replace(command, keys=keys, show=command.show if keep_label else ""))
    return [*changed, *extra]


def _macro(key: str, context: Context, steps: Sequence[ScreenCommand]) -> ScreenCommand:
    """An entry of the table that runs several commands."""
    words, lines = (", then ".join(texts) for texts in ([step.help for step in steps], [step.palette for step in steps]))
    name = f"macro_{context}_{key.replace('+', '_')}"
    return ScreenCommand(name, (key,), lines, words, "", group="Your keys", context=context, steps=tuple(step.id for step in steps))


class _KeyParser:
    """Collects the assignments and the mistakes of a file."""

    def __init__(self, table: Sequence[ScreenCommand]) -> None:
        self.table = table
        self.by_id = {command.id: command for command in table}
        self.assignments: list[KeyAssignment] = []
        self.mistakes: list[tuple[int, str]] = []

    def read(self, root: SettingsNode) -> None:
        """Read the whole file."""
        keymap, seen = DEFAULT_KEYMAP, dict[str, int]()
        own: list[KeyAssignment] = []
        names = ("keymap", *get_args(Context))
        for key, node in root.pairs:
            name, line = key.word, key.line
            if name in seen:
                self.mistakes.append((line, f"“{name}” stands twice, also on line {seen[name]}; join them"))
            elif name == "keymap":
                keymap = self.keymap(node)
            elif name in names:
                own += self.context(cast(Context, name), node)
            else:
                self.mistakes.append((line, f"there is no context “{name}”; {did_you_mean(name, names)}"))
            seen.setdefault(name, line)
        self.assignments = [*keymap_assignments(keymap), *own]

    def keymap(self, node: SettingsNode) -> str:
        """Read the name of a keymap."""
        if node.word in KEYMAPS:
            return node.word
        self.mistakes.append((node.line, f"there is no keymap “{node.word}”; {did_you_mean(node.word, KEYMAPS)}"))
        return DEFAULT_KEYMAP

    def context(self, context: Context, node: SettingsNode) -> list[KeyAssignment]:
        """Read the keys of a context."""
        if node.kind != "mapping":
            if node.word or node.items:
                self.mistakes.append((node.line, f"“{context}” takes lines like `f5: refresh` below it"))
            return []
        found: dict[str, KeyAssignment] = {}
        for written, value in node.pairs:
            line = written.line
            try:
                key = key_of(written.word)
                if context in ("searching", "choosing") and types_text(key):
                    raise ValueError(f"“{written.word}” types a character in context {context}; use ctrl+ and a letter, or F1")
                if key in found:
                    raise ValueError(f"“{written.word}” has two meanings in context {context}, also on line {found[key].line}")
            except ValueError as mistake:
                self.mistakes.append((line, str(mistake)))
                continue
            found[key] = KeyAssignment(context, key, self.steps(context, value), line)
        return list(found.values())

    def steps(self, context: Context, node: SettingsNode) -> tuple[str, ...]:
        """Read one command, a list of commands, or none."""
        if node.kind == "mapping":
            self.mistakes.append((node.line, "a key takes a command or a list of commands"))
            return ()
        nodes = node.items if node.kind == "sequence" else (node,)
        if node.kind != "sequence" and node.word == NONE:
            return ()
        if not 1 <= len(nodes) <= _MOST_STEPS:
            self.mistakes.append((node.line, f"a key takes 1 to {_MOST_STEPS} commands, or {NONE}"))
            return ()
        return tuple(each.word for each in nodes if self.is_command(context, each))

    def is_command(self, context: Context, node: SettingsNode) -> bool:
        """Check a command; note the mistake if it cannot be used in the context."""
        id = node.word
        command = self.by_id.get(id)
        usable = {context, *(menu for _, menu in MENUS if context == "reading")}
        if command is not None and command.context in usable and not command.numbered:
            return True
        if command is None:
            near = [each.id for each in self.table if each.context in usable]
            mistake = f"there is no command “{id}”; {did_you_mean(id, near, 'newsloom keys --json lists them')}"
        elif command.numbered:
            mistake = f"“{id}” needs a number and keeps the digits"
        else:
            mistake = f"“{id}” is a command of context {command.context}, not of {context}"
        self.mistakes.append((node.line, mistake))
        return False

    def check_needed(self) -> None:
        """Note the commands that must have a key and have none."""
        by_id = {command.id: command for command in with_keys(self.table, self.assignments)}
        for context, needed in _NEEDED.items():
            for id in needed:
                if not by_id[id].keys:
                    taken = [each.line for each in self.assignments if each.context == context and each.key in self.by_id[id].keys]
                    self.mistakes.append((max(taken), f"“{id}” needs a key in context {context}; give it another one"))


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """The end of a message about a word that is not known: the nearest known one, or all."""
    known = list(known)
    near = difflib.get_close_matches(word, known, 1)
    return f"did you mean “{near[0]}”?" if near else otherwise or f"use {', '.join(known)}"


def near_keys(key: str, table: Iterable[ScreenCommand]) -> list[tuple[str, str]]:
    """What is near a key without a command: keys as shown and help texts, the same letter first."""
    letter = key.rpartition("+")[2].lower()
    found = [(other, command) for command in table for other in command.keys if other.rpartition("+")[2].lower() == letter]
    return [(shown(other), command.help) for other, command in found]
