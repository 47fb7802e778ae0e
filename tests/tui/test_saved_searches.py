"""Saved searches on the main screen: opened as lists, changed, removed, and told of."""

from __future__ import annotations

import pytest

from reader.errors import SavedSearchError
from reader.models import RefreshReport, SavedSearch, StoryHeader
from reader.settings import Settings
from tests.support.example_library import ExampleLibrary, failing, stub
from tests.support.main_screen import AtHome, at_home
from tests.support.stage import compare


def with_searches(*saved: SavedSearch) -> ExampleLibrary:
    library = ExampleLibrary()
    for each in saved:
        library.saved_searches.save(each)
    return library


FERRIES, BRIDGES = SavedSearch("Ferries", "ferry"), SavedSearch("Bridges", "bridge", notify=True)


async def to_first_search(stage: AtHome) -> None:
    await stage.press("S")
    assert stage.home.searches.selected is not None


async def test_as_they_look() -> None:
    async with at_home(with_searches(FERRIES, BRIDGES, SavedSearch("harbour dredging", "harbour dredging")), (80, 24)) as stage:
        await to_first_search(stage)
        for size in [(80, 24), (120, 40), (200, 50)]:
            await stage.turn(*size)
            compare(f"home-searches-{size[0]}x{size[1]}", stage.text)


async def test_one_opens_as_a_list_the_newest_first() -> None:
    async with at_home(with_searches(FERRIES, BRIDGES), (120, 40), start="list") as stage:
        await to_first_search(stage)
        await stage.press("enter")
        assert [row.id for row in stage.rows if isinstance(row, StoryHeader)] == ["ferryxxc", "ferryxxb", "ferryxxa"]
        assert "Ferries" in stage.lines[0]
        await stage.press("escape")
        assert stage.home.list_pane.view.place.kind == "front"


async def test_one_that_finds_nothing_is_an_empty_list() -> None:
    async with at_home(with_searches(SavedSearch("None", "zebra"), BRIDGES), start="list") as stage:
        await to_first_search(stage)
        await stage.press("enter")
        assert stage.rows == []
        assert stage.home.state.reading is None
        await stage.press("escape")
        assert stage.at == "harboura"


async def test_one_is_renamed() -> None:
    async with at_home(with_searches(FERRIES, BRIDGES), start="list") as stage:
        await to_first_search(stage)
        await stage.press("S", "r")
        assert "Name: Ferries▏" in stage.lines[-1]
        await stage.press("ctrl+u", *"Boats", "enter")
        assert [saved.name for saved in stage.library.saved_searches.all()] == ["Boats", "Bridges"]
        assert stage.lines[0].startswith(" Newsloom  Boats")
        assert stage.hints == "Renamed to “Boats” · u undoes"
        await stage.press("u")
        assert stage.library.saved_searches.all() == [FERRIES, BRIDGES]
        assert stage.hints == "Restored “Ferries”"
        assert stage.lines[0].startswith(" Newsloom  Ferries")


async def test_one_is_removed_and_comes_back() -> None:
    async with at_home(with_searches(FERRIES, BRIDGES), start="list") as stage:
        await to_first_search(stage)
        await stage.press("enter", "S", "d")
        assert stage.hints == "Removed “Ferries” · u undoes"
        assert stage.home.list_pane.view.place.kind == "front"
        await stage.press("u")
        assert stage.library.saved_searches.all() == [FERRIES, BRIDGES]
        assert stage.lines[0].startswith(" Newsloom  Ferries")


async def test_a_story_read_in_one_is_corrected_in_its_own_thread() -> None:
    async with at_home(with_searches(SavedSearch("Dredger", "dredger")), size=(120, 40)) as stage:
        await to_first_search(stage)
        await stage.press("enter", "enter")
        assert stage.at == "harbourb"
        await stage.press("C", "s")
        assert "split stories off “Harbour dredging”" in stage.lines[0]
        assert "Harbour Basin to Be Dredged" in stage.text
        await stage.press("escape", "C", "d")
        assert [(word.kind, word.stories, word.others[0]) for word in stage.library.corrections.log()] == [
            ("apart", ("harboura",), ("harbourb", "harboura"))
        ]


