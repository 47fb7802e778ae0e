"""The table of commands as blocks of entries: narrowed by what is typed, and laid out in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.tui.commands.command import Where
from reader.tui.commands.registry import BY_ID, commands, rows

TWO_FROM, THREE_FROM = 76, 150
WIDEST = 54


@dataclass(frozen=True, slots=True)
class HelpEntry:
    """Keys, what they do in words, the command behind them ("" where it takes more than its name), and all words it is found by."""

    keys: str
    words: str
    command: str
    found_by: str


@dataclass(frozen=True, slots=True)
class HelpSection:
    """Entries under a heading; "" is none."""

    heading: str
    entries: tuple[HelpEntry, ...]

    @property
    def height(self) -> int:
        """Rows it takes."""
        return len(self.entries) + bool(self.heading)


Item = HelpEntry | str
"""A row of a column: an entry, a heading, or "" for a blank."""


def key_blocks(where: Where = "reading") -> list[HelpSection]:
    """The key table: a block a group, keys that belong together in one entry."""
    found = []
    for group, lines in rows(commands(where)):
        entries = []
        for line in lines:
            command = line.commands[0]
            told = " ".join([line.words, group, *(each.help for each in line.commands)])
            entries.append(HelpEntry(line.keys, line.words, "" if command.keys[0].isdigit() else command.id, f"{line.keys} {told}"))
        found.append(HelpSection(group, tuple(entries)))
    return found


def act_blocks(where: Where = "reading") -> list[HelpSection]:
    """Every act by its name, in one block without a heading; acts that take more than their name are left out.

    What is said of threads is among the acts of reading, each with both of its keys.
    """
    acts = [(act.label, act) for act in commands(where) if not act.keys[0].isdigit()]
    if where == "reading":
        acts += [(f"{BY_ID['correct'].label} {act.label}", act) for act in commands("correcting")]
    entries = (HelpEntry(keys, act.help, act.id, f"{keys} {act.help} {act.row} {act.group}") for keys, act in acts)
    return [HelpSection("", tuple(entries))]


def matching(blocks: Sequence[HelpSection], typed: str) -> list[HelpSection]:
    """The blocks with the entries that hold every word typed, whatever the case."""
    wanted = typed.casefold().split()
    kept = [
        HelpSection(
            block.heading, tuple(entry for entry in block.entries if all(word in entry.found_by.casefold() for word in wanted))
        )
        for block in blocks
    ]
    return [block for block in kept if block.entries]


def columns_at(width: int) -> int:
    """How many columns stand side by side on a screen of this width."""
    return 3 if width >= THREE_FROM else 2 if width >= TWO_FROM else 1


def columns(blocks: Sequence[HelpSection], count: int, height: int) -> list[list[Item]]:
    """Blocks in columns of at most `height` rows: as level as `count` columns allow, or in more columns than that."""
    for level in range(1, height + 1):
        found = _fill(blocks, level, torn=False)
        if found is not None and len(found) <= count:
            return found
    return _fill(blocks, max(2, height), torn=True) or []


def _fill(blocks: Sequence[HelpSection], height: int, *, torn: bool) -> list[list[Item]] | None:
    """Columns filled one after the other; None where a block is higher than a column and must not be torn."""
    found: list[list[Item]] = []
    for block in blocks:
        if block.height > height and not torn:
            return None
        used = len(found[-1]) + 1 if found else height
        if used + (2 if torn and block.height > height else block.height) > height:
            found.append([])
        elif found[-1]:
            found[-1].append("")
        for item in _items(block):
            if len(found[-1]) == height:
                found.append([])
            found[-1].append(item)
    return found


def _items(block: HelpSection) -> Iterator[Item]:
    if block.heading:
        yield block.heading
    yield from block.entries
