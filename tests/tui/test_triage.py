"""Many stories marked by keys, on a real library: each choice is one change, undone and redone by one key."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from reader.library import Library
from reader.models import Place, Thread
from tests.support.feed_stories import COAST, NOTES, SEA, group, subscribe
from tests.support.flags import set_flag
from tests.support.main_screen import AtHome, at_home


def fill(library: Library) -> dict[str, str]:
    """Three feeds, two of them in the folder Water, grouped in three threads; the ids of the stories by name."""
    ids = dict(zip("abc", subscribe(library, SEA, "a", "b", "c", tags=("Water",)), strict=True))
    ids |= dict(zip("de", subscribe(library, COAST, "d", "e", tags=("Water", "Daily")), strict=True))
    ids |= dict(zip("f", subscribe(library, NOTES, "f"), strict=True))
    group(library, [ids["a"], ids["d"]], [ids["b"], ids["c"]], [ids["e"]], [ids["f"]])
    return ids


@asynccontextmanager
async def reading(library: Library, story: str, size: tuple[int, int] = (120, 30)) -> AsyncIterator[AtHome]:
    """The reader with a story open, its columns in focus."""
    async with at_home(library, size) as stage:
        stage.home.browser.open_story(story)
        stage.home.panes.focus("columns")
        await stage.settle()
        assert stage.at == story
        yield stage


def unread(library: Library, ids: dict[str, str]) -> str:
    """The names of the unread stories."""
    found = set(library.places.rows(Place(kind="unread")).ids())
    return "".join(name for name, id in ids.items() if id in found)


@pytest.mark.parametrize(
    ("story", "keys", "left"),
    [
        ("a", "A s", "bcdef"),
        ("a", "A t", "bcef"),
        ("a", "A f", "def"),
        ("a", "A d", "f"),
        ("e", "A d 1", "f"),
        ("e", "A d 2", "abcf"),
        ("f", "A d", "abcde"),
        ("a", "A a", ""),
        ("a", "A o 9 0 enter", ""),
        ("a", "A o 9 9 9 9 9 enter", "abcdef"),
        ("a", "A slash d enter", "abcef"),
        ("a", "A escape", "abcdef"),
        ("a", "A x", "abcdef"),
        ("e", "A d escape", "abcdef"),
        ("e", "A d 3", "abcdef"),
        ("a", "A o escape", "abcdef"),
        ("a", "A o - 1 enter", "abcdef"),
        ("a", "A slash i s : o d d enter", "abcdef"),
    ],
)
async def test_a_choice_is_one_change_and_one_key_undoes_it(library: Library, story: str, keys: str, left: str) -> None:
    ids = fill(library)
    async with reading(library, ids[story]) as stage:
        await stage.press(*keys.split())
        assert unread(library, ids) == left
        count = len(ids) - len(left)
        if count:
            assert f"{count} stor{'y' if count == 1 else 'ies'} marked read" in stage.hints
            assert stage.hints.endswith("u undoes it")
            assert f"{len(left)} unread" in stage.lines[0]
            await stage.press("u")
            assert unread(library, ids) == "abcdef"
            assert "6 unread" in stage.lines[0]
            await stage.press("ctrl+y")
            assert unread(library, ids) == left
            await stage.press("u")
        await stage.press("u")
        assert stage.hints == "Nothing to undo"


async def test_a_folder_is_marked_read_and_undone_in_three_keys(library: Library) -> None:
    ids = fill(library)
    async with reading(library, ids["a"]) as stage:
        await stage.press("A", "d")
        assert unread(library, ids) == "f"
        assert stage.hints == "5 stories marked read in Water · u undoes it"
        await stage.press("u")
        assert unread(library, ids) == "abcdef"


async def test_more_stories_than_are_shown_one_by_one(library: Library) -> None:
    ids = subscribe(library, SEA, *(f"n{number}" for number in range(28)), tags=("Water",))
    ids += subscribe(library, COAST, *(f"m{number}" for number in range(28)), tags=("Water",))
    group(library, ids[:5], *([id] for id in ids[5:]))
    async with reading(library, ids[0]) as stage:
        journal = stage.home.journal
        many: list[int] = []
        journal.many_changed.connect(lambda: many.append(1))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("reader.tui.controllers.journal.FEW", 10)
            await stage.press("A", "d")
            assert many
            assert "0 unread" in stage.lines[0]
            assert stage.home.state.reading is not None
            assert all(head.read for head in stage.home.state.reading.heads[:5])
            assert "unread" not in "".join(stage.lines[1:-1])
            await stage.press("u")
            assert "56 unread" in stage.lines[0]
            assert not any(head.read for head in stage.home.state.reading.heads[:5])


async def test_unread_has_the_same_choices(library: Library) -> None:
    ids = fill(library)
    set_flag(library, "read", list(ids.values()), True)
    async with reading(library, ids["a"]) as stage:
        await stage.press("A", "u")
        assert "unread…" not in stage.hints
        await stage.press("f")
        assert unread(library, ids) == "abc"
        assert "3 stories marked unread in Sea" in stage.hints
        await stage.press("u")
        assert unread(library, ids) == ""
        await stage.press("A", "u", "u")
        assert unread(library, ids) == ""


async def test_marks_are_undone_in_order_among_other_changes(library: Library) -> None:
    ids = fill(library)
    async with reading(library, ids["a"]) as stage:
        await stage.press("s", "C", "p", "A", "f")
        await stage.press("m")
        await stage.press("u")
        assert "1 story marked unread" in stage.hints
        await stage.press("u")
        assert unread(library, ids) == "abcdef"
        assert not library.corrections.log()[-1].undone
        await stage.press("u")
        assert library.corrections.log()[-1].undone
        await stage.press("u")
        assert library.places.rows(Place(kind="starred")).ids() == []
        await stage.press("ctrl+y", "ctrl+y", "ctrl+y")
        assert library.places.rows(Place(kind="starred")).ids() == [ids["a"]]
        assert unread(library, ids) == "adef"
        await stage.press("ctrl+y")
        assert stage.hints == "Nothing to redo"


async def test_undo_and_redo_reach_back_before_a_restart(library: Library) -> None:
    ids = fill(library)
    async with reading(library, ids["a"]) as stage:
        await stage.press("A", "f", "s", "u")
    again = Library.open(library.folder)
    async with reading(again, ids["d"]) as stage:
        await stage.press("ctrl+y")
        assert "1 story starred" in stage.hints
        await stage.press("u", "u")
        assert "3 stories marked read" in stage.hints
        assert unread(again, ids) == "abcdef"
    again.close()


async def test_in_the_list_the_thread_under_the_cursor_is_marked(library: Library) -> None:
    ids = fill(library)
    async with reading(library, ids["a"]) as stage:
        await stage.press("escape", "A", "t")
        thread = stage.home.list_pane.row
        assert isinstance(thread, Thread)
        assert thread.unread == 0
        assert set(thread.stories) == set(ids.values()) - set(library.places.rows(Place(kind="unread")).ids())
        assert len(thread.stories) < len(ids)


async def test_a_story_of_no_feed_has_no_feed_to_mark(library: Library, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("A note about the pier\n\n" + "The pier of the town was painted by its keeper. " * 5)
    (story,) = library.importer.add([str(tmp_path / "note.txt")]).added
    async with reading(library, story) as stage:
        await stage.press("A", "f")
        assert stage.hints == "This story is in no feed"
        await stage.press("A", "d")
        assert library.stories.unread() == 1


async def test_the_palette_marks_too(library: Library) -> None:
    ids = fill(library)
    async with reading(library, ids["a"]) as stage:
        await stage.press("colon")
        await stage.type("mark the folder")
        await stage.press("enter")
        assert unread(library, ids) == "f"


@pytest.mark.parametrize("width", [80, 120])
async def test_every_choice_is_in_sight(library: Library, width: int) -> None:
    ids = fill(library)
    async with reading(library, ids["a"], (width, 24)) as stage:
        await stage.press("A")
        assert stage.hints.endswith("u unread…")
        assert stage.hints.startswith("Mark read")
