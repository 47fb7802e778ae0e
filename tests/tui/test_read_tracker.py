"""New to you on the screen: what was read is noticed, other stories dim it, and it can be switched off and forgotten."""

from __future__ import annotations

import pytest

from reader.library import Freshness
from reader.settings import Settings
from tests.support.fake_library import FakeLibrary
from tests.support.main_screen import AtHome, at_home
from tests.support.stage import compare

SIZE = (120, 20)


def telling() -> FakeLibrary:
    """A library in which three passages of the ferry's second story are known as soon as the first was read."""
    library = FakeLibrary()
    library.known["ferry2"] = {0, 1, 6}
    return library


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
    while stage.at != "ferry1":
        await stage.press("J")
    written(stage)
    stage.library.seen.clear()
    return watch


def written(stage: AtHome) -> None:
    """Wait until all that was noticed is written."""
    stage.home.journal.submit(int).result()


def read(stage: AtHome, story: str) -> str:
    """What of a story was noticed to have been read, in one piece."""
    written(stage)
    whole = "\n".join(stage.library.by_id[story].body)
    spans = [each for noted in stage.library.seen.get(story, []) for each in noted or [(0, len(whole))]]
    return "".join(whole[start:end] for start, end in sorted(spans))


async def test_a_page_that_was_read_is_noticed_as_the_reader_goes_on() -> None:
    async with at_home(telling(), SIZE) as stage:
        watch = await opened(stage)
        column = stage.home.columns.current
        assert column is not None
        page = " ".join("".join(text for text, _ in line.text) for line in column.lines[: column.room - 1])
        watch.now = 60
        await stage.press("space")
        assert read(stage, "ferry1").split() == page.split()


async def test_a_page_that_was_not_read_is_not_noticed() -> None:
    async with at_home(telling(), SIZE) as stage:
        await opened(stage)
        await stage.press("space", "space")
        assert read(stage, "ferry1") == ""


async def test_at_the_end_the_page_key_says_that_all_was_read() -> None:
    async with at_home(telling(), SIZE) as stage:
        await opened(stage)
        while stage.at == "ferry1":
            await stage.press("space")
        written(stage)
        assert stage.library.seen["ferry1"] == [None]
        assert "ferry1" in stage.library.read


async def test_what_is_marked_read_by_hand_is_not_taken_to_be_read() -> None:
    async with at_home(telling(), SIZE) as stage:
        watch = await opened(stage)
        watch.now = 60
        await stage.press("m", "l")
        assert read(stage, "ferry1") == ""


async def test_read_to_the_end_by_lines_the_last_page_counts_when_the_reader_goes_on() -> None:
    async with at_home(telling(), SIZE) as stage:
        watch = await opened(stage)
        while "ferry1" not in stage.library.read:
            watch.now += 60
            await stage.press("ctrl+d")
            written(stage)
        watch.now += 60
        await stage.press("l")
        assert read(stage, "ferry1").split() == " ".join(stage.library.by_id["ferry1"].body).split()


async def finish(stage: AtHome) -> None:
    """Read the ferry's first story to its end, and go on to the second."""
    await opened(stage)
    while stage.at == "ferry1":
        await stage.press("space")
    assert stage.at == "ferry2"


def dimmed(stage: AtHome, number: int = 1) -> str:
    """What stands dimmed in a column."""
    column = stage.home.columns.columns[number]
    return " ".join(text for line in column.lines for text, role in line.text if role == "read")


async def test_what_is_known_is_dimmed_in_the_next_story_and_its_head_says_how_much_is_new() -> None:
    async with at_home(telling(), SIZE) as stage:
        await opened(stage)
        assert dimmed(stage) == ""
        assert "● unread" in stage.lines[2]
        await finish(stage)
        fresh = stage.library.history.freshness("ferry2")
        assert dimmed(stage) == " ".join(passage.text for passage in fresh.known)
        assert f"● {fresh.passages - 3} of {fresh.passages} new" in stage.lines[2]
        gutters = [line.sign for line in stage.home.columns.columns[1].lines if line.sign]
        assert gutters == [[("·", "read")]] * 3


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_as_it_looks(size: tuple[int, int]) -> None:
    async with at_home(telling(), size) as stage:
        await finish(stage)
        compare(f"new-{size[0]}x{size[1]}", stage.text)


