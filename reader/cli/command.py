"""The rows of the command table: a command, and its arguments and options."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module

from msgspec import Struct

Run = Callable[[argparse.Namespace], int]
"""Runs a command with its parsed options and returns the exit code."""


class CliArgument(Struct, frozen=True):
    """An argument of a command, or an option if its name starts with `--`.

    `nargs` is argparse's. `value` is the placeholder of an option's value, None for a switch; an option with a value may be
    repeated, one with `choices` takes one of them, the first by default. `usage` replaces the usage made from name and `nargs`, and
    `offered` are words that shell completions offer though others are taken too.
    """

    name: str
    help: str
    nargs: str | None = None
    choices: tuple[str, ...] | None = None
    value: str | None = None
    usage: str | None = None
    offered: tuple[str, ...] = ()

    @property
    def is_option(self) -> bool:
        """Whether this is an option."""
        return self.name.startswith("--")


class CliCommand(Struct, frozen=True):
    """A command: the function that runs it, its help line and its arguments.

    `function` is named as `module.function` below `reader.cli.commands`, and imported when it runs: help needs none of them.
    """

    function: str
    help: str
    arguments: tuple[CliArgument, ...] = ()

    @property
    def run(self) -> Run:
        """The function that runs the command."""
        module, _, function = self.function.partition(".")
        run: Run = getattr(import_module(f"reader.cli.commands.{module}"), function)
        return run

    @property
    def usage(self) -> str:
        """The arguments as help and documentation show them: `SOURCE ...`."""
        forms = {None: "{}", "+": "{} ...", "*": "[{} ...]", "?": "[{}]"}
        return " ".join(
            argument.usage or forms[argument.nargs].format(argument.name.upper())
            for argument in self.arguments
            if not argument.is_option
        )

    @property
    def words(self) -> tuple[str, ...]:
        """The words that shell completions offer after the command: choices of its arguments, and its options."""
        return tuple(word for each in self.arguments for word in ((each.name,) if each.is_option else each.choices or each.offered))
