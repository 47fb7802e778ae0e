"""Streams, locales and arguments as they come: no traceback, and no control character, reaches the user."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader.cli.exit import ExitCode
from tests.support.shell import Shell

BAD_BYTES = os.fsdecode(b"\xff")
ESCAPE = "x\x1b]0;title\x07"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("streams")
    text = folder / "story.txt"
    text.write_text("Café “Zum Löwen” reopens\n\nThe café reopened on Monday after a year of repairs, the owner told the town.\n")
    run(folder / "library", "add", str(text))
    return folder / "library"


def run(library: Path, *arguments: str, redirect: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line through a shell that redirects its streams."""
    return subprocess.run(
        ["/bin/sh", "-c", f'"$@" {redirect}', "sh", sys.executable, "-m", "reader", "--library", str(library), *arguments],
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
        env=os.environ | environment,
    )


@pytest.mark.process
@pytest.mark.parametrize(
    ("arguments", "redirect", "environment", "code"),
    [
        (("add", "-"), "<&-", {}, ExitCode.PARTIAL),
        (("demo",), "<&-", {}, ExitCode.DONE),
        (("threads",), ">&-", {}, ExitCode.DONE),
        (("threads",), "2>&-", {}, ExitCode.DONE),
        (("threads",), ">/dev/full", {}, ExitCode.FAILED),
        (("threads",), "", {"PYTHONIOENCODING": "latin-1"}, ExitCode.DONE),
        (("threads",), "", {"PYTHONIOENCODING": "ascii"}, ExitCode.DONE),
        (("threads",), "", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, ExitCode.DONE),
        (("show", "\udcff"), "", {}, ExitCode.NOTHING_FOUND),
    ],
)
def test_streams_and_locales_end_without_a_traceback(
    library: Path, arguments: tuple[str, ...], redirect: str, environment: dict[str, str], code: int
) -> None:
    done = run(library, *arguments, redirect=redirect, **environment)
    assert "Traceback" not in done.stderr
    assert "Unexpected error" not in done.stderr
    assert done.returncode == code


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", BAD_BYTES),
        ("related", BAD_BYTES),
        ("brief", BAD_BYTES),
        ("compare", BAD_BYTES, BAD_BYTES),
        ("forget", BAD_BYTES),
        ("feeds", "rename", BAD_BYTES, "name"),
        ("feeds", "restore", BAD_BYTES),
        ("search", BAD_BYTES),
        ("mark", BAD_BYTES, "read"),
        ("correct", "pin", BAD_BYTES),
        ("add", BAD_BYTES),
    ],
)
def test_arguments_that_are_no_text_are_refused(shell: Shell, arguments: tuple[str, ...]) -> None:
    code, out = shell(*arguments)
    assert code in (ExitCode.NOTHING_FOUND, ExitCode.USAGE, ExitCode.PARTIAL)
    assert not out
    assert shell.words


@pytest.mark.parametrize("arguments", [("show", ESCAPE), ("feeds", "rename", ESCAPE, "name"), ("search", f"date:{ESCAPE}")])
def test_messages_contain_no_control_characters(shell: Shell, arguments: tuple[str, ...]) -> None:
    shell(*arguments)
    assert shell.words
    assert all(char.isprintable() or char == "\n" for char in shell.words)


def test_a_fault_of_the_program_is_one_line(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("text of a story")

    monkeypatch.setattr("reader.cli.commands.stories.print_threads", fail)
    code, _ = shell("threads")
    assert code == ExitCode.FAILED
    assert "RuntimeError" in shell.words
    assert "text of a story" not in shell.words
