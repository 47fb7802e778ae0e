"""`newsloom mark`: all stories of a query at once, with undo and redo."""

from __future__ import annotations

import json

import pytest

from reader.library import Library
from tests.support.shell import Shell


def counts(shell: Shell) -> tuple[int, int]:
    """How many stories are unread, and how many starred."""
    library = Library.open(shell.library)
    unread, starred = library.stories.unread(), len(library.search.run("is:starred").matches)
    library.close()
    return unread, starred


@pytest.fixture
def marked(shell: Shell) -> Shell:
    """The command line on a library of three stories."""
    folder = shell.library.parent / "stories"
    folder.mkdir()
    for name, words in (("one", "ferry strike"), ("two", "ferry timetable"), ("three", "tram line")):
        (folder / f"{name}.txt").write_text(f"About the {words}\n\nThis story is about the {words} of the town.\n")
    assert shell("add", str(folder))[0] == 0
    return shell


def test_stories_of_a_query_are_marked_and_that_is_undone_and_redone(marked: Shell) -> None:
    assert marked("mark", "ferry", "read") == (0, "")
    assert marked.words == "2 stories marked read\n"
    assert counts(marked) == (1, 0)
    assert marked("mark", "undo") == (0, "")
    assert marked.words == "Undone: 2 stories marked read\n"
    assert counts(marked) == (3, 0)
    assert marked("mark", "redo") == (0, "")
    assert marked.words == "Redone: 2 stories marked read\n"
    assert counts(marked) == (1, 0)
    assert marked("mark", "is:read", "strike", "unread") == (0, "")
    assert marked.words == "1 story marked unread\n"
    assert counts(marked) == (2, 0)


def test_stars_are_set_and_removed(marked: Shell) -> None:
    assert json.loads(marked("mark", "ferry OR tram", "star", "--json")[1]) == {"stories": 3, "flag": "starred", "on": True}
    assert counts(marked) == (3, 3)
    assert marked("mark", "tram", "unstar") == (0, "")
    assert marked.words == "1 story unstarred\n"
    assert counts(marked) == (3, 2)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("bicycle", "read"), "No story changed\n"),
        (("ferry", "read", "--older-than", "3"), "No story changed\n"),
        (("undo",), "Nothing to undo\n"),
        (("redo",), "Nothing to redo\n"),
    ],
)
def test_nothing_to_change_is_said(marked: Shell, arguments: tuple[str, ...], message: str) -> None:
    assert marked("mark", *arguments) == (1, "")
    assert marked.words == message
    assert counts(marked) == (3, 0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ferry",), "usage: newsloom mark QUERY STATE"),
        (("read",), "usage: newsloom mark QUERY STATE"),
        (("", "read"), "usage: newsloom mark QUERY STATE"),
        (("ferry", "seen"), "read, unread, star, unstar"),
        (("ferry", "undo"), "usage: newsloom mark QUERY STATE"),
        (("undo", "--older-than", "3"), "usage: newsloom mark QUERY STATE"),
        (("ferry", "read", "--older-than", "x"), "--older-than takes a number of days from 0 to 99999, not “x”"),
        (("ferry", "read", "--older-than", "-1"), "--older-than"),
        (("is:odd", "read"), "is:odd\n"),
    ],
)
def test_wrong_usage_names_the_remedy_and_changes_nothing(marked: Shell, arguments: tuple[str, ...], message: str) -> None:
    assert marked("mark", *arguments) == (2, "")
    assert message in marked.words
    assert counts(marked) == (3, 0)


def test_an_invalid_query_is_shown_with_a_pointer_to_the_mistake(marked: Shell) -> None:
    marked("mark", "ferry", "is:odd", "read")
    query, pointer = marked.words.splitlines()
    assert query == "ferry is:odd"
    assert pointer.index("^") == query.index("odd")


def test_age_narrows_a_query(marked: Shell) -> None:
    assert marked("mark", "ferry", "read", "--older-than", "0") == (0, "")
    assert marked.words == "2 stories marked read\n"


@pytest.mark.parametrize("kind", ["bash", "zsh", "fish"])
def test_completions_offer_the_states(shell: Shell, kind: str) -> None:
    lines = shell("completions", kind)[1].splitlines()
    assert any("mark" in line and "read unread star unstar undo redo --older-than" in line for line in lines)
