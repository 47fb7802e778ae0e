"""Quotations that two stories have both."""

from __future__ import annotations

from reader.clustering.shared_quotes import shared_quotes
from reader.models import StoryText


def shared(a: str, b: str) -> tuple[str, ...]:
    return shared_quotes(StoryText("", [a]), [StoryText("", [b])])


def test_a_run_of_four_words_in_both_is_shared_as_the_first_story_has_it() -> None:
    one = "“I am sorry – it was my own doing, and I will go,” she said."
    other = 'She said: "It was my own doing, and I will go on Monday."'
    assert shared(one, other) == ("it was my own doing, and I will go",)
    assert shared(other, one) == ("It was my own doing, and I will go",)


def test_three_words_are_none() -> None:
    assert shared("“The ferry stays,” he said.", "“The ferry stays,” he wrote.") == ()
    assert shared("“The ferry stays here,” he said.", "“The ferry stays here,” he wrote.") == ("The ferry stays here",)


def test_words_outside_quotation_marks_do_not_count() -> None:
    assert shared("“The ferry will not sail,” he said.", "He said the ferry will not sail.") == ()


def test_every_quotation_is_told_once_the_longest_first() -> None:
    one = "“The ferry will sail.” “Nobody was hurt on board that day.” “The ferry will sail.”"
    other = "“Nobody was hurt on board that day.” So it was: “The ferry will sail.”"
    assert shared(one, other) == ("Nobody was hurt on board that day", "The ferry will sail")


def test_headlines_are_read_too() -> None:
    body = StoryText("", ["“The ferry will sail again,” said the captain."])
    assert shared_quotes(StoryText("Captain: “The ferry will sail again”", []), [body]) == ("The ferry will sail again",)
