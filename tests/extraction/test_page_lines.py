"""A page as lines."""

from __future__ import annotations

from textwrap import fill

from reader.extraction.page_lines import BODY, CAPTION, labelled, split

SENTENCE = "The quick brown fox jumped over the lazy dog in the park while nobody was looking at it. "


def test_lines_are_cleaned_and_numbered_and_know_what_stands_apart() -> None:
    lines = split("  One\xa0 two \r\nthree\n\n \x1b[31mfour\n")
    assert [(line.text, line.number, line.apart) for line in lines] == [
        ("One two", 0, True),
        ("three", 1, False),
        ("four", 2, True),
    ]


def test_an_empty_page_has_no_lines() -> None:
    assert split(" \n\u200b\n") == []


def test_lines_broken_to_a_width_are_joined_again() -> None:
    first, second = SENTENCE * 3, SENTENCE * 2
    page = fill("A headline that is quite long and so is itself broken into two lines by the width", 60)
    page += "\n\n" + fill(first, 60) + "\n\n" + fill(second, 60)
    assert [line.text for line in split(page)][1:] == [first.strip(), second.strip()]


def test_items_of_a_list_stay_lines_in_broken_text() -> None:
    page = fill(SENTENCE * 4, 60) + "\n- one\n- two"
    assert [line.text for line in split(page)][1:] == ["- one", "- two"]


def test_short_lines_that_were_not_broken_stay_lines() -> None:
    page = "Home\nNews\nSport\nA menu entry of some length that ends the list of entries here\nWeather"
    assert len(split(page)) == 5


def test_a_line_knows_whether_it_reads_as_a_paragraph() -> None:
    prose, heading, quote = split(SENTENCE + "\nA heading\n“We did it.”")
    assert (prose.is_prose, heading.is_prose, quote.is_prose) == (True, False, False)
    assert (prose.ends, heading.ends, quote.ends) == (True, False, True)


def test_lines_that_say_the_same_have_one_key() -> None:
    left, right = split("The “End”\nthe end!")
    assert left.key == right.key == "the end"
    assert left.stems == {"end"}


def test_lines_are_picked_by_label() -> None:
    lines = split("one\ntwo\nthree")
    lines[1].mark(CAPTION, "shows something")
    assert [line.text for line in labelled(lines, BODY)] == ["one", "three"]
    assert [line.why for line in labelled(lines, CAPTION)] == ["shows something"]
