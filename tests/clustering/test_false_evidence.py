"""What is no evidence that stories belong together: one source, its boilerplate, a shared word or two."""

from __future__ import annotations

from collections.abc import Sequence

from reader.clustering.clusterer import Clusterer
from reader.clustering.terms import bare
from reader.clustering.tfidf import is_short, vector
from reader.text.languages import detect
from tests.support.clustering import threads_of

Told = tuple[str, str, str]
"""The source of a story, its headline and its text."""

EPISODES = (
    "Welcome back to the podcast about old lighthouses and the people who keep them. This week we climb the tower at {place} and"
    " talk to its keeper about {subject}. Support the show, rate it and send us your questions about lighthouses.",
    ("Norhavn", "fog horns and their repair"),
    ("Sudvik", "the price of lamp oil"),
    ("Westerby", "a shipwreck in the dark"),
    ("Ostholm", "gulls that nest in the lantern room"),
)
BOILERPLATE = (
    " This article contains affiliate links: we may earn a commission when you buy kitchen appliances, mattresses or headphones"
    " through our retailers. Subscribe to our newsletter, download our app and become a member to read all of our articles."
)
FERRY = (
    "Ferry crews in Norhavn walked out on Monday over a plan to cut the night service, and thirty ferries stayed in port while the"
    " union and the harbour council traded letters about rest, wages and the winter timetable."
)
COMET = (
    "A comet last seen in the days of the sailing ships will pass the planet in May, and astronomers at the observatory expect its"
    " tail to stand above the eastern horizon shortly before sunrise, bright enough to be seen without a telescope."
)
BAKERY = (
    "A bakery in the old town won the prize for the best cinnamon buns of the county, and the queue reached around the corner when"
    " the bakers handed out the last trays of the morning to children on their way to school."
)


def grouped(*told: Told) -> list[list[str]]:
    """The threads of some stories that come together on one day, as lists of their numbers."""
    clusterer = Clusterer()
    for number, (source, title, text) in enumerate(told):
        clusterer.add(str(number), vector(title, [text]), 20_000.0, is_short([text]), source)
    clusterer.settle()
    return threads_of(clusterer)


def alone(stories: Sequence[Told]) -> list[list[str]]:
    """The threads of as many stories that do not belong together."""
    return [[str(number)] for number in range(len(stories))]


def episodes(sources: Sequence[str]) -> list[Told]:
    """A series of episodes, each by one of the sources."""
    text, *parts = EPISODES
    return [
        (source, f"Episode {number}: {place}", text.format(place=place, subject=subject))
        for number, (source, (place, subject)) in enumerate(zip(sources, parts, strict=True), 1)
    ]


def test_stories_of_several_sources_about_one_happening_are_a_thread() -> None:
    told = [("herald", "Ferry crews strike in Norhavn", FERRY), ("courier", "Norhavn ferries stay in port", FERRY)]
    assert grouped(*told) == [["0", "1"]]


def test_a_series_of_one_source_is_no_thread() -> None:
    told = [*episodes(["podcast"] * 4), ("herald", "Comet to pass in May", COMET), ("gazette", "Prize for buns", BAKERY)]
    assert grouped(*told) == alone(told)


def test_boilerplate_of_a_source_is_no_evidence() -> None:
    told = [
        ("gazette", "Ferry crews strike", FERRY + BOILERPLATE),
        ("gazette", "Comet to pass in May", COMET + BOILERPLATE),
        ("gazette", "Prize for the best buns", BAKERY + BOILERPLATE),
    ]
    assert grouped(*told) == alone(told)


def test_one_or_two_words_are_no_evidence() -> None:
    told = [
        ("herald", "Norhavn mayor opens library", ""),
        ("courier", "Lost dog found in Norhavn", ""),
        ("gazette", "Mayor Quince sings in choir", ""),
        ("post", "Quince recipes for the autumn", ""),
    ]
    assert grouped(*told) == alone(told)


def test_words_that_every_language_needs_are_no_evidence() -> None:
    title, text = "Por qué el precio del pan sube en la ciudad", "Los panaderos dicen que la harina es más cara que nunca."
    spoken = detect(title, [text]).value or ""
    terms = {bare(term) for term in vector(title, [text], spoken)}
    assert spoken == "es"
    assert {"pan", "harin", "preci"} <= terms
    assert terms.isdisjoint("los que son mas del por es en el".split())
