"""The commands that hold while stories are read."""

from __future__ import annotations

from reader.tui.commands.command import ScreenCommand

READING: tuple[ScreenCommand, ...] = (
    ScreenCommand("down", ("j", "down"), "Move", "One line down, or the next thread in the list", "down, up", "down, up"),
    ScreenCommand("up", ("k", "up"), "Move", "One line up, or the thread before in the list", "down, up", "down, up"),
    ScreenCommand(
        "page",
        ("space",),
        "Move",
        "A page on; at the end the story is read and the next unread one opens",
        "page on, back",
        "page",
    ),
    ScreenCommand("page_back", ("b",), "Move", "A page back", "page on, back", "page"),
    ScreenCommand("screen_down", ("pagedown",), "Move", "A page on, and no further than the end", "a page", show="PgDn"),
    ScreenCommand("screen_up", ("pageup",), "Move", "A page back", "a page", show="PgUp"),
    ScreenCommand("half_down", ("ctrl+d",), "Move", "Half a page down", "half a page"),
    ScreenCommand("half_up", ("ctrl+u",), "Move", "Half a page up", "half a page"),
    ScreenCommand("first", ("g", "home"), "Move", "To the first line, or the first thread", "first, last"),
    ScreenCommand("last", ("G", "end"), "Move", "To the last line, or the last thread", "first, last"),
    ScreenCommand(
        "previous_story",
        ("h", "left"),
        "Move",
        "The story before, in this thread or related to it",
        "previous, next story",
        "story",
    ),
    ScreenCommand(
        "next_story", ("l", "right"), "Move", "The next story, in this thread or related to it", "previous, next story", "story"
    ),
    ScreenCommand("nth_story", tuple("123456789"), "Move", "The nth story in sight", "the nth story", show="1 … 9"),
    ScreenCommand("next_thread", ("J",), "Move", "The next thread", "next, previous thread", "thread"),
    ScreenCommand("previous_thread", ("K",), "Move", "The thread before", "next, previous thread", "thread"),
    ScreenCommand(
        "next_mark",
        ("n",),
        "Move",
        "The next unread story, or while a search is on its next hit",
        "next unread, or next hit",
        "unread",
    ),
    ScreenCommand(
        "previous_mark", ("N",), "Move", "The unread story before, or the hit before", "next unread, or next hit", "unread"
    ),
    ScreenCommand("next_pane", ("tab", "shift+tab"), "Move", "From the threads to the stories and back", "next pane", "threads"),
    ScreenCommand("open", ("enter",), "Move", "Open the thread at its first unread story", "open", "read"),
    ScreenCommand("back", ("escape",), "Move", "One level out, back to where you were", "one level out", "back"),
    ScreenCommand("leave", ("q",), "Move", "One level out; from the outermost, quit", "one level out", "out"),
    ScreenCommand("quit", ("Q", "ctrl+q"), "Move", "Quit", "quit", "quit"),
    ScreenCommand("search", ("slash",), "Find", "Search as you type", "search as you type", "search"),
    ScreenCommand(
        "palette", ("colon", "ctrl+p"), "Find", "Every act by its name", "every act by its name", "commands", show=": ctrl+p"
    ),
    ScreenCommand(
        "change_search",
        ("S",),
        "Find",
        "The saved searches: rename, change or remove the one you are on, be told of new stories",
        "rename, remove a saved search",
    ),
    ScreenCommand(
        "compare",
        ("c",),
        "Compare",
        "Mark what others tell too, what one tells alone, and what differs",
        "comparison marks",
        "compare",
    ),
    ScreenCommand(
        "show_marked",
        ("x",),
        "Compare",
        "All passages, only here, told by all, or differing",
        "all, only here, told by all",
        "show…",
    ),
    ScreenCommand(
        "next_difference",
        ("right_square_bracket",),
        "Compare",
        "The next quotation or figure that differs",
        "next, previous difference",
        "next",
    ),
    ScreenCommand(
        "previous_difference",
        ("left_square_bracket",),
        "Compare",
        "The difference before",
        "next, previous difference",
        "previous",
    ),
    ScreenCommand("level", ("a",), "Compare", "Set the same passages at one height", "same passages level", "level"),
    ScreenCommand("faint", ("tilde",), "Compare", "Mark also what may be the same, with ?", "what may be the same", "less sure"),
    ScreenCommand(
        "lock", ("equals_sign",), "Compare", "Scroll the columns together, or each alone", "scroll columns together", "lock"
    ),
    ScreenCommand("full", ("z",), "Compare", "One story, full; again: columns", "one story, full width", "columns"),
    ScreenCommand("timeline", ("t",), "Compare", "The thread's events, day by day", "the thread, day by day", "timeline"),
    ScreenCommand(
        "brief", ("B",), "Compare", "The thread's brief: what most outlets tell, word for word", "the thread's brief", "brief"
    ),
    ScreenCommand("why", ("w",), "Compare", "Why these stories are together", "why these stories", "why"),
    ScreenCommand("removed", ("v",), "Compare", "Show the lines left out of the story, or hide them", "lines left out", "left out"),
    ScreenCommand("wording", ("V",), "Compare", "The story as it read before, or as it reads now", "earlier wording", "wording"),
    ScreenCommand("toggle_read", ("m",), "Keep", "Mark the story read, or unread", "read, unread", "read"),
    ScreenCommand("toggle_star", ("s",), "Keep", "Star the story, or take the star away", "star", "star"),
    ScreenCommand(
        "correct", ("C",), "Keep", "Say what the thread should be, or where the story belongs", "correct threads", "correct"
    ),
    ScreenCommand(
        "undo", ("u",), "Keep", "Take back the last mark, or the last word on threads", "undo the last mark or word", "undo"
    ),
    ScreenCommand(
        "forget_read", ("ctrl+x",), "Keep", "Forget which passages were read, of the thread or of all", "forget passages read"
    ),
    ScreenCommand("weave_anew", ("ctrl+r",), "Keep", "Sort all stories into threads anew", "sort all into threads anew"),
    ScreenCommand("browser", ("o",), "In and out", "Open the story's address in the browser", "open in the browser", "browser"),
    ScreenCommand(
        "copy", ("y",), "In and out", "Copy the link, the story or the passage you are at", "copy link, story or passage", "copy"
    ),
    ScreenCommand(
        "export_comparison",
        ("e",),
        "In and out",
        "Export the stories side by side: Markdown, HTML or JSON",
        "export the comparison",
        "export",
    ),
    ScreenCommand("refresh", ("R",), "In and out", "Ask all feeds what is new", "refresh all feeds", "refresh"),
    ScreenCommand("feeds", ("F",), "In and out", "The feeds: how they are, add, change, remove", "feeds", "feeds"),
    ScreenCommand("stop_work", ("X",), "In and out", "Stop what goes on: adding, refreshing", "stop what goes on", "stop"),
    ScreenCommand("full_text", ("f",), "In and out", "Fetch the full text of the story", "full text of the story", "full text"),
    ScreenCommand("theme", ("T",), "Look", "Choose a theme", "theme", "theme"),
    ScreenCommand("fold", ("backslash",), "Look", "Hide the list of threads, or show it", "hide or show the threads", "threads"),
    ScreenCommand("keys", ("question_mark",), "Look", "These keys", "these keys", "keys"),
)
