"""The manual page: every command, option, setting and key, in roff that is accepted without a warning."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from reader.cli.command import CliArgument, CliCommand
from reader.cli.commands.program import page
from reader.cli.manual import manual_page
from reader.cli.parser import COMMANDS, OPTIONS
from reader.settings import SETTINGS

pytestmark = pytest.mark.process


def printed(roff: str) -> str:
    """The page as text; fails on any warning."""
    if not shutil.which("groff"):
        pytest.skip("no groff here")
    command = ["groff", "-man", "-Tutf8", "-Kutf8", "-ww", "-P-cbou", "-rLL=200n"]
    done = subprocess.run(command, input=roff.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


def test_everything_is_on_the_page() -> None:
    text = printed(page())
    assert all(f"newsloom {name}" in text for name in COMMANDS)
    assert all(name in text for name in (*OPTIONS, *SETTINGS))
    assert "NO_COLOR" in text
    assert "mark stories read" in text


def test_text_that_means_something_to_roff_is_printed_as_it_is() -> None:
    command = CliCommand("a.b", r".TH \fBnot\fR bold - 'quoted'", (CliArgument("--odd", "'first word", value="N"),))
    text = printed(manual_page(command, {"try": command}, {}, {}, [("\\", ".dot"), ("'", "apostrophe")]))
    assert r".TH \fBnot\fR bold" in text
    assert "--odd N" in text
    assert "'first word" in text
    assert ".dot" in text
