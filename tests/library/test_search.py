"""The search of a library: what one call returns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import QueryError
from reader.library import Library
from reader.library.search import with_prefix
from reader.models import ExtractedField, SearchAnswer, Story


@pytest.mark.parametrize(
    ("query", "more"),
    [
        ("ferr", "ferr*"),
        ("the ferr", "the ferr*"),
        ("outlet:coa", "outlet:coa*"),
        ("ferry*", None),
        ("f", None),
        ("ferry OR", None),
        ('"the ferr', None),
        ("date:2018", None),
        ("", None),
    ],
)
def test_the_last_word_can_be_incomplete(query: str, more: str | None) -> None:
    assert with_prefix(query) == more


STORIES = (
    ("ferry1", "Coast Courier", "Northern Ferry sails again", "The Northern Ferry left the pier of Northhaven after the storm."),
    (
        "ferry2",
        "Island Wire",
        "Northern Ferry late at Northhaven",
        "The Northern Ferry reached Northhaven an hour late.",
    ),
    (
        "bridge",
        "Coast Courier",
        "Bridge at Oakford closed",
        "The bridge at Oakford was closed; a ferry took its travellers.",
    ),
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path)
    for source, outlet, title, text in STORIES:
        story = Story(
            source=source,
            address=f"/{source}",
            title=ExtractedField(title),
            outlet=ExtractedField(outlet),
            published=ExtractedField("2019-03-04"),
            body=(text,),
        )
        opened._store.stories.put(story)
    opened.synchronizer.catch_up()
    yield opened
    opened.close()


def sources(answer: SearchAnswer) -> set[str]:
    return {match.head.source for match in answer.matches}


def test_one_answer_has_everything_the_search_screen_shows(library: Library) -> None:
    answer = library.search.run("ferry", facets=True)
    assert sources(answer) == {"ferry1", "ferry2", "bridge"}
    assert answer.total == 3
    assert {id: heading.size for id, heading in answer.threads.items()} == {
        thread.id: len(thread.stories) for thread in library.threads.all()
    }
    assert answer.facets == library.search.facets("ferry")
    assert answer.facets is not None
    assert answer.facets.outlets == (("Coast Courier", 2), ("Island Wire", 1))
    assert answer.suggestion is None
    (match,) = [match for match in answer.matches if match.head.source == "ferry1"]
    assert [match.snippet[start:end] for start, end in match.spans] == ["Ferry"]
    assert [match.head.title[start:end] for start, end in match.title_spans] == ["Ferry"]


def test_an_incomplete_word_is_tried_as_a_prefix(library: Library) -> None:
    assert library.search.run("northha").matches == ()
    answer = library.search.run("northha", unfinished=True)
    assert answer.query == "northha*"
    assert sources(answer) == {"ferry1", "ferry2"}
    assert library.search.run("zebra", unfinished=True).query == "zebra"


def test_a_query_without_matches_has_a_suggestion(library: Library) -> None:
    suggestion = library.search.run("zebra bridge").suggestion
    assert suggestion is not None
    assert (suggestion.query, suggestion.count) == ("bridge", 1)


def test_snippets_are_read_for_the_first_matches_by_thread(library: Library) -> None:
    answer = library.search.run("ferry", snippets=1)
    assert [bool(match.snippet) for match in answer.matches] == [True, False, False]
    assert {match.snippet for match in library.search.run("ferry", snippets=0).matches} == {""}
    assert all(match.snippet for match in library.search.run("ferry").matches)


TONGUES = {
    "de": (
        "Die Fähren bleiben im Hafen, weil die Mannschaft seit Montag streikt und nicht verhandelt wird.",
        "mannschaften",
        "Hafen",
    ),
    "fr": ("Les équipages des ferries sont en grève et les îles restent sans liaison depuis mardi.", "équipage", "grève"),
    "es": ("Las tripulaciones de los barcos siguen en huelga y las islas están sin conexión desde el martes.", "huelgas", "islas"),
    "it": ("Gli scioperi dei traghetti continuano e le isole sono senza collegamenti da martedì.", "sciopero", "isole"),
    "pt": ("As tripulações dos barcos estão em greve e as ilhas não têm ligação desde terça-feira.", "tripulação", "ilhas"),
    "ru": (
        "Экипажи паромов бастуют, и острова остались без сообщения, потому что забастовка не закончилась.",
        "забастовки",
        "острова",
    ),
}
CHARACTERS = {
    "zh": ("诺港渡轮船员为提高工资举行罢工，各岛交通中断。", "罢工"),
    "ja": ("フェリーの乗組員が賃上げを求めてストライキに入った。", "賃上げ"),
}


@pytest.fixture
def polyglot(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path)
    for code, (text, *_) in (TONGUES | CHARACTERS).items():
        story = Story(
            source=code,
            address=f"/{code}",
            title=ExtractedField(f"Norhavn {code}"),
            language=ExtractedField(code, 0.9, "stop_words"),
            body=(text,),
        )
        opened._store.stories.put(story)
    opened.synchronizer.catch_up()
    yield opened
    opened.close()


@pytest.mark.parametrize("code", TONGUES)
def test_an_inflected_form_finds_its_family_in_each_language(polyglot: Library, code: str) -> None:
    _, inflected, exact = TONGUES[code]
    for query in (inflected, exact):
        found = polyglot.search.run(query)
        assert code in sources(found)
        (match,) = [each for each in found.matches if each.head.source == code]
        assert match.spans, query


@pytest.mark.parametrize("code", CHARACTERS)
def test_parts_of_a_text_without_spaces_are_found_and_marked(polyglot: Library, code: str) -> None:
    _, part = CHARACTERS[code]
    for query in (part, f'"{part}"', part[0]):
        (match,) = polyglot.search.run(query).matches
        assert match.head.source == code
        assert {match.snippet[start:end] for start, end in match.spans} == {query.strip('"')}


def test_stories_are_found_by_language(polyglot: Library) -> None:
    assert sources(polyglot.search.run("lang:fr")) == {"fr"}
    assert sources(polyglot.search.run("norhavn -lang:fr lang:deu")) == {"de"}
    assert {value.text for value in polyglot.search.field_values("lang")} == {*TONGUES, *CHARACTERS}
    with pytest.raises(QueryError, match="two letters"):
        polyglot.search.run("lang:gaelic-ish")
