"""The file of keys: keymaps, keys of one's own, several commands on a key, and messages about mistakes."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reader.errors import SettingsError
from reader.tui.commands.command import ScreenCommand
from reader.tui.commands.key_file import keymap_assignments, load_keys, near_keys, parse_keys, with_keys
from reader.tui.commands.key_names import key_of, shown
from reader.tui.commands.keymaps import KEYMAPS
from reader.tui.commands.registry import COMMANDS, clashes, rows

ROOT = Path(__file__).resolve().parents[2]
FILE = Path("keys.yaml")


def table(text: str) -> dict[str, ScreenCommand]:
    """The commands by id with the keys of a text."""
    return {command.id: command for command in parse_keys(text, FILE, COMMANDS)}


def mistakes(text: str) -> list[str]:
    """The messages about a text, without the name of the file."""
    with pytest.raises(SettingsError) as caught:
        parse_keys(text, FILE, COMMANDS)
    return [line.removeprefix("keys.yaml, ") for line in str(caught.value).splitlines()]


def test_no_file_and_an_empty_file_change_nothing(tmp_path: Path) -> None:
    assert load_keys(tmp_path / "keys.yaml", COMMANDS) == list(COMMANDS)
    assert parse_keys("# nothing yet\n", FILE, COMMANDS) == list(COMMANDS)
    assert parse_keys("keymap: vim\nreading:\n", FILE, COMMANDS) == list(COMMANDS)


def test_a_key_is_taken_from_its_command_and_shown_first() -> None:
    found = table("reading:\n  r: refresh\n  Space: next_mark\n  '~': none\n")
    assert found["refresh"].keys == ("r", "R")
    assert found["refresh"].label == "r"
    assert found["toggle_read_rows"].keys == ()
    assert found["uncertain"].keys == ()
    assert (found["next_mark"].keys, found["page"].keys) == (("space", "n"), ())


def test_a_key_keeps_no_text_of_other_keys() -> None:
    assert table("reading:\n  ctrl+p: up\n")["palette"].label == ":"
    assert table("reading:\n  f1: palette\n")["palette"].label == "f1"


def test_several_commands_on_a_key_and_commands_of_a_menu() -> None:
    found = table("reading:\n  M: [toggle_read, next_thread]\n  ctrl+k: mark_feed\n")
    assert found["macro_reading_M"].steps == ("toggle_read", "next_thread")
    assert found["macro_reading_ctrl_k"].steps == ("mark_feed",)
    assert found["mark_feed"].keys == ("f",)
    assert [row.keys for row in dict(rows(found.values()))["Your keys"]] == ["M", "ctrl+k"]


@pytest.mark.parametrize("name", KEYMAPS)
def test_keymaps_name_commands_and_keys_that_exist_once(name: str) -> None:
    known = {command.id: command.context for command in COMMANDS}
    for each in keymap_assignments(name):
        assert key_of(shown(each.key)) == each.key
        assert known[each.commands[0]] in (each.context, "marking", "correcting")
    changed = with_keys(COMMANDS, keymap_assignments(name))
    assert clashes(changed) == []
    assert [command.id for command in changed if not command.keys] == []
    assert parse_keys(f"keymap: {name}\n", FILE, COMMANDS) == changed


def test_own_keys_go_before_those_of_the_keymap() -> None:
    found = table("reading:\n  N: next_mark\nkeymap: newsboat\n")
    assert found["next_mark"].keys[0] == "N"
    assert "N" not in found["toggle_read"].keys


def test_all_mistakes_are_listed_with_their_lines() -> None:
    text = """keymap: vmi
reading:
  r: refesh
  n: next_mark
  N: [undo, brief_down]
  n: undo
  alt+x: undo
  ctrl+i: undo
  nope: undo
  '5': nth_story
raeding:
  a: b
choosing:
  j: choose_down
