"""Every user action is either stored or raises an error that can be shown."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from reader.errors import LibraryBusy, NewsloomError, SavedSearchError, StorageError, UnknownFeedError
from reader.library import Library
from reader.models import ExtractedField, FeedCandidate, SavedSearch, Story
from reader.storage.file_lock import locked
from tests.support.flags import set_flag

FEED = "https://courier.example/feed"
ACTS: dict[str, Callable[[Library, str], object]] = {
    "read": lambda library, story: set_flag(library, "read", [story], True),
    "star": lambda library, story: set_flag(library, "starred", [story], True),
    "seen": lambda library, story: library.stories.mark_seen([story]),
    "passage": lambda library, story: library.history.record(library.stories.get(story)),
    "forget": lambda library, _: library.history.forget(),
    "query": lambda library, _: library.search.remember_query("ferry"),
    "rename": lambda library, story: library.corrections.rename(f"w{story}", "Crossing"),
    "undo": lambda library, _: library.corrections.undo(),
    "follow a feed": lambda library, _: library.feeds.subscribe(FeedCandidate("https://other.example/feed")),
    "change a feed": lambda library, _: library.feeds.change(FEED, name="Mine"),
    "drop a feed": lambda library, _: library.feeds.unsubscribe(FEED),
    "allow a host": lambda library, _: library.feeds.allow_host("intranet.example"),
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def story(library: Library) -> str:
    text = Story(source="a", address="/a", title=ExtractedField("Ferry"), body=("The ferry sailed.",))
    key = library._store.stories.put(text)[0]
    library.feeds.subscribe(FeedCandidate(FEED))
    library.corrections.pin(f"w{key}")
    return key


@contextmanager
def another_writer(library: Library) -> Iterator[None]:
    for db in library._store.database._idle:
        db.execute("PRAGMA busy_timeout = 20")
    hog = sqlite3.connect(library.folder / "library.db", isolation_level=None)
    hog.execute("BEGIN IMMEDIATE")
    yield
    hog.execute("ROLLBACK")
    hog.close()


@contextmanager
def a_read_only_file(library: Library) -> Iterator[None]:
    for db in library._store.database._idle:
        db.execute("PRAGMA query_only = ON")
    yield
    for db in library._store.database._idle:
        db.execute("PRAGMA query_only = OFF")


def observed(library: Library) -> object:
    flags = library._store.flags
    return (
        [flags.ids(name) for name in ("read", "starred", "seen")],
        library.history.count(),
        library.search.recent_queries(),
        library.corrections.log(),
        library.feeds.all(),
        library.feeds.allowed_hosts(),
    )


@pytest.mark.parametrize("harm", [another_writer, a_read_only_file])
@pytest.mark.parametrize("act", ACTS)
def test_a_failed_write_raises_an_error(
    act: str, harm: Callable[[Library], AbstractContextManager[None]], library: Library, story: str
) -> None:
    before = observed(library)
    with harm(library), pytest.raises(StorageError) as caught:
        ACTS[act](library, story)
    assert "library.db" in str(caught.value)
    assert observed(library) == before
    ACTS[act](library, story)


def test_a_full_disk_raises_an_error_and_loses_nothing(library: Library, story: str) -> None:
    (db,) = library._store.database._idle
    db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
    before = observed(library)
    with pytest.raises(StorageError, match="because the disk is full"):
        library.search.remember_query("ferry " * 100_000)
    assert observed(library) == before


@pytest.mark.parametrize(
    "change",
    [lambda feeds: feeds.change("https://gone.example", name="x"), lambda feeds: feeds.unsubscribe("https://gone.example")],
)
def test_changing_an_unknown_feed_raises_an_error(change: Callable[..., object], library: Library) -> None:
    with pytest.raises(UnknownFeedError, match="no feed “https"):
        change(library.feeds)


def test_a_failed_write_of_saved_searches_raises_an_error(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.saved_searches.save(SavedSearch("A", "ferry"))
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SavedSearchError, match="cannot be written"):
        library.saved_searches.save(SavedSearch("B", "tram"))
    assert [saved.name for saved in library.saved_searches.all()] == ["A"]
    assert [path.name for path in library.folder.glob(".searches-*")] == []


def test_locked_saved_searches_raise_an_error(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.library.saved_searches.PATIENCE", 0.01)
    with locked(library.folder, "searches"), pytest.raises(LibraryBusy):
        library.saved_searches.save(SavedSearch("A", "ferry"))


def test_a_lock_that_cannot_be_created_raises_an_error(tmp_path: Path) -> None:
    with pytest.raises(NewsloomError, match="cannot be written"), locked(tmp_path / "gone", "searches"):
        pass


def full(handle: int) -> None:
    raise OSError(28, "No space left on device")
