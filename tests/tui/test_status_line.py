from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from reader.library.places import FrontPage
from reader.models import Place, Thread
from reader.tui import status_line
from reader.tui.state.place_list import ListView, PlaceList
from reader.tui.state.reading_position import ReadingPosition
from reader.tui.state.search_session import SearchSession, marks
from tests.support.example_library import shared_library


def threads() -> list[Thread]:
    return shared_library().threads.all()


def reading(thread: int = 2, at: int = 0) -> ReadingPosition:
    opened = threads()[thread]
    made = ReadingPosition(opened, shared_library().threads.headers(opened.id), len(opened.stories), at=at)
    made.add_related([shared_library().stories.header("councila"), shared_library().stories.header("harboura")])
    return made


def said(line: list[tuple[str, str]]) -> str:
    return "".join(text for text, _ in line)


@pytest.mark.parametrize(
    ("width", "full", "place"),
    [
        (200, False, "Island ferry  3 stories · about 20–21 Dec 2018"),
        (72, False, "Island ferry  3 stories · about 20–21 Dec 2018"),
        (71, False, "Island ferry  1 of 3"),
        (200, True, "Island ferry"),
    ],
)
def test_the_place(width: int, full: bool, place: str) -> None:
    assert said(status_line.place(reading(), width, full=full)) == place
    assert status_line.place(None, width, full=full) == []


def test_which_story() -> None:
    assert [status_line.nth(reading(at=at)) for at in (0, 2, 3)] == ["1 of 3", "3 of 3", "related 1 of 2"]


def test_progress() -> None:
    assert status_line.progress(reading(), 31, 80, locked=True) == "31 %"
    assert status_line.progress(reading(), 31, 120, locked=False) == "story 1 of 3 · 31 %"
    assert status_line.progress(reading(at=4), 31, 120, locked=True) == "related 2 of 2 · locked · 31 %"


def front(unread: int, waiting: int = 0, threads: int = 3) -> PlaceList:
    listed = PlaceList(ListView(), front=FrontPage([f"t{number}" for number in range(threads)], [], 0, lambda _: [], list))
    listed.count(9, unread, waiting)
    return listed


def test_totals() -> None:
    assert status_line.totals(front(5), 100) == "3 threads, 5 unread"
    assert status_line.totals(front(5), 99) == "5 unread"
    assert status_line.totals(front(0, threads=1), 100) == "1 thread, 0 unread"


def test_stories_that_wait_are_counted_apart() -> None:
    assert status_line.totals(front(1205, 1200), 100) == "3 threads, 1,205 unread, 1,200 not grouped yet"
    assert status_line.totals(front(1205, 1200), 72) == "1,205 unread, 1,200 not grouped yet"
    assert status_line.totals(front(1205, 1200), 40) == "1,205 unread"


@pytest.mark.parametrize(
    ("view", "line"),
    [
        (ListView(), "Front page"),
        (ListView(newest=True), "Front page  newest first"),
        (ListView(Place(kind="all"), text="sea"), "All stories  with “sea”"),
        (ListView(Place(kind="feed", key="x", name="Sea", folder="Daily"), unread=True), "Sea  Daily · read rows hidden"),
    ],
)
def test_the_place_of_the_list(view: ListView, line: str) -> None:
    assert said(status_line.list_place(PlaceList(view), 100)) == line


def test_hints_name_what_n_goes_to() -> None:
    hunt = SearchSession(
        "ferry",
        ("ferryxxa",),
        {
            "ferryxxa": marks(
                shared_library().stories.get("ferryxxa"), lambda text: shared_library().search.highlights("ferry", text)
            )
        },
        at=1,
    )
    assert status_line.story_hints(120, full=False, search=hunt, story="ferryxxa")[1] == (
        "n",
        f"match 2 of {len(hunt.of('ferryxxa'))}",
    )
    assert status_line.story_hints(120, full=False, search=hunt, story="ferryxxb")[1] == ("n", "next match")
    assert ("n", "unread") not in status_line.story_hints(120, full=False, search=None, story="ferryxxa")


@pytest.mark.parametrize(("width", "full", "last"), [(120, False, "keys"), (60, False, "keys"), (120, True, "back")])
def test_hints_end_with_what_helps_most(width: int, full: bool, last: str) -> None:
    assert status_line.story_hints(width, full=full, search=None, story="ferryxxa")[-1][1] == last
    assert status_line.list_hints()[0] == ("j k", "row")
    assert status_line.list_hints(places=True)[0] == ("j k", "place")


def test_which_of_the_stories_found_is_told_beside_the_hit() -> None:
    found: dict[str, Mapping[tuple[str, int], Sequence[tuple[int, int]]]] = {
        "ferryxxa": marks(shared_library().stories.get("ferryxxa"), lambda text: shared_library().search.highlights("ferry", text))
    }
    hunt = SearchSession("ferry", ("councila", "ferryxxa", "harboura"), found, at=1)
    hits = len(hunt.of("ferryxxa"))
    assert status_line.match_number(hunt, "ferryxxa", 80) == f"match 2 of {hits} · story 2 of 3"
    assert status_line.match_number(hunt, "ferryxxa", 60) == f"match 2 of {hits}"
    assert status_line.match_number(hunt, "councila", 60) == "story 1 of 3"
    assert status_line.match_number(hunt, "ferryxxb", 80) == "next match"
