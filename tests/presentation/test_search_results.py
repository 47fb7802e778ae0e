from __future__ import annotations

import pytest

from reader.presentation.search_results import FacetRow, excerpt, load_results, narrow_query, shorten_title
from reader.presentation.text_layout import Line, width
from tests.support.example_library import ExampleLibrary


def said(lines: list[Line]) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines]


def test_stories_stand_by_thread_and_threads_by_their_best_story() -> None:
    findings = load_results(ExampleLibrary(), "harbour")
    assert [(group.name, group.size, [finding.match.head.id for finding in group.findings]) for group in findings.groups] == [
        ("Harbour dredging", 2, ["harboura"]),
        ("New bridge", 1, ["councila"]),
    ]
    assert findings.groups[0].findings[0].hits == ((0, 7),)
    assert [findings.summary(room) for room in (60, 24, 12)] == [
        "2 stories in 2 threads, best first",
        "2 stories, best first",
        "2 stories",
    ]


def test_counts_by_outlet_by_month_and_by_thread() -> None:
    findings = load_results(ExampleLibrary(), "day")
    assert findings.counts == (
        FacetRow("outlet", "Coast Courier", 2, 'outlet:"Coast Courier"'),
        FacetRow("outlet", "Island Wire", 1, 'outlet:"Island Wire"'),
        FacetRow("outlet", "Port Gazette", 1, 'outlet:"Port Gazette"'),
        FacetRow("outlet", "townhall.example", 1, 'outlet:"townhall.example"'),
        FacetRow("outlet", "outlet not stated", 1),
        FacetRow("month", "Jan 2020", 1, "date:2020-01"),
        FacetRow("month", "Apr 2019", 1, "date:2019-04"),
        FacetRow("month", "about Dec 2018", 1),
        FacetRow("month", "Dec 2018", 3, "date:2018-12"),
        FacetRow("thread", "Island ferry", 3),
        FacetRow("thread", "Harbour dredging", 2),
        FacetRow("thread", "New bridge", 1),
    )


def test_the_best_of_many() -> None:
    findings = load_results(ExampleLibrary(many=80), "notice")
    assert [findings.summary(room) for room in (60, 16, 8)] == ["best 50 of 80 stories", "best 50 of 80", "50 of 80"]


def test_nothing_found() -> None:
    findings = load_results(ExampleLibrary(), "zebra")
    assert (findings.groups, findings.counts, findings.summary(60)) == ((), (), "no stories")
    assert findings.results.query == "zebra"


def test_an_unfinished_word_finds_words_that_begin_so() -> None:
    findings = load_results(ExampleLibrary(), "harb")
    assert findings.typed == "harb"
    assert findings.results.query == "harb*"
    assert findings.results.total == 2


@pytest.mark.parametrize(
    ("query", "narrow"),
    [
        ("ferry", 'ferry outlet:"A"'),
        ("ferry OR boat", '(ferry OR boat) outlet:"A"'),
        ('ferry outlet:"A"', 'ferry outlet:"A"'),
        ("", 'outlet:"A"'),
    ],
)
def test_narrowed(query: str, narrow: str) -> None:
    assert narrow_query(query, 'outlet:"A"') == narrow


TEXT = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen."


def test_a_short_text_is_shown_whole() -> None:
    assert said(excerpt("One two.", [(0, 3)], 20, 1)) == ["One two."]
    assert excerpt("One two.", [(0, 3)], 20, 1) == [[("One", "hit"), (" two.", "ink")]]


@pytest.mark.parametrize("word", ["One", "seven", "twelve", "sixteen"])
@pytest.mark.parametrize("lines", [1, 2])
def test_an_excerpt_is_cut_so_that_its_first_hit_shows(word: str, lines: int) -> None:
    start = TEXT.index(word)
    found = excerpt(TEXT, [(start, start + len(word))], 30, lines)
    assert len(found) <= lines
    assert all(width(line) <= 30 for line in found)
    assert (word, "hit") in [span for line in found for span in line]
    text = " ".join(said(found))
    assert text.startswith("…") == (word != "One")
    assert text.endswith("…") == (word != "sixteen")


def test_an_excerpt_of_one_long_word_is_cut_within_it() -> None:
    assert said(excerpt("x" * 100, [], 10, 2)) == ["x" * 10, "x" * 9 + "…"]


def test_a_title_is_cut_at_a_word_wherever_its_hits_stand() -> None:
    assert shorten_title("One two three", [(4, 7)], "head", 20) == [("One ", "head"), ("two", "hit"), (" three", "head")]
    assert shorten_title("One two three", [(4, 7)], "head", 10) == [("One ", "head"), ("two", "hit"), ("…", "head")]
