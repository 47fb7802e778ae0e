"""What to try where a query found nothing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence

from reader.model import Advice, QueryError
from reader.shelf.query import parse
from reader.text.words import fold

Count = Callable[[str], int]
"""How many stories a query finds."""

_OUTLET = re.compile(r'\boutlet:(?:"(?P<quoted>[^"]{1,100})"|(?P<bare>[^\s"()*]{1,100}))', re.IGNORECASE)
_OPERATORS = frozenset(("AND", "OR", "NOT"))


def advise(query: str, outlets: Sequence[str], count: Count, suggest: Callable[[str], str | None]) -> Advice:
    """The best thing to try instead of a query that found nothing.

    `outlets` are all that are named; `suggest` gives a word of the library near to one that is not in it.
    """
    words = query.split()
    plain = all(word not in _OPERATORS and not re.search(r'["“”()*:]|^-', word) for word in words)
    advice = _other_outlet(query, outlets, count)
    if advice is None and plain:
        advice = _other_words(words, count, suggest)
    if advice is None and plain and len(words) > 1:
        advice = _without_a_word(words, count)
    return advice or Advice(f"No story holds all of “{query}”." if len(words) > 1 and plain else f"No story answers “{query}”.")


def _other_outlet(query: str, outlets: Sequence[str], count: Count) -> Advice | None:
    """The outlet that may have been meant by one that is unknown."""
    known = {fold(outlet): outlet for outlet in outlets}
    for match in _OUTLET.finditer(query):
        asked = match["quoted"] or match["bare"]
        if any(fold(asked) in name for name in known):
            continue
        near = difflib.get_close_matches(fold(asked), known, n=1)
        if not near:
            return Advice(f"No outlet is called “{asked}”.")
        name = f'"{near[0]}"' if " " in near[0] else near[0]
        better = f"{query[: match.start()]}outlet:{name}{query[match.end() :]}"
        return Advice(f"No outlet is called “{asked}”. Did you mean {known[near[0]]}?", better, _counted(better, count))
    return None


def _other_words(words: Sequence[str], count: Count, suggest: Callable[[str], str | None]) -> Advice | None:
    """The words of the library that may have been meant by those that no story holds."""
    better = [word if _counted(word, count) else suggest(fold(word)) or word for word in words]
    if better == list(words) or not (found := _counted(" ".join(better), count)):
        return None
    asked, meant = " ".join(words), " ".join(better)
    return Advice(f"No story holds “{asked}”. Did you mean {meant}?", meant, found)


def _without_a_word(words: Sequence[str], count: Count) -> Advice | None:
    """The word without which most is found."""
    fewer = [(word, " ".join([*words[:place], *words[place + 1 :]])) for place, word in enumerate(words)]
    found, word, better = max(((_counted(query, count), word, query) for word, query in fewer), key=lambda each: each[0])
    if not found:
        return None
    are = "is 1" if found == 1 else f"are {found}"
    return Advice(f"No story holds all of “{' '.join(words)}”. Without “{word}” there {are}.", better, found)


def _counted(query: str, count: Count) -> int:
    """How many stories a query finds; none where it asks nothing."""
    try:
        parse(query)
    except QueryError:
        return 0
    return count(query)
