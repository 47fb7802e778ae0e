"""The words that stories share."""

from __future__ import annotations

from reader.threads.related import shared_terms, thread_terms
from reader.threads.usage import Telling, Usages
from reader.threads.vectors import vector

FERRY = Telling("Ferry strike ends", ["The strike of the Northern ferry crews ended on Monday, the Harbour Council said."])
CREWS = Telling("", ["Crews of the Northern line ended their strike, and the ferry sailed."])


def test_shared_words_are_written_as_in_the_stories() -> None:
    shared = shared_terms(FERRY, CREWS, 10)
    assert {"strike", "ferry", "Northern", "crews"} <= set(shared)
    assert "Monday" not in shared
    assert shared_terms(FERRY, CREWS, 2) == shared[:2]


def test_a_single_story_has_its_heaviest_words() -> None:
    assert set(thread_terms([vector(FERRY.title, FERRY.body)], Usages([FERRY]), 3)) <= {
        "Ferry",
        "ferry",
        "strike",
        "Harbour",
        "Northern",
    }
    assert thread_terms([], Usages([]), 3) == ()
