"""What is said of threads with keys: every flow, and the way back."""

from __future__ import annotations

import pytest

from reader.errors import CorrectionError
from reader.models import StoryHeader, Thread
from reader.tui.commands.registry import commands
from tests.support.example_library import ExampleLibrary, failing, held, stub
from tests.support.main_screen import AtHome, at_home
from tests.support.stage import compare

SIZES = [(80, 24), (120, 40), (200, 50)]


BRIDGE = "Council Votes for the New Bridge"


def kinds(stage: AtHome) -> list[str]:
    return [word.kind for word in stage.library.corrections.log() if not word.undone]


def names(stage: AtHome) -> list[str]:
    """The names of the threads of the list, and the headlines of its single stories."""
    return [row.name if isinstance(row, Thread) else row.title for row in stage.rows if isinstance(row, Thread | StoryHeader)]


# the menu


@pytest.mark.parametrize("size", [(40, 12), (60, 24), *SIZES])
@pytest.mark.parametrize(
    ("name", "keys"), [("correct", ""), ("rename", "r"), ("which-thread", "w"), ("which-stories", "s space"), ("not-the-same", "d")]
)
async def test_as_it_looks(name: str, keys: str, size: tuple[int, int]) -> None:
    async with at_home(size=size) as stage:
        await stage.press("J")
        await stage.press("C", *keys.split())
        compare(f"{name}-{size[0]}x{size[1]}", stage.text)


async def test_it_says_what_may_be_said_and_is_left_for_the_place_it_was_opened_from() -> None:
    async with at_home() as stage:
        before = stage.text
        for key in ("escape", "q", "C"):
            await stage.press("C")
            assert "Thread  Harbour dredging" in stage.text
            assert "Story  Harbour Basin to Be Dredged" in stage.text
            for command in commands("correcting"):
                assert any(line.strip(" ▌").startswith(f"{command.label}   ") for line in stage.lines), command.id
            await stage.press(key)
            assert stage.text == before


async def test_what_makes_no_sense_is_left_out() -> None:
    async with at_home() as stage:
        await stage.press("J", "J", "C")
        assert "rename…" in stage.text
        assert "split" not in stage.text
        assert "two stories apart" not in stage.text


async def test_in_the_list_words_are_for_the_thread_under_the_cursor() -> None:
    async with at_home() as stage:
        await stage.press("escape", "j", "C", "p")
        assert [(word.kind, word.stories) for word in stage.library.corrections.log()] == [
            ("pin", ("ferryxxa", "ferryxxb", "ferryxxc"))
        ]


async def test_every_act_is_in_the_palette() -> None:
    async with at_home() as stage:
        await stage.press("colon")
        await stage.type("mute")
        assert "C m" in stage.text
        await stage.press("enter")
        assert kinds(stage) == ["mute"]


async def test_the_marked_one_is_said_with_enter() -> None:
    async with at_home() as stage:
        await stage.press("C", "j", "enter")
        assert kinds(stage) == ["pin"]


# the thread as a whole


async def test_a_thread_is_renamed_in_one_line() -> None:
    async with at_home() as stage:
        await stage.press("C", "r")
        assert stage.hints.startswith("Name (- for the automatic one): Harbour dredging")
        await stage.press("ctrl+u")
        await stage.type("Deep basin")
        await stage.press("enter")
        assert stage.hints.endswith("u undoes")
        assert names(stage) == ["Deep basin", "Island ferry", BRIDGE]
        assert "Deep basin  2 stories" in stage.lines[0]
        assert stage.at == "harboura"
        await stage.press("u")
        assert kinds(stage) == []
        assert "Harbour dredging" in names(stage)


async def test_the_found_name_is_given_back_and_the_same_one_says_nothing() -> None:
    async with at_home() as stage:
        await stage.press("C", "r", "enter")
        assert stage.hints == "Name unchanged"
        await stage.press("C", "r", "x", "enter", "C", "r", "ctrl+u", "minus", "enter")
        assert [word.text for word in stage.library.corrections.log()] == ["Harbour dredgingx", ""]
        await stage.press("C", "r", "x", "escape")
        assert len(stage.library.corrections.log()) == 2


@pytest.mark.parametrize(("key", "sign", "kind"), [("p", "▲", "pin"), ("f", "◆", "follow"), ("m", "▽", "mute")])
async def test_flags_are_shown_by_a_sign_and_taken_away_by_the_same_key(key: str, sign: str, kind: str) -> None:
    async with at_home(start="list") as stage:
        await stage.press("C", key)
        assert f"{sign} " in stage.text
        assert stage.hints.endswith(" · u undoes")
        await stage.press("g", *["j"] * (key == "m"), "C")
        assert f"un{kind}" in stage.text
        await stage.press(key)
        assert f"{sign} " not in stage.text
        assert [word.text for word in stage.library.corrections.log()] == ["on", "off"]


