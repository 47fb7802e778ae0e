"""`newsloom forget`: a thread or everything, confirmed on a terminal or by --yes."""

from __future__ import annotations

import io
import sys

import pytest

from reader.library import Library
from tests.support.shell import Shell
from tests.support.stories import LONE


def read_all(shell: Shell) -> None:
    library = Library.open(shell.library)
    for thread in library.threads.all():
        for story in thread.stories:
            library.history.record(library.stories.get(story))
    library.close()


def remembered(shell: Shell) -> int:
    library = Library.open(shell.library)
    count = library.history.count()
    library.close()
    return count


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_yes_clears_a_thread_or_everything(samples_shell: Shell) -> None:
    read_all(samples_shell)
    assert samples_shell("forget", LONE, "--yes") == (0, "")
    assert samples_shell.words == "Cleared reading history of 1 story; read marks are unchanged\n"
    assert remembered(samples_shell) == 4
    assert samples_shell("forget", "--yes", "--json") == (0, '{"stories": 4}\n')
    assert remembered(samples_shell) == 0
    assert samples_shell("forget", "--yes") == (1, "")
    assert samples_shell("forget", "no such thread", "--yes") == (1, "")


def test_without_a_terminal_yes_is_required(samples_shell: Shell) -> None:
    read_all(samples_shell)
    assert samples_shell("forget") == (2, "")
    assert "confirm with --yes" in samples_shell.words
    assert remembered(samples_shell) == 5


@pytest.mark.parametrize(("answer", "left"), [("y\n", 0), ("n\n", 5), ("", 5)])
def test_a_terminal_asks_for_confirmation(samples_shell: Shell, monkeypatch: pytest.MonkeyPatch, answer: str, left: int) -> None:
    read_all(samples_shell)
    said = Terminal()
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    monkeypatch.setattr(sys, "stderr", said)
    assert samples_shell("forget")[0] == 0
    assert said.getvalue().startswith("Clear the reading history of 5 stories? This cannot be undone. [y/N] ")
    assert remembered(samples_shell) == left
