"""Values of fields, offered as they are typed."""

from __future__ import annotations

import pytest

from reader.models import FieldValue
from reader.tui.state.query_completion import CompletionRequest, accept, completion_at, remainder, suggestions
from reader.tui.widgets.line_editor import LineEditor

OUTLETS = [
    FieldValue("Coast Courier", 5),
    FieldValue("Island Wire", 3),
    FieldValue("The Courier", 2),
    FieldValue("coastnews.example", 1),
]


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("outlet:co", CompletionRequest("outlet", "co", 7)),
        ("ferry outlet:", CompletionRequest("outlet", "", 13)),
        ('ferry -outlet:"coast c', CompletionRequest("outlet", "coast c", 14)),
        ("(tag:se", CompletionRequest("tag", "se", 5)),
        ("Thread:x", CompletionRequest("thread", "x", 7)),
        ("after:2018", CompletionRequest("date", "2018", 6)),
        ('outlet:"coast"', None),
        ("outlet:co ", None),
        ("title:co", None),
        ("ferry", None),
        ("myoutlet:co", None),
    ],
)
def test_a_value_is_being_typed(text: str, wished: CompletionRequest | None) -> None:
    assert completion_at(LineEditor(text, len(text))) == wished


def test_only_at_the_end_of_a_value() -> None:
    assert completion_at(LineEditor("outlet:co ferry", 9)) == CompletionRequest("outlet", "co", 7)
    assert completion_at(LineEditor("outlet:coast", 9)) is None


def test_values_that_begin_so_come_before_those_of_which_a_word_does() -> None:
    def texts(typed: str) -> list[str]:
        return [value.text for value in suggestions(CompletionRequest("outlet", typed, 7), OUTLETS)]

    assert texts("co") == ["Coast Courier", "coastnews.example", "The Courier"]
    assert texts("") == ["Coast Courier", "Island Wire", "The Courier", "coastnews.example"]
    assert texts("WIRE") == ["Island Wire"]
    assert texts("oast") == []
    assert texts("island wire") == [], "it stands there whole"


def test_what_is_still_to_be_typed() -> None:
    assert remainder(CompletionRequest("outlet", "coas", 7), OUTLETS[0]) == "t Courier"
    assert remainder(CompletionRequest("outlet", "wire", 7), OUTLETS[1]) == ""


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
    edit = LineEditor(before, cursor)
    wished = completion_at(edit)
    assert wished is not None
    accept(edit, wished, FieldValue(value))
    assert (edit.text, edit.cursor) == (after, at)
