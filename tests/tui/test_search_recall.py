"""The search remembers queries, offers values, sorts, and saves."""

from __future__ import annotations

from reader.errors import SavedSearchError
from reader.models import SavedSearch
from reader.tui.screens.search import SearchScreen
from tests.support.example_library import ExampleLibrary, failing, stub
from tests.support.stage import Stage, compare, on_stage


def searching(library: ExampleLibrary | None = None, size: tuple[int, int] = (80, 24), query: str = "", name: str = ""):  # type: ignore[no-untyped-def]
    library = library or ExampleLibrary()
    return on_stage(SearchScreen(library, query, name), library, size)


async def until(stage: Stage, text: str) -> None:
    """Wait until the screen shows a text: what follows a pause in typing comes by itself."""
    for _ in range(500):
        if text in stage.text:
            return
        await stage.pilot.pause(0.02)
    raise AssertionError(f"{text!r} was never shown:\n{stage.text}")


def remembering(*queries: str) -> ExampleLibrary:
    library = ExampleLibrary()
    for query in reversed(queries):
        library.search.remember_query(query)
    return library


# queries asked before


async def test_queries_asked_before_come_back_and_at_last_what_was_typed() -> None:
    async with searching(remembering("bridge", "ferry")) as stage:
        await stage.type("har")
        await stage.press("ctrl+p")
        assert stage.lines[0].startswith(" / bridge▏")
        assert "New bridge" in stage.text
        await stage.press("ctrl+p")
        assert stage.lines[0].startswith(" / ferry▏")
        await stage.press("ctrl+p")
        assert stage.lines[0].startswith(" / ferry▏")
        assert "No earlier query" in stage.lines[-1]
        await stage.press("ctrl+n", "ctrl+n")
        assert stage.lines[0].startswith(" / har▏")
        await stage.press("ctrl+n")
        assert "No later query" in stage.lines[-1]


async def test_the_query_that_stands_there_is_not_one_before_itself() -> None:
    async with searching(remembering("bridge", "ferry"), query="bridge") as stage:
        await stage.press("ctrl+p")
        assert stage.screen.editor.text == "ferry"


async def test_typing_on_begins_anew() -> None:
    async with searching(remembering("bridge", "ferry")) as stage:
        await stage.press("ctrl+p", "s")
        assert stage.screen.editor.text == "bridges"
        await stage.press("ctrl+p")
        assert stage.screen.editor.text == "bridge"
        await stage.press("ctrl+n")
        assert stage.screen.editor.text == "bridges"


async def test_a_query_that_found_something_is_remembered_when_the_search_ends() -> None:
    library = ExampleLibrary()
    for keys in (("f", "e", "r", "r", "y", "enter"), ("b", "r", "i", "d", "g", "e", "escape"), ("z", "z", "z", "escape")):
        async with searching(library) as stage:
            await stage.press(*keys)
            await stage.settle()
    assert library.search.recent_queries() == ["bridge", "ferry"]


async def test_the_index_is_opened_before_the_first_letter() -> None:
    library, prepared = ExampleLibrary(), []
    stub(library.search, prepare=lambda: prepared.append(True))
    async with searching(library):
        assert len(prepared) == 1
    async with searching(library, query="ferry"):
        assert len(prepared) == 1, "a search opens it anyway"


# values of fields


async def test_values_are_offered_with_their_counts_and_taken() -> None:
    async with searching(size=(100, 24)) as stage:
        await stage.type("outlet:")
        assert stage.lines[0].startswith(" / outlet:▏Coast Courier")
        assert "Tab  Coast Courier" in stage.lines[3]
        assert "2 stories" in stage.lines[3]
        assert stage.lines[-1].startswith(" Tab Coast Courier (2)")
        assert "Island Wire (1) · Port Gazette (1)" in stage.lines[-1]
        await stage.type("is")
        assert stage.lines[0].startswith(" / outlet:is▏land Wire")
        await stage.press("tab")
        assert stage.screen.editor.text == 'outlet:"Island Wire"'
        assert stage.screen.completer.completions == ()


async def test_values_offered_look_so() -> None:
    async with searching(size=(80, 24)) as stage:
        await stage.type("outlet:")
        compare("search-offers-80x24", stage.text)


