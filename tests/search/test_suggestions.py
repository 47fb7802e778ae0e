"""Suggestions for queries without results."""

from __future__ import annotations

from collections.abc import Callable

from reader.models import Suggestion
from reader.search.suggestions import advise

OUTLETS = ["Coast Courier", "Kyoto Herald"]


def counts(**found: int) -> Callable[[str], int]:
    return lambda query: found.get(query.replace(" ", "_"), 0)


def no_word(word: str) -> None:
    return None


def test_the_word_whose_removal_helps_most_is_suggested() -> None:
    advice = advise("ferry strike navy", lambda: OUTLETS, counts(ferry_strike=3, ferry_navy=1), no_word)
    assert advice == Suggestion("No story contains all of “ferry strike navy”. Without “navy”, 3 stories match.", "ferry strike", 3)


def test_one_story_is_counted_in_the_singular() -> None:
    assert advise("ferry navy", lambda: OUTLETS, counts(ferry=1), no_word).message.endswith("Without “navy”, 1 story matches.")


def test_a_similar_outlet_is_suggested_for_an_unknown_one() -> None:
    advice = advise('strike outlet:"coast curier"', lambda: OUTLETS, lambda query: 2, no_word)
    assert advice == Suggestion(
        "No outlet is called “coast curier”. Did you mean Coast Courier?", 'strike outlet:"coast courier"', 2
    )


def test_an_outlet_without_similar_names_has_no_suggestion() -> None:
    assert advise("outlet:zzz", lambda: OUTLETS, counts(), no_word) == Suggestion("No outlet is called “zzz”.")


def test_a_known_outlet_is_not_replaced() -> None:
    assert "outlet" not in advise("outlet:herald ferry", lambda: OUTLETS, counts(), no_word).message.split("“")[0]


def test_a_similar_indexed_word_is_suggested() -> None:
    advice = advise("Fery", lambda: OUTLETS, counts(ferry=4), lambda word: "ferry" if word == "fery" else None)
    assert advice == Suggestion("No story contains “Fery”. Did you mean ferry?", "ferry", 4)


def test_complex_queries_get_no_suggestion() -> None:
    assert advise('"ferry strike"', lambda: OUTLETS, counts(), no_word) == Suggestion(
        "No stories match “" + '"ferry strike"' + "”."
    )
    assert advise("ferry OR navy", lambda: OUTLETS, counts(ferry=1), no_word).query is None


def test_stop_words_alone_count_no_stories() -> None:
    assert advise("the navy", lambda: OUTLETS, counts(navy=0), no_word).query is None


def test_unknown_words_are_replaced_by_similar_ones() -> None:
    suggest = {"fery": "ferry"}.get
    advice = advise("fery strike", lambda: OUTLETS, counts(strike=9, ferry_strike=2), suggest)
    assert advice == Suggestion("No story contains “fery strike”. Did you mean ferry strike?", "ferry strike", 2)
    assert advise("fery strike", lambda: OUTLETS, counts(strike=9), suggest).query == "strike"


def test_words_beside_fields_and_phrases_are_corrected() -> None:
    suggest = {"fery": "ferry"}.get
    found = {"ferry": 3, 'outlet:herald ferry "old pier"': 2}
    advice = advise('outlet:herald fery "old pier"', lambda: OUTLETS, lambda query: found.get(query, 0), suggest)
    assert (advice.query, advice.count) == ('outlet:herald ferry "old pier"', 2)


def test_a_part_that_matches_nothing_is_suggested_for_removal() -> None:
    found = {"ferry is:unread": 4, "ferry last 3 days": 1}
    advice = advise("ferry is:unread last 3 days", lambda: OUTLETS, lambda query: found.get(query, 0), no_word)
    assert advice == Suggestion(
        "No stories match “ferry is:unread last 3 days”. Without “last 3 days”, 4 stories match.", "ferry is:unread", 4
    )
