"""The brief's page: the thread's days, what several tell, what one tells, and the way to each source."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.library import Brief, Passage, SharedPassage
from reader.settings import Settings
from tests.support.example_library import ExampleLibrary, failing, held, stub
from tests.support.example_stories import HOSTILE, fact, story, story_id
from tests.support.main_screen import AtHome, at_home
from tests.support.stage import compare

CROSSING = "The ferry sailed again on Monday with two hundred people on board, nine weeks after a cracked shaft had laid her up."
SHAFT = "“Nobody planned for the shaft to take this long,” said the chair, who has held the office for eleven years."
COSTS = "The port puts the cost of the repairs at 4.2 million, a third more than in the plan of last spring."
SILENT = "For nine weeks the pier was silent but for the gulls, and the baker sold half of what he sells in other years."
LAMPS = "It was when the lamps were lit that the fishermen who had waited since five in the morning went home."


def passage(story: str, paragraph: int, text: str) -> Passage:
    return Passage(story, paragraph, paragraph, 0, len(text), text)


def told(text: str, places: dict[str, int], first: str | None = None, outlets: int = 0) -> SharedPassage:
    one, *others = (passage(story, paragraph, text) for story, paragraph in places.items())
    return SharedPassage(one, tuple(sorted(places)), outlets or len(places), first, tuple(others))


def answering(library: ExampleLibrary, brief: Brief) -> ExampleLibrary:
    """A library that answers with a brief for its ferry."""
    stub(library.comparison, brief=lambda thread, most=10: brief)
    return library


FERRIES = ("ferryxxa", "ferryxxb", "ferryxxc")


def briefed() -> ExampleLibrary:
    """A library whose ferry has a brief: one passage told by all, two by some; and two that one alone tells."""
    library = ExampleLibrary()
    library.place("t1", "Island ferry", FERRIES, events=(("ferryxxa", "ferryxxc"), ("ferryxxb",)))
    brief = Brief(
        (
            told(CROSSING, {"ferryxxb": 0, "ferryxxa": 0, "ferryxxc": 1}, first="ferryxxa"),
            told(SHAFT, {"ferryxxa": 2, "ferryxxb": 3}),
            told(COSTS, {"ferryxxc": 5, "ferryxxa": 5}, outlets=1),
        ),
        FERRIES,
        3,
        (passage("ferryxxa", 4, SILENT), passage("ferryxxc", 3, LAMPS)),
    )
    return answering(library, brief)


async def open_brief(stage: AtHome) -> None:
    """To the ferry's brief."""
    while stage.home.state.reading is None or stage.home.state.reading.thread.id != "t1":
        await stage.press("J")
    await stage.press("B")


def chosen(stage: AtHome) -> str:
    """The words of the row under the cursor of the list that has the keys."""
    piece = stage.app.screen.passage  # type: ignore[attr-defined]
    return piece.passage.text if piece else ""


async def test_as_it_looks() -> None:
    async with at_home(briefed(), size=(40, 12)) as stage:
        await open_brief(stage)
        for size in [(40, 12), (60, 24), (80, 24), (120, 40), (200, 50)]:
            await stage.turn(*size)
            compare(f"brief-{size[0]}x{size[1]}", stage.text)


@pytest.mark.parametrize("theme", ["paper", "monochrome"])
async def test_in_ascii_its_own_signs_are_ascii(theme: str) -> None:
    async with at_home(briefed(), (80, 24), Settings(glyphs="ascii", theme=theme, refresh_minutes=0)) as stage:
        await open_brief(stage)
        assert stage.text.replace("“", "").replace("”", "").isascii(), "but for what a source says"
        assert "o about 20-21 Dec 2018" in stage.text


async def test_the_cursor_goes_from_passage_to_passage() -> None:
    async with at_home(briefed(), (100, 40)) as stage:
        await open_brief(stage)
        found = [chosen(stage)]
        for key in ("j", "down", "j", "j", "j", "k", "g"):
            await stage.press(key)
            found.append(chosen(stage))
        assert found == [CROSSING, SHAFT, COSTS, SILENT, LAMPS, LAMPS, SILENT, CROSSING]
        await stage.press("G")
        assert chosen(stage) == LAMPS


async def test_on_a_wide_screen_the_second_list_follows_the_first() -> None:
    async with at_home(briefed(), (200, 50)) as stage:
        await open_brief(stage)
        await stage.press("j", "j", "j")
        assert chosen(stage) == SILENT
        await stage.press("j", "k", "k")
        assert chosen(stage) == COSTS
        await stage.press("tab")
        assert chosen(stage) == SILENT
        await stage.press("h", "h")
        assert chosen(stage) == "", "the events have the keys"
        await stage.press("l")
        assert chosen(stage) == COSTS


async def test_another_size_keeps_the_passage() -> None:
    async with at_home(briefed(), (200, 50)) as stage:
        await open_brief(stage)
        await stage.press("l")
        assert chosen(stage) == SILENT
        await stage.turn(80, 24)
        assert chosen(stage) == SILENT
        await stage.turn(200, 50)
        assert chosen(stage) == SILENT