async def test_without_a_value_to_take_tab_goes_to_the_counts() -> None:
    async with searching() as stage:
        await stage.type("harbour")
        await stage.press("tab")
        assert stage.screen.on_facets


async def test_a_value_that_is_being_typed_is_no_mistake() -> None:
    async with searching() as stage:
        await stage.type("is:unr")
        assert "^" not in stage.text
        assert stage.lines[0].startswith(" / is:unr▏ead")
        await stage.press("left")
        assert "^" in stage.text


# sorting


async def test_the_newest_first_and_back() -> None:
    async with searching(size=(120, 40)) as stage:
        await stage.type("harbour")
        assert stage.lines[0].endswith("2 stories in 2 threads, best first")
        assert stage.screen.selected.match.head.id == "harboura"
        await stage.press("ctrl+o")
        assert stage.lines[0].endswith("2 stories in 2 threads, newest first")
        assert stage.screen.selected.match.head.id == "councila"
        assert "ctrl+o best first" in stage.lines[-1]
        await stage.press("ctrl+o")
        assert stage.lines[0].endswith("best first")


async def test_more_than_is_shown_is_counted_and_told_whole_after_a_pause() -> None:
    async with searching(ExampleLibrary(many=80), size=(120, 40)) as stage:
        await stage.type("notice")
        assert stage.lines[0].endswith("best 50 of 80 stories")
        await until(stage, "By thread, results shown")
        await stage.press(*["pagedown"] * 8)

        def missing() -> int:
            return sum(not row.match.snippet for group in stage.screen.search.results.groups for row in group.findings)

        for _ in range(100):  # the rest is read once the keys rest
            if not missing():
                break
            await stage.pilot.pause(0.05)
        assert missing() == 0


async def test_at_the_end_of_the_results_there_are_more() -> None:
    async with searching(ExampleLibrary(many=130), size=(120, 40)) as stage:
        await stage.type("notice")
        assert stage.screen.search.results.shown == 50
        last = stage.screen.search.results.stories[-1]
        while stage.screen.search.results.shown == 50:
            await stage.press("pagedown")
        assert stage.screen.search.results.shown == 100
        assert stage.screen.selected.match.head.id == last, "the cursor stays on its story"
        while stage.screen.search.results.shown == 100:
            await stage.press("pagedown")
        assert stage.screen.search.results.shown == 130
        await stage.type("s")
        await stage.press("backspace")
        assert stage.screen.search.results.shown == 50


# saving


async def test_a_search_is_saved_under_a_name() -> None:
    library = ExampleLibrary()
    async with searching(library) as stage:
        await stage.type("brid")
        await stage.press("ctrl+s")
        assert stage.lines[-1].startswith(" Save as: brid*▏")
        await stage.press("ctrl+u", *"Bridges", "enter")
        assert library.saved_searches.all() == [SavedSearch("Bridges", "brid*")]
        assert "Saved as “Bridges”" in stage.lines[-1]
        assert stage.screen.editor.text == "brid", "what was typed into the question is no query"


async def test_saving_again_keeps_the_name_and_the_notice() -> None:
    library = ExampleLibrary()
    library.saved_searches.save(SavedSearch("Bridges", "bridge", notify=True))
    async with searching(library, query="bridge", name="Bridges") as stage:
        await stage.type(" rails")
        await stage.press("ctrl+s")
        assert stage.lines[-1].startswith(" Save as: Bridges▏")
        await stage.press("enter")
        assert library.saved_searches.all() == [SavedSearch("Bridges", "bridge rails", notify=True)]


async def test_nothing_to_save() -> None:
    library = ExampleLibrary()
    async with searching(library) as stage:
        await stage.press("ctrl+s")
        assert "Type a query to save it" in stage.lines[-1]
        await stage.type("ferry")
        await stage.press("ctrl+s", "escape")
        assert stage.results == []
        assert library.saved_searches.all() == []


async def test_what_cannot_be_saved_is_said() -> None:
    library = ExampleLibrary()
    stub(library.saved_searches, save=failing(SavedSearchError("the disk is full")))
    async with searching(library) as stage:
        await stage.type("ferry")
        await stage.press("ctrl+s", "enter")
        assert "Could not save the search: the disk is full" in stage.lines[-1]
