"""The headline of a page."""

from __future__ import annotations

import pytest

from reader.extraction.headline import Headline, cut_above, find_headline, made_title
from reader.extraction.main_content import find_block
from reader.extraction.page_lines import BODY, split

PROSE = "The quick brown fox jumped over the lazy dog in the park on Monday, and nobody was looking at the fox or the dog."
MORE = "Witnesses in the park said the fox had come from the river, and that the dog slept through all of it."


def headline(page: str) -> Headline | None:
    lines = split(page)
    return find_headline(lines, *find_block(lines))


def title(page: str) -> str | None:
    found = headline(page)
    return found.title.value if found else None


@pytest.mark.parametrize(
    "first",
    ["[/b] [@click=app.quit]x[/]", "Words unlike any below", "Why?", "It is over!", "Silence", "Fox jumps over dog in park"],
)
def test_a_short_first_line_that_stands_alone_is_the_headline(first: str) -> None:
    found = headline(f"{first}\n\n{PROSE}\n\n{MORE}")
    assert found is not None
    assert found.title.value == first
    assert found.title.sure > 0.8


def test_a_first_line_heads_a_bare_article_without_a_blank_line_too() -> None:
    assert title(f"Words unlike any below\n{PROSE}\n{MORE}") == "Words unlike any below"


@pytest.mark.parametrize("page", [f"{PROSE}\n\n{MORE}", f"It was late.\n\n{PROSE}", PROSE, f"World\n\n{PROSE}"])
def test_a_sentence_or_a_section_is_no_headline(page: str) -> None:
    assert headline(page) is None


def test_a_headline_stands_twice_below_other_lines() -> None:
    twice = "Fox jumps over dog in city park\n\n\nFox jumps over dog in city park"
    page = f"Subscribe and win a car\n10 $\n\n{twice}\n\n{PROSE}\n\n{MORE}"
    found = headline(page)
    assert found is not None
    assert found.title.value == "Fox jumps over dog in city park"
    assert "stands_twice" in found.title.why


def test_the_windows_title_confirms_the_headline_and_names_the_site() -> None:
    menu = "\n".join(["World", "Politics", "Arts"] * 5)
    page = f"Fox jumps over dog in the park | The Daily Paper\n{menu}\nFox jumps over dog in the park\n{PROSE}\n{MORE}"
    found = headline(page)
    assert found is not None
    assert (found.title.value, found.site) == ("Fox jumps over dog in the park", "The Daily Paper")


def test_a_headline_near_the_prose_goes_before_a_windows_title_that_says_it_otherwise() -> None:
    menu = "\n".join(["World", "Politics", "Arts"] * 4)
    page = f"What the fox did to the dog in the park\n{menu}\nQuick fox jumps over the lazy dog in the park\n{PROSE}\n{MORE}"
    assert title(page) == "Quick fox jumps over the lazy dog in the park"


def test_the_sites_own_name_is_no_headline() -> None:
    menu = "\n".join(["World", "Politics", "Arts"] * 8)
    page = f"Night at the river, slow and long - Park Fox News\n{menu}\nPark Fox News\nBy Ann Fox\n{PROSE}\n{MORE}"
    assert title(page) == "Night at the river, slow and long"


def test_several_headlines_in_one_line_are_none() -> None:
    menu = "\n".join(["World", "Politics", "Arts"] * 8)
    own, others = "Nobody awake in the park on Sunday", "Fox Jumps Over Dog | Dog Slept Through Park Monday"
    assert title(f"{own} | The Paper\n{menu}\n{own}\n{others}\n{PROSE}\n{MORE}") == own


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("World 'The fox has not changed': Keeper denies dog's claim", "'The fox has not changed': Keeper denies dog's claim"),
        ("Politics | Fox jumps over dog", "Fox jumps over dog"),
        ("US Foxes Jump Over Dogs", "US Foxes Jump Over Dogs"),
        ("World Cup 'Fox' jumps over dog", "World Cup 'Fox' jumps over dog"),
    ],
)
def test_a_section_glued_to_the_headline_is_taken_off(line: str, wanted: str) -> None:
    assert title(f"{line}\n\n{PROSE}\n\n{MORE}") == wanted


def test_lines_above_the_headline_and_its_doubles_are_cut() -> None:
    lines = split(f"Fox jumps over dog\nSome menu\nFox jumps over dog\n{PROSE}")
    cut_above(lines, lines[2])
    assert [line.label for line in lines] == ["doubled", "navigation", BODY, BODY]


def test_a_made_title_is_the_first_sentence() -> None:
    made = made_title(["it rained. Then it snowed."])
    assert (made.value, made.sure) == ("It rained.", 0.3)
    assert "first_words" in made.why


def test_a_long_made_title_is_cut_at_a_clause() -> None:
    made = made_title([PROSE + " " + PROSE])
    assert made.value == "The quick brown fox jumped over the lazy dog in the park on Monday…"


def test_a_made_title_without_a_clause_is_cut_at_a_word() -> None:
    value = made_title(["word " * 60]).value
    assert value is not None
    assert len(value) <= 113
    assert value.endswith("word…")


def test_a_made_title_of_one_endless_word_is_cut() -> None:
    assert len(made_title(["x" * 1000]).value or "") <= 113