async def test_nothing_moves_when_what_is_known_is_dimmed() -> None:
    async with at_home(telling(), SIZE) as stage:
        await opened(stage)
        before = [line.text for line in stage.home.columns.columns[1].lines]
        await finish(stage)
        after = [line.text for line in stage.home.columns.columns[1].lines]
        assert ["".join(text for text, _ in line) for line in after] == ["".join(text for text, _ in line) for line in before]


async def test_with_marks_on_a_known_passage_has_its_dot() -> None:
    async with at_home(telling(), SIZE) as stage:
        await finish(stage)
        await stage.press("c")
        column = stage.home.columns.current
        assert column is not None
        assert sum(line.edge is not None and line.edge.known and line.edge.row == 0 for line in column.lines) == 3


async def test_a_story_in_which_all_is_known_says_so() -> None:
    library = telling()
    library.known["ferry2"] = set(range(99))
    async with at_home(library, SIZE) as stage:
        await finish(stage)
        assert "● nothing new" in stage.lines[2]


async def test_switched_off_nothing_is_noticed_asked_or_dimmed() -> None:
    settings = Settings(glyphs="unicode", refresh_minutes=0, remember_passages=False)
    async with at_home(telling(), SIZE, settings) as stage:
        watch = await opened(stage)
        watch.now = 60
        await finish(stage)
        written(stage)
        assert stage.library.seen == {}
        assert dimmed(stage) == ""


@pytest.mark.parametrize(("key", "forgotten"), [("t", ["t1"]), ("a", [None])])
async def test_it_is_forgotten_when_that_is_wanted(key: str, forgotten: list[str | None]) -> None:
    async with at_home(telling(), SIZE) as stage:
        await finish(stage)
        await stage.press("ctrl+x")
        assert stage.hints == "Clear reading history   t this thread   a all threads   Esc cancel"
        await stage.press(key)
        assert stage.library.forgotten == forgotten
        assert stage.hints == "Cleared reading history of 1 story"
        assert dimmed(stage) == ""
        await stage.press("ctrl+x", "a")
        assert stage.hints == "There is no reading history to clear"


async def test_escape_forgets_nothing() -> None:
    async with at_home(telling(), SIZE) as stage:
        await finish(stage)
        await stage.press("ctrl+x", "escape")
        assert stage.library.forgotten == []
        assert dimmed(stage)


async def test_freshness_that_cannot_be_loaded_is_reported_and_the_reader_reads_on() -> None:
    class Broken(FakeLibrary):
        def history_freshness(self, story: str) -> object:  # type: ignore[override]
            raise OSError("the disk is gone")

    async with at_home(Broken(), SIZE) as stage:
        await finish(stage)
        assert "the disk is gone" in stage.hints
        assert not dimmed(stage)


async def test_what_nobody_waits_for_any_more_is_not_worked_out() -> None:
    class Counting(FakeLibrary):
        def __init__(self) -> None:
            super().__init__()
            self.asked_for: list[str] = []

        def history_freshness(self, story: str) -> Freshness:
            self.asked_for.append(story)
            return super().history_freshness(story)

    library = Counting()
    library.history.record(library.stories.get("ferry1"))
    async with at_home(library, (80, 24)) as stage:
        await opened(stage)
        library.history.record(library.stories.get("ferry1"))
        library.asked_for.clear()
        with stage.home.tracker._one_at_a_time:
            for _ in range(5):
                stage.home.tracker.load_freshness()
        await stage.settle()
        assert library.asked_for == ["ferry1"]
