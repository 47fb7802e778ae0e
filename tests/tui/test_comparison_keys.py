"""The comparison on the screen: marks on and off, from passage to passage, level, what is shown; with everything else going on."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace
from textual.geometry import Region

from reader.library import Comparison
from reader.presentation.comparison_loader import preload
from reader.settings import Settings
from reader.tui.widgets.story_column import StoryColumn
from reader.tui.widgets.story_layout import spans_of
from tests.support.compared_library import LAMP, compared_library
from tests.support.example_library import ExampleLibrary, failing, held, stub
from tests.support.example_stories import ESTIMATE, fact, story, story_id
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


@pytest.mark.parametrize(("name", "keys"), [("marks", "c"), ("only", "c x"), ("full", "c z ]")])
async def test_as_it_looks(name: str, keys: str) -> None:
    async with at_home(compared_library(), SIZES[0]) as stage:
        await stage.press(*keys.split())
        stage.home.status_bar.hush()
        await stage.settle()
        for size in SIZES:
            await stage.turn(*size)
            compare(f"marked-{name}-{size[0]}x{size[1]}", stage.text)


@pytest.mark.parametrize("size", SIZES)
async def test_aligned_as_it_looks(size: tuple[int, int]) -> None:
    async with at_home(compared_library(), size) as stage:
        await stage.press("c", "a", "j", "j", "j")
        stage.home.status_bar.hush()
        await stage.settle()
        compare(f"marked-level-{size[0]}x{size[1]}", stage.text)


async def test_in_ascii() -> None:
    async with at_home(compared_library(), (160, 45), Settings(glyphs="ascii", refresh_minutes=0)) as stage:
        await stage.press("c", "]")
        compare("marked-ascii-160x45", stage.text)
        await stage.press("x")
        assert ". 4 passages" in stage.text
        rest = stage.text.translate(str.maketrans("", "", "“”’"))
        assert rest.isascii()


@pytest.mark.parametrize("keys", ["c j", "c x x x", "c z", "J c", "J J c", "escape c"])
async def test_no_line_is_wider_than_the_screen_and_nothing_is_cut_in_the_sentence(keys: str) -> None:
    async with at_home(compared_library(), (40, 12)) as stage:
        await stage.press(*keys.split())
        for size in [(40, 12), (80, 24), (100, 30), (200, 50)]:
            await stage.turn(*size)
            assert len(stage.lines) == size[1]
            strips = stage.app.screen._compositor.render_strips()
            assert all(sum(segment.cell_length for segment in strip) == size[0] for strip in strips)
            assert "…" not in stage.lines[0]


@pytest.mark.parametrize("theme", ["monochrome", "terminal 16", "night", "high contrast"])
async def test_what_is_lit_and_what_differs_is_set_apart_in_every_theme(theme: str) -> None:
    async with at_home(compared_library(), WIDE, Settings(theme=theme, glyphs="unicode", refresh_minutes=0)) as stage:
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
    async with at_home(compared_library(), WIDE) as stage:
        before = stage.text
        await stage.press("c")
        assert "▶=1 A fire damaged" in stage.text
        assert "shared by all" in stage.lines[0]
        assert {line.find("A fire damaged") for line in stage.lines} == {line.find("A fire damaged") for line in before.split("\n")}
        await stage.press("c")
        assert stage.text == before


@pytest.mark.parametrize("down", [4, 9, 14])
async def test_the_first_passage_in_sight_stays_on_its_row(down: int) -> None:
    async with at_home(compared_library(), (80, 24)) as stage:
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


async def test_keys_pressed_before_the_comparison_is_there_are_not_lost() -> None:
    library = compared_library()
    gate = held(library.comparison, "compare")
    async with at_home(library, WIDE) as stage:
        before = stage.text
        await stage.pilot.press("c", "]", "j")
        await stage.pilot.pause()
        assert stage.lines[:-1] == before.split("\n")[: len(stage.lines) - 1]
        gate.open()
        await stage.settle()
        assert lit(stage) == {"lampxxxa": [4], "lampxxxb": [4]}


async def test_marks_that_are_off_again_before_the_comparison_is_there_stay_off() -> None:
    library = compared_library()
    gate = held(library.comparison, "compare")
    async with at_home(library, WIDE) as stage:
        before = stage.text
        await stage.pilot.press("c", "c")
        gate.open()
        await stage.settle()
        assert stage.text == before


async def test_a_comparison_that_fails_is_told_and_the_reader_reads_on() -> None:
    library = compared_library()
    stub(library.comparison, compare=failing(OSError("the disk is gone")))
    async with at_home(library, WIDE) as stage:
        await stage.press("c", "j")
        assert "the disk is gone" in stage.hints
        assert not stage.home.state.comparison.on
        await stage.press("j")
        assert current(stage).cursor is None


async def test_one_story_alone() -> None:
    async with at_home(compared_library(), (80, 24)) as stage:
        await stage.press("escape", "G", "enter", "c")
        assert stage.at == "councila"
        assert "One story: nothing to compare yet." in stage.lines[0]
        await stage.press("j", "]", "x", "a")
        assert current(stage).cursor is None
        assert "One story" in stage.hints


async def test_in_other_languages_and_of_nothing_in_common() -> None:
    library = compared_library()
    stub(library.comparison, in_other_languages=lambda _: ["millxxxb"])
    async with at_home(library, WIDE) as stage:
        await stage.press(*["J"] * 4, "c")
        assert "Only stories in one language can be compared." in stage.lines[0]
        assert "c end comparison" in stage.hints
        await stage.press("K", "K", "K")
        assert "These stories share no passages." in stage.lines[0]
        assert not current(stage).noted


async def test_a_story_left_out_is_named_by_its_number() -> None:
    library = compared_library()
    stub(library.comparison, in_other_languages=lambda _: ["lampxxxc"])
    async with at_home(library, (200, 50)) as stage:
        await stage.press("c")
        assert "3 is in another language" in stage.lines[0]
        assert not stage.home.columns.columns[2].noted


# from passage to passage


async def test_the_cursor_goes_from_passage_to_passage_with_its_counterparts() -> None:
    async with at_home(compared_library(), (160, 45)) as stage:
        await stage.press("c")
        assert lit(stage) == {"lampxxxa": [0], "lampxxxb": [2], "lampxxxc": [0]}
        await stage.press("j")
        assert lit(stage) == {"lampxxxa": [1], "lampxxxb": [], "lampxxxc": []}
        await stage.press("j")
        assert lit(stage) == {"lampxxxa": [2], "lampxxxb": [], "lampxxxc": [1]}
        assert stage.lines[0].endswith("▶ shared by 2 of 3")
        await stage.press("k", "k", "k")
        assert lit(stage)["lampxxxa"] == [0]


async def test_the_page_and_the_other_columns_follow() -> None:
    async with at_home(compared_library(), (120, 20)) as stage:
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
    async with at_home(compared_library(), (160, 45)) as stage:
        await stage.press("c")
        for _ in range(5):
            await stage.press("j")
            assert [column.top for column in stage.home.columns.columns[1:]] == [0, 0]


async def test_beyond_the_last_passage_the_text_scrolls_and_the_story_is_read() -> None:
    async with at_home(compared_library(), (60, 17)) as stage:
        await stage.press("c", *["j"] * 40)
        assert current(stage).at_end
        assert "lampxxxa" in stage.library.read
        assert current(stage).cursor == 9


async def test_after_a_page_the_cursor_goes_on_from_what_is_in_sight() -> None:
    async with at_home(compared_library(), (80, 24)) as stage:
        await stage.press("c", "space", "j")
        column = current(stage)
        assert column.cursor == column.first_in_sight()
        assert column.cursor != 1


async def test_a_passage_longer_than_the_screen_is_read_through() -> None:
    library = compared_library()
    told = library.stories.get("lampxxxa")
    long = (
        told.body[0] + " " + "Long it burned, and longer they carried " + "buckets, ladders and blankets, " * 30 + "to the tower."
    )
    library.put(replace(told, body=(long, *told.body[1:])))
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
    async with at_home(compared_library(), (80, 24)) as stage:
        await stage.press("c", "j", "j", "j", "j", "j")
        assert lit(stage) == {"lampxxxa": [5]}
        await stage.press("l")
        assert lit(stage) == {"lampxxxb": [1]}
        assert current(stage).in_sight(1)
        await stage.press("l")
        assert lit(stage) == {"lampxxxc": [0]}


async def test_differences_and_their_end() -> None:
    async with at_home(compared_library(), (160, 45)) as stage:
        await stage.press("c", "]")
        assert lit(stage) == {"lampxxxa": [3], "lampxxxb": [3], "lampxxxc": []}
        await stage.press("]")
        assert lit(stage)["lampxxxa"] == [4]
        await stage.press("]")
        assert "No further difference in this story" in stage.hints
        assert lit(stage)["lampxxxa"] == [4]
        await stage.press("[", "[")
        assert "No earlier difference" in stage.hints
        assert lit(stage)["lampxxxa"] == [3]


async def test_differences_are_looked_for_from_what_is_in_sight() -> None:
    async with at_home(compared_library(), (80, 18)) as stage:
        await stage.press("c", "G")
        assert (current(stage).first_in_sight() or 0) > 4
        await stage.press("]")
        assert "No further difference" in stage.hints
        await stage.press("[")
        assert lit(stage)["lampxxxa"] == [4]


async def test_where_nothing_differs_it_goes_to_what_is_only_here_and_says_so() -> None:
    async with at_home(compared_library(), (160, 45)) as stage:
        await stage.press("c", "3", "]")
        assert lit(stage)["lampxxxc"] == [2]
        assert "No differences in this story" in stage.hints
        await stage.press("]", "]")
        assert lit(stage)["lampxxxc"] == [3]
        assert "No further unique passage in this story · 2 between the other stories" in stage.hints


async def test_the_way_to_a_difference_turns_the_marks_on() -> None:
    async with at_home(compared_library(), WIDE) as stage:
        await stage.press("]")
        assert stage.home.state.comparison.on
        assert lit(stage)["lampxxxa"] == [3]


async def test_a_click_lights_a_passage_and_takes_the_keys_there() -> None:
    async with at_home(compared_library(), WIDE) as stage:
        await stage.press("c")
        row = rows(stage, "”3 “We could not save the old")[0]
        await stage.pilot.click(offset=(90, row + 1))
        await stage.settle()
        assert stage.at == "lampxxxb"
        assert lit(stage) == {"lampxxxa": [3], "lampxxxb": [3]}
        await stage.press("j")
        assert current(stage).cursor == 4


# what is shown, and how


async def test_what_is_shown_goes_round() -> None:
    async with at_home(compared_library(), WIDE) as stage:
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
    async with at_home(compared_library(), WIDE) as stage:
        await stage.press("c", "x", "]")
        assert current(stage).cursor == 3
        assert len(current(stage).shown()) == 10


async def test_level_columns_scroll_together_and_crossing_pairs_stay() -> None:
    async with at_home(compared_library(), (120, 24)) as stage:
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
    async with at_home(compared_library(), (80, 24)) as stage:
        await stage.press("c", "a")
        assert "Alignment needs two visible stories" in stage.hints
        assert not stage.home.state.comparison.aligned


async def test_locked_columns_scroll_together() -> None:
    async with at_home(compared_library(), (120, 20)) as stage:
        await stage.press("c", "equals_sign", "space")
        assert [column.top for column in stage.home.columns.columns] == [current(stage).top] * 2
        assert current(stage).top > 0


async def test_what_is_less_sure_is_marked_on_request() -> None:
    library = compared_library()
    plain = library.comparison.compare

    def unsure(stories: Sequence[str]) -> Comparison:
        found = plain(stories)
        return replace(
            found, pairs=tuple(replace(pair, band="faint", score=0.7) if pair.left.index == 0 else pair for pair in found.pairs)
        )

    stub(library.comparison, compare=unsure)
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
    async with at_home(compared_library(), WIDE) as stage:
        await stage.press("c", *["J"] * 4)
        assert stage.at == "millxxxb"
        assert "1 and 2 have the same text" in stage.lines[0]
        assert lit(stage) == {"millxxxa": [0], "millxxxb": [0]}
        await stage.press("c")
        assert "same text" not in stage.lines[0]
        assert not current(stage).noted


@pytest.mark.usefixtures("loosely_related")
async def test_related_stories_have_numbers_where_they_match_and_count_for_nothing() -> None:
    echo = story(
        "echoxxxa",
        "Echo",
        ["On Tuesday night a fire damaged the old lighthouse at Gull Point.", "Frost came early to the orchards."],
    )
    library = ExampleLibrary(empty=True)
    library.put(*LAMP[:2], echo)
    library.place("k1", "Gull Point fire", [told.id for told in LAMP[:2]])
    library.place("k9", "Echoes", [echo.id], replace(ESTIMATE, time="2020-01-02"))
    async with at_home(library, (160, 45)) as stage:
        await stage.press("c")
        assert stage.home.columns.columns[2].head.id == "echoxxxa"
        assert [(noted.sign, noted.number) for noted in stage.home.columns.columns[2].noted] == [("same", 1), ("", 0)]
        assert "2 passages shared by both" in stage.lines[0]
        assert "outlets" not in stage.lines[0]
        assert lit(stage)["echoxxxa"] == [0]


async def test_hits_are_marked_too_and_one_that_is_not_shown_brings_all_back() -> None:
    async with at_home(compared_library(), WIDE) as stage:
        await stage.press("slash", *"panes", "enter")
        await stage.press("c", "x")
        assert "panes" not in "\n".join(line[26:] for line in stage.lines)
        await stage.press("n")
        assert "cracked" in stage.text
        assert stage.home.state.comparison.shown == "all"


async def test_an_earlier_wording_is_not_marked_and_the_present_one_is_again() -> None:
    library = compared_library()
    library.remove("lampxxxa")
    library.put(replace(LAMP[0], body=("It burned.", *LAMP[0].body[2:])), LAMP[0])
    library.place("k1", "Gull Point fire", [told.id for told in LAMP])
    async with at_home(library, WIDE) as stage:
        await stage.press("c", "V")
        assert "It burned." in stage.text
        assert not current(stage).noted
        await stage.press("j", "V")
        assert len(current(stage).noted) == 10


async def test_a_text_that_changed_is_compared_anew() -> None:
    async with at_home(compared_library(), WIDE) as stage:
        await stage.press("c", "f")
        assert current(stage).story.body[-1] == "And this is the rest of it."
        assert [noted.passage.text for noted in current(stage).noted][-1] == "And this is the rest of it."


async def test_left_out_lines_are_shown_under_marks() -> None:
    async with at_home(compared_library(), WIDE) as stage:
        await stage.press("J", "J", "J", "c", "v")
        assert stage.at == "ferryxxa"
        assert "×" in stage.text
        assert current(stage).noted


async def test_another_size_keeps_marks_and_place() -> None:
    async with at_home(compared_library(), (80, 24)) as stage:
        await stage.press("c", "]")
        await stage.turn(160, 45)
        assert lit(stage) == {"lampxxxa": [3], "lampxxxb": [3], "lampxxxc": []}
        await stage.turn(60, 24)
        assert lit(stage) == {"lampxxxa": [3]}
        assert current(stage).in_sight(3)


async def test_in_full_the_passages_go_on() -> None:
    async with at_home(compared_library(), WIDE) as stage:
        await stage.press("c", "z", "j")
        assert lit(stage) == {"lampxxxa": [1]}
        await stage.press("k", "l")
        assert lit(stage) == {"lampxxxb": [2]}
        await stage.press("z")
        assert lit(stage) == {"lampxxxa": [0], "lampxxxb": [2]}


async def test_of_many_stories_eight_are_compared_and_the_others_echo() -> None:
    ids = [story_id("more", number) for number in range(7)]
    more = [replace(LAMP[2], id=id, address=f"/{id}", outlet=fact(f"Paper {id}")) for id in ids]
    async with at_home(compared_library(*more), (200, 50)) as stage:
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
    async with at_home(compared_library(), WIDE) as stage:
        monkeypatch.setattr(stage.app, "copy_to_clipboard", copied.append)
        await stage.press("c", "]", "y", "q")
        assert copied[0].startswith("“We could not save the great lamp")


async def test_what_was_read_elsewhere_is_dimmed() -> None:
    async with at_home(compared_library(), WIDE) as stage:
        await stage.press("c", "2")
        stage.home.tracker._known["lampxxxb"] = spans_of([current(stage).noted[1].passage])
        stage.home.story_display.show()
        await stage.settle()
        assert "·=5 Until a buoy" in stage.text
        await stage.press("c")
        assert "·   Until a buoy" in stage.text


async def test_stories_are_compared_once_the_reader_stays_in_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    library = compared_library()
    asked: list[list[str]] = []
    plain = library.comparison.compare
    monkeypatch.setattr(library.comparison, "in_other_languages", lambda _: ["lampxxxb"])

    def noting(stories: Sequence[str]) -> Comparison:
        asked.append(list(stories))
        return plain(stories)

    stub(library.comparison, compare=noting)
    async with at_home(library, WIDE) as stage:
        for _ in range(100):
            if asked:
                break
            await stage.pilot.pause(0.1)
        assert asked == [["lampxxxa", "lampxxxc"]]
    monkeypatch.setattr(library.comparison, "in_other_languages", lambda _: ["lampxxxa", "lampxxxb"])
    preload(library, ["lampxxxa", "lampxxxb", "lampxxxc"])
    assert len(asked) == 1, "one story in English has nothing to be compared with"


# as it is painted


def painted(stage: AtHome) -> list[list[tuple[str, object]]]:
    """What stands in the columns, with its styles."""
    columns = stage.home.columns
    return [[(part.text, part.style) for part in line] for line in columns.render_lines(columns.size.region)]


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 24), (200, 20)])
@pytest.mark.parametrize("mode", ["", "=", "a", "z", "x x", "a ="])
async def test_what_is_painted_in_parts_is_what_is_painted_whole(mode: str, size: tuple[int, int]) -> None:
    async with at_home(compared_library(), size) as stage:
        for keys in ("j j", "c", mode, "j j j j j k", "]", "] [", "l j j j", "d", "h G k", "g c", "j"):
            await stage.press(*keys.split())
            in_parts = painted(stage)
            stage.home.columns.redraw()
            assert in_parts == painted(stage), keys


async def test_a_step_paints_the_columns_that_change_and_no_other() -> None:
    async with at_home(compared_library(), (160, 24)) as stage:
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
