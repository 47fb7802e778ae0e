"""The commands of the other screens; their methods are looked up from the screen of their context."""

from __future__ import annotations

from reader.tui.commands.command import ScreenCommand, command, section

OTHERS: tuple[ScreenCommand, ...] = (
    *section(
        "Brief",
        "brief",
        command("brief_down", "j down", "Next passage or event", "down, up", "action_brief_down", "passage"),
        command("brief_up", "k up", "Previous passage or event", "down, up", "action_brief_up", "passage"),
        command("brief_page", "space pagedown", "Page down", "page down, up", "action_brief_page", "page"),
        command("brief_page_back", "b pageup", "Page up", "page down, up", "action_brief_page_back", "page"),
        command("brief_first", "g home", "First passage or event", "first, last", "action_brief_first"),
        command("brief_last", "G end", "Last passage or event", "first, last", "action_brief_last"),
        command("brief_left", "h left shift+tab", "List on the left", "list left, right", "action_brief_left"),
        command("brief_right", "l right tab", "List on the right", "list left, right", "action_brief_right"),
        command(
            "nth_source",
            "1 2 3 4 5 6 7 8 9",
            "Open the source with this number at the passage",
            "open a source by number",
            "action_nth_source",
            "source",
            show="1 … 9",
        ),
        command("open_source", "enter", "Open the story of the passage or event", "open the story", "action_open_source", "open"),
        command("export_brief", "e", "Export the brief", "export", "action_export_brief", "export"),
        command("copy_passage", "y", "Copy the passage with its source", "copy the passage", "action_copy_passage", "copy"),
        command("brief_keys", "question_mark", "Show all keys", "all keys", "action_brief_keys", "keys"),
        command("leave_brief", "escape q B", "Back", "back", "action_leave_brief", "back"),
    ),
    *section(
        "Searching",
        "searching",
        command("result_down", "down", "Next result", "results", "action_result_down", "result"),
        command("result_up", "up", "Previous result", "results", "action_result_up", "result"),
        command("results_down", "pagedown", "Page down", "a page", "action_results_down", show="PgDn"),
        command("results_up", "pageup", "Page up", "a page", "action_results_up", show="PgUp"),
        command("open_result", "enter", "Open the story at the match", "open at the match", "action_open_result", "open at match"),
        command("counts", "tab", "Filter by counts, or accept the suggestion", "counts, or suggestion", "action_counts", "counts"),
        command("older_query", "ctrl+p", "Previous query of the history", "query history", "action_older_query"),
        command("newer_query", "ctrl+n", "Next query of the history", "query history", "action_newer_query"),
        command(
            "sort_results", "ctrl+o", "Sort by date or relevance", "newest or best first", "action_sort_results", "newest first"
        ),
        command("save_search", "ctrl+s", "Save this search above the threads", "save the search", "action_save_search", "save"),
        command("clear", "ctrl+u", "Clear the query", "clear the query", "action_clear", "clear"),
        command("leave_search", "escape", "Back", "back", "action_leave_search", "back"),
    ),
    *section(
        "Feeds",
        "feeds",
        command("feed_down", "j down", "Next feed", "down, up", "action_feed_down", "feed"),
        command("feed_up", "k up", "Previous feed", "down, up", "action_feed_up", "feed"),
        command("feeds_down", "pagedown space", "Page down", "a page", "action_feeds_down", show="PgDn"),
        command("feeds_up", "pageup b", "Page up", "a page", "action_feeds_up", show="PgUp"),
        command("first_feed", "g home", "First feed", "first, last", "action_first_feed"),
        command("last_feed", "G end", "Last feed", "first, last", "action_last_feed"),
        command("feed_stories", "enter", "Show the stories of the feed", "show its stories", "action_feed_stories", "stories"),
        command("ask_feed", "r", "Refresh this feed", "refresh it, all", "action_ask_feed", "refresh"),
        command("ask_all", "R", "Refresh all feeds", "refresh it, all", "action_ask_all", "all"),
        command("add_feed", "a", "Add a feed, page, feed list or folder", "add", "action_add_feed", "add"),
        command("edit_feed", "e", "Change name, tags, interval or full text", "change", "action_edit_feed", "change"),
        command("remove_feed", "d", "Unsubscribe; stories are kept", "unsubscribe", "action_remove_feed", "remove"),
        command("undo_removal", "u", "Undo the last removal", "undo a removal", "action_undo_removal", "undo"),
        command(
            "next_failure", "right_square_bracket", "Next failed feed", "next, previous failure", "action_next_failure", "failed"
        ),
        command(
            "previous_failure",
            "left_square_bracket",
            "Previous failed feed",
            "next, previous failure",
            "action_previous_failure",
            "failed",
        ),
        command("stop_asking", "X", "Cancel the running task", "cancel running task", "action_stop_asking", "cancel"),
        command("feed_keys", "question_mark", "Show all keys", "all keys", "action_feed_keys", "keys"),
        command("leave_feeds", "escape q", "Back", "back", "action_leave_feeds", "back"),
    ),
    *section(
        "Choosing",
        "choosing",
        command("choose_down", "down", "Next item", "choose", "action_choose_down", "choose"),
        command("choose_up", "up", "Previous item", "choose", "action_choose_up", "choose"),
        command("take", "enter", "Accept the selected item", "accept", "action_take", "accept"),
        command("leave_choice", "escape", "Cancel", "cancel", "action_leave_choice", "cancel"),
    ),
)
