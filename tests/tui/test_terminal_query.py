"""The question for the background of the terminal, its answers, and the keys among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.settings import save_setting
from reader.tui.terminal_query import QUESTION, TerminalAnswers, ask, brightness
from reader.tui.theming.theme import named
from tests.tui.test_terminal import Terminal

THEMES = [Path(__file__).resolve().parents[2] / "themes"]
ATTRIBUTES = b"\x1b[?62;22c"


@pytest.mark.parametrize(
    ("color", "found"),
    [
        (b"rgb:ffff/ffff/ffff", "light"),
        (b"rgb:0000/0000/0000", "dark"),
        (b"rgb:fd/f6/e3", "light"),
        (b"rgb:00/2b/36", "dark"),
        (b"rgba:2828/2c2c/3434/ffff", "dark"),
        (b"rgb:f/f/f", "light"),
        (b"rgb:ffff/ffff", None),
        (b"rgb:zz/zz/zz", None),
        (b"#ffffff", None),
        (b"", None),
    ],
)
def test_a_color_is_light_or_dark(color: bytes, found: str | None) -> None:
    assert brightness(color) == found


def fed(*chunks: bytes) -> tuple[bytes, TerminalAnswers]:
    """The keys in some pieces of input after the question."""
    answers = TerminalAnswers()
    answers.expect()
    return b"".join(map(answers.keys, chunks)), answers


@pytest.mark.parametrize("end", [b"\x07", b"\x1b\\"])
@pytest.mark.parametrize("cut", range(40))
def test_answers_are_taken_out_of_the_keys_wherever_they_are_cut(end: bytes, cut: int) -> None:
    data = b"j\x1b]11;rgb:0000/0000/0000" + end + b"k" + ATTRIBUTES + b"\x1b[Bq"
    keys, answers = fed(data[:cut], data[cut:])
    if data[:cut].endswith((b"\x1b", b"\x1b]", b"\x1b[")):  # this far, it may be a key
        return
    assert keys == b"jk\x1b[Bq"
    assert answers.brightness == "dark"
    assert not answers.expected


@pytest.mark.parametrize("key", [b"\x1b", b"\x1b[A", b"\x1bOP", b"\x1b]", b"]11;", b"\xc3", b"\x1b[200~\x1b]"])
def test_keys_are_not_held_back(key: bytes) -> None:
    assert fed(key)[0] == key


def test_what_does_not_become_an_answer_is_released() -> None:
    keys, answers = fed(b"j\x1b]11;gar")
    assert keys == b"j"
    assert answers.release() == b"\x1b]11;gar"
    assert answers.release() == b""


def test_without_a_question_nothing_is_taken_out() -> None:
    data = b"\x1b]11;rgb:0000/0000/0000\x07" + ATTRIBUTES
    assert TerminalAnswers().keys(data) == data


def test_what_is_no_terminal_is_not_asked() -> None:
    answers = TerminalAnswers()
    assert ask(answers) is None
    assert not answers.expected


# in a pseudo-terminal


def ground(theme: str) -> bytes:
    """The escape sequence that sets the background of a theme."""
    color = named(theme, THEMES).grounds["ground"][0]
    return b"48;2;%d;%d;%d" % tuple(bytes.fromhex(color[1:]))


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Terminal]]:
    """Starts the reader in a terminal with true colors."""
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    opened: list[Terminal] = []

    def open_terminal() -> Terminal:
        opened.append(Terminal(tmp_path, controlling=True))
        return opened[-1]

    yield open_terminal
    for terminal in opened:
        terminal.close()


@pytest.mark.process
@pytest.mark.parametrize(
    ("answer", "theme"),
    [
        (b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\" + ATTRIBUTES, "paper"),
        (b"\x1b]11;rgb:1c1c/1c1c/1c1c\x07" + ATTRIBUTES, "night"),
        (ATTRIBUTES, ""),
        (b"\x1b]11;purple;\xff\x07" + ATTRIBUTES, ""),
        (b"", ""),
    ],
)
def test_the_first_start_has_the_theme_of_the_terminal(start: Callable[[], Terminal], answer: bytes, theme: str) -> None:
    terminal = start()
    terminal.wait_for(QUESTION)
    terminal.type(b"?" + answer)
    terminal.wait_for(b"type to filter")
    grounds = {name: ground(name) in terminal.painted for name in ("paper", "night")}
    assert grounds == {"paper": theme == "paper", "night": theme == "night"}
    assert b"rgb:" not in terminal.painted


@pytest.mark.process
def test_an_answer_that_comes_late_changes_the_theme_and_is_not_taken_for_keys(start: Callable[[], Terminal]) -> None:
    terminal = start()
    terminal.wait_for(b"Your library is empty")
    terminal.type(b"\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\" + ATTRIBUTES + b"?")
    terminal.wait_for(b"type to filter")
    terminal.wait_for(ground("night"))
    assert b"1c1c" not in re.sub(rb"\x1b\[[\d;]*m", b"", terminal.painted)


@pytest.mark.process
def test_a_theme_that_is_set_is_not_asked_for(tmp_path: Path, start: Callable[[], Terminal]) -> None:
    (tmp_path / "library").mkdir()
    save_setting(tmp_path / "library" / "settings.yaml", "theme", "night")
    terminal = start()
    terminal.wait_for(b"Your library is empty")
    assert QUESTION not in terminal.painted
    assert ground("night") in terminal.painted
