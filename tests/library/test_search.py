"""The search of a library: what one call returns."""

from __future__ import annotations

import pytest

from reader.library import Library
from reader.library.search import with_prefix


@pytest.mark.parametrize(
    ("query", "more"),
    [
        ("ferr", "ferr*"),
        ("the ferr", "the ferr*"),
        ("outlet:coa", "outlet:coa*"),
        ("ferry*", None),
        ("f", None),
        ("ferry OR", None),
        ('"the ferr', None),
        ("date:2018", None),
        ("", None),
    ],
)
def test_the_last_word_may_be_unfinished(query: str, more: str | None) -> None:
    assert with_prefix(query) == more


def test_one_answer_holds_all_that_the_search_screen_shows(samples: Library) -> None:
    answer = samples.search.run("mattis", facets=True)
    assert {match.head.thread for match in answer.matches} == answer.threads.keys()
    assert all(heading.size >= 1 and heading.name for heading in answer.threads.values())
    assert answer.facets == samples.search.facets("mattis")
    assert answer.suggestion is None
    assert all(match.snippet for match in answer.matches)


def test_an_unfinished_word_is_tried_as_a_beginning(samples: Library) -> None:
    assert samples.search.run("matti").matches == ()
    answer = samples.search.run("matti", unfinished=True)
    assert answer.query == "matti*"
    assert answer.matches
    assert samples.search.run("zzzzqqq", unfinished=True).query == "zzzzqqq"


def test_nothing_found_comes_with_a_suggestion(samples: Library) -> None:
    suggestion = samples.search.run("zzzzqqq mattis").suggestion
    assert suggestion is not None
    assert suggestion.query == "mattis"


def test_snippets_are_read_for_the_first_matches_by_thread(samples: Library) -> None:
    answer = samples.search.run("the", snippets=2)
    assert answer.total > 2
    shown = [match for match in answer.matches if match.snippet]
    assert len(shown) == 2
    first = answer.matches[0].head.thread
    of_first = [match for match in answer.matches if match.head.thread == first]
    assert shown[0] == of_first[0]
    if len(of_first) > 1:
        assert shown[1] == of_first[1]