"""
    assert mistakes(text) == [
        "line 1: there is no keymap “vmi”; did you mean “vim”?",
        "line 3: there is no command “refesh”; did you mean “refresh”?",
        "line 5: “brief_down” is a command of context brief, not of reading",
        "line 6: “n” has two meanings in context reading, also on line 4",
        "line 7: “alt+x” cannot be used: terminals send Alt as Esc and the letter",
        "line 8: “ctrl+i” cannot be used: terminals send it as Tab",
        "line 9: “nope” is not a key; write a character, a name such as Space, Enter or F5, or ctrl+ and a letter",
        "line 10: “nth_story” needs a number and keeps the digits",
        "line 11: there is no context “raeding”; did you mean “reading”?",
        "line 14: “j” types a character in context choosing; use ctrl+ and a letter, or F1",
    ]


def test_the_way_out_keeps_a_key() -> None:
    assert mistakes("brief:\n  q: none\n  B: none\n  Esc: export_brief\n") == [
        "line 4: “leave_brief” needs a key in context brief; give it another one"
    ]


@pytest.mark.parametrize("text", ["- a\n", "reading: [a]\n", "reading:\n  r: {a: b}\n", "reading:\n  r: []\n", "reading: [\n"])
def test_other_yaml_is_refused(text: str) -> None:
    assert re.match(r"line [12]: ", mistakes(text)[0])


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("/", "slash"),
        ("Esc", "escape"),
        ("shift+Tab", "shift+tab"),
        ("Ctrl+X", "ctrl+x"),
        ("F5", "f5"),
        ("é", "é"),
        ("shift+g", "G"),
    ],
)
def test_keys_as_they_are_written(written: str, key: str) -> None:
    assert key_of(written) == key


def test_keys_near_an_unknown_one() -> None:
    assert [key for key, _ in near_keys("Z", [command for command in COMMANDS if command.context == "reading"])] == ["ctrl+z", "z"]


def examples() -> list[str]:
    """The examples of the documentation."""
    text = (ROOT / "docs" / "keys.md").read_text(encoding="utf-8")
    return [re.sub(r"(?m)^    ", "", block) for block in re.findall(r"(?m)(?:^    .*\n)+", text)]


def test_the_examples_of_the_documentation_are_valid() -> None:
    assert examples()
    for example in examples():
        assert parse_keys(example, FILE, COMMANDS) != list(COMMANDS)


@pytest.mark.parametrize("seed", range(70))
def test_a_damaged_example_is_refused_at_its_line(seed: int) -> None:
    chance = random.Random(seed)
    lines = examples()[0].splitlines()
    at = chance.choice([number for number, line in enumerate(lines) if line.partition("#")[0].strip().partition(": ")[2]])
    key, _, value = lines[at].partition("#")[0].rstrip().partition(": ")
    word = chance.choice(re.findall(r"\w+", value))
    damage = chance.choice(
        [
            f"{key}: {value.replace(word, word + 'xq')}",
            f"{key}: {value}\n{key}: {value}",
            f"{key}zq: {value}",
            f"{key}: {{{word}: 1}}",
        ]
    )
    damaged = "\n".join([*lines[:at], damage, *lines[at + 1 :]])
    allowed = {f"line {at + 1}", f"line {at + 2}"} if "\n" in damage else {f"line {at + 1}"}
    assert {found.partition(":")[0] for found in mistakes(damaged)} <= allowed


REMAPPED = """
import asyncio, sys
from pathlib import Path
from reader.tui.commands.key_file import load_keys
from reader.tui.commands.registry import COMMANDS, hints, use_table
use_table(load_keys(Path(sys.argv[1]) / "keys.yaml", COMMANDS))
from reader.library import Library
from reader.paths import Directories
from reader.settings import Settings
from reader.tui.app import Newsloom
folder = Path(sys.argv[1])
library = Library.open(folder)
async def main():
    app = Newsloom(library, Directories(folder, folder), Settings(theme="paper", refresh_minutes=0))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = app.screen_stack[0]
        await pilot.pause()
        if len(app.screen_stack) > 1:
            app.pop_screen()
            await pilot.pause()
        await pilot.press("f6")
        await pilot.pause()
        print(type(app.screen).__name__)
        await pilot.press("escape")
        said = []
        screen.status.say = lambda *pieces: said.append("".join(pieces))
        for key in ("f7", "Z"):
            await pilot.press(key)
            await pilot.pause()
        print(said)
        print(hints(["keys"]))
asyncio.run(main())
library.close()
"""


def test_the_screen_runs_the_keys_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "keys.yaml").write_text("reading:\n  f6: keys\n  f7: [density, density]\n", encoding="utf-8")
    command = [sys.executable, "-c", REMAPPED, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.stdout.splitlines() == [
        "KeyHelpScreen",
        "['Roomy rows · d cycles', 'Compact rows · d cycles', 'Z has no command · ctrl+z suspend · z full width']",
        "[('f6', 'keys')]",
    ], done.stderr
