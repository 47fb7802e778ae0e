"""How quickly queries are answered, beside other engines: `python tests/bench/search.py STORIES [FILE]`.

The stories are invented, or read from FILE (see `asking`). Each engine that is installed takes them in and is asked twenty queries
a class, four times over; the slowest of the first time is `first_ms`, the others count as warm. One line a class, and with JSON=1
in the environment one line of JSON: engine, class, stories, p50_ms, p95_ms, first_ms. ENGINES names some of the engines.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from asking import Ask, asks, stories
from engines import ENGINES, Engine

_ROUNDS = 3


def main() -> None:
    """Measure every engine in turn."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("stories", type=int)
    ask.add_argument("file", type=Path, nargs="?")
    given = ask.parse_args()
    asked = asks(stories(given.stories, given.file))
    for name in os.environ.get("ENGINES", ",".join(ENGINES)).split(","):
        with tempfile.TemporaryDirectory() as folder:
            try:
                engine = ENGINES[name](Path(folder))
            except ImportError:
                print(f"{name} is not installed", file=sys.stderr)
                continue
            began = time.perf_counter()
            engine.take(stories(given.stories, given.file))
            rate = given.stories / (time.perf_counter() - began)
            size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
            _tell(engine=name, stories=given.stories, stories_s=round(rate), index_mb=round(size / 1e6, 1), **{"class": "index"})
            for kind, queries in asked.items():
                _tell(engine=name, stories=given.stories, **{"class": kind}, **_timed(engine, queries))
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB at most", file=sys.stderr)


def _timed(engine: Engine, queries: list[Ask]) -> dict[str, float]:
    """Milliseconds: the median and the 95th percentile when warm, and the slowest the first time."""
    first = [_once(engine, query) for query in queries]
    warm = sorted(_once(engine, query) for _ in range(_ROUNDS) for query in queries)
    return {
        "p50_ms": round(warm[len(warm) // 2], 3),
        "p95_ms": round(warm[int(0.95 * len(warm))], 3),
        "first_ms": round(max(first), 3),
    }


def _once(engine: Engine, query: Ask) -> float:
    began = time.perf_counter()
    engine.ask(query)
    return 1000 * (time.perf_counter() - began)


def _tell(**figures: object) -> None:
    if os.environ.get("JSON"):
        print(json.dumps(figures), flush=True)
    else:
        print("  ".join(f"{name} {value}" for name, value in figures.items()), flush=True)


if __name__ == "__main__":
    main()
