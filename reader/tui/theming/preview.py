"""A preview of a theme: a few invented lines that show every role, and the lowest contrast."""

from __future__ import annotations

from collections.abc import Sequence

from reader.presentation.text_layout import Line, cut_line, spread, wrap
from reader.tui.theming.contrast import contrast
from reader.tui.theming.theme import Theme
from reader.tui.widgets.painted import Row

MEASURE = 72
BLANK: Row = ([], "ground")


def theme_preview(theme: Theme, width: int, problems: Sequence[str] = ()) -> list[Row]:
    """Return the lines of the preview, each with its background; below them the errors in theme files."""
    room = min(MEASURE, width)
    rows: list[Row] = [
        (spread([("Coast Courier", "outlet")], [("★ ", "star"), ("● unread", "unread")], room), "ground"),
        ([("The ferry to the islands sails again", "head")], "ground"),
        ([("21 Dec 2018 · by A. Writer", "muted")], "ground"),
        BLANK,
        ([("=1 ", "told_all"), ("Shared by all: she sailed on Monday, at nine.", "ink")], "ground"),
        ([("+  ", "only_here"), ("Only here: “She is a good ship,” said the mate.", "ink")], "ground"),
        ([("”4 ", "quote_differs"), ("Quotation differs: “we ", "ink"), ("waited", "words_differ"), (" long”", "ink")], "ground"),
        ([("#3 ", "figure_differs"), ("Figure differs: some 200 on board, up to 240.", "ink")], "ground"),
        ([("·  ", "read"), ("Read elsewhere: dimmed but readable.", "read")], "ground"),
        ([("▶  ", "focus"), ("The selected passage, in all columns.", "pointed")], "lit"),
        ([("A heading", "heading"), ("  with ", "ink"), ("some code", "code"), (" and ", "ink"), ("a link", "link")], "ground"),
        BLANK,
        ([("A match is ", "ink"), ("highlighted", "hit"), (", the current one ", "ink"), (" so ", "here"), (".", "ink")], "ground"),
        ([("!", "error"), (" no answer  ", "ink"), ("!", "warning"), (" slow  ", "ink"), ("+", "new"), (" 14 new", "ink")],
         "ground"),
        ([("A thread", "name"), ("  3 stories ", "muted"), (" A heading ", "accent"), (" typed text", "strong"), ("▏", "focus"),
          ("x", "cursor")], "ground"),
        ([("From the first words  ", "made"), ("no headline", "editorial")], "ground"),
        ([("▌ ", "focus"), ("The selected row", "chosen")], "chosen"),
        ([("▌ ", "thumb"), ("in an unfocused pane ", "ink"), ("│ ", "rule"), ("┃ ", "thumb"), ("───", "rule"), ("━━━", "focus")],
         "ground"),
        ([("Enter", "key"), (" keep", "muted")], "tint"),
        BLANK,
        (contrast_line(theme), "ground"),
    ]  # fmt: skip
    for problem in problems:
        rows += [BLANK, *((line, "ground") for line in wrap([("! ", "error"), (problem, "ink")], room))]
    return [(cut_line(line, room), ground) for line, ground in rows]


def contrast_line(theme: Theme) -> Line:
    """Return the lowest contrast of text and of comparison marks, in words."""
    found = contrast(theme)
    if found.text is None or found.marks is None:
        return [("lowest contrast: set by the terminal", "muted")]
    return [(f"lowest contrast: text {found.text:.1f}, marks {found.marks:.1f}", "muted")]
