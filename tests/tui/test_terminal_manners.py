"""What the terminal does besides keys: the border between the panes is dragged, and addresses are pasted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.events import Paste

from reader.settings import load_settings
from reader.tui.controllers.pane_layout import NARROWEST_COLUMNS, NARROWEST_LIST
from tests.support.main_screen import AtHome, at_home

PASTED = "https://one.example/feed\r\nhttps://two.example/feed\nhttp://three.example/\n"


def added(stage: AtHome, monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """The sources of each job that adds; none is fetched."""
    calls: list[Sequence[str]] = []
    monkeypatch.setattr(stage.home.jobs, "add", calls.append)
    return calls


@pytest.mark.parametrize(("to", "width"), [(44, 44), (3, NARROWEST_LIST), (118, 120 - NARROWEST_COLUMNS)])
async def test_the_border_follows_the_mouse_and_its_place_is_saved(to: int, width: int) -> None:
    async with at_home(size=(120, 30)) as stage:
        await stage.press("escape")
        rule = stage.home.rule
        assert rule.display
        await stage.pilot.mouse_down(rule, offset=(0, 5))
        await stage.pilot.hover(stage.home, offset=(to, 8))
        await stage.pilot.mouse_up(stage.home, offset=(to, 8))
        await stage.settle()
        assert stage.home.list_view.size.width == width
        assert load_settings(stage.app.places.settings).list_width == width
        await stage.pilot.hover(stage.home, offset=(60, 8))
        assert stage.home.list_view.size.width == width


async def test_pasted_addresses_are_all_added_once_confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_home() as stage:
        calls = added(stage, monkeypatch)
        stage.app.post_message(Paste(PASTED))
        await stage.settle()
        assert "Add 3 pasted addresses?" in stage.hints
        await stage.press("enter")
        assert calls == [["https://one.example/feed", "https://two.example/feed", "http://three.example/"]]


async def test_pasted_text_does_nothing_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_home() as stage:
        calls = added(stage, monkeypatch)
        stage.app.post_message(Paste(PASTED))
        await stage.settle()
        await stage.press("escape")
        stage.app.post_message(Paste("q\nd\nhello"))
        await stage.settle()
        assert "No address in the pasted text" in stage.hints
        assert calls == []
