"""New to you: what was read before is known, what may be news is not."""

from __future__ import annotations

from reader.comparison.novelty import known
from tests.support.comparison_stories import COURIER, HERALD, ready

READ = ready("a", HERALD)
TALKS = HERALD[2]


def dimmed(*body: str) -> list[str]:
    return [passage.text for passage in known([READ], ready("b", body))]


def test_what_was_read_word_for_word_or_nearly_so_is_known() -> None:
    nearly = "The council of the harbour offered talks with a mediator from the capital for the end of the week."
    assert dimmed(TALKS, nearly) == [TALKS, nearly]


def test_a_name_a_figure_and_a_further_statement_are_new() -> None:
    assert dimmed(TALKS.replace("a mediator", "Per Holm")) == []
    assert dimmed(HERALD[0].replace("30", "45")) == []
    assert dimmed(TALKS.removesuffix(".") + ", but the crews refused and set fire to a pontoon in the northern dock.") == []


def test_another_telling_of_the_event_stays_new() -> None:
    assert dimmed(COURIER[3]) == []


def test_only_the_passages_that_were_read_count() -> None:
    assert [passage.index for passage in known([READ.cut({0, 1})], ready("b", HERALD))] == [0, 1]


def test_nothing_read_leaves_everything_new() -> None:
    assert known([], READ) == ()
