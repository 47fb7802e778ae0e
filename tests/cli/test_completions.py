"""Completions hold every command and option, and the shells that are here accept them."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from reader.cli.completions import script

COMMANDS = {"add": "add a story", "show": "the reader's `story` [whole]: $HOME"}
OPTIONS = {"--json": "one object a line"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_everything_is_named(shell: str) -> None:
    made = script(shell, COMMANDS, OPTIONS)
    assert all(name in made for name in COMMANDS)
    assert "json" in made
    assert "$HOME" not in made


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_reads_it(shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"no {shell} here")
    read = subprocess.run([shell, "-n"], input=script(shell, COMMANDS, OPTIONS), text=True, capture_output=True)
    assert (read.returncode, read.stderr) == (0, "")


def test_bash_completes_a_command() -> None:
    if not shutil.which("bash"):
        pytest.skip("no bash here")
    asked = script("bash", COMMANDS, OPTIONS) + "COMP_WORDS=(newsloom sh); COMP_CWORD=1; _newsloom; echo ${COMPREPLY[@]}"
    assert subprocess.run(["bash", "-c", asked], text=True, capture_output=True).stdout.split() == ["show"]
