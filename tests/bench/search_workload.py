"""Stories and queries to measure search with: invented or drawn from a file of stories, the same in every run."""

from __future__ import annotations

import itertools
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

_WORD = re.compile(r"[a-z]+")
_STOP = frozenset(
    "a an and are as at be been by can could for from had has have he his if in is it its may more not of on one or said says she"
    " that the their they this to two us was we were when which will with would you about also than into but".split()
)
_SYLLABLES = "ba ce di fo gu ka le mi no pa ri so ta ve wi xo zu stra plen dor mun".split()
_QUERIES_PER_CLASS = 20


class IndexedStory(Struct, frozen=True):
    """A story to index; its day is a number such as 20181221."""

    number: int
    title: str
    body: str
    outlet: str
    author: str
    day: int


class WorkloadQuery(Struct, frozen=True):
    """A query: how its words are combined, and the first and last day it is limited to."""

    kind: str
    words: tuple[str, ...]
    days: tuple[int, int] = (0, 0)


def stories(count: int, file: Path | None) -> Iterator[IndexedStory]:
    """Up to `count` stories from a file (JSON lines with title, body, outlet, author, day), or invented ones."""
    if file:
        with file.open() as lines:
            for number, line in enumerate(itertools.islice(lines, count)):
                one = json.loads(line)
                yield IndexedStory(number, one["title"], one["body"], one["outlet"], one["author"], int(one["day"]))
    else:
        yield from _invented(count)


def _invented(count: int) -> Iterator[IndexedStory]:
    """Stories whose words follow Zipf's law, with recurring pairs of words and ever new names."""
    draw = random.Random(7)
    words = list(dict.fromkeys("".join(draw.choices(_SYLLABLES, k=draw.choice((1, 2, 2, 3)))) for _ in range(60_000)))
    weights = list(itertools.accumulate(1 / (rank + 8) for rank in range(len(words))))
    pairs = [" ".join(draw.choices(words[:2000], k=2)) for _ in range(400)]
    for number in range(count):
        size = min(1500, max(30, int(draw.lognormvariate(5.3, 0.7))))
        body = draw.choices(words, cum_weights=weights, k=size)
        for _ in range(size // 40):
            body[draw.randrange(size)] = draw.choice(pairs)
        body += ["".join(draw.choices(_SYLLABLES, k=4)).title() for _ in range(size // 90)]
        title = " ".join(draw.choices(words, cum_weights=weights, k=8))
        day = 20230000 + 10000 * (number * 3 // count) + 100 * draw.randrange(1, 13) + draw.randrange(1, 29)
        yield IndexedStory(number, title, " ".join(body), f"Outlet {draw.randrange(200)}", draw.choice(words).title(), day)


def queries(indexed: Iterator[IndexedStory]) -> dict[str, list[WorkloadQuery]]:
    """Twenty queries of each class, drawn by the number of stories that contain their words."""
    draw = random.Random(11)
    held: Counter[str] = Counter()
    titled: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    count, days = 0, list[int]()
    for one in indexed:
        words = _WORD.findall(one.body.lower())
        held.update(set(words))
        titled.update(set(_WORD.findall(one.title.lower())))
        if count % 10 == 0:
            pairs.update(itertools.pairwise(words))
            days.append(one.day)
        count += 1

    def band(low: float, high: float) -> list[str]:
        found = sorted(w for w, n in held.items() if len(w) > 2 and w not in _STOP and low * count <= n < high * count)
        draw.shuffle(found)
        return found

    common, mid, low, rare = band(0.1, 0.45), band(0.02, 0.1), band(0.002, 0.02), band(0.0003, 0.0015)
    rows = sorted((p for p, n in pairs.items() if n > 7 and all(len(w) > 2 and w not in _STOP for w in p)), key=lambda p: -pairs[p])
    titles = sorted(w for w, n in titled.items() if 0.003 * count < n < 0.08 * count and len(w) > 3)
    ordered = sorted(days)
    span = (ordered[len(ordered) // 4], ordered[len(ordered) // 2])
    pick = draw.choice
    made = {
        "common": [WorkloadQuery("all", (word,)) for word in common[:_QUERIES_PER_CLASS]],
        "rare": [WorkloadQuery("all", (word,)) for word in rare[:_QUERIES_PER_CLASS]],
        "and2": [WorkloadQuery("all", (pick(mid), pick(low))) for _ in range(_QUERIES_PER_CLASS)],
        "and3": [WorkloadQuery("all", (pick(common), pick(mid), pick(mid))) for _ in range(_QUERIES_PER_CLASS)],
        "or2": [WorkloadQuery("any", (pick(mid), pick(low))) for _ in range(_QUERIES_PER_CLASS)],
        "not": [WorkloadQuery("not", (pick(mid), pick(common))) for _ in range(_QUERIES_PER_CLASS)],
        "phrase": [WorkloadQuery("phrase", row) for row in rows[: 6 * _QUERIES_PER_CLASS : 6]],
        "near": [WorkloadQuery("near", row) for row in rows[: 6 * _QUERIES_PER_CLASS : 6]],
        "prefix": [WorkloadQuery("prefix", (word[: pick((3, 4, 5))],)) for word in [*mid[:12], *low[:8]]],
        "as you type": [
            WorkloadQuery("prefix", (pick(mid), pick(mid + low)[: pick((2, 3, 4))])) for _ in range(_QUERIES_PER_CLASS)
        ],
        "title": [WorkloadQuery("title", (word,)) for word in titles[:400:20]],
        "dates": [WorkloadQuery("all", (pick(common),), span) for _ in range(_QUERIES_PER_CLASS)],
    }
    return {kind: drawn for kind, drawn in made.items() if drawn}
