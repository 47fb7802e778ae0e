"""Kickers: a name and a happening that the headlines of a thread share, no two alike."""

from __future__ import annotations

import itertools

import pytest

from reader.clustering.titles.candidates import TitleCandidate
from reader.clustering.titles.kickers import distinct, kickers
from reader.clustering.titles.term_usage import TermUsageTable
from reader.models import StoryText
from tests.support.clustering import samples, telling

BODY = ["Crews in Aldport walked out. The strike in Aldport began on Monday, and Aldport waited."]


def kicker(*stories: StoryText) -> str:
    """The best kicker of stories, empty if there is none."""
    found = kickers(TermUsageTable(stories))
    return found[0].text if found else ""


def headlines(*titles: str) -> str:
    """The best kicker of headlines alone."""
    return kicker(*(StoryText(title, []) for title in titles))


def test_the_samples_are_named_by_name_and_happening_in_any_order() -> None:
    stories = [telling(story) for story in samples()]
    lists = [kickers(TermUsageTable([stories[number] for number in group])) for group in ((0, 1), (2, 3), (4,))]
    for order in itertools.permutations(lists):
        assert set(distinct(order)) == {"Mattis resignation", "Syria withdrawal", ""}


def test_a_kicker_is_a_name_and_a_happening_of_several_headlines() -> None:
    assert (
        headlines("Ferry strike in Aldport goes on", "Why Aldport fears a long strike", "In Aldport a strike bites")
        == "Aldport strike"
    )


def test_a_story_alone_has_no_kicker() -> None:
    assert kicker(StoryText("Ferry strike in Aldport goes on", BODY)) == ""


def test_the_texts_stand_for_headlines_where_only_one_story_states_one() -> None:
    assert kicker(StoryText("Ferry strike goes on", BODY), StoryText("", BODY)) == "Aldport strike"


def test_headlines_that_share_no_happening_have_no_kicker() -> None:
    assert headlines("Ferry strike in Aldport goes on", "Aldport opens a museum", "A new bridge for Aldport") == ""


def test_what_belongs_to_another_did_not_happen_to_the_name() -> None:
    assert headlines("In tears Quince mourns a death", "Why Quince cannot bear a cousin death") == "Quince death"
    assert headlines("In tears Quince mourns a cousin’s death", "Why Quince cannot bear her cousin's death") != "Quince death"


def test_headlines_that_share_no_name_have_no_kicker() -> None:
    assert headlines("Ferry strike in Aldport goes on", "Brandywell braces for a strike") == ""


def test_a_name_that_only_the_texts_share_is_in_no_kicker() -> None:
    stories = [StoryText("Ferry strike goes on", BODY), StoryText("Crews on strike again", BODY)]
    assert "Aldport" not in kicker(*stories)


def test_a_name_is_spelled_by_words_of_the_headlines() -> None:
    body = ["On Monday Tabitha Quince announced her resignation. Then Tabitha Quince left, and Tabitha Quince was gone."]
    assert kicker(StoryText("Mayor Quince resigns", body), StoryText("After Quince resigns, a race", body)) == "Quince resignation"


def test_a_name_that_begins_each_headline_is_known_as_one() -> None:
    assert headlines("Aldport strike ends", "Aldport crews on strike for pay") == "Aldport strike"


def test_a_happening_of_others_is_not_tied_to_a_name_beside_it() -> None:
    assert headlines("Quince speaks after ferry attack", "Mayor Quince visits town after attack") == ""


def test_who_acts_is_not_what_happened() -> None:
    assert headlines("In Aldport the passengers wait", "What Aldport passengers want") == ""


def test_two_places_are_named_where_the_headlines_agree_on_both() -> None:
    titles = ("Norway and Sweden resume fishing talks", "Hope for talks of Norway with Sweden")
    assert headlines(*titles) in ("Norway Sweden talks", "Norway Sweden fishing talks")


def test_a_happening_of_one_headline_must_stand_close_to_the_name() -> None:
    body = ["The strike in Aldport began. Aldport crews and the strike of Aldport were in the news."]
    close = [StoryText("In Aldport a strike looms", body), StoryText("Ferries stay in Aldport", body)]
    away = [StoryText("Aldport is waiting as crews mull strike", body), StoryText("Ferries stay in Aldport", body)]
    assert (kicker(*close), kicker(*away)) == ("Aldport strike", "")


@pytest.mark.parametrize("told", [[], [StoryText("", [])] * 2, [StoryText("[/b] [@click=x]", ["1 2 3."])] * 3])
def test_nothing_to_read_gives_no_kicker(told: list[StoryText]) -> None:
    assert kicker(*told) == ""


STRIKE = TitleCandidate("Aldport strike", "strike", 3.0)


def test_no_two_kickers_are_alike() -> None:
    vote = TitleCandidate("Aldport vote", "vote", 2.5)
    assert sorted(distinct([[STRIKE], [STRIKE, vote], [STRIKE]])) == ["", "Aldport strike", "Aldport vote"]


def test_a_kicker_that_fits_much_worse_is_not_taken() -> None:
    assert distinct([[STRIKE], [STRIKE, TitleCandidate("Aldport fog", "fog", 0.5)]]) == ["Aldport strike", ""]


def test_kickers_of_others_are_taken() -> None:
    assert distinct([[STRIKE]], others=["aldport strike"]) == [""]


def test_a_thread_keeps_its_kicker_while_it_fits_nearly_as_well() -> None:
    names = [STRIKE, TitleCandidate("Aldport vote", "vote", 2.5), TitleCandidate("Aldport fog", "fog", 0.5)]
    assert distinct([names], ["Aldport vote"]) == ["Aldport vote"]
    for earlier in ("Aldport fog", "Aldport snow", "", None):
        assert distinct([names], [earlier]) == ["Aldport strike"]


def test_a_kicker_that_is_kept_is_not_taken_by_a_thread_that_it_fits_better() -> None:
    new = [TitleCandidate("Aldport strike", "strike", 9.0), TitleCandidate("Aldport vote", "vote", 8.0)]
    assert distinct([new, [STRIKE]], [None, "Aldport strike"]) == ["Aldport vote", "Aldport strike"]
