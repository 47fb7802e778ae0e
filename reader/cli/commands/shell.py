"""The commands `completions` and `man`."""

from __future__ import annotations

import argparse

from reader.cli.completions import completion_script
from reader.cli.exit import ExitCode
from reader.cli.manual import manual_page
from reader.cli.parser import COMMANDS, OPEN, OPTIONS
from reader.settings import SETTINGS


def run_completions(options: argparse.Namespace) -> int:
    """Print the completion script for a shell."""
    values = {
        each.name: each.choices for command in COMMANDS.values() for each in command.arguments if each.is_option and each.choices
    }
    commands = {name: (each.help, each.words) for name, each in COMMANDS.items()}
    print(completion_script(options.shell, commands, OPTIONS, values), end="")
    return ExitCode.DONE


def run_man(options: argparse.Namespace) -> int:
    """Print the manual page."""
    print(page(), end="")
    return ExitCode.DONE


def page() -> str:
    """The manual page, with the default keys."""
    from reader.tui.commands.registry import COMMANDS as KEYS
    from reader.tui.commands.registry import rows

    keys = [(row.keys, row.words) for _, group in rows(KEYS) for row in group]
    return manual_page(OPEN, COMMANDS, OPTIONS, {name: setting.about for name, setting in SETTINGS.items()}, keys)
