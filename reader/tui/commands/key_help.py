"""The key help and the command palette: the command table in sections, filtered as you type, laid out in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from reader.tui.commands.command import MENUS, Context
from reader.tui.commands.registry import BY_ID, commands, rows

TWO_FROM, THREE_FROM = 76, 150
WIDEST = 54


class HelpEntry(Struct, frozen=True):
    """Keys with their help text, the id of their command ("" if it needs an argument), and the text it is found by."""

    keys: str
    words: str
    command: str
    found_by: str


class HelpSection(Struct, frozen=True):
    """Entries under a heading; "" for none."""

    heading: str
    entries: tuple[HelpEntry, ...]

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.entries) + bool(self.heading)


Item = HelpEntry | str
"""A row of a column: an entry, a heading, or "" for a blank line."""


def key_sections(context: Context = "reading") -> list[HelpSection]:
    """The key help: a section per group, keys that belong together in one entry."""
    found = []
    for group, lines in rows(commands(context)):
        entries = []
        for line in lines:
            command = line.commands[0]
            told = " ".join([line.words, group, *(each.palette for each in line.commands)])
            entries.append(HelpEntry(line.keys, line.words, "" if command.numbered else command.id, f"{line.keys} {told}"))
        found.append(HelpSection(group, tuple(entries)))
    return found


def palette_sections(context: Context = "reading") -> list[HelpSection]:
    """The command palette: all commands that need no argument, in one section.

    Marks and corrections are part of the reading context, with both of their keys.
    """
    found = [(entry.label, entry) for entry in commands(context) if not entry.numbered]
    if context == "reading":
        found += [(f"{BY_ID[first].label} {entry.label}".strip(), entry) for first, menu in MENUS for entry in commands(menu)]
    entries = (
        HelpEntry(keys, entry.palette, entry.id, f"{keys} {entry.palette} {entry.help} {entry.group}") for keys, entry in found
    )
    return [HelpSection("", tuple(entries))]


def matching(sections: Sequence[HelpSection], typed: str) -> list[HelpSection]:
    """Filter sections for entries that contain every typed word, ignoring case."""
    wanted = typed.casefold().split()
    kept = [
        HelpSection(
            section.heading, tuple(entry for entry in section.entries if all(word in entry.found_by.casefold() for word in wanted))
        )
        for section in sections
    ]
    return [section for section in kept if section.entries]


def columns_at(width: int) -> int:
    """The number of columns at a screen width."""
    return 3 if width >= THREE_FROM else 2 if width >= TWO_FROM else 1


def columns(sections: Sequence[HelpSection], count: int, height: int) -> list[list[Item]]:
    """Lay out sections in `count` columns of about the same height, at most `height` rows; more columns if they do not fit."""
    for level in range(1, height + 1):
        found = _fill(sections, level, split=False)
        if found is not None and len(found) <= count:
            return found
    return _fill(sections, max(2, height), split=True) or []


def _fill(sections: Sequence[HelpSection], height: int, *, split: bool) -> list[list[Item]] | None:
    """Fill columns one after the other; returns None if a section does not fit a column and must not be split."""
    found: list[list[Item]] = []
    for section in sections:
        if section.height > height and not split:
            return None
        used = len(found[-1]) + 1 if found else height
        if used + (2 if split and section.height > height else section.height) > height:
            found.append([])
        elif found[-1]:
            found[-1].append("")
        for item in _items(section):
            if len(found[-1]) == height:
                found.append([])
            found[-1].append(item)
    return found


def _items(section: HelpSection) -> Iterator[Item]:
    if section.heading:
        yield section.heading
    yield from section.entries
