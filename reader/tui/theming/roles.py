"""The parts of a theme: roles of text and signs, and the backgrounds they stand on.

A role names the meaning of a thing, never its place, so one theme serves every screen. A theme file gives colors to the roles
without `like`; the others follow unless the file sets them too.
"""

from __future__ import annotations

from msgspec import Struct

ATTRIBUTES = ("bold", "italic", "underline", "dim", "reverse")
TEXT, MARK, ORNAMENT = 4.5, 3.0, 0.0
"""The minimum contrast of a role (WCAG 2.2, 1.4.3 and 1.4.11): text, signs, ornament."""


class Role(Struct, frozen=True):
    """A kind of text or sign: its meaning, the role it inherits its color from, its attributes, its minimum contrast."""

    about: str
    like: str | None = None
    attributes: tuple[str, ...] = ()
    least: float = TEXT
    on: str | None = None


ROLES: dict[str, Role] = {
    # text
    "ink": Role("running text"),
    "strong": Role("the most important text in a line", None, ("bold",)),
    "muted": Role("dates, bylines, counts, read threads, the word beside a key"),
    "read": Role("a passage already read in another story"),
    "head": Role("a headline from the source", "strong", ("bold",)),
    "made": Role("a headline generated from a story's first words", "ink", ("italic",)),
    "name": Role("the name of a thread or of the current place", "strong", ("bold",)),
    "key": Role("a key in the hints and the key table", "ink", ("bold",)),
    "editorial": Role("notes by the program about a story", "muted", ("italic",)),
    "chosen": Role("the title of the selected row", "strong", ("bold",)),
    "link": Role("a link, the number of a source", None, ("underline",)),
    "cursor": Role("the character under the cursor in a text being typed", "strong", ("reverse",)),
    # place and state
    "accent": Role("the program's name and the headings of groups"),
    "outlet": Role("the name of an outlet", "accent"),
    "heading": Role("a heading within a story", "strong", ("bold",)),
    "code": Role("code, and other text of a fixed layout", "accent"),
    "focus": Role("the rule and the bar of the focused pane", "accent", least=MARK),
    "unread": Role("the sign and the count of unread stories", "accent", ("bold",)),
    "star": Role("the sign of a starred story", None, ("bold",)),
    "warning": Role("the sign of a warning", "star", ("bold",)),
    "error": Role("the sign of a failure", None, ("bold",)),
    "new": Role("the sign of new stories"),
    # comparison
    "told_all": Role("a passage shared by all stories", least=MARK),
    "only_here": Role("a passage unique to this story", None, ("bold",), MARK),
    "quote_differs": Role("a quotation that differs between stories", None, ("bold",), MARK),
    "figure_differs": Role("a figure that differs between stories", None, ("bold",), MARK),
    "words_differ": Role("the words in which two passages differ", "strong", ("bold", "underline")),
    # search
    "hit": Role("a search match", None, ("bold",), on="hit"),
    "here": Role("the current search match", None, ("bold",), on="here"),
    "pointed": Role("the passage that was jumped to", "ink", on="lit"),
    # lines
    "rule": Role("rules above panes and between columns", least=ORNAMENT),
    "thumb": Role("the scroll position on a rule, the bar of an unfocused pane", least=MARK),
}

MARKS = ("told_all", "only_here", "quote_differs", "figure_differs")
"""The comparison marks: no two may look alike, even to the color-blind."""


class Ground(Struct, frozen=True):
    """A background: its meaning, and the background it inherits its color from."""

    about: str
    like: str | None = None


GROUNDS: dict[str, Ground] = {
    "ground": Ground("the page"),
    "tint": Ground("the status bar"),
    "lit": Ground("the selected passage, in every column"),
    "chosen": Ground("the selected row of the focused pane", "tint"),
    "hit": Ground("a search match"),
    "here": Ground("the current search match"),
}
