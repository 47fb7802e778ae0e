"""Attribution of passages to speakers."""

from __future__ import annotations

import pytest

from reader.comparison.attribution import quoted_speakers, speaker_name, speaker_span
from tests.support.comparison_stories import ready


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The chief of the union, Ana Berg, said the crews were tired.", "Ana Berg"),
        ("Norhavn Mayor Per Holm told reporters that talks would begin.", "Per Holm"),
        ("“We will not sail,” Berg said.", "Berg"),
        ("“We will not sail,” said Ana Berg.", "Ana Berg"),
        ("In a letter, Holm, a retired pilot of the Royal Line, said he agreed.", "Holm"),
        ("According to Per Holm, the talks begin.", "Per Holm"),
    ],
)
def test_the_phrase_that_names_the_speaker_is_found(text: str, name: str) -> None:
    span = speaker_span(text)
    assert span
    assert speaker_name(text[slice(*span)]) == name


def test_a_passage_without_a_verb_of_speech_has_no_speaker() -> None:
    assert speaker_span("The ferry sailed at dawn.") is None


def test_quoted_people_are_collected_across_stories_and_pronouns() -> None:
    left = ready("a", ["“We will not sail at night,” Ana Berg said. “The crews are tired,” she said. Per Holm said nothing of it."])
    right = ready("b", ["“Nobody sails before the talks,” said Berg."])
    (quoted,) = quoted_speakers([left, right])
    assert quoted.name == "Ana Berg"
    assert [(passage.story, passage.index) for passage in quoted.passages] == [("a", 0), ("a", 1), ("b", 0)]
