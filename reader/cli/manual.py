"""The manual page in the man macros of roff, made from the command table, the settings and the keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reader import __version__
from reader.cli.command import CliCommand

_ENVIRONMENT = {
    "NEWSLOOM_LIBRARY": "the library folder, like --library",
    "NEWSLOOM_LOG": "the log file, like --log",
    "NO_COLOR": "no colors",
    "BROWSER": "the program that opens links, if the setting browser names none",
}
_EXIT_CODES = {"0": "done", "1": "nothing found", "2": "wrong usage", "3": "done in part", "70": "failed", "130": "interrupted"}


def manual_page(
    opening: CliCommand,
    commands: Mapping[str, CliCommand],
    options: Mapping[str, str],
    settings: Mapping[str, str],
    keys: Iterable[tuple[str, str]],
) -> str:
    """The page newsloom(1); `settings` and `keys` are names with what they do."""
    lines = [f'.TH NEWSLOOM 1 "" "newsloom {__version__}"', ".SH NAME", "newsloom \\- terminal news reader"]
    lines += [".SH SYNOPSIS", f".B newsloom\n{_text(opening.usage)}", ".br", ".B newsloom\n.I COMMAND", ".SH COMMANDS"]
    for name, command in commands.items():
        lines += _entry(f"newsloom {name} {command.usage}".strip(), command.help)
        own = {f"{each.name} {each.value or ''}".strip(): each.help for each in command.arguments if each.is_option}
        if own:
            lines += [".RS", *_entries(own), ".RE"]
    sections = {"OPTIONS": options, "SETTINGS": settings, "ENVIRONMENT": _ENVIRONMENT, "EXIT STATUS": _EXIT_CODES}
    for heading, entries in sections.items():
        lines += [f".SH {heading}", *_entries(entries)]
    lines.append(".SH KEYS")
    for key, words in keys:
        lines += _entry(key, words)
    return "\n".join([*lines, ""])


def _entries(entries: Mapping[str, str]) -> Iterator[str]:
    for name, words in entries.items():
        yield from _entry(name, words)


def _entry(name: str, words: str) -> tuple[str, str, str]:
    return ".TP", f"\\fB{_text(name)}\\fR", _text(words)


def _text(text: str) -> str:
    """Text that roff prints as it is."""
    escaped = text.replace("`", "").replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
