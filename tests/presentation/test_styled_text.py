"""Styles and links over text in roles."""

from __future__ import annotations

from reader.models import Inline
from reader.presentation.styled_text import layered, styled, unstyled

TEXT = "one two three"
LINK = Inline(4, 13, "link", "https://coast.example/")


def test_a_styled_role_comes_apart_again() -> None:
    for parts in (("ink", (), ""), ("hit", ("bold", "italic"), ""), ("read", ("underline",), "https://a.example/x+y")):
        assert unstyled(styled(*parts)) == parts


def test_styles_lie_below_roles_and_neither_hides_the_other() -> None:
    line = layered(TEXT, "ink", [((0, 7), "read"), ((6, 9), "hit"), ((7, 9), "hit")], [Inline(0, 3, "strong"), LINK])
    assert line == [
        ("one", "read+bold"),
        (" ", "read"),
        ("tw", "read+underline https://coast.example/"),
        ("o", "hit+underline https://coast.example/"),
        (" t", "hit+underline https://coast.example/"),
        ("hree", "link+underline https://coast.example/"),
    ]


def test_raised_figures_keep_their_places() -> None:
    raised, lowered, word = Inline(4, 6, "superscript"), Inline(12, 13, "subscript"), Inline(18, 20, "superscript")
    line = layered("note12 and x2 or yth", "ink", [], [raised, lowered, word])
    assert "".join(text for text, _ in line) == "note¹² and x₂ or yth"


def test_many_links_are_laid_out_once_each() -> None:
    inline = [Inline(at, at + 1, "link", f"https://a.example/{at}") for at in range(0, 40_000, 2)]
    line = layered("x " * 20_000, "ink", [], inline)
    assert len(line) == 40_000
