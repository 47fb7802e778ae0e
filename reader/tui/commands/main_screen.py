"""The commands of the main screen. Their methods are looked up from `MainScreen`."""

from __future__ import annotations

from reader.tui.commands.command import ScreenCommand, command, section

READING: tuple[ScreenCommand, ...] = (
    *section(
        "Move",
        "reading",
        command("down", "j down", "Scroll down a line, or next row in the list", "down, up", "navigation.down", "down, up"),
        command("up", "k up", "Scroll up a line, or previous row in the list", "down, up", "navigation.up", "down, up"),
        command(
            "page", "space", "Page down; at the end mark read, open the next unread", "page down, up", "navigation.page", "page"
        ),
        command("page_back", "b", "Page up", "page down, up", "navigation.page_up", "page"),
        command("screen_down", "pagedown", "Page down within the story", "a page", "navigation.page_down", show="PgDn"),
        command("screen_up", "pageup", "Page up within the story", "a page", "navigation.page_up", show="PgUp"),
        command("half_down", "ctrl+d", "Half a page down", "half a page", "navigation.half_page_down"),
        command("half_up", "ctrl+u", "Half a page up", "half a page", "navigation.half_page_up"),
        command("first", "g home", "First line or row", "first, last", "navigation.first"),
        command("last", "G end", "Last line or row", "first, last", "navigation.last"),
        command("previous_story", "h left", "Previous story", "previous, next story", "navigation.previous_story", "story"),
        command("next_story", "l right", "Next story, then related ones", "previous, next story", "navigation.next_story", "story"),
        command("nth_story", "1 2 3 4 5 6 7 8 9", "Story by its number", "story by number", "navigation.nth_story", show="1 … 9"),
        command("next_thread", "J", "Next row of the list", "next, previous row of the list", "navigation.next_thread", "row"),
        command(
            "previous_thread",
            "K",
            "Previous row of the list",
            "next, previous row of the list",
            "navigation.previous_thread",
            "row",
        ),
        command("next_mark", "n", "Next unread story, or next match", "next unread or match", "navigation.next_mark", "unread"),
        command(
            "previous_mark", "N", "Previous unread story or match", "next unread or match", "navigation.previous_mark", "unread"
        ),
        command("next_pane", "tab shift+tab", "Switch between list and stories", "next pane", "panes.next_pane", "list"),
        command("open", "enter", "Open the row of the list, or the story at full width", "open", "navigation.open", "read"),
        command("back", "escape", "Back", "back", "back", "back"),
        command("leave", "q", "Back; at the top level, quit", "back or quit", "back_or_quit", "back"),
        command("quit", "Q ctrl+q", "Quit", "quit", "quit", "quit"),
        command(
            "suspend",
            "ctrl+z",
            "Suspend, on any screen; fg in the shell returns",
            "suspend",
            "app.action_suspend_process",
            "suspend",
        ),
    ),
    *section(
        "List",
        "reading",
        command("places", "p", "List all places: folders, feeds, saved searches", "places", "list_pane.choose_place", "places"),
        command("front_page", "H", "Front page", "front page", "list_pane.front", "front page"),
        command("all_stories", "E", "All stories, newest first", "all stories", "list_pane.all_stories", "all"),
        command("unread_stories", "U", "Unread stories", "unread stories", "list_pane.unread", "unread"),
        command("starred_stories", "asterisk", "Starred stories", "starred stories", "list_pane.starred", "starred"),
        command(
            "filter_list", "L", "Filter the list by words of title and outlet", "filter the list", "list_pane.filter", "filter"
        ),
        command("toggle_read_rows", "r", "Hide or show what is read", "hide, show read rows", "list_pane.toggle_read", "hide read"),
        command("order", "O", "Order the front page by weight or newest first", "order", "list_pane.toggle_order", "order"),
        command("density", "d", "Rows of one line, two lines, or more room", "row height", "list_pane.next_density", "density"),
        command("narrow_list", "less_than_sign", "Make the list narrower", "list narrower, wider", "panes.narrow_list", "narrower"),
        command("widen_list", "greater_than_sign", "Make the list wider", "list narrower, wider", "panes.widen_list", "wider"),
    ),
    *section(
        "Find",
        "reading",
        command("search", "slash", "Search as you type", "search as you type", "searches.search", "search"),
        command("palette", "colon ctrl+p", "Command palette", "command palette", "show_palette", "commands", ": ctrl+p"),
        command(
            "change_search", "S", "Rename, edit or remove a saved search", "change a saved search", "searches.change", "edit search"
        ),
    ),
    *section(
        "Compare",
        "reading",
        command("compare", "c", "Compare the stories side by side", "compare", "comparison.toggle", "compare"),
        command(
            "filter_passages",
            "x",
            "Filter passages: all, unique, shared, different",
            "filter passages",
            "comparison.filter_passages",
            "filter",
        ),
        command(
            "next_difference",
            "right_square_bracket",
            "Next difference in quotations or figures",
            "next, previous difference",
            "comparison.next_difference",
            "next",
        ),
        command(
            "previous_difference",
            "left_square_bracket",
            "Previous difference",
            "next, previous difference",
            "comparison.previous_difference",
            "previous",
        ),
        command("align", "a", "Align matching passages", "align matches", "comparison.toggle_alignment", "align"),
        command("uncertain", "tilde", "Also show uncertain matches (?)", "uncertain matches", "comparison.toggle_uncertain"),
        command("lock", "equals_sign", "Scroll columns together or separately", "lock columns", "panes.toggle_lock", "lock"),
        command("full", "z", "One story at full width, or columns", "full width", "panes.toggle_full", "columns"),
        command("timeline", "t", "Timeline of the thread", "timeline", "show_timeline", "timeline"),
        command("brief", "B", "Brief: passages that most outlets report, verbatim", "brief", "show_brief", "brief"),
        command("why", "w", "Why these stories are together", "why these stories", "explain", "why"),
        command("removed", "v", "Show or hide removed lines", "removed lines", "story_display.toggle_removed", "removed"),
        command("version", "V", "Show earlier versions of the story", "earlier versions", "story_display.next_version", "version"),
    ),
    *section(
        "Change",
        "reading",
        command(
            "toggle_read",
            "m",
            "Mark the story or the row of the list read or unread",
            "read, unread",
            "journal.toggle_read",
            "read",
        ),
        command("toggle_star", "s", "Star the story, or remove the star", "star", "journal.toggle_star", "star"),
        command("correct", "C", "Correct this thread or story", "correct threads", "corrections.menu", "correct"),
        command("mark", "A", "Mark stories read or unread…", "mark stories read…", "triage.menu", "mark read…"),
        command("undo", "u", "Undo the last change", "undo, redo", "journal.undo", "undo"),
        command("redo", "ctrl+y", "Mark again what was undone last", "undo, redo", "journal.redo"),
        command("forget_read", "ctrl+x", "Clear the reading history", "clear reading history", "tracker.forget"),
        command("rebuild_threads", "ctrl+r", "Rebuild all threads", "rebuild all threads", "jobs.rebuild_threads"),
    ),
    *section(
        "In and out",
        "reading",
        command("browser", "o", "Open the story in the browser", "open in browser", "stories.open_in_browser", "browser"),
        command(
            "follow_link", "semicolon", "Open, copy or add a link in view, by its letter", "links in view", "links.follow", "links"
        ),
        command("open_media", "comma", "Open the sound, video or picture of the story", "play, view", "links.open_media", "play"),
        command("copy", "y", "Copy the link, the story or the passage", "copy", "stories.copy", "copy"),
        command("save_story", "W", "Save the story or the thread to a file", "save story or thread", "stories.save", "save"),
        command("pipe_story", "vertical_line", "Give the story to a program", "pipe to a program", "stories.pipe", "pipe"),
        command("export_comparison", "e", "Export the comparison", "export comparison", "stories.export_comparison", "export"),
        command("refresh", "R", "Refresh all feeds", "refresh all feeds", "jobs.refresh", "refresh"),
        command("feeds", "F", "Manage feeds", "manage feeds", "show_feeds", "feeds"),
        command("cancel", "X", "Cancel the running task", "cancel running task", "runner.cancel", "cancel"),
        command("full_text", "f", "Fetch the full text of the story", "fetch full text", "jobs.fetch_full_text", "full text"),
        command(
            "full_texts", "P", "Fetch the pages of all stories of the thread", "fetch all pages", "jobs.fetch_full_texts", "pages"
        ),
    ),
    *section(
        "View",
        "reading",
        command("theme", "T", "Choose a theme", "theme", "choose_theme", "theme"),
        command(
            "fold", "backslash", "Keep the list beside the stories, or hide it", "keep, hide list", "panes.toggle_list", "list"
        ),
        command("keys", "question_mark", "Show all keys", "all keys", "show_keys", "keys"),
    ),
)

