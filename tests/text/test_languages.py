"""Which language a text is in, and what says nothing in it."""

from __future__ import annotations

import pytest

from reader.text.languages import is_stop_in, language

TEXTS = {
    "es": "Los panaderos dicen que el precio de la harina es más alto que nunca, y que por eso el pan sube en toda la ciudad.",
    "de": "Die Bäcker sagen, dass der Preis für das Mehl so hoch ist wie nie, und dass deshalb auch das Brot teurer wird.",
    "fr": "Les boulangers disent que le prix de la farine est plus haut que jamais, et que le pain est cher dans toute la ville.",
}
ENGLISH = "The bakers say that the price of flour is higher than ever, and that bread will be dear all over the town."


@pytest.mark.parametrize("code", TEXTS)
def test_a_language_is_known_by_its_stop_words(code: str) -> None:
    assert language("", [TEXTS[code]]) == code
    assert language(TEXTS[code], []) == code


@pytest.mark.parametrize(
    ("title", "body"),
    [("Bread", [ENGLISH]), ("", []), ("Aldport 3, Upham 1", []), ("Bread dear", ["Pan"]), ("1 2 3", ["4 5 6"]), ("パンが高い", [])],
)
def test_english_and_what_is_not_clear_have_no_code(title: str, body: list[str]) -> None:
    assert language(title, body) == ""


def test_a_few_foreign_words_do_not_make_a_text_foreign() -> None:
    assert language("La Maison de la Mer", [ENGLISH, ENGLISH]) == ""


def test_only_the_beginning_of_a_text_is_looked_at() -> None:
    assert language("", [ENGLISH] * 30 + [TEXTS["de"]] * 300) == ""


def test_stop_words_are_those_of_the_language_whatever_their_case_and_accents() -> None:
    assert is_stop_in("Más", "es") or is_stop_in("mas", "es")
    assert is_stop_in("DER", "de")
    assert not is_stop_in("Bäcker", "de")
    assert not is_stop_in("der", "es")
