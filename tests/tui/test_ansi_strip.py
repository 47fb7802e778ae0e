from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.tui.widgets.ansi_strip import AnsiStrip, change

SEEN_IN_BLANKS = {"4", "7"}
"""Codes a blank shows: underline, reverse."""
INK = Style(color="#112233", bgcolor="#aabbcc")
TOLD = Style(color="#445566", bgcolor="#aabbcc")
LIT = Style(color="#112233", bgcolor="#ddeeff")
BOLD = Style(color="#112233", bgcolor="#aabbcc", bold=True)
LINE = Style(color="#445566", bgcolor="#aabbcc", underline=True)

colours = st.sampled_from([None, "default", "red", "bright_blue", "#112233", "#ffeedd"])
styles = st.none() | st.builds(
    Style,
    color=colours,
    bgcolor=colours,
    bold=st.none() | st.booleans(),
    italic=st.booleans(),
    underline=st.booleans(),
    dim=st.booleans(),
    reverse=st.booleans(),
)
segments = st.lists(st.builds(Segment, st.text(alphabet="ab 日 ", min_size=1, max_size=4), styles, st.none()), max_size=8)


def terminal(system: str = "truecolor") -> Console:
    return Console(force_terminal=True, color_system=system, legacy_windows=False)  # type: ignore[arg-type]


def drawn(told: str) -> tuple[list[tuple[str, frozenset[str], str, str]], bool]:
    """The signs a terminal shows with attributes, colours and grounds as they are seen, and whether a style is left in force."""
    signs = []
    attributes, colour, ground = set[str](), "", ""
    for codes, sign in re.findall(r"\x1b\[([\d;]*)m|(.)", told):
        for code in split(codes) if not sign else ():
            if code == "0":
                attributes, colour, ground = set(), "", ""
            elif code[0] in "39" and len(code) > 1:
                colour = "" if code == "39" else code
            elif code[0] in "41" and len(code) > 1:
                ground = "" if code == "49" else code
            else:
                attributes.add(code)
        blank = sign.isspace() and not attributes & SEEN_IN_BLANKS
        if sign:
            signs.append((sign, frozenset(() if blank else attributes), "" if blank else colour, ground))
    return signs, bool(attributes or colour or ground)


def split(codes: str) -> Iterator[str]:
    """The codes of a sequence, those of a colour in one."""
    return iter(re.findall(r"[34]8;2;\d+;\d+;\d+|[34]8;5;\d+|\d+", codes))


@given(segments, st.sampled_from(["standard", "256", "truecolor"]))
def test_a_lean_line_looks_as_the_line_does(parts: Sequence[Segment], system: str) -> None:
    made = AnsiStrip(parts).render(terminal(system))
    plain = "".join(change(None, part.style, system) + part.text + change(part.style, None, system) for part in parts)
    assert drawn(made) == drawn(Strip(parts).render(terminal(system)))
    assert drawn(made) == drawn(plain)
    assert not drawn(made)[1]
    assert len(made) <= len(plain)


@given(segments, st.integers(0, 20), st.integers(0, 20))
def test_what_is_cut_out_of_a_lean_line_is_lean_and_looks_the_same(parts: Sequence[Segment], start: int, end: int) -> None:
    made, plain = AnsiStrip(parts).crop(start, end), Strip(parts).crop(start, end)
    assert isinstance(made, AnsiStrip)
    assert made.cell_length == plain.cell_length
    assert drawn(made.render(terminal())) == drawn(plain.render(terminal()))


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([("a", INK), ("b", INK)], "\x1b[38;2;17;34;51;48;2;170;187;204mab\x1b[0m"),
        ([("a", INK), ("b", TOLD)], "\x1b[38;2;17;34;51;48;2;170;187;204ma\x1b[38;2;68;85;102mb\x1b[0m"),
        ([("a", INK), ("b", LIT)], "\x1b[38;2;17;34;51;48;2;170;187;204ma\x1b[48;2;221;238;255mb\x1b[0m"),
        ([("a", INK), ("  ", TOLD), ("b", INK)], "\x1b[38;2;17;34;51;48;2;170;187;204ma  b\x1b[0m"),
        ([("a", BOLD), ("  ", TOLD)], "\x1b[1;38;2;17;34;51;48;2;170;187;204ma  \x1b[0m"),
        ([("a", BOLD), ("b", INK)], "\x1b[1;38;2;17;34;51;48;2;170;187;204ma\x1b[0;38;2;17;34;51;48;2;170;187;204mb\x1b[0m"),
        ([("a", None), ("b", LINE), (" ", None)], "a\x1b[4;38;2;68;85;102;48;2;170;187;204mb\x1b[0m "),
        ([], ""),
    ],
)
def test_a_style_is_told_where_it_changes(parts: Sequence[tuple[str, Style | None]], told: str) -> None:
    assert AnsiStrip([Segment(text, style) for text, style in parts]).render(terminal()) == told


def test_colours_can_only_be_taken_back_with_all() -> None:
    bare = Style(bold=True)
    assert change(Style(color="#112233", bold=True), bare, "truecolor") == "\x1b[0;1m"
    assert change(bare, None, "truecolor") == "\x1b[0m"
    assert change(INK, None, "truecolor") == "\x1b[0m"
    assert change(INK, INK, "truecolor") == ""


def test_a_whole_line_does_not_keep_itself() -> None:
    line = AnsiStrip([Segment("ferry", INK)], 5)
    holders = sys.getrefcount(line)
    line.divide([5])
    assert sys.getrefcount(line) == holders
    parts = line.divide([2, 5])
    assert [part.text for part in parts] == ["fe", "rry"]


def test_a_link_is_sent_once_and_ended() -> None:
    here, there = (Style(underline=True, link=f"https://a.example/{name}") for name in "ab")
    bold = Style(underline=True, bold=True, link="https://a.example/a")
    sent = AnsiStrip([Segment("x"), Segment("one", here), Segment("two", bold), Segment("y", there), Segment("z")]).render(
        terminal()
    )
    links = re.findall(r"\x1b\]8;(?:id=\w+)?;([^\x1b]*)\x1b\\", sent)
    assert links == ["https://a.example/a", "https://a.example/b", ""]
    assert re.sub(r"\x1b\[[\d;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", sent) == "xonetwoyz"
    assert AnsiStrip([Segment("one", here)]).render(terminal()).endswith("\x1b]8;;\x1b\\\x1b[0m")


@pytest.mark.parametrize("href", ["https://a.example/\x1b\\\x1b[2J", "https://a.example/\x07", "https://a.example/\x9c"])
def test_a_link_never_ends_its_own_sequence(href: str) -> None:
    sent = AnsiStrip([Segment("one", Style(link=href))]).render(terminal())
    assert href not in sent
    assert "\x07" not in sent
