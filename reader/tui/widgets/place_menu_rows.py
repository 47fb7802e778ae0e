"""Rows of the list of places: the front page and the like, folders with their feeds, saved searches."""

from __future__ import annotations

from collections.abc import Sequence

from reader.models import Place
from reader.presentation import formatting
from reader.presentation.text_layout import Line, cells, cut, spread
from reader.tui.commands.registry import BY_ID
from reader.tui.widgets.virtual_list import WIDEST, Rows

KEYS = {"front": "front_page", "all": "all_stories", "unread": "unread_stories", "starred": "starred_stories"}
"""The commands that open places directly, by the kind of place."""
SEARCH_SIGN = "/"


class PlaceMenuRows(Rows):
    """Places in one line each with what is unread; feeds are indented below their folders."""

    margin = 1

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = places

    def __len__(self) -> int:
        return len(self.places)

    def lines(self, index: int, width: int, chosen: bool, focused: bool) -> list[Line]:
        """Return a place, with a blank line above a folder and above the first search."""
        place, room = self.places[index], min(width, WIDEST)
        right: Line = [(f"{place.unread:,} ●", "unread"), (" ", "ink")] if place.unread else [("   ", "ink")]
        role = "chosen" if chosen and focused else "name" if place.unread else "muted" if place.kind == "feed" else "ink"
        before = {"feed": "    ", "search": f" {SEARCH_SIGN} "}.get(place.kind, " ")
        key = BY_ID[KEYS[place.kind]].label if place.kind in KEYS else ""
        name = cut(formatting.place_name(place), room - sum(cells(text) for text, _ in right) - cells(before) - 6)
        left: Line = [(before, "accent"), (name, role), *([(f"  {key}", "key")] if key else [])]
        line = spread(left, right, room)
        first_search = place.kind == "search" and self.places[index - 1].kind != "search"
        return [[], line] if place.kind == "folder" or first_search else [line]
