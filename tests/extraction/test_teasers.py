"""Digests of other stories."""

from __future__ import annotations

from reader.extraction.page_lines import BODY, split
from reader.extraction.teasers import DIGEST, mark_teasers

PROSE = "The quick brown fox jumped over the lazy dog in the park while nobody was looking at it."
OTHER = "Nobody had seen the fox before that evening, and nobody has seen it since, the keeper of the park said."


def labels(page: str) -> list[str]:
    lines = split(page)
    mark_teasers(lines)
    return [line.label for line in lines]


def test_a_heading_that_opens_the_next_line_is_a_digest() -> None:
    heading = "Mayor urges calm after storm hits coast"
    page = f"A headline\n\n{PROSE}\n\n{heading}\n\n{heading} The mayor spoke on Monday.People were told to stay at home.\n\n{OTHER}"
    assert labels(page) == [BODY, BODY, DIGEST, DIGEST, BODY]


def test_the_first_line_is_never_a_digest() -> None:
    heading = "Mayor urges calm after storm hits coast"
    assert labels(f"{heading}\n\n{heading} on Monday, and people were told to stay at home until it ends.") == [BODY, BODY]


def test_sentences_that_break_off_are_a_digest() -> None:
    broken = "The mayor said , \"We are moving people throughout the The storm 's path was seen late by all Neither would say why."
    assert labels(f"{PROSE}\n\n{broken}\n\n{OTHER}") == [BODY, DIGEST, BODY]


def test_a_heading_with_a_spaced_stop_and_the_text_under_it_are_a_digest() -> None:
    assert labels(f"{PROSE}\n\nMayor: 'We had every right' in storm .\n{OTHER}\n\nShare") == [BODY, DIGEST, DIGEST, BODY]


def test_a_page_that_spaces_all_its_stops_is_left_alone() -> None:
    page = "\n\n".join(f"{PROSE[:-1]} . It was number {number} , they said" for number in range(6))
    assert set(labels(page)) == {BODY}


def test_a_list_of_headings_with_one_text_each_is_a_digest() -> None:
    listed = "\n".join(
        f"Another story about the number {name}\nIt is told in one short sentence." for name in ("one", "two", "three")
    )
    assert labels(f"{PROSE}\n{OTHER}\n{listed}") == [BODY, BODY] + [DIGEST] * 6


def test_headings_within_a_story_stay() -> None:
    page = "\n".join(f"The {name} part of it\n{PROSE} {OTHER} And so it ended, {name}." for name in ("first", "second", "third"))
    assert set(labels(page)) == {BODY}
