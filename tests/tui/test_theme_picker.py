from __future__ import annotations

from pathlib import Path

import pytest

from reader.paths import shipped
from reader.presentation.text_layout import width
from reader.settings import Settings, load_settings
from reader.tui.screens.theme_picker import ThemePickerScreen
from reader.tui.theming.preview import theme_preview
from reader.tui.theming.roles import GROUNDS, ROLES
from reader.tui.theming.theme import Theme, named
from tests.support.stage import on_stage


def paper() -> Theme:
    return named("paper", [shipped("themes")])


def test_the_specimen_shows_every_role_and_the_grounds_of_rows() -> None:
    rows = theme_preview(paper(), 72)
    assert {role for line, _ in rows for _, role in line} == set(ROLES)
    assert {ground for _, ground in rows} == set(GROUNDS) - {"hit", "here"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("paper", "lowest contrast: text 4.6, marks 4.7"),
        ("night", "lowest contrast: text 4.7, marks 5.6"),
        ("monochrome", "lowest contrast: set by the terminal"),
    ],
)
def test_the_preview_shows_the_lowest_contrast(name: str, said: str) -> None:
    line, _ = theme_preview(named(name, [shipped("themes")]), 72)[-1]
    assert line == [(said, "muted")]


def test_the_specimen_fits_any_width_and_tells_what_is_wrong() -> None:
    rows = theme_preview(paper(), 20, ["themes/mine.yaml, line 4: “#12345” is not a color; theme skipped"])
    assert all(width(line) <= 20 for line, _ in rows)
    assert "is not a color" in " ".join("".join(text for text, _ in line) for line, _ in rows)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40), (200, 50)])
async def test_it_fits_every_screen(size: tuple[int, int]) -> None:
    async with on_stage(ThemePickerScreen(), size=size) as stage:
        assert "Theme" in stage.lines[0]
        assert stage.lines[2].startswith("▌ paper")
        assert "Coast" in stage.lines[2]
        assert all(len(line) <= size[0] for line in stage.lines)


async def test_a_theme_is_worn_as_the_cursor_moves_and_taken_off_with_escape() -> None:
    async with on_stage(ThemePickerScreen()) as stage:
        assert stage.app.look.name == "paper"
        await stage.press("j")
        assert stage.app.look.name == "solarized light"
        assert "lowest contrast: text 4.6, marks 4.8" in stage.text
        await stage.press("down", "k", "escape")
        assert stage.app.look.name == "paper"
        assert load_settings(stage.app.places.settings) == Settings()
        assert stage.results == [None]


async def test_enter_keeps_a_theme() -> None:
    async with on_stage(ThemePickerScreen(), settings=Settings(theme="night")) as stage:
        assert any(line.startswith("▌ night") for line in stage.lines)
        await stage.press("k", "enter")
        assert stage.app.look.name == "high contrast"
        assert load_settings(stage.app.places.settings).theme == "high contrast"
        assert stage.results == [None]


async def test_a_theme_that_cannot_be_kept_is_said() -> None:
    async with on_stage(ThemePickerScreen()) as stage:
        stage.app.places.settings.mkdir()
        await stage.press("j", "enter")
        assert stage.results == []
        assert "Theme not saved" in stage.lines[-1]


async def test_the_readers_own_themes_stand_in_the_list_and_bad_files_are_said() -> None:
    async with on_stage(ThemePickerScreen(), size=(120, 40)) as stage:
        own: Path = stage.app.places.themes
        own.mkdir()
        text = (shipped("themes") / "paper.yaml").read_text(encoding="utf-8")
        (own / "sea-green.yaml").write_text(text, encoding="utf-8")
        (own / "bad.yaml").write_text(text.replace("#14120f", "#12345"), encoding="utf-8")
        stage.app.push_screen(ThemePickerScreen())
        await stage.settle()
        assert any("sea green" in line for line in stage.lines)
        assert any("themes/bad.yaml, line 11: “#12345” is not a color" in line for line in stage.lines)


async def test_a_double_click_keeps_a_theme() -> None:
    async with on_stage(ThemePickerScreen()) as stage:
        await stage.pilot.double_click(offset=(5, 4))
        await stage.settle()
        assert stage.app.look.name == "color blind"
        assert stage.results == [None]