def at_top(stage: AtHome) -> str:
    """The words marked in the story being read."""
    column = stage.home.columns.current
    assert column is not None
    shown = column.lines[column.top : column.top + column.room]
    return " ".join(text for line in shown for text, role in line.text if role == "pointed")


@pytest.mark.parametrize(
    ("keys", "story", "paragraph"),
    [
        (("enter",), "ferryxxb", 0),
        (("1",), "ferryxxa", 0),
        (("3",), "ferryxxc", 1),
        (("j", "2"), "ferryxxb", 3),
        (("G", "enter"), "ferryxxc", 3),
    ],
)
async def test_a_source_opens_at_the_passage(keys: Sequence[str], story: str, paragraph: int) -> None:
    async with at_home(briefed(), (120, 20)) as stage:
        await open_brief(stage)
        await stage.press(*keys)
        assert stage.app.screen is stage.home
        assert stage.at == story
        text = stage.library.stories.get(story).body[paragraph]
        assert at_top(stage)
        assert at_top(stage) in text
        column = stage.home.columns.current
        assert column is not None
        assert [line.block for line in column.lines if line.sign == [("▶", "focus")]] == [("body", paragraph)]


async def test_a_digit_that_does_not_stand_there_opens_nothing() -> None:
    async with at_home(briefed()) as stage:
        await open_brief(stage)
        await stage.press("j", "3")
        assert stage.hints == "Source 3 does not have this passage"
        assert stage.app.screen is not stage.home


async def test_an_event_opens_its_first_story() -> None:
    async with at_home(briefed(), (120, 40)) as stage:
        await open_brief(stage)
        await stage.press("h", "1")
        assert stage.hints == "Select a passage first"
        await stage.press("j", "enter")
        assert stage.at == "ferryxxb"


@pytest.mark.parametrize("key", ["escape", "q", "B"])
async def test_it_is_left_for_the_place_it_was_opened_from(key: str) -> None:
    async with at_home(briefed(), (120, 40)) as stage:
        await stage.press("J", "space")
        before = stage.text
        await stage.press("B", "j", key)
        assert stage.text == before


async def test_the_passage_is_copied_with_outlet_and_link() -> None:
    async with at_home(briefed()) as stage:
        await open_brief(stage)
        await stage.press("y")
        assert stage.app.clipboard.startswith(f"{CROSSING}\n— Island Wire, ")
        assert "https://wire.example/crossing" in stage.app.clipboard
        assert stage.hints == "Copied the passage with its source"


@pytest.mark.parametrize(("key", "ending", "held"), [("m", "md", "> "), ("h", "html", "<blockquote>"), ("j", "json", '{"text": ')])
async def test_it_is_exported_with_links_and_never_over_another_file(key: str, ending: str, held: str, tmp_path: Path) -> None:
    async with at_home(briefed(), (120, 40), Settings(glyphs="unicode", refresh_minutes=0, export_folder=str(tmp_path))) as stage:
        await open_brief(stage)
        await stage.press("e")
        assert stage.hints == "Export as   m Markdown   h HTML   j JSON   Esc cancel"
        await stage.press(key)
        assert stage.hints.startswith("Exported to ")
        assert stage.hints.endswith(f"island-ferry-brief.{ending}")
        await stage.press("e", key)
        written = tmp_path / f"island-ferry-brief.{ending}"
        assert held in written.read_text(encoding="utf-8")
        assert "https://courier.example/ferry" in written.read_text(encoding="utf-8")
        assert SILENT in written.read_text(encoding="utf-8"), "what one alone tells is on the page and in the file"
        assert (tmp_path / f"island-ferry-brief-2.{ending}").read_text() == written.read_text()


async def test_escape_exports_nothing_and_a_folder_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    settings = Settings(glyphs="unicode", refresh_minutes=0, export_folder=str(tmp_path / "file"))
    async with at_home(briefed(), (120, 40), settings) as stage:
        await open_brief(stage)
        await stage.press("e", "escape")
        assert "j k passage" in stage.hints
        await stage.press("e", "m")
        assert stage.hints.startswith("Export failed: ")


async def test_a_brief_without_a_passage_says_so_and_exports_nothing() -> None:
    async with at_home(answering(ExampleLibrary(), Brief((), FERRIES, 3)), (100, 30)) as stage:
        await open_brief(stage)
        assert "No passage is shared by two independent outlets." in stage.text
        assert "No passage is unique to one story." in stage.text
        await stage.press("j", "enter", "y", "5")
        assert stage.app.screen is not stage.home
        await stage.press("e")
        assert stage.hints.startswith("Nothing to export")


async def test_one_story_has_no_brief() -> None:
    async with at_home() as stage:
        await stage.press("escape", "G", "enter")
        assert stage.at == "councila"
        await stage.press("B")
        assert stage.hints == "One story: nothing to compare yet."
        assert stage.app.screen is stage.home


