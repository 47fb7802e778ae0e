from __future__ import annotations

import pytest
from textual.keys import Keys, _character_to_key

from reader.tui.commands.bindings import bindings
from reader.tui.commands.command import ScreenCommand, command
from reader.tui.commands.registry import COMMANDS, clashes, commands, hints, rows

NAMES = {key.value for key in Keys} | {_character_to_key(chr(code)) for code in range(33, 127)}


def test_no_key_means_two_acts_and_no_id_stands_twice() -> None:
    assert clashes() == []


def test_clashes_are_found() -> None:
    one, other = COMMANDS[0], COMMANDS[1]
    assert "duplicate" in clashes([one, one])[0]
    assert clashes([one, command("x", one.keys[0], "", "", "")]) == [f"“{one.keys[0]}” runs both {one.id} and x in context reading"]
    assert clashes([one, other]) == []


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.id)
def test_every_command_says_what_it_does_with_keys_that_exist(entry: ScreenCommand) -> None:
    assert entry.id.isidentifier()
    assert entry.palette[0].isupper()
    assert not entry.palette.endswith(".")
    assert entry.help
    for key in entry.keys:
        assert key.split("+")[-1] in NAMES


def test_the_issues_keys_are_there() -> None:
    held = {key: command.id for command in commands() for key in command.keys}
    wanted = {"j": "down", "k": "up", "h": "previous_story", "l": "next_story", "J": "next_thread", "K": "previous_thread"}
    wanted |= {"enter": "open", "q": "leave", "escape": "back", "space": "page", "g": "first", "G": "last", "tab": "next_pane"}
    wanted |= {"equals_sign": "lock", "z": "full", "backslash": "fold", "slash": "search", "n": "next_mark", "N": "previous_mark"}
    wanted |= {"1": "nth_story", "9": "nth_story", "w": "why", "m": "toggle_read", "s": "toggle_star", "o": "browser", "y": "copy"}
    wanted |= {"T": "theme", "question_mark": "keys", "colon": "palette", "ctrl+p": "palette"}
    assert wanted.items() <= held.items()


def test_neighbours_share_a_row_and_a_hint() -> None:
    move = dict(rows(commands()))["Move"]
    assert (move[0].keys, move[0].words) == ("j k", "down, up")
    assert [command.id for command in move[0].commands] == ["down", "up"]
    assert sum(len(row.commands) for _, group in rows() for row in group) == len(COMMANDS)
    assert hints(["page", "previous_story", "next_story", "keys"]) == [("Space", "page"), ("h l", "story"), ("?", "keys")]
    assert hints(["down"], {"down": "thread"}) == [("j", "thread")]


def test_bindings_hold_every_key_once() -> None:
    made = {binding.key: binding.action for binding in bindings("reading")}
    assert set(made) == {key for command in commands() for key in command.keys}
    assert made["3"] == "app.command('nth_story', 3)"
    assert made["j"] == "app.command('down')"