async def test_pinned_stand_first_and_muted_last_and_the_cursor_stays() -> None:
    async with at_home(start="list") as stage:
        await stage.press("j", "C", "p")
        assert names(stage) == ["Island ferry", "Harbour dredging", BRIDGE]
        assert stage.home.list_view.cursor == 0
        await stage.press("C", "m")
        assert names(stage) == ["Harbour dredging", "Island ferry", BRIDGE]
        assert stage.home.list_view.cursor == 0
        assert stage.home.state.reading.thread.id == "t2"


async def test_two_flags_pressed_at_once_are_both_said() -> None:
    async with at_home() as stage:
        await stage.press("C", "p", "C", "p", "C", "f")
        assert [(word.kind, word.text) for word in stage.library.corrections.log()] == [
            ("pin", "on"),
            ("pin", "off"),
            ("follow", "on"),
        ]


async def test_muted_threads_do_not_call() -> None:
    async with at_home() as stage:
        assert "5 unread" in stage.lines[0]
        await stage.press("C", "m")
        assert "3 unread" in stage.lines[0]
        await stage.press("escape", "n", "n", "n", "n")
        assert stage.home.state.reading.thread.id == "t1"


# which stories are together


async def test_a_thread_is_merged_with_one_found_by_typing() -> None:
    async with at_home() as stage:
        await stage.press("C", "w")
        assert "merge “Harbour dredging” with" in stage.lines[0]
        assert "Harbour dredging" not in "\n".join(stage.lines[1:])
        await stage.type("fer isl")
        assert "New bridge" not in stage.text
        await stage.press("enter")
        assert kinds(stage) == ["merge"]
        assert names(stage)[1:] == [BRIDGE]
        assert stage.at == "harboura"
        assert stage.home.state.reading.own == 5


async def test_letters_of_the_list_are_text_while_a_thread_is_looked_for() -> None:
    async with at_home() as stage:
        await stage.press("C", "w")
        await stage.type("jkq gb")
        assert "No other thread matches “jkq gb”" in stage.text
        await stage.press("enter")
        assert stage.app.screen is not stage.home
        await stage.press("ctrl+u")
        assert "Island ferry" in stage.text
        await stage.press("down", "escape")
        assert kinds(stage) == []


async def test_a_thread_chosen_before_the_list_is_there_is_taken_when_it_comes() -> None:
    library = ExampleLibrary()
    gate = held(library.stories, "related", when=lambda story, limit=10: limit == 20)
    async with at_home(library) as stage:
        await stage.pilot.press("C", "w", *"ferry", "enter")
        gate.open()
        await stage.settle()
        await stage.settle()
        assert kinds(stage) == ["merge"]
        assert names(stage)[1:] == [BRIDGE]


async def test_a_story_goes_to_another_thread_and_is_read_on_there() -> None:
    async with at_home(size=(120, 40)) as stage:
        await stage.press("J", "l", "j", "j", "C", "e")
        assert "“The island ferry left" in stage.lines[0]
        await stage.type("bridge")
        await stage.press("enter")
        assert kinds(stage) == ["move"]
        assert stage.at == "ferryxxb"
        assert stage.home.state.reading.thread.id == "t3"
        await stage.press("u")
        assert stage.at == "ferryxxb"
        assert stage.home.state.reading.thread.id == "t1"


@pytest.mark.usefixtures("loosely_related")
async def test_a_related_story_is_moved_here() -> None:
    async with at_home(size=(200, 50)) as stage:
        await stage.press("l", "l")
        assert stage.home.state.reading.at >= stage.home.state.reading.own
        related = stage.at
        await stage.press("C", "e")
        await stage.type("dredging")
        await stage.press("enter")
        assert stage.home.state.reading.thread.id == "t2"
        assert stage.at == related


async def test_stories_are_split_off_with_space_and_enter() -> None:
    async with at_home() as stage:
        await stage.press("J", "C", "s", "space", "space")
        assert stage.hints.endswith("2 chosen")
        assert sum(line.startswith(("▌ + ", "  + ")) for line in stage.lines) == 2
        await stage.press("space", "enter")
        assert "leave out those that stay" in stage.hints
        await stage.press("space", "enter")
        assert kinds(stage) == ["split"]
        assert "What the Ferry Means to Those Who Wait" in names(stage)
        assert stage.at == "ferryxxa"


async def test_the_story_under_the_cursor_is_split_off_where_none_is_chosen() -> None:
    async with at_home() as stage:
        await stage.press("J", "l", "C", "s", "enter")
        assert len(names(stage)) == 4
        assert stage.at == "ferryxxb"


async def test_two_stories_are_said_not_to_be_the_same() -> None:
    async with at_home() as stage:
        await stage.press("J", "C", "d")
        assert "Ferry to the Islands" in stage.lines[0]
        assert "Ferry to the Islands" not in "\n".join(stage.lines[1:])
        await stage.press("j", "enter")
        word = stage.library.corrections.log()[0]
        assert (word.kind, word.others[0]) == ("apart", ("ferryxxa", "ferryxxc"))
        assert stage.at == "ferryxxa"


