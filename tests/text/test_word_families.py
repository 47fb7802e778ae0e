"""Words of one family find each other; those that only look alike do not."""

from __future__ import annotations

import pytest

from reader.text import wordlists
from reader.text.tokens import stem
from reader.text.word_families import begin, forms, is_kin, root


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
def test_words_of_a_family_find_each_other(word: str, others: list[str]) -> None:
    assert [other for other in others if not is_kin(word, other)] == []


@pytest.mark.parametrize(
    ("word", "other"), [("left", "leave"), ("rose", "rise"), ("ferry", "ferret"), ("wit", "withdraw"), ("us", "use")]
)
def test_words_that_only_look_alike_do_not(word: str, other: str) -> None:
    assert not is_kin(word, other)


def test_regular_forms_begin_alike() -> None:
    for word in ("withdraw", "study", "try", "nation", "strike", "go"):
        assert word.startswith(begin(word))
    assert begin("withdrew") == begin("withdrawal")


def test_the_table_names_each_form_once() -> None:
    listed = [form for line in wordlists.entries("irregular_forms") for form in line.replace(">", " ").split()[1:]]
    assert sorted(listed) == sorted(set(listed))
    assert root("withdrew") == stem("withdraw")
    assert forms("said") == {"say", "said"}
