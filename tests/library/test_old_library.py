"""A library made by version 0.1 (tests/data/library-0.1.tar.gz), opened today: it shows the same as it did then.

`expected.json` in the archive holds what version 0.1 showed. The stories are made up: an observatory, a bakery, a railway bridge
and a lantern festival, with flags, corrections of every kind, one of them undone, saved searches and passages that were read.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import to_builtins
from msgspec.structs import asdict

from reader.library import Library
from reader.presentation.messages import correction_text, feed_failure

ARCHIVE = Path(__file__).resolve().parents[1] / "data" / "library-0.1.tar.gz"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path


@pytest.fixture
def expected(folder: Path) -> Any:
    return json.loads((folder / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    opened = Library.open(folder)
    yield opened
    opened.close()


LATER = ("outlet_id", "outlet_ids", "found", "headline", "subscribers_only", "language", "blocks", "media", "inline")
"""Fields that version 0.1 did not have."""


def plain(value: Any) -> Any:
    """A value as JSON gives it back, without the fields of later versions."""
    return json.loads(
        json.dumps(value, default=to_builtins),
        object_hook=lambda made: {key: part for key, part in made.items() if key not in LATER},
    )


def test_an_old_library_has_the_same_threads_and_headers(library: Library, expected: Any) -> None:
    assert plain([asdict(thread) for thread in library.threads.all()]) == expected["threads"]
    for story, header in expected["headers"].items():
        assert plain(asdict(library.stories.header(story))) == header
    assert (library.stories.count(), library.stories.unread()) == (expected["count"], expected["unread"])


def test_an_old_library_has_the_same_stories_versions_and_origins(library: Library, expected: Any) -> None:
    for story, content in expected["stories"].items():
        assert plain(asdict(library.stories.get(story))) == content
        assert plain([asdict(version) for version in library.stories.versions(story)]) == expected["versions"][story]
        assert plain([asdict(origin) for origin in library.stories.origins(story)]) == expected["origins"][story]
    assert any(expected["versions"].values())


def test_an_old_library_has_the_same_corrections(library: Library, expected: Any) -> None:
    log = library.corrections.log()
    assert [correction_text(correction.message) for correction in log] == [row.pop("said") for row in expected["corrections"]]
    assert [{key: value for key, value in plain(asdict(each)).items() if key != "message"} for each in log] == expected[
        "corrections"
    ]
    assert {correction.kind for correction in log} == {"rename", "pin", "mute", "follow", "merge", "split", "move", "apart"}


def test_a_correction_of_an_old_library_can_be_undone(library: Library) -> None:
    last = library.corrections.log()[-2]
    undone = library.corrections.undo()
    assert undone is not None
    assert (undone.number, undone.kind) == (last.number, "apart")


def test_saved_searches_of_an_old_library_have_the_same_matches(library: Library, expected: Any) -> None:
    assert plain([asdict(saved) for saved in library.saved_searches.all()]) == expected["searches"]
    assert plain([asdict(thread) for thread in library.saved_searches.threads()]) == expected["search_threads"]
    assert library.saved_searches.news() == []
    assert library.search.recent_queries() == expected["queries"]


def test_queries_in_an_old_library_have_the_same_matches(library: Library, expected: Any) -> None:
    for query, matches in expected["results"].items():
        found = library.search.run(query).matches
        assert [[match.head.id, round(match.score, 6), match.snippet] for match in found] == matches


def test_an_old_library_has_the_same_feeds_and_failures(library: Library, expected: Any) -> None:
    assert plain([asdict(feed) for feed in library.feeds.all()]) == [
        {**feed, "per_day": pytest.approx(feed["per_day"], abs=1)} for feed in expected["feeds"]
    ]
    (feed,) = library.feeds.all()
    assert feed_failure(feed) == ("did not answer in 20 s", "it is asked again later")
    assert sorted(library.feeds.allowed_hosts()) == expected["allowed"]


def test_an_old_library_has_the_same_reading_history(library: Library, expected: Any) -> None:
    assert library.history.count() == expected["remembered"]
    for story, freshness in expected["freshness"].items():
        assert plain(asdict(library.history.freshness(story))) == freshness


def test_the_check_succeeds_after_the_index_is_rebuilt(library: Library, expected: Any) -> None:
    library.synchronizer.catch_up()
    index, threads = library.synchronizer.check().lines
    assert index == f"index: {expected['count']} stories, all indexed"
    assert f"{expected['count']} of {expected['count']} stories" in threads
