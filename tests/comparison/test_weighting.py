"""Weights among the stories compared, and how much of a passage stands elsewhere."""

from __future__ import annotations

from reader.comparison.coverage import CoverageIndex
from reader.comparison.terms import term
from tests.support.comparison_stories import COURIER, GAZETTE, HERALD, weighed

LONG = "The Norhavn Island Rescue Association sent a boat to the lighthouse."
SHORT = "A boat of NIRA reached the lighthouse before dawn."


def test_a_term_that_many_passages_hold_weighs_less() -> None:
    body = [f"The ferry met a {thing}." for thing in ("storm", "comet", "herring", "choir", "mediator", "bishop")]
    (several,), (alone,) = weighed(body)[:1], weighed(body[:1])
    assert several[0].terms[term("ferry")] < alone[0].terms[term("ferry")]
    assert several[0].terms[term("storm")] == alone[0].terms[term("storm")]


def test_who_speaks_weighs_less_than_what_is_told() -> None:
    ((said,),) = weighed(["Bishop Holm said the lighthouse burned."])
    ((told,),) = weighed(["Bishop Holm burned the lighthouse."])
    assert said.terms[term("Bishop")] < told.terms[term("Bishop")]
    assert term("Bishop") not in said.plain


def test_a_long_name_is_its_initials_where_a_story_uses_them() -> None:
    (long,), (short,) = weighed([LONG], [SHORT])
    assert term("NIRA") in long.terms.keys() & short.terms.keys()
    assert term("Rescue") not in long.terms
    ((alone,),) = weighed([LONG])
    assert term("Rescue") in alone.terms


def test_the_first_word_of_a_sentence_is_no_name_if_it_is_written_small_elsewhere() -> None:
    ((capital, _),) = weighed(["Herring rotted in Velby.", "They sold no herring."])
    assert capital.names == {term("Velby")}


def test_what_neighbouring_passages_hold_together_counts_and_the_own_story_does_not() -> None:
    stories = weighed(
        ["The choir gave soup and blankets to the tourists."], ["The choir gave soup.", "Tourists had blankets."], GAZETTE
    )
    elsewhere = CoverageIndex(stories)
    assert elsewhere.share(stories[0][0]) == 1
    assert elsewhere.share(stories[0][0], exclude=0) == 1
    assert 0 < CoverageIndex(stories[::2]).share(stories[0][0], exclude=0) < 1


def test_passages_far_apart_do_not_count_together() -> None:
    apart = ["The choir gave soup.", *HERALD, "Tourists had blankets."]
    stories = weighed(["The choir gave soup and blankets to the tourists."], apart, COURIER)
    assert CoverageIndex(stories).share(stories[0][0], exclude=0) < 1
