"""Only here: what one story alone tells; what is neither stays unmarked."""

from __future__ import annotations

from reader.comparison.compare import compare
from tests.support.comparison_stories import COURIER, HERALD, ready


def unique(left: tuple[str, ...], right: tuple[str, ...]) -> set[str]:
    return {passage.text for passage in compare([ready("a", left), ready("b", right)]).unique["a"]}


def test_what_no_other_story_tells_is_found() -> None:
    assert unique(HERALD, COURIER) == {HERALD[2], HERALD[3]}


def test_what_another_story_tells_in_three_sentences_is_not_only_here() -> None:
    told = "Volunteers of the choir brought soup, blankets and candles to the tourists in the gymnasium."
    parts = ("The choir sent volunteers.", "They had soup and blankets for the tourists.", "There were candles in the gymnasium.")
    assert told not in unique((told, *HERALD), (*parts, *COURIER))
    assert told in unique((told, *HERALD), COURIER)


def test_a_short_passage_stays_unmarked() -> None:
    assert "Herring rotted quickly." not in unique(("Herring rotted quickly.", *HERALD), COURIER)
