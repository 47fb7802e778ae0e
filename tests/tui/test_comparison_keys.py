"""The comparison on the screen: marks on and off, from passage to passage, level, what is shown; with everything else going on."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace

import pytest
from textual.geometry import Region

from reader.library import Comparison
from reader.models import Version
from reader.presentation.comparison_loader import preload
from reader.settings import Settings
from reader.tui.widgets.story_column import StoryColumn
from reader.tui.widgets.story_layout import spans_of
from tests.support.compared_library import told_library
from tests.support.fake_library import FakeLibrary, story
from tests.support.main_screen import AtHome, at_home
from tests.support.stage import compare

SIZES = [(80, 24), (120, 40), (160, 45), (200, 50)]
WIDE = (120, 40)


def current(stage: AtHome) -> StoryColumn:
    column = stage.home.columns.current
    assert column is not None
    return column


def lit(stage: AtHome) -> dict[str, list[int]]:
    """The passages that are lit, by story."""
    return {column.head.id: sorted(column.lit) for column in stage.home.columns.columns}


def rows(stage: AtHome, text: str) -> list[int]:
    """The rows of the screen in which a text stands."""
    return [row for row, line in enumerate(stage.lines) if text in line]


# as it looks


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("name", "keys"), [("marks", "c"), ("level", "c a j j j"), ("only", "c x"), ("full", "c z ]")])
async def test_as_it_looks(name: str, keys: str, size: tuple[int, int]) -> None:
    async with at_home(told_library(), size) as stage:
        await stage.press(*keys.split())
        stage.home.status_bar.hush()
        await stage.settle()
        compare(f"marked-{name}-{size[0]}x{size[1]}", stage.text)


async def test_in_ascii() -> None:
    async with at_home(told_library(), (160, 45), Settings(glyphs="ascii", refresh_minutes=0)) as stage:
        await stage.press("c", "]")
        compare("marked-ascii-160x45", stage.text)
        await stage.press("x")
        assert ". 4 passages" in stage.text
        rest = stage.text.translate(str.maketrans("", "", "“”’"))
        assert rest.isascii()


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (100, 30), (200, 50)])
@pytest.mark.parametrize("keys", ["c j", "c x x x", "c z", "J c", "J J c", "escape c"])
async def test_no_line_is_wider_than_the_screen_and_nothing_is_cut_in_the_sentence(size: tuple[int, int], keys: str) -> None:
    async with at_home(told_library(), size) as stage:
        await stage.press(*keys.split())
        assert len(stage.lines) == size[1]
        strips = stage.app.screen._compositor.render_strips()
        assert all(sum(segment.cell_length for segment in strip) == size[0] for strip in strips)
        assert "…" not in stage.lines[0]


@pytest.mark.parametrize("theme", ["monochrome", "terminal 16", "night", "high contrast"])
async def test_what_is_lit_and_what_differs_is_set_apart_in_every_theme(theme: str) -> None:
    async with at_home(told_library(), WIDE, Settings(theme=theme, glyphs="unicode", refresh_minutes=0)) as stage:
        await stage.press("c", "]")
        stage.home.status_bar.hush()
        await stage.settle()
        row = rows(stage, "▶”3")[0]
        segments = [segment for segment in stage.app.screen._compositor.render_strips()[row] if segment.style]
        styles = {segment.text: segment.style for segment in segments}
        assert styles["great"].bold
        assert styles["great"].underline
        strips = stage.app.screen._compositor.render_strips()
        plain = next(each.style for each in strips[rows(stage, "Nobody lives")[0]] if each.style and "Nobody" in each.text)
        inked = next(style for text, style in styles.items() if "We could not save" in text)
        assert (inked.bgcolor, inked.bold) != (plain.bgcolor, plain.bold)


# on and off


async def test_marks_come_and_go_and_the_text_never_moves_sideways() -> None:
    async with at_home(told_library(), WIDE) as stage:
        before = stage.text
        await stage.press("c")
        assert "▶=1 A fire damaged" in stage.text
        assert "shared by all" in stage.lines[0]
        assert {line.find("A fire damaged") for line in stage.lines} == {line.find("A fire damaged") for line in before.split("\n")}
        await stage.press("c")
        assert stage.text == before


@pytest.mark.parametrize("down", [4, 9, 14])
async def test_the_first_passage_in_sight_stays_on_its_row(down: int) -> None:
    async with at_home(told_library(), (80, 24)) as stage:
        await stage.press(*["j"] * down)
        before = stage.text
        column = current(stage)
        seen = [column.lines[at].block for at in range(column.top, column.top + column.room)]
        await stage.press("c")
        column = current(stage)
        first = column.first_in_sight()
        assert first is not None
        row = column.rows_of(first).start - column.top
        said = column.noted[first].passage
        assert seen[row] == ("body", said.paragraph)
        assert said.text[:12] in before.split("\n")[rows(stage, said.text[:12])[0]]
        await stage.press("c")
        assert stage.text == before


def held_back(library: FakeLibrary) -> threading.Event:
    """Have a library compare only once this is set."""
    gate, plain = threading.Event(), library.comparison.compare

    def waiting(stories: Sequence[str]) -> Comparison:
        gate.wait(10)
        return plain(stories)

    library.comparison.compare = waiting
    return gate


async def test_keys_pressed_before_the_comparison_is_there_are_not_lost() -> None:
    library = told_library()
    gate = held_back(library)
    async with at_home(library, WIDE) as stage:
        before = stage.text
        await stage.pilot.press("c", "]", "j")
        await stage.pilot.pause()
        assert stage.lines[:-1] == before.split("\n")[: len(stage.lines) - 1]
        gate.set()
        await stage.settle()
        assert lit(stage) == {"lamp1": [4], "lamp2": [4]}


async def test_marks_that_are_off_again_before_the_comparison_is_there_stay_off() -> None:
    library = told_library()
    gate = held_back(library)
    async with at_home(library, WIDE) as stage:
        before = stage.text
        await stage.pilot.press("c", "c")
        gate.set()
        await stage.settle()
        assert stage.text == before


async def test_a_comparison_that_fails_is_told_and_the_reader_reads_on() -> None:
    library = told_library()

    def failing(stories: Sequence[str]) -> Comparison:
        raise OSError("the disk is gone")

    library.comparison.compare = failing
    async with at_home(library, WIDE) as stage:
        await stage.press("c", "j")
        assert "the disk is gone" in stage.hints
        assert not stage.home.state.comparison.on
        await stage.press("j")
        assert current(stage).cursor is None


async def test_one_story_alone() -> None:
    async with at_home(told_library(), (80, 24)) as stage:
        await stage.press("J", "J", "J", "c")
        assert stage.at == "council1"
        assert "One story: nothing to compare yet." in stage.lines[0]
        await stage.press("j", "]", "x", "a")
        assert current(stage).cursor is None
        assert "One story" in stage.hints


async def test_in_other_languages_and_of_nothing_in_common() -> None:
    library = told_library()
    library.tongues = {"mill2"}
    async with at_home(library, WIDE) as stage:
        await stage.press("J", "c")
        assert "Only stories in English can be compared." in stage.lines[0]
        assert "c end comparison" in stage.hints
        await stage.press("J")
        assert "These stories share no passages." in stage.lines[0]
        assert not current(stage).noted


async def test_a_story_left_out_is_named_by_its_number() -> None:
    library = told_library()
    library.tongues = {"lamp3"}
    async with at_home(library, (200, 50)) as stage:
        await stage.press("c")
        assert "3 is not in English" in stage.lines[0]
        assert not stage.home.columns.columns[2].noted


# from passage to passage


async def test_the_cursor_goes_from_passage_to_passage_with_its_counterparts() -> None:
    async with at_home(told_library(), (160, 45)) as stage:
        await stage.press("c")
        assert lit(stage) == {"lamp1": [0], "lamp2": [2], "lamp3": [0]}
        await stage.press("j")
        assert lit(stage) == {"lamp1": [1], "lamp2": [], "lamp3": []}
        await stage.press("j")
        assert lit(stage) == {"lamp1": [2], "lamp2": [], "lamp3": [1]}
        assert stage.lines[0].endswith("▶ shared by 2 of 3")
        await stage.press("k", "k", "k")
        assert lit(stage)["lamp1"] == [0]


async def test_the_page_and_the_other_columns_follow() -> None:
    async with at_home(told_library(), (120, 20)) as stage:
        await stage.press("c")
        tops = [column.top for column in stage.home.columns.columns]
        assert tops == [0, 0]
        for _ in range(5):
            await stage.press("j")
        column, other = stage.home.columns.columns
        assert column.cursor == 5
        assert column.in_sight(5)
        assert other.in_sight(1)
        await stage.press("k")
        assert other.in_sight(4)


async def test_what_stands_beside_already_stays() -> None:
    async with at_home(told_library(), (160, 45)) as stage:
        await stage.press("c")
        for _ in range(5):
            await stage.press("j")
            assert [column.top for column in stage.home.columns.columns[1:]] == [0, 0]


async def test_beyond_the_last_passage_the_text_scrolls_and_the_story_is_read() -> None:
    async with at_home(told_library(), (60, 17)) as stage:
        await stage.press("c", *["j"] * 40)
        assert current(stage).at_end
        assert "lamp1" in stage.library.read
        assert current(stage).cursor == 9


async def test_after_a_page_the_cursor_goes_on_from_what_is_in_sight() -> None:
    async with at_home(told_library(), (80, 24)) as stage:
        await stage.press("c", "space", "j")
        column = current(stage)
        assert column.cursor == column.first_in_sight()
        assert column.cursor != 1


async def test_a_passage_longer_than_the_screen_is_read_through() -> None:
    library = told_library()
    told = library.by_id["lamp1"]
    long = (
        told.body[0] + " " + "Long it burned, and longer they carried " + "buckets, ladders and blankets, " * 30 + "to the tower."
    )
    library.by_id["lamp1"] = replace(told, body=(long, *told.body[1:]))
    async with at_home(library, (60, 20)) as stage:
        await stage.press("c", "j", "j")
        column = current(stage)
        rows = column.rows_of(2)
        assert column.cursor == 2
        assert len(rows) > column.room
        assert column.top == rows.start
        await stage.press("j")
        assert column.cursor == 2
        assert rows.start < column.top < rows.stop
        while column.cursor == 2:
            await stage.press("j")
        assert column.cursor == 3


async def test_to_the_next_story_goes_to_the_counterpart() -> None:
    async with at_home(told_library(), (80, 24)) as stage:
        await stage.press("c", "j", "j", "j", "j", "j")
        assert lit(stage) == {"lamp1": [5]}
        await stage.press("l")
        assert lit(stage) == {"lamp2": [1]}
        assert current(stage).in_sight(1)
        await stage.press("l")
        assert lit(stage) == {"lamp3": [0]}


async def test_differences_and_their_end() -> None:
    async with at_home(told_library(), (160, 45)) as stage:
        await stage.press("c", "]")
        assert lit(stage) == {"lamp1": [3], "lamp2": [3], "lamp3": []}
        await stage.press("]")
        assert lit(stage)["lamp1"] == [4]
        await stage.press("]")
        assert "No further difference in this story" in stage.hints
        assert lit(stage)["lamp1"] == [4]
        await stage.press("[", "[")
        assert "No earlier difference" in stage.hints
        assert lit(stage)["lamp1"] == [3]


async def test_differences_are_looked_for_from_what_is_in_sight() -> None:
    async with at_home(told_library(), (80, 18)) as stage:
        await stage.press("c", "G")
        assert (current(stage).first_in_sight() or 0) > 4
        await stage.press("]")
        assert "No further difference" in stage.hints
        await stage.press("[")
        assert lit(stage)["lamp1"] == [4]


async def test_where_nothing_differs_it_goes_to_what_is_only_here_and_says_so() -> None:
    async with at_home(told_library(), (160, 45)) as stage:
        await stage.press("c", "3", "]")
        assert lit(stage)["lamp3"] == [2]
        assert "No differences in this story" in stage.hints
        await stage.press("]", "]")
        assert lit(stage)["lamp3"] == [3]
        assert "No further unique passage in this story · 2 between the other stories" in stage.hints


async def test_the_way_to_a_difference_turns_the_marks_on() -> None:
    async with at_home(told_library(), WIDE) as stage:
        await stage.press("]")
        assert stage.home.state.comparison.on
        assert lit(stage)["lamp1"] == [3]


async def test_a_click_lights_a_passage_and_takes_the_keys_there() -> None:
    async with at_home(told_library(), WIDE) as stage:
        await stage.press("c")
        row = rows(stage, "”3 “We could not save the old")[0]
        await stage.pilot.click(offset=(90, row + 1))
        await stage.settle()
        assert stage.at == "lamp2"
        assert lit(stage) == {"lamp1": [3], "lamp2": [3]}
        await stage.press("j")
        assert current(stage).cursor == 4


# what is shown, and how


async def test_what_is_shown_goes_round() -> None:
    async with at_home(told_library(), WIDE) as stage:
        await stage.press("c", "x")
        assert "⋯ 1 passage shared by all" in stage.text
        assert current(stage).shown() == [1, 6, 7, 8, 9]
        assert current(stage).cursor == 1
        await stage.press("x")
        assert current(stage).shown() == [0, 2, 3, 4, 5]
        await stage.press("x")
        assert current(stage).shown() == [3, 4]
        assert "Different passages" in stage.hints
        await stage.press("j")
        assert current(stage).cursor == 4
        await stage.press("x")
        assert len(current(stage).shown()) == 10
        assert current(stage).cursor == 4


async def test_a_difference_that_is_not_shown_brings_all_back() -> None:
    async with at_home(told_library(), WIDE) as stage:
        await stage.press("c", "x", "]")
        assert current(stage).cursor == 3
        assert len(current(stage).shown()) == 10


async def test_level_columns_scroll_together_and_crossing_pairs_stay() -> None:
    async with at_home(told_library(), (120, 24)) as stage:
        await stage.press("c", "a")
        columns = stage.home.columns.columns
        for number in (1, 3, 4):
            starts = {
                at
                for column in columns
                for at, line in enumerate(column.lines)
                if line.edge and line.edge.row == 0 and line.edge.noted.number == number
            }
            assert len(starts) == 1
        await stage.press("space")
        assert columns[0].top == columns[1].top > 0
        await stage.press("k", "k", "j", "]")
        assert columns[0].top == columns[1].top
        await stage.press("a")
        assert len(stage.home.columns.columns[0].lines) < len(columns[0].lines)


async def test_level_takes_two_stories_in_sight() -> None:
    async with at_home(told_library(), (80, 24)) as stage:
        await stage.press("c", "a")
        assert "Alignment needs two visible stories" in stage.hints
        assert not stage.home.state.comparison.aligned


async def test_locked_columns_scroll_together() -> None:
    async with at_home(told_library(), (120, 20)) as stage:
        await stage.press("c", "equals_sign", "space")
        assert [column.top for column in stage.home.columns.columns] == [current(stage).top] * 2
        assert current(stage).top > 0


async def test_what_is_less_sure_is_marked_on_request() -> None:
    library = told_library()
    plain = library.comparison.compare

    def unsure(stories: Sequence[str]) -> Comparison:
        found = plain(stories)
        return replace(
            found, pairs=tuple(replace(pair, band="faint", score=0.7) if pair.left.index == 0 else pair for pair in found.pairs)
        )

    library.comparison.compare = unsure
    async with at_home(library, WIDE) as stage:
        await stage.press("c")
        sentence = stage.lines[0]
        assert "?" not in {noted.sign for noted in current(stage).noted}
        await stage.press("tilde")
        assert "▶?" in stage.text
        assert stage.lines[0] == sentence
        await stage.press("tilde")
        assert "▶?" not in stage.text


# with everything else


async def test_marks_go_along_to_the_next_thread_and_off_there() -> None:
    async with at_home(told_library(), WIDE) as stage:
        await stage.press("c", "J")
        assert stage.at == "mill1"
        assert "1 and 2 have the same text" in stage.lines[0]
        assert lit(stage) == {"mill1": [0], "mill2": [0]}
        await stage.press("c")
        assert "same text" not in stage.lines[0]
        assert not current(stage).noted


async def test_related_stories_have_numbers_where_they_match_and_count_for_nothing() -> None:
    echo = story(
        "echo", "Echo", ["On Tuesday night a fire damaged the old lighthouse at Gull Point.", "Frost came early to the orchards."]
    )
    library = told_library()
    library.by_id["echo"] = echo
    library.groups.append(("k9", "Echoes", ("echo",)))
    library.groups = [("k1", "Gull Point fire", ("lamp1", "lamp2")) if id_ == "k1" else (id_, n, m) for id_, n, m in library.groups]
    library.by_id = {id_: library.by_id[id_] for id_ in ("lamp1", "lamp2", "echo")}
    library.groups = [group for group in library.groups if group[0] in ("k1", "k9")]
    async with at_home(library, (160, 45)) as stage:
        await stage.press("c")
        assert stage.home.columns.columns[2].head.id == "echo"
        assert [(noted.sign, noted.number) for noted in stage.home.columns.columns[2].noted] == [("same", 1), ("", 0)]
        assert "2 passages shared by both" in stage.lines[0]
        assert "outlets" not in stage.lines[0]
        assert lit(stage)["echo"] == [0]


async def test_hits_are_marked_too_and_one_that_is_not_shown_brings_all_back() -> None:
    async with at_home(told_library(), WIDE) as stage:
        await stage.press("slash", *"panes", "enter")
        await stage.press("c", "x")
        assert "panes" not in "\n".join(line[26:] for line in stage.lines)
        await stage.press("n")
        assert "cracked" in stage.text
        assert stage.home.state.comparison.shown == "all"


async def test_an_earlier_wording_is_not_marked_and_the_present_one_is_again() -> None:

    library = told_library()
    before = replace(library.by_id["lamp1"], body=("It burned.", *library.by_id["lamp1"].body[2:]))
    library.changed["lamp1"] = (Version("2018-12-20T10:00:00Z", before),)
    async with at_home(library, WIDE) as stage:
        await stage.press("c", "V")
        assert "It burned." in stage.text
        assert not current(stage).noted
        await stage.press("j", "V")
        assert len(current(stage).noted) == 10


async def test_a_text_that_changed_is_compared_anew() -> None:
    async with at_home(told_library(), WIDE) as stage:
        await stage.press("c", "f")
        assert current(stage).story.body[-1] == "And this is the rest of it."
        assert [noted.passage.text for noted in current(stage).noted][-1] == "And this is the rest of it."


async def test_left_out_lines_are_shown_under_marks() -> None:
    async with at_home(told_library(), WIDE) as stage:
        await stage.press("J", "J", "J", "J", "J", "c", "v")
        assert stage.at == "ferry1"
        assert "×" in stage.text
        assert current(stage).noted


async def test_another_size_keeps_marks_and_place() -> None:
    async with at_home(told_library(), (80, 24)) as stage:
        await stage.press("c", "]")
        await stage.turn(160, 45)
        assert lit(stage) == {"lamp1": [3], "lamp2": [3], "lamp3": []}
        await stage.turn(60, 24)
        assert lit(stage) == {"lamp1": [3]}
        assert current(stage).in_sight(3)


async def test_in_full_the_passages_go_on() -> None:
    async with at_home(told_library(), WIDE) as stage:
        await stage.press("c", "z", "j")
        assert lit(stage) == {"lamp1": [1]}
        await stage.press("k", "l")
        assert lit(stage) == {"lamp2": [2]}
        await stage.press("z")
        assert lit(stage) == {"lamp1": [0], "lamp2": [2]}


async def test_of_many_stories_eight_are_compared_and_the_others_echo() -> None:
    more = [replace(told_library().by_id["lamp3"], id=f"more{number}") for number in range(7)]
    async with at_home(told_library(*more), (200, 50)) as stage:
        await stage.press("c")
        assert "8 of 10 compared · " in stage.lines[0]
        frozen = stage.home.state.comparison.stories
        await stage.press("8")
        assert stage.home.state.comparison.stories == frozen
        await stage.press("9")
        assert stage.home.state.comparison.stories != frozen
        assert stage.at in stage.home.state.comparison.stories


async def test_the_passage_is_copied_that_the_keys_are_at(monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    async with at_home(told_library(), WIDE) as stage:
        monkeypatch.setattr(stage.app, "copy_to_clipboard", copied.append)
        await stage.press("c", "]", "y", "q")
        assert copied[0].startswith("“We could not save the great lamp")


async def test_what_was_read_elsewhere_is_dimmed() -> None:
    async with at_home(told_library(), WIDE) as stage:
        await stage.press("c", "2")
        stage.home.tracker._known["lamp2"] = spans_of([current(stage).noted[1].passage])
        stage.home.story_display.show()
        await stage.settle()
        assert "·=5 Until a buoy" in stage.text
        await stage.press("c")
        assert "·   Until a buoy" in stage.text


async def test_stories_are_compared_once_the_reader_stays_in_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    library = told_library()
    asked: list[list[str]] = []
    plain = library.comparison.compare
    monkeypatch.setattr(library.comparison, "not_english", lambda _: ["lamp2"])

    def noting(stories: Sequence[str]) -> Comparison:
        asked.append(list(stories))
        return plain(stories)

    library.comparison.compare = noting
    async with at_home(library, WIDE) as stage:
        for _ in range(100):
            if asked:
                break
            await stage.pilot.pause(0.1)
        assert asked == [["lamp1", "lamp3"]]
    monkeypatch.setattr(library.comparison, "not_english", lambda _: ["lamp1", "lamp2"])
    preload(library, ["lamp1", "lamp2", "lamp3"])
    assert len(asked) == 1, "one story in English has nothing to be compared with"


# as it is painted


def painted(stage: AtHome) -> list[list[tuple[str, object]]]:
    """What stands in the columns, with its styles."""
    columns = stage.home.columns
    return [[(part.text, part.style) for part in line] for line in columns.render_lines(columns.size.region)]


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 24), (200, 20)])
@pytest.mark.parametrize("mode", ["", "=", "a", "z", "x x", "a ="])
async def test_what_is_painted_in_parts_is_what_is_painted_whole(mode: str, size: tuple[int, int]) -> None:
    async with at_home(told_library(), size) as stage:
        for keys in ("j j", "c", mode, "j j j j j k", "]", "] [", "l j j j", "d", "h G k", "g c", "j"):
            await stage.press(*keys.split())
            in_parts = painted(stage)
            stage.home.columns.redraw()
            assert in_parts == painted(stage), keys


async def test_a_step_paints_the_columns_that_change_and_no_other() -> None:
    async with at_home(told_library(), (160, 24)) as stage:
        columns = stage.home.columns
        await stage.press("c", "j", "j")
        again: list[Region] = []
        refresh = columns.refresh

        def noting(*regions: Region) -> None:
            again.extend(regions or [columns.size.region])
            refresh(*regions)

        columns.refresh = noting  # type: ignore[assignment]
        assert columns._sheet is not None
        slots, body = columns._sheet.slots, columns._sheet.bodies[0]
        before, steps = [column.top for column in columns.columns], 0
        while True:
            await stage.press("j")
            if current(stage).at_end:
                break  # read now, as its head says
            after = [column.top for column in columns.columns]
            scrolled = [slot.left for slot, then, now in zip(slots, before, after, strict=True) if then != now]
            assert {region.x for region in again if region.height > 1} == set(scrolled)
            assert {(region.x, region.width) for region in again} <= {(slot.left, slot.edge - slot.left + 1) for slot in slots}
            assert all(region.y >= body for region in again)
            before, steps = after, steps + bool(scrolled)
            again.clear()
        assert steps
