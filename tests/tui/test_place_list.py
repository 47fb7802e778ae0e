"""The rows of a place: which row is what, windows, marks and counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.library import Library
from reader.models import Place, StoryHeader, Thread
from reader.tui.loaders import ListPosition, load_list
from reader.tui.state.place_list import FIRST_ROWS, ListView, MoreStories, PlaceList, SectionHeading
from tests.support.feed_stories import NOTES, group, harbor_library, subscribe
from tests.support.flags import set_flag


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = harbor_library(tmp_path)
    yield made
    made.close()


def loaded(library: Library, view: ListView | None = None) -> PlaceList:
    found = load_list(library, view or ListView(), ListPosition())
    found.listed.put(found.rows)
    return found.listed


def kinds(listed: PlaceList) -> list[str]:
    return [type(listed.row(index)).__name__ for index in range(len(listed))]


def test_the_front_page_is_threads_then_sections(library: Library) -> None:
    listed = loaded(library)
    assert (listed.threads, listed.folders, listed.feeds) == (2, 2, 3)
    assert kinds(listed)[:4] == ["Thread", "Thread", "SectionHeading", "StoryHeader"]
    assert kinds(listed)[-1] == "MoreStories"
    assert listed.unread == 47


def test_sections_count_what_is_unread(library: Library) -> None:
    listed = loaded(library)
    listed.take_sizes(listed.grow())
    headings = [row for index in range(len(listed)) if isinstance(row := listed.row(index), SectionHeading)]
    assert [heading.unread for heading in headings] == [2, 1, 40]
    dock = next(row for index in range(len(listed)) if isinstance(row := listed.row(index), StoryHeader))
    listed.mark(dock.id, read=True)
    assert isinstance(listed.row(2), SectionHeading)
    assert listed.row(2) == SectionHeading(headings[0].place, 1)
    assert listed.unread == 46


def test_marks_are_counted_in_threads(library: Library) -> None:
    listed = loaded(library)
    thread = listed.row(0)
    assert isinstance(thread, Thread)
    listed.mark(thread.stories[0], read=True)
    changed = listed.row(0)
    assert isinstance(changed, Thread)
    assert (changed.unread, listed.unread) == (thread.unread - 1, 46)


def test_a_row_is_found_by_what_is_in_it(library: Library) -> None:
    listed = loaded(library)
    for index in range(len(listed)):
        item = listed.item(index)
        assert item == getattr(listed.row(index), "id", "")
        assert listed.find(item, near=index + 1) == (index if item else None)
    assert listed.find("nowhere") is None


def test_one_folder_has_all_its_stories(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "one")
    subscribe(library, NOTES, *(f"note{number:02}" for number in range(40)))
    group(library)
    listed = loaded(library)
    assert kinds(listed) == ["SectionHeading", *["StoryHeader"] * 40]
    assert not any(isinstance(listed.row(index), MoreStories) for index in range(len(listed)))
    library.close()


def test_a_long_list_without_a_total_grows(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "long")
    subscribe(library, NOTES, *(f"note{number:04}" for number in range(FIRST_ROWS + 50)))
    listed = load_list(library, ListView(Place(kind="all"), text="note"), ListPosition()).listed
    assert (len(listed), listed.is_growing) == (FIRST_ROWS, True)
    listed.take_sizes(listed.grow())
    assert (len(listed), listed.is_growing) == (FIRST_ROWS + 50, False)
    library.close()


def test_rows_are_read_in_windows(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "windows")
    subscribe(library, NOTES, *(f"note{number:04}" for number in range(600)))
    listed = loaded(library, ListView(Place(kind="all")))
    assert len(listed) == 600
    assert listed.row(500) is None
    wanted = listed.missing(480, 520)
    assert wanted == range(480, 520)
    listed.put(listed.fetch(wanted.start, wanted.stop), wanted)
    assert isinstance(listed.row(500), StoryHeader)
    assert listed.missing(480, 520) == range(0)
    library.close()


def test_the_next_unread_row_is_found_beyond_what_is_loaded(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "unread")
    ids = subscribe(library, NOTES, *(f"note{number:04}" for number in range(300)))
    newest_first = list(library.places.rows(Place(kind="all")).ids())
    assert set(newest_first) == set(ids)
    set_flag(library, "read", newest_first[:250] + newest_first[251:], True)
    listed = loaded(library, ListView(Place(kind="all")))
    assert listed.next_unread(0, 1) == 250
    assert listed.next_unread(0, -1) == 250
    set_flag(library, "read", newest_first, True)
    assert loaded(library, ListView(Place(kind="all"))).next_unread(0, 1) is None
    library.close()


def test_a_place_without_read_rows(library: Library) -> None:
    first = library.threads.headers("t1")
    set_flag(library, "read", [head.id for head in first], True)
    listed = loaded(library, ListView(unread=True))
    assert listed.threads == 1
    assert isinstance(listed.row(0), Thread)
    assert listed.item(0) == "t0"
