"""Reading history: passages read in one story are known in others of its thread."""

from __future__ import annotations

import pytest

from reader.library import Library, reading_history
from reader.library.reading_history import ReadingHistory
from reader.models import ExtractedField, Story
from tests.support.flags import set_flag

STRIKE = "Crews of the ferries in Norhavn walked out because of a plan to cut the night service to the islands."
TALKS = "The harbour council offered the crews talks with a mediator from the capital at the end of the week."
RADIO = "Schools on the islands taught their pupils over the radio, as they had done in the winter of the great storm."
SOUP = "Tourists slept in a gymnasium beside the lighthouse and were given soup by the volunteers of a choir."
HERRING = "A fishmonger on the quay threw away forty crates of herring because no lorry could cross the sound."
GERMAN = "Die Mannschaften der Fähren in Norhavn legten am Montag die Arbeit nieder, weil Nachtfahrten entfallen sollen."


def put(library: Library, name: str, *body: str) -> str:
    told = Story(
        source=name,
        address=f"/{name}",
        title=ExtractedField(f"Ferry crews walk out, says {name}"),
        outlet=ExtractedField(name),
        body=body,
    )
    return library._store.stories.put(told)[0]


def together(library: Library, *stories: str) -> None:
    with library._store.database.writing() as db:
        db.execute("DELETE FROM thread_story")
        for place, story in enumerate(stories):
            db.execute("INSERT INTO thread_story VALUES ('t', ?, ?)", (place, story))


def dimmed(library: Library, story: str) -> list[str]:
    return [passage.text for passage in library.history.freshness(story).known]


def test_passages_read_in_one_story_are_known_in_the_next(library: Library) -> None:
    one, two = put(library, "Herald", STRIKE, HERRING, TALKS), put(library, "Courier", RADIO, STRIKE, TALKS)
    together(library, one, two)
    assert library.history.freshness(two) == reading_history.Freshness((), 3, 3)
    library.history.record(library.stories.get(one))
    found = library.history.freshness(two)
    assert [(passage.story, passage.index, passage.text) for passage in found.known] == [(two, 1, STRIKE), (two, 2, TALKS)]
    assert (found.passages, found.new) == (3, 1)


def test_only_completely_read_passages_count(library: Library) -> None:
    one, two = put(library, "Herald", STRIKE, HERRING), put(library, "Courier", STRIKE, HERRING, SOUP)
    together(library, one, two)
    library.history.record(library.stories.get(one), [(0, len(STRIKE) - 1), (len(STRIKE) + 2, len(STRIKE) + len(HERRING) + 1)])
    assert dimmed(library, two) == []
    library.history.record(library.stories.get(one), [(len(STRIKE) - 1, len(STRIKE) + 2)])
    assert dimmed(library, two) == [STRIKE, HERRING]


def test_passages_read_in_the_same_story_are_not_new(library: Library) -> None:
    one = put(library, "Herald", STRIKE, HERRING, TALKS)
    library.history.record(library.stories.get(one), [(0, len(STRIKE))])
    assert library.history.freshness(one) == reading_history.Freshness((), 3, 2)


def test_new_passages_of_an_update_are_new(library: Library) -> None:
    one = put(library, "Herald", STRIKE, HERRING)
    library.history.record(library.stories.get(one))
    assert put(library, "Herald", TALKS, STRIKE, HERRING) == one
    assert dimmed(library, one) == [STRIKE, HERRING]
    assert library.history.freshness(one).new == 1


def test_other_threads_are_not_affected(library: Library) -> None:
    one, two = put(library, "Herald", STRIKE), put(library, "Courier", STRIKE, SOUP)
    together(library, one)
    library.history.record(library.stories.get(one))
    assert dimmed(library, two) == []


def test_passages_are_known_within_a_language_only(library: Library) -> None:
    one, two = (
        put(library, "Bote", GERMAN),
        put(library, "Blatt", GERMAN, "Die Bäcker im Gebirge hatten schon vor Mittag keine Hefe mehr."),
    )
    together(library, one, two)
    library.history.record(library.stories.get(one))
    english = put(library, "Herald", "The crews of the ferries in Norhavn stopped work on Monday over night crossings.")
    assert len(library.history.freshness(two).known) == 1
    assert library.history.freshness(english).known == ()


def test_history_is_cleared_by_thread_or_completely(library: Library) -> None:
    one, two, alone = put(library, "Herald", STRIKE), put(library, "Courier", STRIKE, SOUP), put(library, "Gazette", RADIO)
    together(library, one, two)
    for story in (one, alone):
        library.history.record(library.stories.get(story))
    set_flag(library, "read", [one], True)
    assert dimmed(library, two) == [STRIKE]
    assert (library.history.count("t"), library.history.count()) == (1, 2)
    library.history.forget("t")
    assert dimmed(library, two) == []
    assert library.history.count() == 1
    library.history.forget()
    assert library.history.count() == 0
    assert library.stories.header(one).read, "the mark stays"


def test_results_are_cached_until_more_is_read(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = put(library, "Herald", STRIKE, HERRING), put(library, "Courier", STRIKE, HERRING)
    together(library, one, two)
    library.history.record(library.stories.get(one), [(0, len(STRIKE))])
    worked = list[str]()
    work = ReadingHistory._known

    def counted(self: ReadingHistory, story: object, seen: object) -> object:
        worked.append("again")
        return work(self, story, seen)  # type: ignore[arg-type]

    monkeypatch.setattr(ReadingHistory, "_known", counted)
    assert dimmed(library, two) == dimmed(library, two) == [STRIKE]
    library.history.record(library.stories.get(two), [(0, 10)])
    assert dimmed(library, two) == [STRIKE]
    assert worked == ["again"]
    library.history.record(library.stories.get(one))
    assert dimmed(library, two) == [STRIKE, HERRING]
    assert len(worked) == 2


def test_the_cache_is_bounded(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    stories = [put(library, f"Paper {number}", STRIKE, f"It was edition {number}.") for number in range(4)]
    monkeypatch.setattr(reading_history, "_MAX_CACHED", 2)
    for story in stories:
        library.history.freshness(story)
    assert len(library.history._cache) == 2


def test_a_deleted_story_raises_an_error(library: Library) -> None:
    with pytest.raises(KeyError, match="nothing"):
        library.history.freshness("nothing")
