"""Completions hold every command and option, and the shells that are here accept them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from reader.cli.completions import completion_script

pytestmark = pytest.mark.process

COMMANDS = {"add": ("add a story", ("--watch",)), "show": ("the reader's `story` [whole]: $HOME", ()), "feeds": ("list", ("tag",))}
OPTIONS = {"--json": "one object a line"}
VALUES = {"--form": ("plain", "pretty", "round")}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_everything_is_named(shell: str) -> None:
    made = completion_script(shell, COMMANDS, OPTIONS, VALUES)
    assert all(name in made for name in COMMANDS)
    assert "json" in made
    assert "--watch" in made
    assert "tag" in made
    assert "plain pretty round" in made
    assert "$HOME" not in made


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_reads_it(shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"no {shell} here")
    read = subprocess.run([shell, "-n"], input=completion_script(shell, COMMANDS, OPTIONS, VALUES), text=True, capture_output=True)
    assert (read.returncode, read.stderr) == (0, "")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["sh"], ["show"]),
        (["feeds", "t"], ["tag"]),
        (["add", "--w"], ["--watch"]),
        (["show", "--"], ["--json"]),
        (["show", "--form", "p"], ["plain", "pretty"]),
        (["show", "it", "--form", "''"], ["plain", "pretty", "round"]),
    ],
)
def test_bash_completes_what_was_begun(typed: list[str], offered: list[str], tmp_path: Path) -> None:
    if not shutil.which("bash"):
        pytest.skip("no bash here")
    words = f"COMP_WORDS=(newsloom {' '.join(typed)}); COMP_CWORD={len(typed)}; _newsloom; echo ${{COMPREPLY[@]}}"
    asked = ["bash", "-c", completion_script("bash", COMMANDS, OPTIONS, VALUES) + words]
    assert subprocess.run(asked, text=True, capture_output=True, cwd=tmp_path).stdout.split() == offered
