"""The command `completions`."""

from __future__ import annotations

import argparse

from reader.cli.completions import completion_script
from reader.cli.exit import ExitCode
from reader.cli.parser import COMMANDS, OPTIONS


def run_completions(options: argparse.Namespace) -> int:
    """Print the completion script for a shell."""
    values = {
        each.name: each.choices for command in COMMANDS.values() for each in command.arguments if each.is_option and each.choices
    }
    commands = {name: (each.help, each.words) for name, each in COMMANDS.items()}
    print(completion_script(options.shell, commands, OPTIONS, values), end="")
    return ExitCode.DONE
