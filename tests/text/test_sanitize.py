"""Sanitizing: control sequences are removed, legible text is kept."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.text.sanitize import clean, clean_line

ESCAPES = [
    "\x1b",
    "\x1b]0;",
    "\x07",
    "\x1b\\",
    "\x1b[31m",
    "\x9b",
    "\x9d",
    "\x90",
    "\x9c",
    "\r",
    "\n",
    "\x85",
    "\u2028",
    "\u202e",
    "\u200b",
]
BROKEN = [
    "&amp;",
    "&#27;",
    "&",
    "amp;",
    "â€™",
    "Ã©",
    "â",
    "€",
    "\x80",
    "\x99",
    "\u0301",
    "é",
    "\ud800",
    "\U000e0041",
    "\u3164",
    "x",
    " ",
]
NASTY = st.sampled_from(ESCAPES + BROKEN)
HOSTILE = st.lists(NASTY | st.text(max_size=5), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("dirty", "plain"),
    [
        ("[/b] \x1b]0;owned\x07 [@click=app.quit]x[/]", "[/b] [@click=app.quit]x[/]"),
        ("\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPq#0\x1b\\image", "image"),
        ("\x1b_hidden\x1b\\shown", "shown"),
        ("\x1b[2J\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x9d0;title\x9cshown", "shown"),
        ("\x1b]never ends", "never ends"),
        ("abc\u202edef\u2066ghi\u200e", "abcdefghi"),
        ("a\u200bb\ufeffc\xadd", "abcd"),
        ("a\U000e0041\U000e007fb\u3164c\uffa0d", "abcd"),
        ("half \ud83d of a character", "half of a character"),
        ("cafe\u0301", "caf\u00e9"),
        ("no\xa0break\u2009thin", "no break thin"),
        ("It&#8217;s A&amp;T &lt;b&gt; &nosuch; AT&T", "It’s A&T <b> &nosuch; AT&T"),
        ("&amp;amp;amp; &#27;[31m &#x202e;", "& [31m"),
        ("donâ€™t â€œquoteâ€\x9d cafÃ©", "don’t “quote” café"),
        ("\x93quoted\x94 \x96", "“quoted” –"),
        ("curly ‘quotes’ “stay” ﬁne ＦＵＬＬ", "curly ‘quotes’ “stay” ﬁne ＦＵＬＬ"),
        ("👩\u200d🚀 क्\u200dष", "👩\u200d🚀 क्\u200dष"),
        ("[TODO] [$x] [/]", "[TODO] [$x] [/]"),
    ],
)
def test_lines_are_sanitized(dirty: str, plain: str) -> None:
    assert clean_line(dirty) == plain


def test_line_breaks_are_normalized() -> None:
    assert clean("a\r\nb\rc\x85d\u2028e\u2029f\x0bg\x0ch\ni") == "a\nb\nc\nd\ne\nf\ng\nh\ni"


def test_tabs_and_blank_lines_are_kept_in_text() -> None:
    assert clean("a\tb\n\n c ") == "a\tb\n\n c "


def test_piled_up_accents_are_limited_to_five() -> None:
    assert clean("z" + "\u0301" * 40 + "a") == "ź" + "\u0301" * 5 + "a"
    assert clean("ส" + "\u0e49" * 40) == "ส" + "\u0e49" * 5


def test_an_escape_sequence_for_the_window_title_is_removed() -> None:
    assert clean("before\x1b]2;" + "x" * 4000 + "\x07after") == "beforeafter"


@given(HOSTILE)
@settings(max_examples=400)
def test_invisible_characters_are_removed(text: str) -> None:
    for letter in clean(text):
        assert letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"}
        assert not 0x202A <= ord(letter) <= 0x202E
        assert not 0x2066 <= ord(letter) <= 0x2069


@given(HOSTILE)
@settings(max_examples=400)
def test_cleaning_is_idempotent(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(st.text(alphabet=st.characters(codec="ascii", exclude_categories=["Cc"], exclude_characters="&"), max_size=80))
def test_plain_ascii_is_unchanged(text: str) -> None:
    assert clean(text) == text


@given(HOSTILE)
def test_a_cleaned_line_has_no_breaks(text: str) -> None:
    line = clean_line(text)
    assert line == " ".join(line.split())


@pytest.mark.parametrize(
    ("unit", "left"),
    [
        ("\x1b]", ""),
        ("\x9d", ""),
        ("\x9dx", "x" * 500_000),
        ("\x1b[", ""),
        ("&", "&" * 1_000_000),
        ("\x1b]0;\x07", ""),
        ("\u200b", ""),
    ],
)
def test_very_long_hostile_text_is_processed(unit: str, left: str) -> None:
    assert clean(unit * (1_000_000 // len(unit))) == left


@pytest.mark.parametrize("unit", ["Ã", "â€", "Ã¢â‚¬â„¢", "&amp;", "e\u0301", "\x1b]a", "ÂÂ\x80"])
def test_very_long_mojibake_is_cleaned(unit: str) -> None:
    text = clean(unit * (1_000_000 // len(unit)))
    assert "\x1b" not in text
    assert "\x80" not in text


def test_deeply_nested_entities_are_resolved() -> None:
    text = clean("&" + "amp;" * 1000 + "lt;")
    assert clean(text) == text


def tagged(text: str, end: str = "\U000e007f") -> str:
    """Text in tag characters, which no terminal shows."""
    return "".join(chr(0xE0000 + ord(letter)) for letter in text) + end


@pytest.mark.parametrize("part", ["gbsct", "gbwls", "ustx", "es51"])
def test_the_flag_of_a_part_of_a_country_is_kept(part: str) -> None:
    flag = "\U0001f3f4" + tagged(part)
    assert clean_line(f"Goal {flag}{flag}!") == f"Goal {flag}{flag}!"


@pytest.mark.parametrize(
    "hidden",
    [
        "\U0001f3f4" + tagged("gbsct", end=""),
        "\U0001f3f4" + tagged("gbscotland"),
        "\U0001f3f4" + tagged("ignore all that was said"),
        "\U0001f3f4\u200b" + tagged("gbsct"),
        "\U0001f3f4" + tagged("GBSCT"),
        "\U0001f3f4" + tagged(""),
    ],
)
def test_tags_that_are_no_flag_are_removed(hidden: str) -> None:
    assert clean_line(f"a{hidden}b") == "a\U0001f3f4b"


def test_loose_joiners_are_removed() -> None:
    assert clean_line("News \u200c \u200c\u200c of") == "News of"
    assert clean_line("می\u200cخواهم") == "می\u200cخواهم"
    assert clean_line("क्\u200cष") == "क्\u200cष"
