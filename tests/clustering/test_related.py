"""The words that stories share."""

from __future__ import annotations

from reader.clustering.related import SharedEvidence, StoryFeatures, story_terms, thread_terms, ties
from reader.clustering.tfidf import vector
from reader.clustering.titles.term_usage import TermUsageTable
from reader.models import StoryText

FERRY = StoryText("Ferry strike ends", ["The strike of the Northern ferry crews ended on Monday, the Harbour Council said."])
CREWS = StoryText("", ["Crews of the Northern line ended their strike, and the ferry sailed."])


def tied(story: StoryText, others: list[StoryText], limit: int) -> SharedEvidence:
    return ties(StoryFeatures(story), [StoryFeatures(other) for other in others], limit)


def test_shared_words_are_written_as_in_the_stories() -> None:
    shared = tied(FERRY, [CREWS], 10).terms
    assert {"strike", "ferry", "Northern", "crews"} <= set(shared)
    assert "Monday" not in shared
    assert tied(FERRY, [CREWS], 2).terms == shared[:2]


def test_what_is_shared_with_any_of_several_stories_is_shared() -> None:
    said = StoryText(
        "", ["“The boats stay at the pier,” the Harbour Council said, and it thanked the Harbour Council of the south."]
    )
    said_again = StoryText("Boats stay", ["A speaker of the Harbour Council said that “the boats stay at the pier” for now."])
    shared = tied(said, [CREWS, said_again], 5)
    assert "boats" in shared.terms
    assert shared.names == ("Harbour Council",)
    assert shared.quotes == ("The boats stay at the pier",)
    assert tied(said, [CREWS], 5).quotes == ()


def test_a_single_story_has_its_heaviest_words() -> None:
    assert set(thread_terms([vector(FERRY.title, FERRY.body)], TermUsageTable([FERRY]).spellings, 3)) <= {
        "Ferry",
        "ferry",
        "strike",
        "Harbour",
        "Northern",
    }
    assert thread_terms([], TermUsageTable([]).spellings, 3) == ()


def test_the_words_of_a_single_story_are_those_of_its_vector_as_it_spells_them() -> None:
    weights = vector(FERRY.title, FERRY.body)
    found = story_terms(FERRY, weights, 5)
    assert found == thread_terms([weights], TermUsageTable([FERRY]).spellings, 5)
    assert len(found) == 5
