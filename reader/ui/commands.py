"""The one table of commands: bindings, hints, the key screen, the palette and README's key table are all read from it.

A command's id is the name of its action (`action_<id>` on the screen that carries it out). Nothing here knows Textual.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Where = Literal["reading", "brief", "correcting", "searching", "choosing", "feeds"]
"""What the reader is doing.

Reading stories, or the brief of a thread, saying what a thread should be, typing a query, choosing from a list (themes, keys,
commands), or looking at feeds.
"""

Hint = tuple[str, str]
"""A key as shown, and the word for what it does."""


@dataclass(frozen=True, slots=True)
class Command:
    """One act.

    `keys` are Textual's names, the shown one first. `help` is the palette's line, `row` the words in the key table (neighbours with
    the same words share a row: "j k  down, up"), `footer` the word in the hints (neighbours with the same word share a hint).
    `show` are the keys as printed, where they differ from the names.
    """

    id: str
    keys: tuple[str, ...]
    group: str
    help: str
    row: str
    footer: str = ""
    show: str = ""
    where: Where = "reading"

    @property
    def label(self) -> str:
        """The key as shown."""
        return self.show or NAMED.get(self.keys[0], self.keys[0])


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the key table: the keys as shown, what they do, and the commands behind them."""

    keys: str
    words: str
    commands: tuple[Command, ...]


NAMED = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "down": "↓",
    "up": "↑",
    "slash": "/",
    "backslash": "\\",
    "colon": ":",
    "question_mark": "?",
    "equals_sign": "=",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "tilde": "~",
}
"""Textual's names of keys that are shown otherwise."""

