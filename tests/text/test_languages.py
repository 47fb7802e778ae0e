"""The language of a text, its stop words and stems."""

from __future__ import annotations

import pytest

from reader.text.languages import detect, is_stop_in, normalize, stem_in

TEXTS = {
    "es": "Los panaderos dicen que el precio de la harina es más alto que nunca, y que por eso el pan sube en toda la ciudad.",
    "de": "Die Bäcker sagen, dass der Preis für das Mehl so hoch ist wie nie, und dass deshalb auch das Brot teurer wird.",
    "fr": "Les boulangers disent que le prix de la farine est plus haut que jamais, et que le pain est cher dans toute la ville.",
    "it": "I panettieri dicono che il prezzo della farina non è mai stato così alto, e che per questo il pane è più caro in città.",
    "pt": "Os padeiros dizem que o preço da farinha nunca foi tão alto, e que por isso o pão não vai ficar mais barato na cidade.",
    "nl": "De bakkers zeggen dat de prijs van het meel hoger is dan ooit, en dat het brood daarom in de hele stad duurder wordt.",
    "pl": "Piekarze mówią, że cena mąki jest wyższa niż kiedykolwiek, dlatego chleb będzie droższy w całym mieście.",
    "ru": "Пекари говорят, что цена на муку выше, чем когда-либо, и что поэтому хлеб в городе будет дороже, а не дешевле.",
    "zh": "面包师说面粉的价格比以往任何时候都高，所以全城的面包都会更贵。",
    "ja": "パン職人によると、小麦粉の価格はこれまでになく高く、町中のパンが値上がりするという。",
    "ko": "제빵사들은 밀가루 가격이 그 어느 때보다 높아서 도시의 빵값이 오를 것이라고 말한다.",
    "el": "Οι αρτοποιοί λένε ότι η τιμή του αλευριού είναι υψηλότερη από ποτέ.",
}
ENGLISH = "The bakers say that the price of flour is higher than ever, and that bread will be dear all over the town."


@pytest.mark.parametrize("code", TEXTS)
def test_a_language_is_known_by_its_text(code: str) -> None:
    assert detect("", [TEXTS[code]]).value == code
    assert detect(TEXTS[code], []).value == code


@pytest.mark.parametrize(
    ("headline", "code"),
    [
        ("Bäckereien verlangen höhere Preise", "de"),
        ("Boulangeries : nouvelle hausse du prix du pain", "fr"),
        ("Panaderías suben otra vez sus precios", "es"),
        ("Хлебозаводы повышают цены", "ru"),
        ("パン値上げへ", "ja"),
        ("Bakeries raise prices again", "en"),
    ],
)
def test_a_headline_alone_is_enough_where_its_letters_show_it(headline: str, code: str) -> None:
    assert detect(headline, []).value == code


@pytest.mark.parametrize(("title", "body"), [("", []), ("Aldport 3, Upham 1", []), ("1 2 3", ["4 5 6"]), ("Brot", [])])
def test_what_is_not_clear_is_not_stated(title: str, body: list[str]) -> None:
    assert detect(title, body).value is None


def test_a_few_foreign_words_do_not_make_a_text_foreign() -> None:
    assert detect("La Maison de la Mer", [ENGLISH, ENGLISH]).value == "en"


def test_only_the_beginning_of_a_text_is_examined() -> None:
    assert detect("", [ENGLISH] * 30 + [TEXTS["de"]] * 300).value == "en"


def test_a_stated_language_counts_unless_the_text_is_clearly_in_another() -> None:
    assert detect("Aldport 3, Upham 1", [], "fr-CA").value == "fr"
    assert detect("Aldport 3, Upham 1", [], "fr-CA").why == "stated:fr"
    assert detect("", [TEXTS["de"]] * 3, "en-US").value == "de"
    assert detect("パンが高い", [], "en").value == "ja"


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("fr", "fr"),
        ("FR-ca", "fr"),
        ("pt_BR", "pt"),
        ("deu", "de"),
        ("nb", "no"),
        ("iw", "he"),
        ("xx", ""),
        ("", ""),
        ("unknown", ""),
    ],
)
def test_stated_languages_become_codes_of_two_letters(stated: str, code: str) -> None:
    assert normalize(stated) == code


def test_stop_words_are_those_of_the_language_whatever_their_case_and_accents() -> None:
    assert is_stop_in("Más", "es")
    assert is_stop_in("DER", "de")
    assert is_stop_in("przez", "pl")
    assert is_stop_in("the", "en")
    assert not is_stop_in("Bäcker", "de")
    assert not is_stop_in("der", "es")


def test_days_and_months_are_stop_words() -> None:
    assert is_stop_in("vendredi", "fr")
    assert is_stop_in("ноября", "ru")


def test_pairs_of_endings_and_particles_are_stop_words() -> None:
    assert is_stop_in("した", "ja")
    assert is_stop_in("的価", "zh")
    assert not is_stop_in("価格", "ja")


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Präsidenten", "Präsident"),
        ("fr", "élections", "élection"),
        ("es", "huelgas", "huelga"),
        ("it", "nazionali", "nazionale"),
        ("pt", "greves", "greve"),
        ("nl", "stakingen", "staking"),
        ("pl", "strajku", "strajk"),
        ("ru", "забастовки", "забастовка"),
        ("en", "strikes", "strike"),
    ],
)
def test_inflected_forms_have_one_stem(language: str, one: str, other: str) -> None:
    assert stem_in(one, language) == stem_in(other, language)
