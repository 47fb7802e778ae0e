"""The query language by examples: the table behind the empty search screen and docs/queries.md."""

from __future__ import annotations

from msgspec import Struct


class QueryExample(Struct, frozen=True):
    """Queries of one kind with a short description for the screen and a full one for the documentation (empty: the same)."""

    queries: tuple[str, ...]
    finds: str
    full: str = ""


EXAMPLES: tuple[QueryExample, ...] = (
    QueryExample(
        ("ferry strike",),
        "both words, any inflection",
        "stories with both words, in any inflection: `withdraw` also finds *withdrawal* and *withdrew*, ranked after exact matches",
    ),
    QueryExample(("ferry OR tram", "ferry NOT strike", "ferry -strike"), "either word; one without the other"),
    QueryExample(
        ('"draft letter"', '"draft letter"~5'),
        "an exact phrase, or nearby words",
        "the exact phrase; words in this order, each at most five words after the one before",
    ),
    QueryExample(("withdraw*",), "words that start with this"),
    QueryExample(("title:ferry", "outlet:courier", "author:smith"), "a word in one field"),
    QueryExample(
        ("date:2018-12", "date:2018-12-19..2018-12-23", "after:2018"),
        "stated dates; before: works too",
        "stated dates: a year, a month, a day or a range; `after:` and `before:` exclude the day itself",
    ),
    QueryExample(
        ("last 3 days", "date:yesterday"),
        "stated dates up to today",
        "stated dates up to today, in days, weeks, months or years; also `today` and `yesterday`",
    ),
    QueryExample(
        ("is:unread", "is:starred", "is:followed", "is:new"),
        "stories by state",
        "stories by state; `new` means unread and from the last two days",
    ),
    QueryExample(
        ("thread:strike", "tag:coast"),
        "stories of threads or tagged feeds",
        "stories of threads with this word in their name; stories of feeds with this tag",
    ),
    QueryExample(("lang:fr",), "stories in a language", "stories in a language, by its code of two letters"),
)
