"""Word families match each other; words that only look alike do not."""

from __future__ import annotations

import pytest

from reader.text import wordlists
from reader.text.tokens import stem
from reader.text.word_families import family_prefix, irregular_forms, is_english, root, same_family, same_foreign_family


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("withdraw", ["withdraw", "withdraws", "withdrawing", "withdrawal", "withdrawals", "withdrew", "withdrawn"]),
        ("withdrew", ["withdraw", "withdrawal", "withdrawn"]),
        ("withdrawal", ["withdraw", "withdrew"]),
        ("study", ["studies", "studied"]),
        ("strike", ["striking", "strikes"]),
        ("try", ["tries", "trying"]),
        ("plan", ["planned", "planning", "plans"]),
        ("say", ["says", "saying", "said"]),
        ("nation", ["national", "nationalism", "nations"]),
        ("announce", ["announced", "announcement", "announcing"]),
        ("capable", ["capability", "capabilities"]),
        ("drawing", ["drew"]),
        ("use", ["using", "useful", "used"]),
        ("woman", ["women"]),
        ("leave", ["left", "leaving"]),
    ],
)
def test_words_of_a_family_match(word: str, others: list[str]) -> None:
    assert [other for other in others if not same_family(word, other)] == []


@pytest.mark.parametrize(
    ("word", "other"), [("left", "leave"), ("rose", "rise"), ("ferry", "ferret"), ("wit", "withdraw"), ("us", "use")]
)
def test_words_that_only_look_alike_do_not_match(word: str, other: str) -> None:
    assert not same_family(word, other)


def test_regular_forms_share_a_prefix() -> None:
    for word in ("withdraw", "study", "try", "nation", "strike", "go"):
        assert word.startswith(family_prefix(word))
    assert family_prefix("withdrew") == family_prefix("withdrawal")


def test_irregular_forms_are_unique() -> None:
    listed = [form for line in wordlists.entries("irregular_forms") for form in line.replace(">", " ").split()[1:]]
    assert sorted(listed) == sorted(set(listed))
    assert root("withdrew") == stem("withdraw")
    assert irregular_forms("said") == {"say", "said"}


@pytest.mark.parametrize(
    ("language", "word", "other"),
    [
        ("pt", "tripulacao", "tripulacoes"),
        ("es", "huelgas", "huelga"),
        ("es", "tripulacion", "tripulaciones"),
        ("de", "mannschaften", "mannschaft"),
        ("ru", "забастовка", "забастовки"),
    ],
)
def test_words_of_other_languages_have_families_of_their_own(language: str, word: str, other: str) -> None:
    assert same_foreign_family(word, other, (language,))
    assert same_foreign_family(word, other)
    assert not same_foreign_family(word, "aldport", (language,))


def test_words_known_in_english_have_no_family_in_other_languages() -> None:
    assert is_english("elections")
    assert not same_foreign_family("strike", "strika")
