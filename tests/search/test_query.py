"""Parsing of queries, and the hits to highlight."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import QueryError
from reader.search.query import LONGEST, finish, parse
from reader.search.tokenizer import raw_terms, terms


def marked(query: str, text: str) -> list[str]:
    return [text[start:end] for start, end in parse(query).hits(text)]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("ferry", "The ferry, the Ferry and the ferries.", ["ferry", "Ferry", "ferries"]),
        ('"ferry"', "The ferry, the Ferry and the ferries.", ["ferry", "Ferry"]),
        ("sailed", "Sailing, they withdrew.", ["Sailing"]),
        ("withdraw", "They withdrew; a withdrawal, not a drawing.", ["withdrew", "withdrawal"]),
        ("ferry is:unread last 3 days", "The last ferry is unread for 3 days.", ["ferry"]),
        ("ferr*", "The ferry and the ferries.", ["ferry", "ferries"]),
        ('"ferry strike"', "A strike; the ferry strike.", ["ferry strike"]),
        ("clear-eyed", "Be clear-eyed: clear but not eyed.", ["clear-eyed"]),
        ("council", "The council’s ferry, the council's crew.", ["council", "council"]),
        ("elysee", "L’Élysée spoke.", ["Élysée"]),
        ("ferry -strike", "The ferry strike.", ["ferry"]),
        ("NOT strike", "The ferry strike.", []),
        ("title:ferry outlet:courier", "The ferry of the courier.", ["ferry"]),
        ("us", "The U.S. crew and the US ferry.", ["U.S", "US"]),
        ("“ferry strike”", "The ferry strike.", ["ferry strike"]),
    ],
)
def test_hits_are_the_words_of_the_query(query: str, text: str, found: list[str]) -> None:
    assert marked(query, text) == found


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ('"ferry str', '"ferry str"'),
        ("(ferry OR tram", "(ferry OR tram)"),
        ("ferry)", "ferry"),
        ("ferry OR", "ferry"),
        ("ferry -", "ferry"),
        ("ferry title:", "ferry"),
        ("OR ferry", "ferry"),
        ("Title:ferry", "title:ferry"),
    ],
)
def test_incomplete_queries_are_completed(typed: str, asked: str) -> None:
    assert finish(typed).split() == asked.split()


@pytest.mark.parametrize(
    ("query", "column", "said"),
    [
        ("", 0, "type a word"),
        ("   ", 0, "type a word"),
        ("ferry date:soon", 11, "is not a date"),
        ("date:2018-13", 5, "does not exist in the calendar"),
        ("ferry colour:red", 6, "there is no field “colour:”"),
        ("ferry is:red", 9, "there is no state “red”"),
        ("x" * (LONGEST + 1), LONGEST, "characters"),
        ("(" * 40 + "a", 20, "parentheses"),
    ],
)
def test_an_invalid_query_is_reported_with_reason_and_column(query: str, column: int, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert caught.value.column == column
    assert said in caught.value.message


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='ab "()*:-~ORNTD.§é“”date', max_size=40))
def test_any_text_is_a_query_or_a_query_error(typed: str) -> None:
    try:
        query = parse(typed)
    except QueryError as fault:
        assert fault.message
        assert 0 <= fault.column <= len(typed) + 1
    else:
        assert query.hits("a b ab") == sorted(query.hits("a b ab"))


def test_terms_are_folded_and_have_spans() -> None:
    text = "The Élysée’s U.S. ferry 2018 日本"
    found = list(terms(text))
    assert [term.text for term in found] == ["elysee", "us", "ferry", "2018", "日", "本"]
    assert text[found[0].start : found[0].end] == "Élysée"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("हिन्दी शब्द", ["हिन्दी", "शब्द"]),
        ("e\u0301lan a\u0301", ["e\u0301lan", "a\u0301"]),
        ("U.S. a.b.c1 x.y the U.S.A's crew", ["U.S", "a.b", "c1", "x.y", "the", "U.S.A", "crew"]),
        ("日本2018年 x日y", ["日", "本", "2018", "年", "x", "日", "y"]),
        ("council's bank’S its'sail", ["council", "bank", "its", "sail"]),
        ("B-2 a1 1a _x_y_", ["B", "2", "a1", "1a", "x", "y"]),
    ],
)
def test_words_of_any_script_are_tokenized(text: str, found: list[str]) -> None:
    assert raw_terms(text) == found


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(["ferry", '"a ferry strike"', "withdrew", "us", "stri*", "-tram", '"ferry sails"~3']),
        min_size=1,
        max_size=3,
    ),
    st.lists(
        st.sampled_from(
            ["Ferries", "ferry", "a", "U.S.", "U.S", "strike", "withdrawal", "tram", "sails", "drew", "ferry's", "bistro"]
        ),
        max_size=8,
    ),
)
def test_the_ascii_scan_misses_no_hit(asked: list[str], text: list[str]) -> None:
    query = parse(" ".join(asked))
    assert query.hits(" ".join(text)) == query.hits(" ".join([*text, "é"]))