async def test_slash_on_one_begins_with_what_it_asks() -> None:
    async with at_home(with_searches(FERRIES)) as stage:
        await to_first_search(stage)
        await stage.press("slash")
        assert stage.lines[0].startswith(" / ferry▏")
        await stage.press("ctrl+s")
        assert "Save as: Ferries▏" in stage.lines[-1]


async def test_one_is_told_of_or_no_more() -> None:
    async with at_home(with_searches(FERRIES)) as stage:
        await to_first_search(stage)
        await stage.press("S", "n")
        assert stage.library.saved_searches.all() == [SavedSearch("Ferries", "ferry", notify=True)]
        assert stage.hints == "Notices on: “Ferries”"
        await stage.press("S", "n")
        assert stage.library.saved_searches.all() == [FERRIES]


async def test_the_key_leads_to_the_searches_or_says_how_to_save_one() -> None:
    async with at_home(with_searches(FERRIES)) as stage:
        await stage.press("S")
        assert stage.home.state.pane == "list"
        assert stage.home.searches.selected is not None
    async with at_home() as stage:
        await stage.press("S")
        assert stage.hints == "No saved searches · / searches, then ctrl+s saves"


async def test_what_cannot_be_done_is_said() -> None:
    library = with_searches(FERRIES)

    stub(library.saved_searches, remove=failing(SavedSearchError("the file is not yours")))
    async with at_home(library) as stage:
        await to_first_search(stage)
        await stage.press("S", "d")
        assert stage.hints == "Saved search not changed: the file is not yours"


async def test_a_list_that_cannot_be_read_is_said_and_the_threads_stand() -> None:
    library = ExampleLibrary()
    library.saved_searches.path.write_text("- name: [", encoding="utf-8")
    async with at_home(library) as stage:
        assert "searches.yaml" in stage.hints
        assert len(stage.rows) == 4


async def test_new_stories_are_told_of_after_a_refresh() -> None:
    library = with_searches(BRIDGES)
    stub(library.saved_searches, news=lambda: [(BRIDGES, 3)])
    async with at_home(library) as stage:
        stage.home.searches.announce_new(())
        await stage.settle()
        assert stage.hints == "3 new in Bridges"


async def test_a_refresh_that_brings_stories_asks_for_news() -> None:
    library = with_searches(BRIDGES)
    stub(library.saved_searches, news=lambda: [(BRIDGES, 1)])
    refreshed = [RefreshReport(feeds=2, added=0), RefreshReport(feeds=2, added=4)]
    stub(library.jobs, refresh=lambda *_, **__: refreshed.pop(0))
    async with at_home(library) as stage:
        await stage.press("R")
        assert "new in" not in stage.hints
        await stage.press("R")
        await stage.settle()
        assert stage.hints == "2 feeds refreshed, 4 new · 1 new in Bridges"


@pytest.mark.parametrize(("notify", "written"), [("off", ""), ("desktop", "\x1b]9;2 new in A\ufffd]0;x\ufffd\x07")])
async def test_the_desktop_is_told_only_where_it_is_wished_and_nothing_gets_through(notify: str, written: str) -> None:
    async with at_home(settings=Settings(glyphs="unicode", refresh_minutes=0, notify=notify)) as stage:
        told: list[str] = []
        stage.app._driver.write = told.append
        stage.app.call_attention("2 new in A\x1b]0;x\x07")
        assert "".join(told) == written


async def test_the_bell_rings(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_home(settings=Settings(glyphs="unicode", refresh_minutes=0, notify="bell")) as stage:
        rung: list[bool] = []
        monkeypatch.setattr(stage.app, "bell", lambda: rung.append(True))
        stage.app.call_attention("2 new in A")
        assert rung == [True]
