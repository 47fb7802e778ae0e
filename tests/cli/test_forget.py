"""Forgetting what was read: asked of a person, said by a program, of a thread or of all."""

from __future__ import annotations

import io
import sys

import pytest

from reader.library import Library
from tests.support.shell import Shell


def read_all(shell: Shell) -> None:
    library = Library.open(shell.library)
    for thread in library.threads():
        for story in thread.stories:
            library.saw(library.story(story))
    library.close()


def remembered(shell: Shell) -> int:
    library = Library.open(shell.library)
    count = library.remembered()
    library.close()
    return count


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_program_says_yes_and_names_a_thread_if_it_likes(samples_shell: Shell) -> None:
    read_all(samples_shell)
    assert samples_shell("forget", "iraq", "--yes") == (0, "")
    assert samples_shell.words == "Which passages of 1 story you read is forgotten; read and unread stay as they are.\n"
    assert remembered(samples_shell) == 4
    assert samples_shell("forget", "--yes", "--json") == (0, '{"stories": 4}\n')
    assert remembered(samples_shell) == 0
    assert samples_shell("forget", "--yes") == (1, "")
    assert samples_shell("forget", "no such thread", "--yes") == (1, "")


def test_without_a_terminal_nothing_is_forgotten_unasked(samples_shell: Shell) -> None:
    read_all(samples_shell)
    assert samples_shell("forget") == (2, "")
    assert "say --yes" in samples_shell.words
    assert remembered(samples_shell) == 5


@pytest.mark.parametrize(("answer", "left"), [("y\n", 0), ("n\n", 5), ("", 5)])
def test_a_person_is_asked(samples_shell: Shell, monkeypatch: pytest.MonkeyPatch, answer: str, left: int) -> None:
    read_all(samples_shell)
    said = Terminal()
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    monkeypatch.setattr(sys, "stderr", said)
    assert samples_shell("forget")[0] == 0
    assert said.getvalue().startswith("Forget which passages of 5 stories you read? y n ")
    assert remembered(samples_shell) == left
