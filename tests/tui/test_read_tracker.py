"""New to you on the screen: what was read is noticed, other stories dim it, and it can be switched off and forgotten."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reader.library import Freshness
from reader.settings import Settings
from tests.support.example_library import ExampleLibrary, failing, stub
from tests.support.main_screen import AtHome, at_home
from tests.support.stage import compare

SIZE = (120, 20)


class Watch:
    """A clock that tests turn on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def opened(stage: AtHome) -> Watch:
    """At the ferry's first story, with a clock of the test's own."""
    watch = Watch()
    stage.home.tracker.clock = watch
    while stage.at != "ferryxxa":
        await stage.press("J")
    written(stage)
    stage.library.history.forget()
    return watch


def written(stage: AtHome) -> None:
    """Wait until all that was noticed is written."""
    stage.home.journal.submit(int).result()


def read(stage: AtHome, story: str) -> str:
    """What of a story was noticed to have been read, in one piece."""
    written(stage)
    whole = "\n".join(stage.library.stories.get(story).body)
    return "".join(whole[start:end] for start, end in sorted(stage.library.read_passages().get(story, [])))


async def test_a_page_that_was_read_is_noticed_as_the_reader_goes_on() -> None:
    async with at_home(ExampleLibrary(), SIZE) as stage:
        watch = await opened(stage)
        column = stage.home.columns.current
        assert column is not None
        page = " ".join("".join(text for text, _ in line.text) for line in column.lines[: column.room - 1])
        watch.now = 60
        await stage.press("space")
        assert read(stage, "ferryxxa").split() == page.split()


async def test_a_page_that_was_not_read_is_not_noticed() -> None:
    async with at_home(ExampleLibrary(), SIZE) as stage:
        await opened(stage)
        await stage.press("space", "space")
        assert read(stage, "ferryxxa") == ""


async def test_at_the_end_the_page_key_says_that_all_was_read() -> None:
    async with at_home(ExampleLibrary(), SIZE) as stage:
        await opened(stage)
        while stage.at == "ferryxxa":
            await stage.press("space")
        assert read(stage, "ferryxxa") == "\n".join(stage.library.stories.get("ferryxxa").body)
        assert "ferryxxa" in stage.library.read


async def test_what_is_marked_read_by_hand_is_not_taken_to_be_read() -> None:
    async with at_home(ExampleLibrary(), SIZE) as stage:
        watch = await opened(stage)
        watch.now = 60
        await stage.press("m", "l")
        assert read(stage, "ferryxxa") == ""


async def test_read_to_the_end_by_lines_the_last_page_counts_when_the_reader_goes_on() -> None:
    async with at_home(ExampleLibrary(), SIZE) as stage:
        watch = await opened(stage)
        while "ferryxxa" not in stage.library.read:
            watch.now += 60
            await stage.press("ctrl+d")
            written(stage)
        watch.now += 60
        await stage.press("l")
        assert read(stage, "ferryxxa").split() == " ".join(stage.library.stories.get("ferryxxa").body).split()


async def finish(stage: AtHome) -> None:
    """Read the ferry's first story to its end, and go on to the second."""
    await opened(stage)
    while stage.at == "ferryxxa":
        await stage.press("space")
    assert stage.at == "ferryxxb"


def dimmed(stage: AtHome, number: int = 1) -> str:
    """What stands dimmed in a column."""
    column = stage.home.columns.columns[number]
    return " ".join(text for line in column.lines for text, role in line.text if role == "read")


async def test_what_is_known_is_dimmed_in_the_next_story_and_its_head_says_how_much_is_new() -> None:
    async with at_home(ExampleLibrary(), SIZE) as stage:
        await opened(stage)
        assert dimmed(stage) == ""
        assert "● unread" in stage.lines[2]
        await finish(stage)
        fresh = stage.library.history.freshness("ferryxxb")
        assert dimmed(stage) == " ".join(passage.text for passage in fresh.known)
        assert f"● {fresh.passages - len(fresh.known)} of {fresh.passages} new" in stage.lines[2]
        gutters = [line.sign for line in stage.home.columns.columns[1].lines if line.sign]
        assert fresh.known
        assert gutters == [[("·", "read")]] * len(fresh.known)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_as_it_looks(size: tuple[int, int]) -> None:
    async with at_home(ExampleLibrary(), size) as stage:
        await finish(stage)
        compare(f"new-{size[0]}x{size[1]}", stage.text)


