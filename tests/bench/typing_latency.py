"""Time per key in the search screen: `make bench-typing DATA=library`, the folder of a large library.

Queries are words and pairs of words drawn from its threads' names, the same each time, typed letter by letter; each prefix is
searched and ordered as the screen does it (`reader.presentation.search_results.gather`). Prints one line of JSON: the number of
stories and the milliseconds per key (median, 95th percentile, maximum); then the same for newest first, for all saved searches
counted at once, for the stories of one search, and for the facets of a query.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from reader.errors import QueryError
from reader.library import Library
from reader.presentation.search_results import load_results

_WORD = re.compile(r"[a-z]{4,}")
_QUERIES = 20
TEXTS = 8
"""Stories that come with their text: those in sight on a screen of 40 rows."""


def queries(library: Library) -> list[str]:
    """Words and pairs of neighbouring words out of the names of threads."""
    draw = random.Random(11)
    titles = [words for thread in library.threads.all()[:5000] if len(words := _WORD.findall(thread.name.lower())) > 1]
    return [" ".join(draw.choice(titles)[: 1 + number % 2]) for number in range(_QUERIES)]


def keys(texts: Iterable[str]) -> list[str]:
    """What stands in the query after each key."""
    return [query[:end] for query in texts for end in range(1, len(query) + 1) if query[end - 1] != " "]


def timed(call: Callable[[], object]) -> float:
    """Milliseconds that a call takes; one that is refused counts too."""
    begun = time.perf_counter()
    with suppress(QueryError):
        call()
    return 1000 * (time.perf_counter() - begun)


def report(what: str, taken: list[float], **more: int) -> None:
    """Print one measure."""
    ordered = sorted(taken)
    p50, p95 = ordered[len(ordered) // 2], ordered[int(0.95 * (len(ordered) - 1))]
    print(json.dumps({"what": what, **more, "p50_ms": round(p50, 1), "p95_ms": round(p95, 1), "most_ms": round(ordered[-1], 1)}))


def main() -> None:
    """Measure one library."""
    library = Library.open(Path(sys.argv[1]))
    asked = queries(library)
    load_results(library, asked[0])
    stories = library.stories.count()
    report("key", [timed(lambda query=query: load_results(library, query, texts=TEXTS)) for query in keys(asked)], stories=stories)  # type: ignore[misc]
    newest = [timed(lambda query=query: load_results(library, query, newest=True, texts=TEXTS)) for query in keys(asked)]  # type: ignore[misc]
    report("key, newest first", newest, stories=stories)
    report(
        "saved searches counted", [timed(library.saved_searches.threads) for _ in range(5)], saved=len(library.saved_searches.all())
    )
    report("counts of all found", [timed(lambda query=query: library.search.facets(query)) for query in asked])  # type: ignore[misc]
    library.close()


if __name__ == "__main__":
    main()
