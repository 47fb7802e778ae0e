"""Adding, searching, filtering and recovering stories in a library."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, cast

import pytest

from reader.errors import QueryError, StorageError
from reader.library import Library
from reader.library.document_loader import documents, read_all
from reader.library.worker_pool import WorkerPool
from reader.models import ExtractedField, FeedProgress, JobProgress, SourceFailure, Story
from tests.support.flags import set_flag

FERRY = (
    "Ferry strike ends\n\n"
    + "The harbour council and the ferry crews agreed on Monday to end the strike that had stopped every crossing. " * 3
)
TRAM = (
    "Tram line opens\n\n" + "The new tram line to the airport opened on Friday after nine years of digging under the old town. " * 3
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "news"
    made.mkdir()
    (made / "ferry.txt").write_text(FERRY, encoding="utf-8")
    (made / "tram.txt").write_text(TRAM, encoding="utf-8")
    return made


def test_adding_twice_changes_nothing(library: Library, folder: Path) -> None:
    first = library.importer.add([str(folder)])
    assert len(first.added) == 2
    threads = library.threads.all()
    again = library.importer.add([str(folder)])
    assert (again.added, again.updated, set(again.unchanged)) == ((), (), set(first.added))
    assert library.threads.all() == threads


def test_a_changed_file_updates_its_story(library: Library, folder: Path) -> None:
    (id,) = library.importer.add([str(folder / "ferry.txt")]).added
    set_flag(library, "starred", [id], True)
    (folder / "ferry.txt").write_text(FERRY.replace("strike", "walkout"), encoding="utf-8")
    assert library.importer.add([str(folder / "ferry.txt")]).updated == (id,)
    assert library.stories.header(id).title == "Ferry walkout ends"
    assert library.stories.header(id).starred
    assert [match.head.id for match in library.search.run("walkout").matches] == [id]
    assert library.search.run("strike").matches == ()


def test_unreadable_sources_are_refused_and_the_rest_is_added(library: Library, folder: Path) -> None:
    (folder / "broken.txt").write_bytes(b"\x00\x01\x02\x03" * 50)
    report = library.importer.add([str(folder), str(folder / "missing.txt")])
    assert len(report.added) == 2
    assert [Path(as_failure.source).name for as_failure in report.refused] == ["broken.txt", "missing.txt"]
    assert all(as_failure.why for as_failure in report.refused)


def test_standard_input_is_a_source(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FERRY.encode())))
    (id,) = library.importer.add(["-"]).added
    assert library.stories.header(id).source == "standard input"


def test_adding_reports_progress_and_can_be_canceled(library: Library, folder: Path) -> None:
    heard: list[FeedProgress | JobProgress] = []
    report = library.importer.add([str(folder)], watch=heard.append, cancelled=lambda: bool(heard))
    assert len(report.added) == 1
    assert heard[0] == JobProgress("stories", 1, 0)
    assert len(library.importer.add([str(folder)]).added) == 1
    assert sum(len(thread.stories) for thread in library.threads.all()) == 2


def test_flags_persist(tmp_path: Path, folder: Path) -> None:
    library = Library.open(tmp_path / "kept")
    ids = library.importer.add([str(folder)]).added
    set_flag(library, "read", ids, True)
    set_flag(library, "read", ids[:1], False)
    library.close()
    library = Library.open(tmp_path / "kept")
    assert [library.stories.header(id).read for id in ids] == [False, True]
    assert library.stories.unread() == 1
    assert sum(thread.unread for thread in library.threads.all()) == 1
    library.close()


def test_a_missing_index_is_detected_and_rebuilt(library: Library, folder: Path) -> None:
    library.importer.add([str(folder)])
    assert list(library.synchronizer.check().lines) == ["index: 2 stories, all indexed", "threads: 2 of 2 stories in 2"]
    shutil.rmtree(library.folder / "index")
    lines = library.synchronizer.check().lines
    assert lines[1].startswith("index: rebuilt")
    assert library.synchronizer.check().lines[0] == "index: 2 stories, all indexed"
    assert len(library.search.run("ferry").matches) == 1


def test_changes_left_by_a_crash_are_applied(library: Library, folder: Path) -> None:
    title, body = FERRY.split("\n\n")
    library._store.stories.put(Story(source="ferry.txt", address="/ferry.txt", title=ExtractedField(title), body=(body,)))
    assert [(thread.name, thread.waiting) for thread in library.threads.all()] == [("Ferry strike ends", True)]
    assert "brought up to date" in library.synchronizer.check().lines[-1]
    assert [thread.waiting for thread in library.threads.all()] == [False]


def test_two_open_libraries_see_each_others_stories(library: Library, folder: Path) -> None:
    other = Library.open(library.folder)
    library.importer.add([str(folder / "ferry.txt")])
    other.importer.add([str(folder / "tram.txt")])
    library.importer.add([str(folder)])
    assert [thread.stories for thread in library.threads.all()] == [thread.stories for thread in other.threads.all()]
    assert len(library.search.run("tram OR ferry").matches) == 2
    other.close()


def test_followed_threads_are_read_from_the_librarys_folder(library: Library, folder: Path) -> None:
    library.importer.add([str(folder)])
    followed = library.folder / "threads.yaml"
    followed.write_text("- name: Crossing trouble\n  about: ferry crews strike\n", encoding="utf-8")
    assert "Crossing trouble" in {thread.name for thread in library.threads.all()}
    followed.write_text("- name: Rails\n  about: 'title:tram'\n", encoding="utf-8")
    assert [thread.name for thread in library.threads.all() if thread.name != thread.automatic] == ["Rails"]


def test_an_invalid_list_of_followed_threads_is_reported(library: Library, folder: Path) -> None:
    library.importer.add([str(folder)])
    (library.folder / "threads.yaml").write_text("- about: nothing\n", encoding="utf-8")
    names = {thread.automatic for thread in library.threads.all()}
    assert len(names) == 2
    assert len(library.problems) == 1
    assert "threads.yaml, line 1" in library.problems[0]
    rails = "- name: Rails\n  about: 'title:tram'\n"
    (library.folder / "threads.yaml").write_text(
        "- name: Old\n  about: 'date:yesteryear'\n- name: Rails\n  about: 'title:tram'\n", encoding="utf-8"
    )
    assert {thread.name for thread in library.threads.all()} - names == {"Rails"}
    assert len(library.problems) == 1
    assert "“Old”" in library.problems[0]
    (library.folder / "threads.yaml").write_text(rails, encoding="utf-8-sig")
    assert {thread.name for thread in library.threads.all()} - names == {"Rails"}
    assert library.problems == []


def test_an_invalid_query_is_reported_with_its_column(library: Library) -> None:
    with pytest.raises(QueryError) as caught:
        library.search.run("ferry date:soon")
    assert caught.value.column == 11


def test_hits_are_whole_words(library: Library) -> None:
    text = "The ferries and the ferry, ferrying."
    assert [text[start:end] for start, end in library.search.highlights("ferr*", text)] == ["ferries", "ferry", "ferrying"]


def test_a_foreign_file_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_text("not a database, but long enough to look at " * 40, encoding="utf-8")
    with pytest.raises(StorageError, match=r"library\.db"):
        Library.open(tmp_path)


def test_unknown_ids_raise_a_key_error(library: Library) -> None:
    with pytest.raises(KeyError):
        library.stories.header("nothing")
    assert library.stories.find_ids("nothing") == []
    assert library.stories.related("nothing") == []
    assert library.threads.get("t9") is None


def test_filters_by_state_thread_and_tag_narrow_a_search(library: Library, folder: Path) -> None:
    library.importer.add([str(folder)])
    ferries = [match.head for match in library.search.run("ferry").matches]
    ferry, thread = ferries[0], library.threads.get(ferries[0].thread or "")
    assert thread
    set_flag(library, "read", [ferry.id], True)
    set_flag(library, "starred", [ferry.id], True)

    def ids(query: str) -> list[str]:
        return [match.head.id for match in library.search.run(query).matches]

    assert ids("ferry is:read") == ids("ferry is:starred") == [ferry.id]
    assert ids("is:starred") == [ferry.id]
    assert ferry.id not in ids("ferry is:unread")
    assert len(ids("is:unread")) == library.stories.unread()
    assert ferry.id in ids(f"thread:{thread.id}")
    assert ferry.id in ids(f'thread:"{thread.name}"')
    assert ids("is:followed") == ids("tag:coast") == ids("thread:none") == []


def test_feed_files_do_not_share_their_items(library: Library, tmp_path: Path) -> None:
    for name in ("tide", "dune"):
        items = f"<item><guid>1</guid><title>Storm closes the harbor</title><description>{name} says so.</description></item>"
        feed = f"<rss version='2.0'><channel><title>{name}</title><link>https://{name}.com/</link>{items}</channel></rss>"
        (tmp_path / f"{name}.xml").write_text(feed, encoding="utf-8")
    files = [str(tmp_path / f"{name}.xml") for name in ("tide", "dune")]
    assert len(library.importer.add(files).added) == 2
    assert len(library.importer.add(files).unchanged) == 2


class CountingWorkers:
    """Stands in for worker processes, and counts the documents they are given."""

    def __init__(self) -> None:
        self.given = 0

    def submit(self, work: Callable[..., Any], *given: object) -> Future[Any]:
        self.given += 1
        done: Future[Any] = Future()
        done.set_result(work(*given))
        return done


@pytest.mark.parametrize(("times", "in_workers"), [(1, 0), (200, 1)])
def test_long_texts_are_read_by_workers(times: int, in_workers: int, tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(FERRY * times, encoding="utf-8")
    workers = CountingWorkers()
    (taken,) = read_all(documents([str(tmp_path / "ferry.txt")]), lambda: cast("WorkerPool", workers))
    assert not isinstance(taken, SourceFailure)
    assert workers.given == in_workers
