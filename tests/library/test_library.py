"""What a library keeps, refuses, forgets and finds again."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import pytest

from reader.errors import FollowedThreadsError, QueryError, StorageError
from reader.library import Library
from reader.models import ExtractedField, FeedProgress, JobProgress, Story

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
    first = library.add([str(folder)])
    assert len(first.added) == 2
    threads = library.threads()
    again = library.add([str(folder)])
    assert (again.added, again.updated, set(again.unchanged)) == ((), (), set(first.added))
    assert library.threads() == threads


def test_a_changed_file_updates_its_story(library: Library, folder: Path) -> None:
    (id,) = library.add([str(folder / "ferry.txt")]).added
    library.mark_starred([id], True)
    (folder / "ferry.txt").write_text(FERRY.replace("strike", "walkout"), encoding="utf-8")
    assert library.add([str(folder / "ferry.txt")]).updated == (id,)
    assert library.head(id).title == "Ferry walkout ends"
    assert library.head(id).starred
    assert [match.head.id for match in library.search("walkout").matches] == [id]
    assert library.search("strike").matches == ()


def test_what_cannot_be_read_is_refused_and_the_rest_goes_on(library: Library, folder: Path) -> None:
    (folder / "broken.txt").write_bytes(b"\x00\x01\x02\x03" * 50)
    report = library.add([str(folder), str(folder / "missing.txt")])
    assert len(report.added) == 2
    assert [Path(refusal.source).name for refusal in report.refused] == ["broken.txt", "missing.txt"]
    assert all(refusal.why for refusal in report.refused)


def test_standard_input_is_a_source(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FERRY.encode())))
    (id,) = library.add(["-"]).added
    assert library.head(id).source == "standard input"


def test_adding_can_be_watched_and_cancelled(library: Library, folder: Path) -> None:
    heard: list[FeedProgress | JobProgress] = []
    report = library.add([str(folder)], watch=heard.append, cancelled=lambda: bool(heard))
    assert len(report.added) == 1
    assert heard[0] == JobProgress("stories", 1, 0)
    assert len(library.add([str(folder)]).added) == 1
    assert sum(len(thread.stories) for thread in library.threads()) == 2


def test_marks_last(tmp_path: Path, folder: Path) -> None:
    library = Library.open(tmp_path / "kept")
    ids = library.add([str(folder)]).added
    library.mark_read(ids, True)
    library.mark_read(ids[:1], False)
    library.close()
    library = Library.open(tmp_path / "kept")
    assert [library.head(id).read for id in ids] == [False, True]
    assert library.unread() == 1
    assert sum(thread.unread for thread in library.threads()) == 1
    library.close()


def test_a_lost_index_is_noticed_and_made_again(library: Library, folder: Path) -> None:
    library.add([str(folder)])
    assert library.check() == ["index: 2 stories, all indexed", "threads: 2 of 2 stories in 2"]
    shutil.rmtree(library.folder / "index")
    said = library.check()
    assert said[1].startswith("index: rebuilt")
    assert library.check()[0] == "index: 2 stories, all indexed"
    assert len(library.search("ferry").matches) == 1


def test_what_a_crash_left_behind_is_caught_up(library: Library, folder: Path) -> None:
    title, body = FERRY.split("\n\n")
    library._store.put(Story(source="ferry.txt", address="/ferry.txt", title=ExtractedField(title), body=(body,)))
    assert [(thread.name, thread.waiting) for thread in library.threads()] == [("Ferry strike ends", True)]
    assert "brought up to date" in library.check()[-1]
    assert [thread.waiting for thread in library.threads()] == [False]


def test_two_open_libraries_see_each_others_stories(library: Library, folder: Path) -> None:
    other = Library.open(library.folder)
    library.add([str(folder / "ferry.txt")])
    other.add([str(folder / "tram.txt")])
    library.add([str(folder)])
    assert [thread.stories for thread in library.threads()] == [thread.stories for thread in other.threads()]
    assert len(library.search("tram OR ferry").matches) == 2
    other.close()


def test_followed_threads_are_read_from_the_librarys_folder(library: Library, folder: Path) -> None:
    library.add([str(folder)])
    followed = library.folder / "threads.yaml"
    followed.write_text("- name: Crossing trouble\n  about: ferry crews strike\n", encoding="utf-8")
    assert "Crossing trouble" in {thread.name for thread in library.threads()}
    followed.write_text("- name: Rails\n  about: 'title:tram'\n", encoding="utf-8")
    assert [thread.name for thread in library.threads() if thread.name != thread.automatic] == ["Rails"]


def test_a_list_of_followed_threads_that_cannot_be_used_is_named(library: Library, folder: Path) -> None:
    library.add([str(folder)])
    (library.folder / "threads.yaml").write_text("- about: nothing\n", encoding="utf-8")
    with pytest.raises(FollowedThreadsError, match=r"threads\.yaml, line 1"):
        library.threads()
    (library.folder / "threads.yaml").write_text("- name: Old\n  about: 'date:yesteryear'\n", encoding="utf-8")
    with pytest.raises(FollowedThreadsError, match="“Old”"):
        library.threads()


def test_a_query_that_cannot_be_understood_says_where(library: Library) -> None:
    with pytest.raises(QueryError) as caught:
        library.search("ferry date:soon")
    assert caught.value.column == 11


def test_hits_are_whole_words(library: Library) -> None:
    text = "The ferries and the ferry, ferrying."
    assert [text[start:end] for start, end in library.hits("ferr*", text)] == ["ferries", "ferry", "ferrying"]


def test_a_file_that_is_no_library_is_refused(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_text("not a database, but long enough to look at " * 40, encoding="utf-8")
    with pytest.raises(StorageError, match=r"library\.db"):
        Library.open(tmp_path)


def test_a_story_that_is_not_there(library: Library) -> None:
    with pytest.raises(KeyError):
        library.head("nothing")
    assert library.find("nothing") == []
    assert library.related("nothing") == []
    assert library.thread("t9") is None


def test_marks_threads_and_tags_narrow_a_search(library: Library, folder: Path) -> None:
    library.add([str(folder)])
    ferries = [match.head for match in library.search("ferry").matches]
    ferry, thread = ferries[0], library.thread(ferries[0].thread or "")
    assert thread
    library.mark_read([ferry.id], True)
    library.mark_starred([ferry.id], True)

    def ids(query: str) -> list[str]:
        return [match.head.id for match in library.search(query).matches]

    assert ids("ferry is:read") == ids("ferry is:starred") == [ferry.id]
    assert ids("is:starred") == [ferry.id]
    assert ferry.id not in ids("ferry is:unread")
    assert len(ids("is:unread")) == library.unread()
    assert ferry.id in ids(f"thread:{thread.id}")
    assert ferry.id in ids(f'thread:"{thread.name}"')
    assert ids("is:followed") == ids("tag:coast") == ids("thread:none") == []
