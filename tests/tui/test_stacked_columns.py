"""Short stories stacked in the columns, on a real library."""

from __future__ import annotations

import pytest

from reader.library import Library
from reader.models import FullTextReport, JobProgress, SourceFailure
from reader.tui.controllers.job_runner import IsCanceled, Watch
from reader.tui.widgets.column_layout import stack
from tests.support.feed_stories import COAST, NOTES, SEA, group, subscribe
from tests.support.main_screen import AtHome, at_home
from tests.support.stories import story


def short(library: Library, count: int) -> list[str]:
    """A thread of short stories, the oldest first; their ids."""
    per = -(-count // 3)
    names = [f"n{number}" for number in range(count)]
    ids = [id for at, feed in enumerate((SEA, COAST, NOTES)) for id in subscribe(library, feed, *names[at * per : (at + 1) * per])]
    group(library, ids)
    return [head.id for head in library.threads.headers("t0")]


def visible(stage: AtHome) -> list[str]:
    return [column.head.id for column in stage.home.columns.columns]


def right(stage: AtHome) -> list[str]:
    """The lines of the columns."""
    return [line[stage.home.columns.region.x :] for line in stage.lines]


async def reading(stage: AtHome, story: str) -> None:
    stage.home.browser.open_story(story)
    stage.home.panes.focus("columns")
    await stage.settle()


@pytest.mark.parametrize(
    ("heights", "placed"),
    [
        ([5, 5], [(0, 0), (1, 0)]),
        ([5, 3, 4], [(0, 0), (1, 0), (1, 5)]),
        ([5, 3, 4, 3], [(0, 0), (1, 0), (1, 5), (0, 7)]),
        ([12, 3], None),
        ([5, 5, 5], None),
        ([], []),
    ],
)
def test_each_story_stands_below_the_column_that_ends_highest(heights: list[int], placed: list[tuple[int, int]] | None) -> None:
    assert stack(heights, 2, 10 if placed else 9) == placed


@pytest.mark.parametrize(("size", "least"), [((200, 50), 9), ((120, 40), 6), ((80, 24), 2)])
async def test_columns_hold_as_many_short_stories_as_fit(library: Library, size: tuple[int, int], least: int) -> None:
    ids = short(library, 12)
    async with at_home(library, size) as stage:
        await reading(stage, ids[0])
        assert visible(stage) == ids[: len(visible(stage))]
        assert len(visible(stage)) >= least
        text = stage.text
        for id in visible(stage):
            assert library.stories.header(id).title in text
            assert library.stories.get(id).body[0] in text


async def test_keys_go_story_by_story_and_the_current_one_is_marked(library: Library) -> None:
    ids = short(library, 12)
    async with at_home(library, (200, 50)) as stage:
        await reading(stage, ids[0])
        page = visible(stage)
        for number, id in enumerate(ids):
            assert stage.at == id
            assert id in visible(stage)
            if number < len(page):
                assert visible(stage) == page
            marked = [line for line in right(stage) if "▌" in line]
            assert any(library.stories.header(id).title in line[line.index("▌") :] for line in marked)
            await stage.press("l")
        for id in reversed(ids[:-1]):
            await stage.press("h")
            assert stage.at == id


async def test_reading_and_marking_go_on_as_in_one_column_each(library: Library) -> None:
    ids = short(library, 12)
    async with at_home(library, (200, 50)) as stage:
        await reading(stage, ids[0])
        await stage.press("space")
        assert library.stories.header(ids[0]).read
        assert stage.at == ids[1]
        await stage.press("m", "s")
        assert library.stories.header(ids[1]).read
        assert library.stories.header(ids[1]).starred
        await stage.press("z")
        assert visible(stage) == [ids[1]]
        await stage.press("z")
        assert len(visible(stage)) >= 9


async def test_a_click_goes_to_the_story_below_the_pointer(library: Library) -> None:
    ids = short(library, 12)
    async with at_home(library, (200, 50)) as stage:
        await reading(stage, ids[0])
        for id in visible(stage)[1:6]:
            title = library.stories.header(id).title
            row = next(at for at, line in enumerate(right(stage)) if title in line)
            await stage.pilot.click(offset=(stage.home.columns.region.x + right(stage)[row].index(title), row))
            await stage.settle()
            assert stage.at == id


async def test_long_stories_have_a_column_each(library: Library) -> None:
    ids = []
    for number in range(5):
        body = [f"Paragraph {at} of number {number}. {'The pier was closed for repairs. ' * 9}" for at in range(9)]
        ids.append(library._store.stories.put(story(f"/{number}", f"Long {number}", body, published=f"2020-01-0{number + 1}"))[0])
    group(library, ids)
    async with at_home(library, (200, 50)) as stage:
        await reading(stage, ids[0])
        assert visible(stage) == ids[:3]
        await stage.press("l", "l", "l")
        assert visible(stage) == ids[1:4]


async def test_excerpts_are_named_with_the_key_that_fetches_their_pages(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = short(library, 9)
    asked: list[str] = []

    def full_texts(stories: list[str], *, watch: Watch, cancelled: IsCanceled) -> FullTextReport:
        watch(JobProgress("pages", 3, len(stories)))
        asked.extend(stories)
        page = story("/page", "The page", [f"Paragraph {at} of the page. {'The pier was closed. ' * 20}" for at in range(5)])
        library._store.feed_items.set_full_text(stories[0], page)
        return FullTextReport((stories[0],), 7, (SourceFailure("https://sea.com/n8", "refused access (403)"),))

    monkeypatch.setattr(library.jobs, "full_texts", full_texts)
    async with at_home(library, (200, 50)) as stage:
        await reading(stage, ids[0])
        assert right(stage)[2].rstrip("│ ").endswith("3 outlets · excerpts · P fetches the pages")
        await stage.press("c")
        assert "Excerpts only · P fetches the pages" in stage.lines[0]
        await stage.press("escape")
        assert "Excerpts only" not in stage.lines[0]
        await stage.press("enter")
        await stage.press("c", "P")
        assert asked == ids
        assert stage.hints.startswith("Full text of 1 story fetched · 7 pages without more text · https://sea.com/n8 failed")
        assert "Paragraph 0 of the page." in stage.text
        assert "some are excerpts" in right(stage)[2]
        assert visible(stage) == ids
        title = library.stories.header(ids[0]).title
        assert sum("Paragraph" in line or "The pier was closed." in line for line in right(stage)) < 30
        await stage.press("j")
        assert any(title in line for line in right(stage)), "its head stays while its text scrolls"
        assert stage.home.columns.columns[0].top == 1


async def test_stories_that_are_no_excerpts_are_not_called_so(library: Library) -> None:
    ids = [
        library._store.stories.put(story(f"/{number}", f"Note {number}", [f"The pier is open on day {number}."]))[0]
        for number in range(9)
    ]
    group(library, ids)
    async with at_home(library, (200, 50)) as stage:
        await reading(stage, ids[0])
        assert "9 stories" in right(stage)[2]
        assert "excerpts" not in stage.text
        await stage.press("c")
        assert "Too short to compare" in stage.lines[0]
        await stage.press("c", "P")
        assert stage.hints == "These stories have no links"


@pytest.mark.parametrize(("size", "own"), [((200, 50), 3), ((120, 40), 2)])
async def test_few_excerpts_stand_side_by_side_below_the_heading(library: Library, size: tuple[int, int], own: int) -> None:
    ids = short(library, own)
    async with at_home(library, size) as stage:
        await reading(stage, ids[0])
        assert visible(stage) == ids
        assert "excerpts · P fetches" in right(stage)[2]
        assert all(f" {number} " in right(stage)[4] for number in range(1, own + 1))
