"""Snippets: the passage with the most distinct hits, cut between words, with correct spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.query import parse
from reader.search.snippets import snippet

LONG = "The council spoke of roads and of parks. " * 12
FERRY = f"{LONG}At the end the ferry crews said that the strike would go on. {LONG}"


def hits(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_the_passage_with_most_distinct_hits_is_shown() -> None:
    text, spans = snippet(["A ferry, a ferry, a ferry.", FERRY], parse("ferry OR strike"))
    assert hits(text, spans) == ["ferry", "strike"]
    assert text.startswith("…") and text.endswith("…")
    assert len(text) <= 242


def test_snippets_are_cut_between_words() -> None:
    text, _ = snippet([FERRY], parse("strike"), 60)
    assert all(word in FERRY.split() or word.strip("….,") in FERRY for word in text.strip("…").split())
    assert not text.startswith("… ")


def test_without_hits_the_snippet_is_the_beginning() -> None:
    text, spans = snippet([LONG, "A ferry."], parse("outlet:courier"))
    assert text.startswith("The council spoke")
    assert spans == ()


def test_a_short_text_is_shown_whole() -> None:
    assert snippet(["The ferry sails."], parse("ferry")) == ("The ferry sails.", ((4, 9),))


def test_an_empty_story_has_an_empty_snippet() -> None:
    assert snippet([], parse("ferry")) == ("", ())


@pytest.mark.parametrize("text", ["ferry" * 500, "ferry " + "x" * 5000, "é" * 400 + " ferry " + "é" * 400])
def test_overlong_words_are_cut(text: str) -> None:
    cut, spans = snippet([text], parse("ferry"), 100)
    assert len(cut) <= 102
    assert all(0 <= start < end <= len(cut) for start, end in spans)


@given(st.lists(st.sampled_from(["ferry", "strike", "council,", "a", "roads."]), max_size=120), st.integers(20, 200))
def test_spans_are_always_hits(words: list[str], width: int) -> None:
    text, spans = snippet([" ".join(words)], parse("ferry strike"), width)
    assert len(text) <= width + 2
    assert set(hits(text, spans)) <= {"ferry", "strike"}