MARKING: tuple[ScreenCommand, ...] = section(
    "After A",
    "marking",
    command("mark_story", "s", "Mark the story read", "story read", "triage.mark_story", "story"),
    command("mark_thread", "t", "Mark the thread read", "thread read", "triage.mark_thread", "thread"),
    command("mark_feed", "f", "Mark the feed of the story read", "feed read", "triage.mark_feed", "feed"),
    command("mark_folder", "d", "Mark the folder of the story read", "folder read", "triage.mark_folder", "folder"),
    command("mark_listed", "a", "Mark everything listed read", "everything listed read", "triage.mark_listed", "all"),
    command("mark_older", "o", "Mark read what is older than…", "older than … days read", "triage.mark_older", "older…"),
    command("mark_query", "slash", "Mark read what a query finds…", "matches of a query read…", "triage.mark_query", "query…"),
    command("mark_unread", "u", "Mark unread…", "the same, unread…", "triage.menu_unread", "unread…"),
)

CORRECTIONS: tuple[ScreenCommand, ...] = section(
    "After C",
    "correcting",
    command("rename_thread", "r", "Rename the thread", "rename thread", "corrections.rename"),
    command("pin_thread", "p", "Pin or unpin the thread", "pin, unpin", "corrections.toggle_pinned"),
    command("follow_thread", "f", "Follow or unfollow the thread", "follow, unfollow", "corrections.toggle_followed"),
    command("mute_thread", "m", "Mute or unmute the thread", "mute, unmute", "corrections.toggle_muted"),
    command("merge_thread", "w", "Merge with another thread…", "merge with another thread…", "corrections.merge"),
    command("split_thread", "s", "Split off stories…", "split off stories…", "corrections.split"),
    command("move_story", "e", "Move to another thread…", "move to another thread…", "corrections.move_story"),
    command("part_story", "d", "Keep two stories apart…", "keep two stories apart…", "corrections.keep_apart"),
    command("corrections", "a", "All corrections, newest first", "all corrections", "corrections.show_log"),
)
