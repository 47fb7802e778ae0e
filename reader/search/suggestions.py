"""Suggestions for queries without results."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence

from reader.errors import QueryError
from reader.models import Suggestion
from reader.search.query import parse
from reader.text.tokens import fold

Count = Callable[[str], int]
"""Number of stories that match a query."""

_OUTLET = re.compile(r'\boutlet:(?:"(?P<quoted>[^"]{1,100})"|(?P<bare>[^\s"()*]{1,100}))', re.IGNORECASE)
_PART = re.compile(r'last\s+\d+\s+\w+|(?:-?\w+:)?(?:"[^"]*"(?:~\d+)?|[^\s"“”()]+)')
"""A removable part of a query: a word, a phrase, or a field with its value."""
_OPERATORS = frozenset(("AND", "OR", "NOT"))


def advise(query: str, outlets: Callable[[], Sequence[str]], count: Count, suggest: Callable[[str], str | None]) -> Suggestion:
    """The best alternative to a query without results.

    `outlets` returns the names of all outlets; `suggest` returns an indexed word similar to one that is not indexed.
    """
    parts = list(_PART.finditer(query))
    plain = all(_is_word(part[0]) for part in parts)
    message = f"No story contains all of “{query}”." if len(parts) > 1 and plain else f"No stories match “{query}”."
    advice = _other_outlet(query, outlets, count) if _OUTLET.search(query) else None
    if advice is None:
        advice = _other_words(query, parts, count, suggest)
    if advice is None and len(parts) > 1 and not any(part[0] in _OPERATORS for part in parts) and "(" not in query:
        advice = _without_a_part(query, parts, count, message)
    return advice or Suggestion(message)


def _is_word(part: str) -> bool:
    """Whether a part is a plain word."""
    return part not in _OPERATORS and not re.search(r'["“”()*:\s]|^-', part)


def _other_outlet(query: str, outlets: Callable[[], Sequence[str]], count: Count) -> Suggestion | None:
    """Similar name for an outlet that does not exist."""
    known = {fold(outlet): outlet for outlet in outlets()}
    for match in _OUTLET.finditer(query):
        typed = match["quoted"] or match["bare"]
        if any(fold(typed) in name for name in known):
            continue
        near = difflib.get_close_matches(fold(typed), known, n=1)
        if not near:
            return Suggestion(f"No outlet is called “{typed}”.")
        name = f'"{near[0]}"' if " " in near[0] else near[0]
        better = f"{query[: match.start()]}outlet:{name}{query[match.end() :]}"
        return Suggestion(f"No outlet is called “{typed}”. Did you mean {known[near[0]]}?", better, _counted(better, count))
    return None


def _other_words(
    query: str, parts: Sequence[re.Match[str]], count: Count, suggest: Callable[[str], str | None]
) -> Suggestion | None:
    """Similar indexed words for those that no story contains."""
    better = query
    for part in reversed(parts):
        if _is_word(part[0]) and not _counted(part[0], count) and (near := suggest(fold(part[0]))):
            better = better[: part.start()] + near + better[part.end() :]
    if better == query or not (found := _counted(better, count)):
        return None
    return Suggestion(f"No story contains “{query}”. Did you mean {better}?", better, found)


def _without_a_part(query: str, parts: Sequence[re.Match[str]], count: Count, message: str) -> Suggestion | None:
    """The query without the one part whose removal gives the most results."""
    fewer = [(part[0], " ".join(other[0] for other in parts if other is not part)) for part in parts]
    found, part, better = max(((_counted(query, count), part, query) for part, query in fewer), key=lambda each: each[0])
    if not found:
        return None
    match = "1 story matches" if found == 1 else f"{found:,} stories match"
    return Suggestion(f"{message} Without “{part}”, {match}.", better, found)


def _counted(query: str, count: Count) -> int:
    """Number of matches; 0 for an invalid query."""
    try:
        parse(query)
    except QueryError:
        return 0
    return count(query)