def crowded(read: int = 12) -> ExampleLibrary:
    """A thread of twelve stories."""
    library = ExampleLibrary(empty=True)
    ids = [story_id("paper", number) for number in range(12)]
    for number, id in enumerate(ids, 1):
        library.put(
            story(
                id,
                f"Ferry sails, says {number}",
                [CROSSING, SHAFT],
                outlet=f"Paper {number}",
                published=f"2018-12-20T10:{number:02}",
            )
        )
    library.place("t1", "Island ferry", ids)
    passages = (told(CROSSING, dict.fromkeys(reversed(ids), 0)), told(SHAFT, {ids[8]: 1, ids[2]: 1}))
    return answering(library, Brief(passages, tuple(ids[-read:]), 12, (passage(ids[6], 1, SHAFT),)))


async def test_of_many_stories_each_passage_has_digits_of_its_own() -> None:
    async with at_home(crowded(), (120, 40)) as stage:
        await open_brief(stage)
        assert stage.lines[-2].startswith(" 1 Paper 12   2 Paper 11   3 Paper 10")
        await stage.press("j")
        assert stage.lines[-2] == " 1 Paper 9   2 Paper 3"
        await stage.press("j")
        assert stage.lines[-2] == " 1 Paper 7"
        await stage.press("k", "2")
        assert stage.at == story_id("paper", 2)


async def test_of_a_long_thread_it_says_how_much_was_read() -> None:
    async with at_home(crowded(read=5), (120, 40)) as stage:
        await open_brief(stage)
        assert "brief, verbatim from the 5 newest of 12 stories" in stage.lines[0]
        await stage.turn(80, 24)
        assert "  brief of the 5 newest of 12 stories" in stage.lines[0], "what a narrow screen would cut is said in short"


async def test_the_page_stands_before_the_passages_and_keys_pressed_meanwhile_are_done() -> None:
    library = briefed()
    gate = held(library.comparison, "brief")
    label = library.threads.timeline("t1")[0].label
    async with at_home(library, (120, 40)) as stage:
        await stage.press("J")
        await stage.pilot.press("B")
        await stage.pilot.pause()
        while label not in stage.text:
            await stage.pilot.pause(0.01)
        assert "Loading the stories…" in stage.text
        await stage.pilot.press("j", "2")
        gate.open()
        await stage.settle()
        assert stage.app.screen is stage.home
        assert stage.at == "ferryxxb"
        assert at_top(stage) in library.stories.get("ferryxxb").body[3]


async def test_a_brief_that_fails_is_told() -> None:
    library = ExampleLibrary()
    stub(library.comparison, brief=failing(OSError(HOSTILE)))
    async with at_home(library) as stage:
        await open_brief(stage)
        assert "Could not read the library: [/b]" in stage.hints
        assert "The stories could not be loaded." in stage.text


async def test_what_comes_from_outside_is_no_markup() -> None:
    library = ExampleLibrary()
    ferry = library.stories.get("ferryxxa")
    library.put(replace(ferry, outlet=fact(HOSTILE), url=None))
    answering(library, Brief((told(HOSTILE, {"ferryxxa": 0, "ferryxxb": 0}, first="ferryxxa"),), FERRIES, 3))
    async with at_home(library, (120, 40)) as stage:
        await open_brief(stage)
        assert stage.text.count(HOSTILE[:12]) >= 3


async def test_a_click_on_a_digit_opens_its_source() -> None:
    async with at_home(briefed(), (120, 40)) as stage:
        await open_brief(stage)
        await stage.pilot.click("StatusBar", offset=(stage.lines[-1].index("1 2"), 0))
        await stage.settle()
        assert stage.at == "ferryxxa"


async def test_a_click_on_a_hint_and_its_keys_do_the_same() -> None:
    async with at_home(briefed(), (120, 40)) as stage:
        await open_brief(stage)
        await stage.press("question_mark")
        assert "in the brief" in stage.text
        await stage.press("escape")
        await stage.pilot.click("StatusBar", offset=(stage.lines[-1].index("Esc"), 0))
        await stage.settle()
        assert stage.app.screen is stage.home


async def test_with_marks_on_a_source_opens_lit_at_the_passage() -> None:
    library = ExampleLibrary()
    text = library.stories.get("ferryxxb").body[4]
    lead = text[: text.index(" It was")]
    passages = (SharedPassage(Passage("ferryxxb", 4, 4, 0, len(lead), lead), ("ferryxxb",), 2, None),)
    stub(library.comparison, brief=lambda *_: Brief(passages, FERRIES[1:], 3))
    async with at_home(library, (120, 24)) as stage:
        await stage.press("J", "c")
        await open_brief(stage)
        await stage.press("enter")
        column = stage.home.columns.current
        assert column is not None
        assert (stage.at, column.cursor) == ("ferryxxb", 4)
        assert column.passage == lead


async def test_the_passage_stays_marked_while_the_story_is_read_and_no_longer() -> None:
    async with at_home(briefed(), (120, 24)) as stage:
        await open_brief(stage)
        await stage.press("j", "2")
        assert at_top(stage)
        await stage.press("m", "z")
        assert at_top(stage)
        await stage.press("z", "h", "l")
        assert not at_top(stage)
