"""What opens a story before its first sentence."""

from __future__ import annotations

import pytest

from reader.extraction.dateline import Dateline, is_agency, take_dateline, title_case
from reader.extraction.page_lines import split


def take(text: str) -> tuple[Dateline | None, str]:
    lines = split(text)
    return take_dateline(lines), lines[0].text


@pytest.mark.parametrize(
    ("text", "place", "agency", "outlet", "day"),
    [
        ("LONDON (Reuters) - The fox ran.", "London", "Reuters", None, None),
        ("PARIS, Dec. 21 (AFP) — The fox ran.", "Paris", "AFP", None, None),
        ("SEOUL, South Korea — The fox ran.", "Seoul, South Korea", None, None, None),
        ("ERIE, Pa. (AP) -- The fox ran.", "Erie, Pa", "AP", None, None),
        ("Tirana, Albania (CNN) The fox ran.", "Tirana, Albania", "CNN", None, None),
        ("date 2018-12-21 ASTANA. EXAMPLINFORM The fox ran.", "Astana", None, "Examplinform", "2018-12-21"),
        ("BEIJING. XINHUA The fox ran.", "Beijing", None, "Xinhua", None),
        ("MOSCOW. TASS - The fox ran.", "Moscow", None, "TASS", None),
        ("Published: 21 December 2018. The fox ran.", None, None, None, "2018-12-21"),
        ("SAN JOSE, Costa Rica – The fox ran.", "San Jose, Costa Rica", None, None, None),
    ],
)
def test_a_dateline_is_taken_off(text: str, place: str | None, agency: str | None, outlet: str | None, day: str | None) -> None:
    found, rest = take(text)
    assert found is not None
    assert rest == "The fox ran."
    assert (found.place.value, found.agency, found.outlet) == (place, agency, outlet)
    assert (found.date.day if found.date else None) == day
    assert f"{found.text} {rest}" == text


@pytest.mark.parametrize(
    "text",
    [
        "The fox ran.",
        "NATO — an alliance — met.",
        "WASHINGTON. NATO Secretary General met him.",
        "December 21, 2018 was a cold day.",
        "On December 21, 2018, it rained.",
        "Jane Doe (DOE) ran away.",
        "FILE - The fox ran.",
        "U.S. Defense officials met.",
        "PARIS —",
    ],
)
def test_a_sentence_is_no_dateline(text: str) -> None:
    assert take(text) == (None, text)


def test_a_name_the_story_speaks_of_does_not_sign_it() -> None:
    found, rest = take("date 2018-12-21 GENEVA. UNICEF Officials met.\n\nThe head of UNICEF spoke.")
    assert found is not None
    assert found.outlet is None
    assert rest == "GENEVA. UNICEF Officials met."


def test_the_second_paragraph_may_open_with_it() -> None:
    lines = split("A summary of it all.\n\nROME (AP) — The fox ran.")
    found = take_dateline(lines)
    assert found is not None
    assert found.line is lines[1]


def test_shouted_names_are_quietened() -> None:
    assert title_case("WASHINGTON") == "Washington"
    assert title_case("WEST BANK/Gaza") == "West Bank/Gaza"
    assert title_case("Sant'Agata") == "Sant'Agata"


def test_known_agencies() -> None:
    assert is_agency("Reuters")
    assert is_agency("The Associated Press")
    assert not is_agency("The Park")


@pytest.mark.parametrize("unit", ["WASHINGTON ", "AA-", "A, ", "date "])
def test_a_megabyte_of_capitals_is_no_dateline(unit: str) -> None:
    assert take(unit * (1_000_000 // len(unit)))[0] is None
