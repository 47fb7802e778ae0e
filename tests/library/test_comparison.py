"""Comparison of stories and briefs of threads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from reader.comparison import compare as comparison
from reader.comparison import preprocess as preparing
from reader.errors import ComparisonError
from reader.library import Comparison, Library
from reader.library import comparison as comparing
from reader.models import NOT_STATED, ExtractedField, Story

STRIKE = "Crews of the ferries in Norhavn walked out because of a plan to cut the night service to the islands."
TALKS = "The harbour council offered the crews talks with a mediator from the capital at the end of the week."
RADIO = "Schools on the islands taught their pupils over the radio, as they had done in the winter of the great storm."
SOUP = "Tourists slept in a gymnasium beside the lighthouse and were given soup by the volunteers of a choir."
HERRING = "A fishmonger on the quay threw away forty crates of herring because no lorry could cross the sound."


def put(library: Library, name: str, *body: str, published: str | None = None, outlet: str | None = None) -> str:
    story = Story(
        source=name,
        address=f"/{name}",
        title=ExtractedField(f"Ferry crews of Norhavn walk out, says {name}"),
        outlet=ExtractedField(outlet or name),
        published=ExtractedField(published) if published else NOT_STATED,
        body=body,
    )
    return library._store.stories.put(story)[0]


def test_shared_and_unique_passages_are_found(library: Library) -> None:
    left, right = put(library, "Herald", STRIKE, HERRING), put(library, "Courier", STRIKE.replace("a plan", "the plan"))
    found = library.comparison.compare([left, right])
    assert found.stories == (left, right)
    assert [(pair.left.text, pair.band) for pair in found.pairs] == [(STRIKE, "sure")]
    assert [passage.text for passage in found.unique[left]] == [HERRING]
    assert found.unique[right] == ()


def test_invalid_numbers_of_stories_and_unknown_ids_are_rejected(library: Library) -> None:
    ids = [put(library, f"Paper {number}", STRIKE, f"It was edition {number}.") for number in range(9)]
    assert len(library.comparison.compare(ids[:8]).stories) == 8
    with pytest.raises(ComparisonError, match="9 stories are too many"):
        library.comparison.compare(ids)
    with pytest.raises(ComparisonError, match="a single story"):
        library.comparison.compare([ids[0], ids[0]])
    with pytest.raises(KeyError, match="nothing"):
        library.comparison.compare([ids[0], "nothing"])


def test_a_story_is_preprocessed_again_only_after_a_change(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = list[str]()
    prepare = preparing.prepare

    def counted(story: Story) -> preparing.PreprocessedStory:
        prepared.append(story.id)
        return prepare(story)

    monkeypatch.setattr(preparing, "prepare", counted)
    comparing.preprocessed.cache_clear()
    comparing.cached_comparison.cache_clear()
    left, right = put(library, "Herald", STRIKE), put(library, "Courier", STRIKE, HERRING)
    library.comparison.compare([left, right])
    library.comparison.compare([right, left])
    assert sorted(prepared) == sorted([left, right])
    assert put(library, "Courier", TALKS) == right
    assert [passage.text for passage in library.comparison.compare([left, right]).passages[right]] == [TALKS]
    assert prepared[2:] == [right]


def test_stories_are_compared_again_only_after_a_change(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    times = list[list[str | None]]()
    compare = comparison.compare

    def counted(stories: Sequence[preparing.PreprocessedStory]) -> Comparison:
        times.append([story.published for story in stories])
        return compare(stories)

    monkeypatch.setattr(comparison, "compare", counted)
    comparing.cached_comparison.cache_clear()
    left = put(library, "Herald", f"On Thursday it rained. {STRIKE}", HERRING)
    right = put(library, "Courier", STRIKE, TALKS, published="2018-12-21")
    found = library.comparison.compare([left, right])
    assert library.comparison.compare([left, right]) == found
    assert library.comparison.compare([right, left]).stories == (right, left)
    assert times == [[None, "2018-12-21"], ["2018-12-21", None]]
    library.synchronizer.catch_up()
    library.comparison.compare([left, right])
    assert times[2:] == [["2018-12-20", "2018-12-21"]], "the time it is estimated to be of"
    put(library, "Courier", STRIKE, SOUP, published="2018-12-21")
    assert [passage.text for passage in library.comparison.compare([left, right]).unique[right]] == [SOUP]
    assert len(times) == 4


def test_a_brief_lists_passages_of_two_outlets(library: Library) -> None:
    ids = [
        put(library, "Herald", STRIKE, HERRING, published="2018-12-21", outlet="Herald"),
        put(library, "Courier", STRIKE, RADIO, TALKS, published="2018-12-22", outlet="Courier"),
        put(library, "Gazette", SOUP, TALKS, published="2018-12-23", outlet="Gazette"),
    ]
    found = library.comparison.brief(ids)
    assert [(told.passage.text, told.outlets, told.first) for told in found.passages] == [(STRIKE, 2, ids[0]), (TALKS, 2, ids[1])]
    assert (found.stories, found.of) == (tuple(ids), 3)
    assert len(library.comparison.brief(ids, most=1).passages) == 1


def test_an_estimated_time_never_counts_as_first(library: Library) -> None:
    early = put(library, "Herald", f"On Thursday it rained. {STRIKE}", HERRING)
    late = put(library, "Courier", STRIKE, TALKS, published="2018-12-21")
    library.synchronizer.catch_up()
    (thread,) = library.threads.all()
    estimate = library.stories.header(early).estimate
    assert estimate is not None
    assert estimate.time == "2018-12-20"
    assert {one.story: one.published for one in library.comparison._preprocessed(library.threads.headers(thread.id))} == {
        early: "2018-12-20",
        late: "2018-12-21",
    }
    assert [told.first for told in library.comparison.brief(thread.id).passages] == [None]
    assert [told.first for told in library.comparison.compare(thread.stories).shared] == [None, None]


def test_the_brief_of_a_long_thread_covers_its_newest_events(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    days = {"2018-12-01": 1, "2018-12-03": 2, "2018-12-04": 2, "2018-12-05": 1}
    events = {put(library, f"Paper {day}", STRIKE, published=day): event for day, event in days.items()}
    library.synchronizer.catch_up()
    (thread,) = library.threads.all()
    first, *_, last = thread.stories
    monkeypatch.setattr(library._store.clusters, "stories_in_events", lambda _: events)
    monkeypatch.setattr("reader.library.comparison._MAX_BRIEFED", 2)
    found = library.comparison.brief(thread.id)
    assert (found.stories, found.of) == ((first, last), 4)
    monkeypatch.setattr("reader.library.comparison._MAX_BRIEFED", 3)
    assert library.comparison.brief(thread.id).stories == (first, thread.stories[2], last)


def test_stories_in_other_languages_are_reported(library: Library) -> None:
    english = put(library, "Herald", STRIKE)
    german = put(
        library, "Bote", "Die Mannschaften der Fähren in Norhavn legten am Montag die Arbeit nieder, weil Nachtfahrten entfallen."
    )
    assert library.comparison.in_other_languages([english, german]) == [german]


def test_two_feeds_of_one_outlet_count_once_in_comparison_brief_and_thread(library: Library, tmp_path: Path) -> None:
    feeds = (("Norhavn Herald – World", "herald.com"), ("Norhavn Herald – Sea", "herald.com"), ("The Courier", "courier.com"))
    wordings = (STRIKE, STRIKE.replace("a plan", "the plan"), STRIKE.replace("because of a plan", "over plans"))
    for number, ((title, site), wording, other) in enumerate(zip(feeds, wordings, (TALKS, HERRING, SOUP), strict=True)):
        item = f"<item><title>Ferry crews of Norhavn walk out</title><link>https://{site}/{number}</link>"
        item += f"<pubDate>Wed, 11 Mar 2026 06:0{number}:00 GMT</pubDate><description>{wording} {other}</description></item>"
        feed = f"<rss version='2.0'><channel><title>{title}</title><link>https://{site}/</link>{item}</channel></rss>"
        (tmp_path / f"{number}.xml").write_text(feed, encoding="utf-8")
    ids = library.importer.add([str(tmp_path / f"{number}.xml") for number in range(3)]).added
    (thread,) = library.threads.all()
    assert sorted(thread.stories) == sorted(ids)
    assert thread.outlets == ("Norhavn Herald", "The Courier")
    assert {passage.outlets for passage in library.comparison.compare(ids).shared} == {2}
    assert [passage.outlets for passage in library.comparison.brief(thread.id).passages] == [2]
