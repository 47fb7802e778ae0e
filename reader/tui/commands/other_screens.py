"""The commands that hold elsewhere: in the brief, after C, while searching, among the feeds, and in a list to choose from."""

from __future__ import annotations

from reader.tui.commands.command import ScreenCommand

ELSEWHERE: tuple[ScreenCommand, ...] = (
    ScreenCommand("brief_down", ("j", "down"), "Brief", "The next passage, or event", "down, up", "passage", where="brief"),
    ScreenCommand("brief_up", ("k", "up"), "Brief", "The passage before, or event", "down, up", "passage", where="brief"),
    ScreenCommand("brief_page", ("space", "pagedown"), "Brief", "A page on", "page on, back", "page", where="brief"),
    ScreenCommand("brief_page_back", ("b", "pageup"), "Brief", "A page back", "page on, back", "page", where="brief"),
    ScreenCommand("brief_first", ("g", "home"), "Brief", "The first passage, or event", "first, last", where="brief"),
    ScreenCommand("brief_last", ("G", "end"), "Brief", "The last passage, or event", "first, last", where="brief"),
    ScreenCommand("brief_left", ("h", "left", "shift+tab"), "Brief", "To the list at the left", "list left, right", where="brief"),
    ScreenCommand("brief_right", ("l", "right", "tab"), "Brief", "To the list at the right", "list left, right", where="brief"),
    ScreenCommand(
        "nth_source",
        tuple("123456789"),
        "Brief",
        "Open the source with this digit at the passage",
        "open its source there",
        "source",
        show="1 … 9",
        where="brief",
    ),
    ScreenCommand(
        "open_source", ("enter",), "Brief", "Open the story quoted, or the event's", "open the story", "open", where="brief"
    ),
    ScreenCommand("export_brief", ("e",), "Brief", "Export the brief: Markdown, HTML or JSON", "export", "export", where="brief"),
    ScreenCommand(
        "copy_passage", ("y",), "Brief", "Copy the passage with outlet and link", "copy the passage", "copy", where="brief"
    ),
    ScreenCommand("brief_keys", ("question_mark",), "Brief", "These keys", "these keys", "keys", where="brief"),
    ScreenCommand("leave_brief", ("escape", "q", "B"), "Brief", "Back to the stories", "back", "back", where="brief"),
    ScreenCommand("rename_thread", ("r",), "After C", "Rename the thread", "rename it", where="correcting"),
    ScreenCommand(
        "pin_thread", ("p",), "After C", "Pin the thread before all others, or no longer", "pin it, or not", where="correcting"
    ),
    ScreenCommand(
        "follow_thread",
        ("f",),
        "After C",
        "Follow the thread: its news is told; or no longer",
        "follow it, or not",
        where="correcting",
    ),
    ScreenCommand(
        "mute_thread",
        ("m",),
        "After C",
        "Mute the thread: last, and never next unread; or no longer",
        "mute it, or not",
        where="correcting",
    ),
    ScreenCommand("merge_thread", ("w",), "After C", "Merge the thread with another one", "merge with another", where="correcting"),
    ScreenCommand("split_thread", ("s",), "After C", "Split stories off the thread", "split stories off", where="correcting"),
    ScreenCommand(
        "move_story",
        ("e",),
        "After C",
        "Move the story to the thread where it belongs",
        "it belongs elsewhere",
        where="correcting",
    ),
    ScreenCommand(
        "part_story",
        ("d",),
        "After C",
        "Say that the story and another are not the same",
        "two are not the same",
        where="correcting",
    ),
    ScreenCommand(
        "corrections", ("a",), "After C", "All corrections of threads, the newest first", "all corrections", where="correcting"
    ),
    ScreenCommand("result_down", ("down",), "Searching", "The next result", "result", "result", where="searching"),
    ScreenCommand("result_up", ("up",), "Searching", "The result before", "result", "result", where="searching"),
    ScreenCommand(
        "results_down", ("pagedown",), "Searching", "A page of results on", "a page of results", show="PgDn", where="searching"
    ),
    ScreenCommand(
        "results_up", ("pageup",), "Searching", "A page of results back", "a page of results", show="PgUp", where="searching"
    ),
    ScreenCommand(
        "open_result", ("enter",), "Searching", "Open the story at the hit", "open at the hit", "open at the hit", where="searching"
    ),
    ScreenCommand(
        "counts",
        ("tab",),
        "Searching",
        "To the counts that narrow the search, or take what is suggested",
        "counts, or the suggestion",
        "counts",
        where="searching",
    ),
    ScreenCommand(
        "older_query",
        ("ctrl+p",),
        "Searching",
        "The query asked before this one, and ctrl+n the one after it",
        "earlier, later query",
        where="searching",
    ),
    ScreenCommand(
        "newer_query", ("ctrl+n",), "Searching", "The query asked after this one", "earlier, later query", where="searching"
    ),
    ScreenCommand(
        "sort_results",
        ("ctrl+o",),
        "Searching",
        "The newest stories first, or the best",
        "newest first, or best",
        "newest first",
        where="searching",
    ),
    ScreenCommand(
        "save_search",
        ("ctrl+s",),
        "Searching",
        "Save the search under a name: it then stands above the threads",
        "save the search",
        "save",
        where="searching",
    ),
    ScreenCommand("clear", ("ctrl+u",), "Searching", "Clear the query", "clear the query", "clear", where="searching"),
    ScreenCommand("leave_search", ("escape",), "Searching", "Back to where you were", "back", "back", where="searching"),
    ScreenCommand("feed_down", ("j", "down"), "Feeds", "The next feed", "down, up", "feed", where="feeds"),
    ScreenCommand("feed_up", ("k", "up"), "Feeds", "The feed before", "down, up", "feed", where="feeds"),
    ScreenCommand("feeds_down", ("pagedown", "space"), "Feeds", "A page of feeds on", "a page", show="PgDn", where="feeds"),
    ScreenCommand("feeds_up", ("pageup", "b"), "Feeds", "A page of feeds back", "a page", show="PgUp", where="feeds"),
    ScreenCommand("first_feed", ("g", "home"), "Feeds", "The first feed", "first, last", where="feeds"),
    ScreenCommand("last_feed", ("G", "end"), "Feeds", "The last feed", "first, last", where="feeds"),
    ScreenCommand("feed_stories", ("enter",), "Feeds", "The stories of the feed", "its stories", "its stories", where="feeds"),
    ScreenCommand("ask_feed", ("r",), "Feeds", "Ask this feed what is new", "ask it, all", "ask it", where="feeds"),
    ScreenCommand("ask_all", ("R",), "Feeds", "Ask all feeds what is new", "ask it, all", "all", where="feeds"),
    ScreenCommand("add_feed", ("a",), "Feeds", "Add a feed, a page, a list of feeds or a folder", "add", "add", where="feeds"),
    ScreenCommand("edit_feed", ("e",), "Feeds", "Change its name, tags, interval or full text", "change", "change", where="feeds"),
    ScreenCommand("remove_feed", ("d",), "Feeds", "Remove the feed; its stories stay", "remove", "remove", where="feeds"),
    ScreenCommand("undo_removal", ("u",), "Feeds", "Take the last removal back", "undo a removal", "undo", where="feeds"),
    ScreenCommand(
        "next_failure",
        ("right_square_bracket",),
        "Feeds",
        "The next feed that failed",
        "next, previous failure",
        "failed",
        where="feeds",
    ),
    ScreenCommand(
        "previous_failure",
        ("left_square_bracket",),
        "Feeds",
        "The failed feed before",
        "next, previous failure",
        "failed",
        where="feeds",
    ),
    ScreenCommand("stop_asking", ("X",), "Feeds", "Stop asking or adding", "stop asking", "stop", where="feeds"),
    ScreenCommand("feed_keys", ("question_mark",), "Feeds", "These keys", "these keys", "keys", where="feeds"),
    ScreenCommand("leave_feeds", ("escape", "q"), "Feeds", "Back to the stories", "back", "back", where="feeds"),
    ScreenCommand("choose_down", ("down",), "Choosing", "The next in the list", "choose", "choose", where="choosing"),
    ScreenCommand("choose_up", ("up",), "Choosing", "The one before in the list", "choose", "choose", where="choosing"),
    ScreenCommand("take", ("enter",), "Choosing", "Take the chosen one", "take it", "take it", where="choosing"),
    ScreenCommand("leave_choice", ("escape",), "Choosing", "Back, as before", "back", "back", where="choosing"),
)
