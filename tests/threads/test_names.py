"""Names: who or where and what happened, no two alike."""

from __future__ import annotations

import itertools

import pytest
from weave import samples, telling

from reader.threads.names import Name, candidates, distinct
from reader.threads.usage import Telling, Usages, is_verbal

FERRY = Telling(
    "Ferry strike in Aldport ends",
    ["The strike in Aldport began on Monday.", "Crews from Aldport said the strike was over, and Aldport cheered."],
)


def test_the_samples_are_named_by_entity_and_event() -> None:
    stories = [telling(story) for story in samples()]
    lists = [candidates(Usages([stories[number] for number in group])) for group in ((0, 1), (2, 3), (4,))]
    for order in itertools.permutations(lists):
        assert set(distinct(order)) == {"Mattis resignation", "Syria withdrawal", "Iraq letter"}


def test_a_name_is_a_place_and_an_event() -> None:
    assert candidates(Usages([FERRY]))[0].text == "Aldport strike"


def test_candidates_are_distinct_and_the_best_comes_first() -> None:
    found = candidates(Usages([FERRY]))
    assert len({name.text.lower() for name in found}) == len(found)
    assert [name.score for name in found] == sorted((name.score for name in found), reverse=True)


def test_a_demonym_counts_for_its_place() -> None:
    told = Telling("", ["The troops left after the Iraqi vote.", "A vote in Iraq came late, and the Iraqi vote was close."])
    assert "Iraq vote" in {name.text for name in candidates(Usages([told]))}


def test_a_name_says_nothing_twice() -> None:
    told = Telling(
        "", ["Crowds and floats filled the Quince Parade. The parade was long, the parade was loud, and the floats passed."]
    )
    names = {name.text for name in candidates(Usages([told]))}
    assert names
    assert "Quince Parade parade" not in names
    assert all(len(set(name.lower().split())) == len(name.split()) for name in names)


@pytest.mark.parametrize("told", [Telling("", []), Telling("", ["the of and"]), Telling("[/b] [@click=x]", ["1 2 3."])])
def test_there_is_always_a_name(told: Telling) -> None:
    assert candidates(Usages([told]))[0].text


def test_no_two_names_are_alike() -> None:
    one = [Name("Aldport strike", "strike", 2.0)]
    assert sorted(distinct([one, one, one])) == ["Aldport strike", "Aldport strike 2", "Aldport strike 3"]


def test_another_event_noun_is_taken_where_the_first_names_another_thread() -> None:
    port = [Name("Aldport strike", "strike", 3.0)]
    town = [Name("Upham strike", "strike", 2.0), Name("Upham vote", "vote", 1.0)]
    assert distinct([town, port]) == ["Upham vote", "Aldport strike"]


def test_verbs_are_known_by_their_looks() -> None:
    assert is_verbal("resigned")
    assert not is_verbal("resignation")


def test_usage_counts_stories_titles_and_capitals() -> None:
    usages = Usages([FERRY, Telling("", ["They went to Aldport."])])
    usage = usages.terms["aldport"]
    assert (usage.stories, usage.titles, usage.is_name) == (2, 1, True)
    assert usages.terms["strike"].nouns["strike"] > 0