async def test_nothing_moves_when_what_is_known_is_dimmed() -> None:
    async with at_home(ExampleLibrary(), SIZE) as stage:
        await opened(stage)
        before = [line.text for line in stage.home.columns.columns[1].lines]
        await finish(stage)
        after = [line.text for line in stage.home.columns.columns[1].lines]
        assert ["".join(text for text, _ in line) for line in after] == ["".join(text for text, _ in line) for line in before]


async def test_with_marks_on_a_known_passage_has_its_dot() -> None:
    async with at_home(ExampleLibrary(), SIZE) as stage:
        await finish(stage)
        await stage.press("c")
        column = stage.home.columns.current
        assert column is not None
        known = stage.library.history.freshness("ferryxxb").known
        assert sum(line.edge is not None and line.edge.known and line.edge.row == 0 for line in column.lines) == len(known) > 0


async def test_a_story_in_which_all_is_known_says_so() -> None:
    library = ExampleLibrary()
    library.put(replace(library.stories.get("ferryxxb"), body=library.stories.get("ferryxxa").body))
    async with at_home(library, SIZE) as stage:
        await finish(stage)
        assert "● nothing new" in stage.lines[2]


async def test_switched_off_nothing_is_noticed_asked_or_dimmed() -> None:
    settings = Settings(glyphs="unicode", refresh_minutes=0, remember_passages=False)
    async with at_home(ExampleLibrary(), SIZE, settings) as stage:
        watch = await opened(stage)
        watch.now = 60
        await finish(stage)
        written(stage)
        assert stage.library.history.count() == 0
        assert dimmed(stage) == ""


@pytest.mark.parametrize("key", ["t", "a"])
async def test_reading_history_is_cleared_on_request(key: str) -> None:
    async with at_home(ExampleLibrary(), SIZE) as stage:
        await finish(stage)
        await stage.press("ctrl+x")
        assert stage.hints == "Clear reading history   t this thread   a all threads   Esc cancel"
        await stage.press(key)
        assert stage.library.history.count() == 0
        assert stage.hints == "Cleared reading history of 1 story"
        assert dimmed(stage) == ""
        await stage.press("ctrl+x", "a")
        assert stage.hints == "There is no reading history to clear"


async def test_escape_clears_nothing() -> None:
    async with at_home(ExampleLibrary(), SIZE) as stage:
        await finish(stage)
        await stage.press("ctrl+x", "escape")
        assert stage.library.history.count() == 1
        assert dimmed(stage)


async def test_freshness_that_cannot_be_loaded_is_reported_and_the_reader_reads_on() -> None:
    library = ExampleLibrary()
    stub(library.history, freshness=failing(OSError("the disk is gone")))
    async with at_home(library, SIZE) as stage:
        await finish(stage)
        assert "the disk is gone" in stage.hints
        assert not dimmed(stage)


async def test_what_nobody_waits_for_any_more_is_not_worked_out() -> None:
    library, asked_for = ExampleLibrary(), []
    plain = library.history.freshness

    def freshness(story: str) -> Freshness:
        asked_for.append(story)
        return plain(story)

    stub(library.history, freshness=freshness)
    library.history.record(library.stories.get("ferryxxa"))
    async with at_home(library, (80, 24)) as stage:
        await opened(stage)
        library.history.record(library.stories.get("ferryxxa"))
        asked_for.clear()
        with stage.home.tracker._one_at_a_time:
            for _ in range(5):
                stage.home.tracker.load_freshness()
        await stage.settle()
        assert asked_for == ["ferryxxa"]
