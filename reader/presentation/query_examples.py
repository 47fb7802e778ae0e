"""What can be asked, by examples: the one table that the empty search screen and README are both read from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QueryExample:
    """Queries of one kind, what they find in a few words for the screen, and in full for README (empty: the same)."""

    queries: tuple[str, ...]
    finds: str
    full: str = ""


EXAMPLES: tuple[QueryExample, ...] = (
    QueryExample(
        ("ferry strike",),
        "both words, or others of their families",
        "stories that hold both words, or others of their families: `withdraw` finds *withdrawal* and *withdrew* too, after those"
        " with the word itself",
    ),
    QueryExample(("ferry OR tram", "ferry NOT strike", "ferry -strike"), "either word; the one without the other"),
    QueryExample(
        ('"draft letter"', '"draft letter"~5'),
        "these words in a row, or near",
        "the very words in this order; each at most five words after the one before",
    ),
    QueryExample(("withdraw*",), "every word that begins so"),
    QueryExample(("title:ferry", "outlet:courier", "author:smith"), "the word in one field"),
    QueryExample(
        ("date:2018-12", "date:2018-12-19..2018-12-23", "after:2018"),
        "stated dates; before: too",
        "stated dates: a year, a month, a day, or from one to another; `after:` and `before:` leave the day itself out",
    ),
    QueryExample(
        ("last 3 days", "date:yesterday"),
        "days, weeks, months, years up to today",
        "stated dates up to today: `last 3 days`, `last 2 weeks`, also months and years; `today`, `yesterday`",
    ),
    QueryExample(
        ("is:unread", "is:starred", "is:followed", "is:new"),
        "what you made of a story",
        "what you made of a story; new is unread and of the last two days",
    ),
    QueryExample(
        ("thread:strike", "tag:coast"),
        "a thread's stories; a feed's tag",
        "the stories of threads with this in their name; those of feeds with this tag",
    ),
)
