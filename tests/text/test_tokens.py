"""Tokens, stems, stop words, sentences."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from reader.text.tokens import fold, is_stop, sentences, stem, tokens, truncated


def test_tokens_are_words_and_numbers_as_written() -> None:
    said = tokens("The U.S.-led coalition's 7,000 troops spent $3.5m; they don't mind “clear-eyed” COVID-19.")
    assert said == [
        "The",
        "US",
        "led",
        "coalition",
        "7,000",
        "troops",
        "spent",
        "3",
        "5m",
        "they",
        "don't",
        "mind",
        "clear",
        "eyed",
        "COVID",
        "19",
    ]


def test_tokens_include_combining_marks() -> None:
    assert tokens("हिन्दी und Élysée") == ["हिन्दी", "und", "Élysée"]


def test_a_detached_accent_is_not_a_token() -> None:
    assert tokens("the cafe \u0301 and \u0301\u0302e") == ["the", "cafe", "and", "e"]


def test_empty_text_has_no_tokens() -> None:
    assert tokens(" … — !? ") == []


@pytest.mark.parametrize(
    ("word", "stemmed"), [("Withdrawing", "withdraw"), ("withdrawal", "withdraw"), ("agency’s", "agenc"), ("US", "us")]
)
def test_stems(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


def test_stop_words_ignore_case_and_apostrophes() -> None:
    assert all(is_stop(word) for word in ("The", "don’t", "THURSDAY", "December", "said"))
    assert not any(is_stop(word) for word in ("troops", "ceasefire", "May Day"))


def test_fold_removes_case_and_accents() -> None:
    assert fold("Élysée’s") == "elysee's"
    assert fold("STRASSE") == fold("strasse")
    assert fold("Straße") == "strasse"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Gen. J. Smith of the U.S. Army left. He slept.", ["Gen. J. Smith of the U.S. Army left.", "He slept."]),
        ("They went to the U.S. The rest stayed.", ["They went to the U.S.", "The rest stayed."]),
        ("It ended at 5 p.m. Monday. Then it rained.", ["It ended at 5 p.m. Monday.", "Then it rained."]),
        ("“No.” They left. “Why?” she asked.", ["“No.”", "They left.", "“Why?” she asked."]),
        ("It is no. 3 of them. He said no. They left.", ["It is no. 3 of them.", "He said no.", "They left."]),
        ("It rose 4.5 points… Then it fell! Why?", ["It rose 4.5 points…", "Then it fell!", "Why?"]),
        ("One line\nand another", ["One line", "and another"]),
        ("", []),
    ],
)
def test_sentences(text: str, said: list[str]) -> None:
    assert sentences(text) == said


@pytest.mark.parametrize(("unit", "count"), [(".", 1), ("A. ", 1), ("a.", 1), ('."', 1)])
def test_very_long_runs_of_stops_are_processed(unit: str, count: int) -> None:
    assert len(sentences(unit * (1_000_000 // len(unit)))) == count


@pytest.mark.parametrize(("unit", "count"), [("a.", 1), ("1,", 1), ("a'", 1), ("_", 0), ("a-", 500_000)])
def test_very_long_broken_words_are_processed(unit: str, count: int) -> None:
    assert len(tokens(unit * (1_000_000 // len(unit)))) == count


def test_stemming_is_thread_safe() -> None:
    words = [
        f"{start}{middle}{end}"
        for start in ("re", "con", "de")
        for middle in ("lat", "form", "sign", "port")
        for end in ("ing", "ations", "ed", "ively")
    ]
    fresh = stem.__wrapped__
    right = [fresh(word) for word in words]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda _: [fresh(word) for word in words * 5], range(8)))
    finally:
        sys.setswitchinterval(interval)
    assert all(stems == right * 5 for stems in found)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("The ferry sails", "The ferry sails"),
        ("The ferry sails again", "The ferry…"),
        ("Unpronounceableness", "Unpronounceabl…"),
        ("", ""),
    ],
)
def test_long_text_is_truncated_between_words(text: str, short: str) -> None:
    assert truncated(text, 15) == short
