"""Plain-text stories in languages other than English: text, headline, date, byline and language."""

from __future__ import annotations

import pytest

from reader.extraction.article import NotAStory, read_page
from reader.models import Story

PAGES = {
    "de": (
        "Fährstreik in Norhavn",
        "Norhavn, 28. November 2026\nVon Ada Quint",
        "Die Fähren zwischen Norhavn und den Inseln bleiben im Hafen, weil die Besatzungen für höhere Löhne streiken.",
    ),
    "fr": (
        "Grève des ferries à Norhavn",
        "Par Ada Quint\nPublié le 28 novembre 2026 à 10h30",
        "Les ferries entre Norhavn et les îles restent au port, car les équipages sont en grève pour de meilleurs salaires.",
    ),
    "es": (
        "Huelga de ferris en Norhavn",
        "Por Ada Quint\n28 de noviembre de 2026",
        "Los ferris entre Norhavn y las islas siguen en el puerto porque las tripulaciones están en huelga por mejores salarios.",
    ),
    "it": (
        "Sciopero dei traghetti a Norhavn",
        "di Ada Quint\n28 novembre 2026",
        "I traghetti tra Norhavn e le isole restano in porto perché gli equipaggi sono in sciopero per salari migliori.",
    ),
    "pt": (
        "Greve dos barcos em Norhavn",
        "Por Ada Quint\n28 de novembro de 2026",
        "Os barcos entre Norhavn e as ilhas ficam no porto porque as tripulações estão em greve por melhores salários.",
    ),
    "nl": (
        "Veerstaking in Norhavn",
        "Door Ada Quint\n28 november 2026",
        "De veerboten tussen Norhavn en de eilanden blijven in de haven omdat de bemanningen staken voor hogere lonen.",
    ),
    "ru": (
        "Забастовка паромов в Норхавне",
        "Автор: Ада Квинт\n28 ноября 2026 г., 10:30",
        "Паромы между Норхавном и островами остаются в порту, потому что экипажи бастуют и требуют повышения зарплаты.",
    ),
    "zh": (
        "诺港渡轮船员罢工",
        "2026年11月28日\n记者：王小明",
        "诺港与各岛之间的渡轮停在港内，船员为提高工资举行罢工。港务局表示，渡轮将于周一恢复航行。",
    ),
    "ja": (
        "フェリーのストライキ続く",
        "2026年11月28日 10時30分\n文：山田花子",
        "ノルハウン港と島々を結ぶフェリーが欠航している。乗組員が賃上げを求めてストライキに入ったためだ。",
    ),
}


def read(text: str, *, headline_alone: bool = True) -> Story:
    """The story of a text file."""
    return read_page(text, source="story.txt", address="/stories/story.txt", headline_alone=headline_alone)


@pytest.mark.parametrize("language", PAGES)
def test_a_story_is_read_with_headline_date_byline_and_language(language: str) -> None:
    headline, credits, text = PAGES[language]
    story = read(f"{headline}\n\n{credits}\n\n{text}\n")
    assert (story.title.value, story.language.value, story.body) == (headline, language, (text,))
    assert (story.published.value or "")[:10] == "2026-11-28"
    assert story.byline.value in ("Ada Quint", "Ада Квинт", "王小明", "山田花子")


@pytest.mark.parametrize("language", PAGES)
def test_a_headline_alone_is_a_story(language: str) -> None:
    headline = PAGES[language][0]
    story = read(headline)
    assert (story.title.value, story.title_made, story.body) == (headline, False, ())
    with pytest.raises(NotAStory):
        read(headline, headline_alone=False)


@pytest.mark.parametrize("text", ["Norhavn", "28 November 2026", "By Ada Quint"])
def test_a_single_line_of_another_kind_is_no_headline(text: str) -> None:
    with pytest.raises(NotAStory):
        read(text)


def test_a_headline_that_begins_with_a_name_is_no_byline() -> None:
    story = read("Von der Leyen reist nach Norhavn\n\n" + PAGES["de"][2])
    assert story.title.value == "Von der Leyen reist nach Norhavn"
    assert story.byline.value is None
