"""The keymaps that ship with the program: what each changes in the command table, by context and key."""

from __future__ import annotations

from collections.abc import Mapping

from reader.tui.commands.command import Context

Keymap = Mapping[Context, Mapping[str, str]]
"""For each context, Textual's names of keys with the id of their command."""

DEFAULT_KEYMAP = "vim"

KEYMAPS: Mapping[str, Keymap] = {
    "vim": {},
    "newsboat": {
        "reading": {
            "r": "refresh",
            "N": "toggle_read",
            "p": "previous_mark",
            "A": "mark_feed",
            "C": "mark_listed",
            "l": "toggle_read_rows",
            "G": "order",
            "t": "places",
            "F": "filter_list",
            "E": "feeds",
            "u": "follow_link",
            "s": "save_story",
            "ctrl+e": "toggle_star",
            "ctrl+k": "correct",
            "ctrl+t": "timeline",
            "backspace": "undo",
            "M": "mark",
            "ctrl+a": "all_stories",
        },
        "feeds": {"E": "edit_feed"},
    },
    "emacs": {
        "reading": {
            "ctrl+n": "down",
            "ctrl+p": "up",
            "ctrl+v": "page",
            "ctrl+f": "next_story",
            "ctrl+b": "previous_story",
            "ctrl+a": "first",
            "ctrl+e": "last",
            "ctrl+s": "search",
            "ctrl+g": "back",
            "ctrl+underscore": "undo",
            "ctrl+o": "next_pane",
        },
        "brief": {
            "ctrl+n": "brief_down",
            "ctrl+p": "brief_up",
            "ctrl+v": "brief_page",
            "ctrl+f": "brief_right",
            "ctrl+b": "brief_left",
            "ctrl+a": "brief_first",
            "ctrl+e": "brief_last",
            "ctrl+g": "leave_brief",
        },
        "feeds": {
            "ctrl+n": "feed_down",
            "ctrl+p": "feed_up",
            "ctrl+v": "feeds_down",
            "ctrl+a": "first_feed",
            "ctrl+e": "last_feed",
            "ctrl+g": "leave_feeds",
        },
        "choosing": {"ctrl+n": "choose_down", "ctrl+p": "choose_up", "ctrl+g": "leave_choice"},
        "searching": {"ctrl+g": "leave_search"},
    },
}
