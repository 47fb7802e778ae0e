"""Threads, their names and labels in languages other than English."""

from __future__ import annotations

import pytest

from reader.clustering.clusterer import Clusterer
from reader.clustering.related import StoryFeatures, thread_terms, ties
from reader.clustering.representative import representative
from reader.clustering.terms import bare, is_word, read, term
from reader.clustering.tfidf import is_short, vector
from reader.clustering.titles.event_labels import labels
from reader.clustering.titles.kickers import kickers
from reader.clustering.titles.term_usage import TermUsageTable
from reader.models import StoryText
from tests.support.clustering import threads_of

STRIKE = {
    "de": (
        "Die Fähren zwischen Norhavn und den Inseln bleiben im Hafen, weil die Besatzungen für höhere Löhne streiken.",
        "In Norhavn streiken die Besatzungen der Fähren für mehr Lohn; die Inseln sind ohne Verbindung.",
    ),
    "fr": (
        "Les ferries entre Norhavn et les îles restent au port, car les équipages sont en grève pour de meilleurs salaires.",
        "À Norhavn, la grève des équipages des ferries pour les salaires laisse les îles sans liaison.",
    ),
    "ru": (
        "Паромы между Норхавном и островами остаются в порту: экипажи бастуют и требуют повышения зарплаты.",
        "Экипажи паромов в Норхавне бастуют ради повышения зарплаты; острова остались без сообщения.",
    ),
    "ja": (
        "ノルハウン港と島々を結ぶフェリーが欠航している。乗組員が賃上げを求めてストライキに入ったためだ。",
        "ノルハウン港でフェリーの乗組員が賃上げを求めてストライキに入り、島々との航路が欠航した。",
    ),
    "zh": (
        "诺港与各岛之间的渡轮停在港内，船员为提高工资举行罢工。",
        "诺港渡轮船员为提高工资罢工，各岛交通中断。",
    ),
}
OTHER = {
    "de": "Eine Bäckerei gewann den Preis für die besten Zimtschnecken im Kreis.",
    "fr": "Une boulangerie du canton a été primée pour ses brioches.",
    "ru": "Пекарня получила приз за лучшие булочки с корицей в округе.",
    "ja": "町のパン屋が県で最もおいしい菓子パンの賞を受賞した。",
    "zh": "老城的面包店获得全县最佳肉桂卷奖。",
}


def grouped(*told: tuple[str, str]) -> list[list[str]]:
    """Threads of stories given by language and text, all of one day and of different sources."""
    clusterer = Clusterer()
    for number, (language, text) in enumerate(told):
        found = vector("", [text], language)
        clusterer.add(str(number), found, 20_000.0, is_short([text], language), f"source {number}", language)
    clusterer.settle()
    return threads_of(clusterer)


@pytest.mark.parametrize("language", STRIKE)
def test_stories_about_one_happening_are_a_thread_in_every_language(language: str) -> None:
    one, other = STRIKE[language]
    assert grouped((language, one), (language, other), (language, OTHER[language])) == [["0", "1"], ["2"]]


def test_threads_stay_within_a_language() -> None:
    text = "Norhavn Quince Aldport Upham Lantern"
    assert grouped(("de", text), ("fr", text)) == [["0"], ["1"]]


def test_terms_are_stems_without_articles_and_stop_words() -> None:
    words = read("L’accord d’Aldport entre les équipages", "fr")
    assert [word.text for word in words] == ["accord", "Aldport", "entre", "les", "équipages"]
    assert [bare(word.term) for word in words] == ["accord", "aldport", "", "", "equipag"]


def test_chinese_and_japanese_terms_are_pairs_without_particles() -> None:
    assert [bare(word.term) for word in read("東京都の会談", "ja")] == ["東京", "京都", "", "", "会談"]


def test_compounds_share_their_beginning_which_is_never_shown() -> None:
    one, other = (vector(title, [], "de") for title in ("Brückensanierung in Upham", "Brückenbauer in Aldport"))
    shared = one.keys() & other.keys()
    assert shared
    assert not any(map(is_word, shared))
    texts = [StoryText("Brückensanierung in Upham", (), language="de"), StoryText("Brückenbauer in Aldport", (), language="de")]
    assert ties(StoryFeatures(texts[0]), [StoryFeatures(texts[1])], 9).terms == ()
    assert all("~" not in word for word in thread_terms([one, other], TermUsageTable(texts).spellings, 20))


def test_the_words_of_a_thread_are_shown_as_written() -> None:
    texts = [StoryText("Grève des équipages à Norhavn", (), language="fr")] * 2
    vectors = [vector(text.title, text.body, "fr") for text in texts]
    assert set(thread_terms(vectors, TermUsageTable(texts).spellings, 9)) == {"Grève", "équipages", "Norhavn"}


def test_the_headline_nearest_to_the_others_represents_a_thread() -> None:
    titles = ("Divers", "Grève des ferries à Norhavn", "Norhavn: la grève des ferries continue")
    stories = {title: (vector(title, ["La grève des ferries à Norhavn continue."], "fr"), title) for title in titles}
    assert representative(stories) != "Divers"


@pytest.mark.parametrize(
    ("language", "headlines", "name"),
    [
        ("fr", ("Grève des ferries à Norhavn", "À Norhavn, la grève des ferries continue"), "Grève des ferries"),
        ("de", ("Fährstreik in Norhavn geht weiter", "Einigung im Fährstreik in Norhavn"), "Fährstreik in Norhavn"),
        ("es", ("La huelga de ferris en Norhavn sigue", "Acuerdo en la huelga de ferris"), "Huelga de ferris"),
        ("ru", ("Забастовка паромов в Норхавне", "Забастовка паромов продолжается"), "Забастовка паромов"),
        ("ja", ("フェリーのストライキ終結", "ノルハウン港、フェリーのストライキ続く"), "フェリーのストライキ"),
        ("zh", ("诺港渡轮船员罢工", "渡轮船员罢工结束"), "渡轮船员罢工"),
    ],
)
def test_a_thread_is_named_by_the_phrase_its_headlines_share(language: str, headlines: tuple[str, str], name: str) -> None:
    found = kickers(TermUsageTable([StoryText(headline, (), language=language) for headline in headlines]))
    assert found[0].text == name


def test_no_name_is_made_of_a_single_word_an_outlet_or_a_single_headline() -> None:
    for headlines in (
        ("Norhavn streikt", "Ruhe in Norhavn"),
        ("Streik beendet - Neue Presse", "Buntes vom Tage - Neue Presse"),
        ("Fährstreik in Norhavn", ""),
    ):
        assert kickers(TermUsageTable([StoryText(headline, (), language="de") for headline in headlines])) == []


def test_events_are_labeled_by_their_own_words_or_not_at_all() -> None:
    french = [TermUsageTable([StoryText(title, (), language="fr")]) for title in ("Grève à Norhavn", "Accord à Norhavn")]
    assert labels(french) == ["grève", "accord"] or labels(french) == ["Grève", "Accord"]
    chinese = [TermUsageTable([StoryText(title, (), language="zh")]) for title in ("诺港渡轮罢工", "诺港罢工结束")]
    assert labels(chinese) == ["", ""]


def test_a_year_and_a_single_letter_are_no_terms() -> None:
    assert term("2026", "fr") == term("y", "es") == ""
