"""The table of what can be asked: every query of it is understood, and every field stands in it."""

from __future__ import annotations

import pytest

from reader.presentation.query_examples import EXAMPLES
from reader.search.query import FIELDS, parse
from reader.tui.widgets.search_rows import example_lines

QUERIES = [query for example in EXAMPLES for query in example.queries]


@pytest.mark.parametrize("query", QUERIES)
def test_every_example_is_understood(query: str) -> None:
    assert parse(query).text == query


def test_every_field_stands_in_the_table() -> None:
    told = " ".join([*QUERIES, *(example.full for example in EXAMPLES)])
    assert [field for field in FIELDS if f"{field}:" not in told] == []


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_the_screen_shows_each_kind_in_a_line_that_fits(width: int) -> None:
    lines = ["".join(text for text, _ in line) for line in example_lines(width)]
    for example in EXAMPLES:
        assert sum(f" {example.queries[0]} " in line for line in lines) >= 1
    assert max(map(len, lines)) <= width
    assert len(lines) <= 20
    assert any(line.strip().startswith("ctrl+s") for line in lines)