async def test_of_two_stories_the_other_is_meant_at_once() -> None:
    async with at_home() as stage:
        await stage.press("C", "d")
        assert stage.app.screen is stage.home
        word = stage.library.corrections.log()[0]
        assert (word.kind, word.others[0]) == ("apart", ("harboura", "harbourb"))
        assert stage.at == "harboura"


async def test_what_takes_several_stories_says_so_of_one() -> None:
    async with at_home() as stage:
        await stage.press("J", "J", "C", "s")
        assert stage.hints == "This thread has only one story"
        await stage.press("C", "d")
        assert stage.hints == "This thread has only one story"


async def test_a_word_on_a_story_waits_for_the_thread_that_is_being_opened() -> None:
    library = ExampleLibrary()
    gate = held(library.threads, "headers", when=lambda thread: thread == "t1")
    async with at_home(library) as stage:
        await stage.pilot.press("escape", "j", "C", "s")
        assert stage.app.screen is stage.home
        gate.open()
        await stage.settle()
        assert "split stories off “Island ferry”" in stage.lines[0]
        await stage.press("enter")
        assert kinds(stage) == ["split"]


async def test_nothing_scrolls() -> None:
    async with at_home(size=(80, 24)) as stage:
        await stage.press("J", "j", "j", "j")
        before = stage.lines[2:-1]
        await stage.press("C", "f", "C", "s", "j", "j", "enter")
        assert [line[27:] for line in stage.lines[2:-1]] == [line[27:] for line in before]


# the way back


async def test_u_goes_back_through_marks_and_words_in_the_order_they_were_made() -> None:
    async with at_home() as stage:
        await stage.press("s", "C", "p", "m", "C", "f")
        undone = []
        for _ in range(5):
            undone.append((kinds(stage), stage.library.read >= {"harboura"}, stage.library.starred >= {"harboura"}))
            await stage.press("u")
        assert undone == [
            (["pin", "follow"], True, False),
            (["pin"], True, False),
            (["pin"], False, False),
            ([], False, False),
            ([], False, True),
        ]
        assert stage.hints == "Nothing to undo"


async def test_a_word_pressed_back_before_it_is_written_is_taken_back() -> None:
    library = ExampleLibrary()
    gate = held(library.marks, "apply")
    async with at_home(library) as stage:
        await stage.pilot.press("s", "C", "p", "u", "m")
        gate.open()
        await stage.settle()
        await stage.settle()
        assert [word.undone for word in library.corrections.log()] == [True]
        assert "harboura" in library.read


async def test_what_was_said_elsewhere_since_is_not_taken_back() -> None:
    async with at_home() as stage:
        await stage.press("C", "p")
        stage.library.corrections.pin("t1")
        await stage.press("u")
        assert kinds(stage) == ["pin", "pin"]
        assert stage.hints.startswith("Already undone, or no longer the latest correction")


async def test_what_is_refused_is_said_and_the_list_is_as_it_was() -> None:
    async with at_home() as stage:
        refused = CorrectionError("there is no thread “t2” any more; look at the list again")
        stub(stage.library.corrections, pin=failing(refused))
        await stage.press("C", "p")
        assert stage.hints.startswith("There is no thread “t2” any more")
        assert "▲" not in stage.text
        await stage.press("u")
        assert stage.hints == "Nothing to undo"


async def test_the_way_back_is_said_beside_the_longest_name() -> None:
    async with at_home(size=(60, 24)) as stage:
        stage.library.corrections.rename("t2", "A name as long as anybody could ever wish it to be called")
        await stage.press("C", "p")
        assert stage.hints.endswith("… · u undoes")


# all corrections


@pytest.mark.parametrize("size", [(60, 24), *SIZES])
async def test_all_corrections_as_they_look(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.presentation.formatting.local_time", lambda _: "2026-11-20T10:00")
    async with at_home(size=size) as stage:
        await stage.press("C", "p", "C", "f", "J", "C", "m", "u", "C", "r", "x", "enter", "C", "a")
        compare(f"corrections-{size[0]}x{size[1]}", stage.text)


async def test_the_last_is_taken_back_from_the_list_and_not_once_more_at_home() -> None:
    async with at_home() as stage:
        await stage.press("C", "p", "C", "f", "C", "a")
        assert "2 active" in stage.lines[0]
        await stage.press("j", "u")
        assert kinds(stage) == ["pin"]
        assert "1 active, 1 undone" in stage.lines[0]
        await stage.press("escape")
        assert "◆" not in stage.text
        await stage.press("u")
        assert kinds(stage) == []
        await stage.press("C", "a", "enter")
        assert stage.hints == "Nothing to undo"


async def test_where_nothing_was_said_it_says_so() -> None:
    async with at_home() as stage:
        await stage.press("C", "a")
        assert "No corrections yet" in stage.text
        assert stage.lines[0].rstrip().endswith("newest first"), "nothing is counted where there is nothing"


async def test_a_log_that_cannot_be_read_is_reported() -> None:
    library = ExampleLibrary()

    stub(library.corrections, log=failing(OSError("the disk is gone")))
    async with at_home(library) as stage:
        await stage.press("C", "a")
        assert stage.hints == "Could not read the library: the disk is gone"
