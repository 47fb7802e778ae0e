"""The parts of a theme: roles of text and signs, and the backgrounds they stand on.

A role names the meaning of a thing, never its place, so one theme serves every screen. A theme file gives colors to the roles
without `like`; the others follow unless the file sets them too.
"""

from __future__ import annotations

from dataclasses import dataclass

ATTRIBUTES = ("bold", "italic", "underline", "dim", "reverse")
TEXT, MARK, ORNAMENT = 4.5, 3.0, 0.0
"""The minimum contrast of a role (WCAG 2.2, 1.4.3 and 1.4.11): text, signs, ornament."""


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of text or sign: its meaning, the role it inherits its color from, its attributes, its minimum contrast."""

    about: str
    like: str | None = None
    attributes: tuple[str, ...] = ()
    least: float = TEXT
    on: str | None = None


ROLES: dict[str, Role] = {
    # text
    "ink": Role("running text"),
    "strong": Role("what must be seen first in a line", None, ("bold",)),
    "muted": Role("dates, bylines, counts, a thread read through, the word beside a key"),
    "read": Role("a passage already read in another story"),
    "head": Role("a headline the source gives", "strong", ("bold",)),
    "made": Role("a headline made from a story's first words", "ink", ("italic",)),
    "name": Role("the name of a thread or of the place you are at", "strong", ("bold",)),
    "key": Role("a key in the hints and the key table", "ink", ("bold",)),
    "editorial": Role("what the program says about a story, not the story", "muted", ("italic",)),
    "chosen": Role("the title of the row you are on", "strong", ("bold",)),
    "link": Role("a link, the number of a source", None, ("underline",)),
    "cursor": Role("the sign under the cursor in a text being typed", "strong", ("reverse",)),
    # place and state
    "accent": Role("the nameplate and the headings of groups"),
    "outlet": Role("who speaks", "accent"),
    "focus": Role("the rule and the bar of the pane that has the keys", "accent", least=MARK),
    "unread": Role("the sign and the count of what is unread", "accent", ("bold",)),
    "star": Role("the sign of a star", None, ("bold",)),
    "warning": Role("the sign of something to look at", "star", ("bold",)),
    "error": Role("the sign of something that failed", None, ("bold",)),
    "new": Role("the sign of something that came in"),
    # comparison
    "told_all": Role("a passage told by all", least=MARK),
    "only_here": Role("a passage only this story has", None, ("bold",), MARK),
    "quote_differs": Role("the same quotation, told differently", None, ("bold",), MARK),
    "figure_differs": Role("figures that differ", None, ("bold",), MARK),
    "words_differ": Role("the words in which two passages differ", "strong", ("bold", "underline")),
    # search
    "hit": Role("a word that was searched for", None, ("bold",), on="hit"),
    "here": Role("the hit you are at", None, ("bold",), on="here"),
    "pointed": Role("the passage that was gone to from elsewhere", "ink", on="lit"),
    # lines
    "rule": Role("rules above panes and between columns", least=ORNAMENT),
    "thumb": Role("where you are on a scrolled rule, the bar of a pane without the keys", least=MARK),
}

MARKS = ("told_all", "only_here", "quote_differs", "figure_differs")
"""The comparison marks: no two may look alike, even to the color-blind."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A background: its meaning, and the background it inherits its color from."""

    about: str
    like: str | None = None


GROUNDS: dict[str, Ground] = {
    "ground": Ground("the page"),
    "tint": Ground("the line of hints"),
    "lit": Ground("the passage you are at, in every column"),
    "chosen": Ground("the row you are on, in the pane that has the keys", "tint"),
    "hit": Ground("behind a word that was searched for"),
    "here": Ground("behind the hit you are at"),
}
