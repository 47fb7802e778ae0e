"""Rows of the list pane in each density: what is shown, in which order it gives way, and what it looks like."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reader.library.places import FrontPage
from reader.models import StoryHeader, Thread
from reader.presentation.text_layout import cells
from reader.settings import Settings
from reader.tui.state.place_list import ListRow, ListView, PlaceList
from reader.tui.widgets.list_rows import Density, PlaceRows, flags, headline
from tests.support.example_library import ExampleLibrary, shared_library
from tests.support.main_screen import at_home
from tests.support.stage import compare

LONG = "Ferry crews walk out for a third day as talks over rest times in the harbor office end without a result for anybody at all"


def thread(**changes: object) -> Thread:
    harbor = shared_library().threads.get_many(["t2"])[0]
    return replace(harbor, headline="Ferry crews walk out", **changes)


def story(**changes: object) -> StoryHeader:
    return replace(shared_library().stories.header("harboura"), **changes)


def rows(row: ListRow, density: Density) -> PlaceRows:
    listed = PlaceList(ListView(), front=FrontPage(["x"], [], 0, lambda _: [], list))
    listed.put({0: row})
    return PlaceRows(listed, density, lambda _: None)


def told(row: ListRow, density: Density = "normal", width: int = 61) -> list[str]:
    lines = rows(row, density).lines(0, width, False, False)
    assert all(sum(cells(text) for text, _ in line) <= width for line in lines)
    return ["".join(text for text, _ in line).rstrip() for line in lines]


def roles(row: ListRow) -> set[str]:
    return {role for line in rows(row, "normal").lines(0, 61, False, False) for _, role in line}


def test_a_thread_has_its_headline_and_below_it_the_kicker_with_the_counts() -> None:
    first, second = told(thread(new=1))
    assert first == "● Ferry crews walk out"
    assert second.startswith("  Harbour dredging · 2 outlets · 2 stories · 1 new")
    assert second.endswith("Apr 2019")


def test_without_a_headline_the_name_stands_for_it_once() -> None:
    assert headline(thread()) == "Ferry crews walk out"
    assert told(replace(thread(), headline=""))[0] == "● Harbour dredging"
    assert "Harbour dredging" not in told(replace(thread(), headline=""))[1]


def test_a_long_headline_goes_on_before_the_counts_and_at_least_fifty_characters_of_it_are_shown() -> None:
    first, second = told(replace(thread(), headline=LONG))
    assert first == "● Ferry crews walk out for a third day as talks over rest"
    assert second.startswith("  times in the…")
    assert "Harbour dredging · 2 outlets" in second
    assert second.endswith("Apr 2019")


def test_roomy_rows_have_lines_of_their_own_and_a_blank_one() -> None:
    lines = told(replace(thread(), headline=LONG), "roomy")
    assert len(lines) == 4
    assert lines[1].endswith("…")
    assert lines[2].startswith("  Harbour dredging · 2 outlets · 2 stories")
    assert lines[3] == ""


@pytest.mark.parametrize("width", [61, 79, 75])
def test_a_compact_row_is_one_line_with_fifty_characters_of_the_headline(width: int) -> None:
    (line,) = told(replace(thread(), headline=LONG), "compact", width)
    assert line.startswith("● Ferry crews walk out for a third day as talks")
    assert len(line.split("…")[0]) >= 2 + 50


def test_a_compact_row_names_the_first_outlet_and_counts_the_others() -> None:
    (line,) = told(thread(), "compact", 79)
    assert "Coast Courier +1" in line


def test_flags_stand_before_the_counts() -> None:
    flagged = thread(pinned=True, followed=True)
    assert flags(flagged) == "▲◆"
    assert told(flagged)[1].startswith("  ▲◆ Harbour dredging")
    assert told(flagged, "compact")[0].startswith("● ▲◆ Ferry")
    assert flags(thread(muted=True)) == "▽"


def test_a_muted_thread_is_dim_and_shows_nothing_unread() -> None:
    assert told(thread(muted=True))[0] == "  Ferry crews walk out"
    assert roles(thread(muted=True)).isdisjoint({"name"})


def test_a_story_is_one_line_with_outlet_and_age() -> None:
    assert told(story()) == ["● ★ Harbour Basin to Be Dredged       Coast Courier Dec 2018"]
    assert told(story(read=True, starred=False))[0].startswith("  Harbour Basin")


def test_an_outlet_gives_way_before_the_headline() -> None:
    (line,) = told(story(title=LONG, starred=False))
    assert "Courier" not in line
    assert cells(line.split("…")[0]) >= 2 + 50


def test_an_estimated_date_is_marked() -> None:
    (line,) = told(shared_library().stories.header("ferryxxc"))
    assert "~Dec 2018" in line


@pytest.mark.parametrize("density", ["compact", "normal", "roomy"])
@pytest.mark.parametrize("size", [(60, 24), (80, 24), (120, 40), (200, 50)])
async def test_as_it_looks(size: tuple[int, int], density: str) -> None:
    def fill(library: ExampleLibrary) -> None:
        library.corrections.pin("t1")
        library.corrections.follow("t1")
        library.make_new("ferryxxc")

    settings = Settings(glyphs="unicode", refresh_minutes=0, density=density)
    library = ExampleLibrary()
    fill(library)
    async with at_home(library, size, settings, start="list") as stage:
        compare(f"list-{density}-{size[0]}x{size[1]}", stage.text)


@pytest.mark.parametrize("size", [(60, 24), (80, 24), (120, 40), (200, 50)])
async def test_the_places_as_they_look(size: tuple[int, int]) -> None:
    async with at_home(size=size, start="list") as stage:
        await stage.press("p")
        compare(f"list-places-{size[0]}x{size[1]}", stage.text)


async def test_the_signs_in_ascii() -> None:
    library = ExampleLibrary()
    library.corrections.pin("t1")
    library.corrections.follow("t1")
    async with at_home(library, settings=Settings(glyphs="ascii", refresh_minutes=0), start="list") as stage:
        assert "^@ " in stage.text
        assert "~Dec 2018" in stage.text
