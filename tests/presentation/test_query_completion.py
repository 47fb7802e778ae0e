"""Values of fields, offered as they are typed."""

from __future__ import annotations

import pytest

from reader.models import Value
from reader.presentation.query_completion import Wish, offers, rest, take, wish
from reader.tui.widgets.line_editor import Edit

OUTLETS = [Value("Coast Courier", 5), Value("Island Wire", 3), Value("The Courier", 2), Value("coastnews.example", 1)]


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("outlet:co", Wish("outlet", "co", 7)),
        ("ferry outlet:", Wish("outlet", "", 13)),
        ('ferry -outlet:"coast c', Wish("outlet", "coast c", 14)),
        ("(tag:se", Wish("tag", "se", 5)),
        ("Thread:x", Wish("thread", "x", 7)),
        ("after:2018", Wish("date", "2018", 6)),
        ('outlet:"coast"', None),
        ("outlet:co ", None),
        ("title:co", None),
        ("ferry", None),
        ("myoutlet:co", None),
    ],
)
def test_a_value_is_being_typed(text: str, wished: Wish | None) -> None:
    assert wish(Edit(text, len(text))) == wished


def test_only_at_the_end_of_a_value() -> None:
    assert wish(Edit("outlet:co ferry", 9)) == Wish("outlet", "co", 7)
    assert wish(Edit("outlet:coast", 9)) is None


def test_values_that_begin_so_come_before_those_of_which_a_word_does() -> None:
    def texts(typed: str) -> list[str]:
        return [value.text for value in offers(Wish("outlet", typed, 7), OUTLETS)]

    assert texts("co") == ["Coast Courier", "coastnews.example", "The Courier"]
    assert texts("") == ["Coast Courier", "Island Wire", "The Courier", "coastnews.example"]
    assert texts("WIRE") == ["Island Wire"]
    assert texts("oast") == []
    assert texts("island wire") == [], "it stands there whole"


def test_what_is_still_to_be_typed() -> None:
    assert rest(Wish("outlet", "coas", 7), OUTLETS[0]) == "t Courier"
    assert rest(Wish("outlet", "wire", 7), OUTLETS[1]) == ""


@pytest.mark.parametrize(
    ("before", "cursor", "value", "after", "at"),
    [
        ("outlet:co", 9, "Coast Courier", 'outlet:"Coast Courier"', 22),
        ('outlet:"coast c', 15, "Coast Courier", 'outlet:"Coast Courier"', 22),
        ('outlet:"co" ferry', 10, "Coast Courier", 'outlet:"Coast Courier" ferry', 22),
        ("outlet:co ferry", 9, "coastnews.example", "outlet:coastnews.example ferry", 24),
        ("tag:", 4, 'a "b" c', 'tag:"a  b  c"', 13),
    ],
)
def test_a_value_is_taken(before: str, cursor: int, value: str, after: str, at: int) -> None:
    edit = Edit(before, cursor)
    wished = wish(edit)
    assert wished is not None
    take(edit, wished, Value(value))
    assert (edit.text, edit.cursor) == (after, at)
