"""Names that stories share."""

from __future__ import annotations

from reader.clustering.name_mentions import Run, mentions, shared_names
from reader.clustering.terms import read
from reader.text.tokens import sentences


def named(text: str) -> list[Run]:
    return mentions((sentence, read(sentence)) for sentence in sentences(text))


def names(a: str, *others: str) -> tuple[str, ...]:
    return shared_names(named(a), [run for other in others for run in named(other)])


def test_a_name_is_told_as_long_as_both_have_it() -> None:
    assert names("The mayor, Ada Quill, came late.", "It was said that Ada Quill came.") == ("Ada Quill",)
    assert names("The mayor, Ada Quill, came late, and Quill sat.", "It was said that Quill came.") == ("Quill",)


def test_a_part_of_longer_names_is_no_name() -> None:
    assert names("There the Transport Minister Ada Quill spoke.", "There the Transport Minister Bo Marsh spoke.") == ()


def test_a_capital_at_the_beginning_of_a_sentence_may_be_an_accident() -> None:
    assert names("Ferries sail. We saw Quill.", "Ferries wait. We met Quill.") == ("Quill",)
    assert names("Quill left. We saw Quill.", "Quill stayed. We met Quill.") == ("Quill",)


def test_names_that_a_comma_parts_are_two() -> None:
    assert set(names("We saw Quill, Marsh and others.", "They say Marsh left, and Quill too.")) == {"Quill", "Marsh"}


def test_it_is_enough_that_one_of_the_others_has_it_and_the_oftener_comes_first() -> None:
    found = names("We saw Quill, and Marsh.", "They say Marsh left.", "They say that Quill met Quill, and that Quill left.")
    assert found == ("Quill", "Marsh")


def test_peoples_are_no_names() -> None:
    assert names("There were Chinese tourists in China.", "The Chinese tourists left China.") == ("China",)