COMMANDS: tuple[Command, ...] = (
    Command("down", ("j", "down"), "Move", "One line down, or the next thread in the list", "down, up", "down, up"),
    Command("up", ("k", "up"), "Move", "One line up, or the thread before in the list", "down, up", "down, up"),
    Command(
        "page",
        ("space",),
        "Move",
        "A page on; at the end the story is read and the next unread one opens",
        "page on, back",
        "page",
    ),
    Command("page_back", ("b",), "Move", "A page back", "page on, back", "page"),
    Command("screen_down", ("pagedown",), "Move", "A page on, and no further than the end", "a page", show="PgDn"),
    Command("screen_up", ("pageup",), "Move", "A page back", "a page", show="PgUp"),
    Command("half_down", ("ctrl+d",), "Move", "Half a page down", "half a page"),
    Command("half_up", ("ctrl+u",), "Move", "Half a page up", "half a page"),
    Command("first", ("g", "home"), "Move", "To the first line, or the first thread", "first, last"),
    Command("last", ("G", "end"), "Move", "To the last line, or the last thread", "first, last"),
    Command(
        "previous_story",
        ("h", "left"),
        "Move",
        "The story before, in this thread or related to it",
        "previous, next story",
        "story",
    ),
    Command(
        "next_story", ("l", "right"), "Move", "The next story, in this thread or related to it", "previous, next story", "story"
    ),
    Command("nth_story", tuple("123456789"), "Move", "The nth story in sight", "the nth story", show="1 … 9"),
    Command("next_thread", ("J",), "Move", "The next thread", "next, previous thread", "thread"),
    Command("previous_thread", ("K",), "Move", "The thread before", "next, previous thread", "thread"),
    Command(
        "next_mark",
        ("n",),
        "Move",
        "The next unread story, or while a search is on its next hit",
        "next unread, or next hit",
        "unread",
    ),
    Command("previous_mark", ("N",), "Move", "The unread story before, or the hit before", "next unread, or next hit", "unread"),
    Command("next_pane", ("tab", "shift+tab"), "Move", "From the threads to the stories and back", "next pane", "threads"),
    Command("open", ("enter",), "Move", "Open the thread at its first unread story", "open", "read"),
    Command("back", ("escape",), "Move", "One level out, back to where you were", "one level out", "back"),
    Command("leave", ("q",), "Move", "One level out; from the outermost, quit", "one level out", "out"),
    Command("quit", ("Q", "ctrl+q"), "Move", "Quit", "quit", "quit"),
    Command("search", ("slash",), "Find", "Search as you type", "search as you type", "search"),
    Command("palette", ("colon", "ctrl+p"), "Find", "Every act by its name", "every act by its name", "commands", show=": ctrl+p"),
    Command(
        "change_search",
        ("S",),
        "Find",
        "The saved searches: rename, change or remove the one you are on, be told of new stories",
        "rename, remove a saved search",
    ),
    Command(
        "compare",
        ("c",),
        "Compare",
        "Mark what others tell too, what one tells alone, and what differs",
        "comparison marks",
        "compare",
    ),
    Command(
        "show_marked",
        ("x",),
        "Compare",
        "All passages, only here, told by all, or differing",
        "all, only here, told by all",
        "show…",
    ),
    Command(
        "next_difference",
        ("right_square_bracket",),
        "Compare",
        "The next quotation or figure that differs",
        "next, previous difference",
        "next",
    ),
    Command(
        "previous_difference",
        ("left_square_bracket",),
        "Compare",
        "The difference before",
        "next, previous difference",
        "previous",
    ),
    Command("level", ("a",), "Compare", "Set the same passages at one height", "same passages level", "level"),
    Command("faint", ("tilde",), "Compare", "Mark also what may be the same, with ?", "what may be the same", "less sure"),
    Command("lock", ("equals_sign",), "Compare", "Scroll the columns together, or each alone", "scroll columns together", "lock"),
    Command("full", ("z",), "Compare", "One story, full; again: columns", "one story, full width", "columns"),
    Command("timeline", ("t",), "Compare", "The thread's events, day by day", "the thread, day by day", "timeline"),
    Command("brief", ("B",), "Compare", "The thread's brief: what most outlets tell, word for word", "the thread's brief", "brief"),
    Command("why", ("w",), "Compare", "Why these stories are together", "why these stories", "why"),
    Command("removed", ("v",), "Compare", "Show the lines left out of the story, or hide them", "lines left out", "left out"),
    Command("wording", ("V",), "Compare", "The story as it read before, or as it reads now", "earlier wording", "wording"),
    Command("toggle_read", ("m",), "Keep", "Mark the story read, or unread", "read, unread", "read"),
    Command("toggle_star", ("s",), "Keep", "Star the story, or take the star away", "star", "star"),
    Command("correct", ("C",), "Keep", "Say what the thread should be, or where the story belongs", "correct threads", "correct"),
    Command("undo", ("u",), "Keep", "Take back the last mark, or the last word on threads", "undo the last mark or word", "undo"),
    Command("forget_read", ("ctrl+x",), "Keep", "Forget which passages were read, of the thread or of all", "forget passages read"),
    Command("weave_anew", ("ctrl+r",), "Keep", "Sort all stories into threads anew", "sort all into threads anew"),
    Command("browser", ("o",), "In and out", "Open the story's address in the browser", "open in the browser", "browser"),
    Command(
        "copy", ("y",), "In and out", "Copy the link, the story or the passage you are at", "copy link, story or passage", "copy"
    ),
    Command(
        "export_comparison",
        ("e",),
        "In and out",
        "Export the stories side by side: Markdown, HTML or JSON",
        "export the comparison",
        "export",
    ),
    Command("refresh", ("R",), "In and out", "Ask all feeds what is new", "refresh all feeds", "refresh"),
    Command("feeds", ("F",), "In and out", "The feeds: how they are, add, change, remove", "feeds", "feeds"),
    Command("stop_work", ("X",), "In and out", "Stop what goes on: adding, refreshing", "stop what goes on", "stop"),
    Command("full_text", ("f",), "In and out", "Fetch the full text of the story", "full text of the story", "full text"),
    Command("theme", ("T",), "Look", "Choose a theme", "theme", "theme"),
    Command("fold", ("backslash",), "Look", "Hide the list of threads, or show it", "hide or show the threads", "threads"),
    Command("keys", ("question_mark",), "Look", "These keys", "these keys", "keys"),
    Command("brief_down", ("j", "down"), "Brief", "The next passage, or event", "down, up", "passage", where="brief"),
    Command("brief_up", ("k", "up"), "Brief", "The passage before, or event", "down, up", "passage", where="brief"),
    Command("brief_page", ("space", "pagedown"), "Brief", "A page on", "page on, back", "page", where="brief"),
    Command("brief_page_back", ("b", "pageup"), "Brief", "A page back", "page on, back", "page", where="brief"),
    Command("brief_first", ("g", "home"), "Brief", "The first passage, or event", "first, last", where="brief"),
    Command("brief_last", ("G", "end"), "Brief", "The last passage, or event", "first, last", where="brief"),
    Command("brief_left", ("h", "left", "shift+tab"), "Brief", "To the list at the left", "list left, right", where="brief"),
    Command("brief_right", ("l", "right", "tab"), "Brief", "To the list at the right", "list left, right", where="brief"),
    Command(
        "nth_source",
        tuple("123456789"),
        "Brief",
        "Open the source with this digit at the passage",
        "open its source there",
        "source",
        show="1 … 9",
        where="brief",
    ),
    Command("open_source", ("enter",), "Brief", "Open the story quoted, or the event's", "open the story", "open", where="brief"),
    Command("export_brief", ("e",), "Brief", "Export the brief: Markdown, HTML or JSON", "export", "export", where="brief"),
    Command("copy_passage", ("y",), "Brief", "Copy the passage with outlet and link", "copy the passage", "copy", where="brief"),
    Command("brief_keys", ("question_mark",), "Brief", "These keys", "these keys", "keys", where="brief"),
    Command("leave_brief", ("escape", "q", "B"), "Brief", "Back to the stories", "back", "back", where="brief"),
    Command("rename_thread", ("r",), "After C", "Rename the thread", "rename it", where="correcting"),
    Command(
        "pin_thread", ("p",), "After C", "Pin the thread before all others, or no longer", "pin it, or not", where="correcting"
    ),
    Command(
        "follow_thread",
        ("f",),
        "After C",
        "Follow the thread: its news is told; or no longer",
        "follow it, or not",
        where="correcting",
    ),
    Command(
        "mute_thread",
        ("m",),
        "After C",
        "Mute the thread: last, and never next unread; or no longer",
        "mute it, or not",
        where="correcting",
    ),
    Command("merge_thread", ("w",), "After C", "Merge the thread with another one", "merge with another", where="correcting"),
    Command("split_thread", ("s",), "After C", "Split stories off the thread", "split stories off", where="correcting"),
    Command(
        "move_story",
        ("e",),
        "After C",
        "Move the story to the thread where it belongs",
        "it belongs elsewhere",
        where="correcting",
    ),
    Command(
        "part_story",
        ("d",),
        "After C",
        "Say that the story and another are not the same",
        "two are not the same",
        where="correcting",
    ),
    Command(
        "corrections", ("a",), "After C", "All corrections of threads, the newest first", "all corrections", where="correcting"
    ),
    Command("result_down", ("down",), "Searching", "The next result", "result", "result", where="searching"),
    Command("result_up", ("up",), "Searching", "The result before", "result", "result", where="searching"),
    Command(
        "results_down", ("pagedown",), "Searching", "A page of results on", "a page of results", show="PgDn", where="searching"
    ),
    Command("results_up", ("pageup",), "Searching", "A page of results back", "a page of results", show="PgUp", where="searching"),
    Command(
        "open_result", ("enter",), "Searching", "Open the story at the hit", "open at the hit", "open at the hit", where="searching"
    ),
    Command(
        "counts",
        ("tab",),
        "Searching",
        "To the counts that narrow the search, or take what is suggested",
        "counts, or the suggestion",
        "counts",
        where="searching",
    ),
    Command(
        "older_query",
        ("ctrl+p",),
        "Searching",
        "The query asked before this one, and ctrl+n the one after it",
        "earlier, later query",
        where="searching",
    ),
    Command("newer_query", ("ctrl+n",), "Searching", "The query asked after this one", "earlier, later query", where="searching"),
    Command(
        "sort_results",
        ("ctrl+o",),
        "Searching",
        "The newest stories first, or the best",
        "newest first, or best",
        "newest first",
        where="searching",
    ),
    Command(
        "save_search",
        ("ctrl+s",),
        "Searching",
        "Save the search under a name: it then stands above the threads",
        "save the search",
        "save",
        where="searching",
    ),
    Command("clear", ("ctrl+u",), "Searching", "Clear the query", "clear the query", "clear", where="searching"),
    Command("leave_search", ("escape",), "Searching", "Back to where you were", "back", "back", where="searching"),
    Command("feed_down", ("j", "down"), "Feeds", "The next feed", "down, up", "feed", where="feeds"),
    Command("feed_up", ("k", "up"), "Feeds", "The feed before", "down, up", "feed", where="feeds"),
    Command("feeds_down", ("pagedown", "space"), "Feeds", "A page of feeds on", "a page", show="PgDn", where="feeds"),
    Command("feeds_up", ("pageup", "b"), "Feeds", "A page of feeds back", "a page", show="PgUp", where="feeds"),
    Command("first_feed", ("g", "home"), "Feeds", "The first feed", "first, last", where="feeds"),
    Command("last_feed", ("G", "end"), "Feeds", "The last feed", "first, last", where="feeds"),
    Command("feed_stories", ("enter",), "Feeds", "The stories of the feed", "its stories", "its stories", where="feeds"),
    Command("ask_feed", ("r",), "Feeds", "Ask this feed what is new", "ask it, all", "ask it", where="feeds"),
    Command("ask_all", ("R",), "Feeds", "Ask all feeds what is new", "ask it, all", "all", where="feeds"),
    Command("add_feed", ("a",), "Feeds", "Add a feed, a page, a list of feeds or a folder", "add", "add", where="feeds"),
    Command("edit_feed", ("e",), "Feeds", "Change its name, tags, interval or full text", "change", "change", where="feeds"),
    Command("remove_feed", ("d",), "Feeds", "Remove the feed; its stories stay", "remove", "remove", where="feeds"),
    Command("undo_removal", ("u",), "Feeds", "Take the last removal back", "undo a removal", "undo", where="feeds"),
    Command(
        "next_failure",
        ("right_square_bracket",),
        "Feeds",
        "The next feed that failed",
        "next, previous failure",
        "failed",
        where="feeds",
    ),
    Command(
        "previous_failure",
        ("left_square_bracket",),
        "Feeds",
        "The failed feed before",
        "next, previous failure",
        "failed",
        where="feeds",
    ),
    Command("stop_asking", ("X",), "Feeds", "Stop asking or adding", "stop asking", "stop", where="feeds"),
    Command("feed_keys", ("question_mark",), "Feeds", "These keys", "these keys", "keys", where="feeds"),
    Command("leave_feeds", ("escape", "q"), "Feeds", "Back to the stories", "back", "back", where="feeds"),
    Command("choose_down", ("down",), "Choosing", "The next in the list", "choose", "choose", where="choosing"),
    Command("choose_up", ("up",), "Choosing", "The one before in the list", "choose", "choose", where="choosing"),
    Command("take", ("enter",), "Choosing", "Take the chosen one", "take it", "take it", where="choosing"),
    Command("leave_choice", ("escape",), "Choosing", "Back, as before", "back", "back", where="choosing"),
)

BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}


def commands(where: Where = "reading") -> list[Command]:
    """The commands that hold while doing this, in the table's order."""
    return [command for command in COMMANDS if command.where == where]


def rows(table: Iterable[Command] = COMMANDS) -> list[tuple[str, list[Row]]]:
    """The key table: each group's name with its rows, in order; neighbours with the same words become one row ("ctrl+d u")."""
    groups: dict[str, list[Row]] = {}
    for command in table:
        group = groups.setdefault(command.group, [])
        if group and group[-1].words == command.row:
            last = group.pop()
            again = command.label.removeprefix("ctrl+") if last.keys.startswith("ctrl+") else command.label
            group.append(Row(f"{last.keys} {again}", last.words, (*last.commands, command)))
        else:
            group.append(Row(command.label, command.row, (command,)))
    return list(groups.items())


def hints(ids: Sequence[str], words: dict[str, str] | None = None) -> list[Hint]:
    """Hints for commands by id: neighbours with the same word share one ("h l", "story"); `words` says a word otherwise by id."""
    shown: list[Hint] = []
    for id_ in ids:
        command = BY_ID[id_]
        word = (words or {}).get(id_, command.footer)
        if shown and shown[-1][1] == word:
            shown[-1] = (f"{shown[-1][0]} {command.label}", word)
        else:
            shown.append((command.label, word))
    return shown


def clashes(table: Iterable[Command] = COMMANDS) -> list[str]:
    """What is wrong with a table: ids given twice, and keys that mean two acts in one place. Empty when all is well."""
    problems: list[str] = []
    ids: set[str] = set()
    taken: dict[tuple[str, str], str] = {}
    for command in table:
        if command.id in ids:
            problems.append(f"the command “{command.id}” is given twice")
        ids.add(command.id)
        for key in command.keys:
            other = taken.setdefault((command.where, key), command.id)
            if other != command.id:
                problems.append(f"“{key}” means both {other} and {command.id} while {command.where}")
    return problems
