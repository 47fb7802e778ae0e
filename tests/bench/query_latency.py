"""Query latency beside other engines: `make bench-search [N=stories] [DATA=stories.jsonl] [JSON=1]`.

The stories are invented, or read from a file (see `search_workload`). Each installed engine indexes them and runs twenty queries
of each class four times; `first_ms` is the slowest of the first round, the others count as warm. One line per class, as JSON with
JSON=1 in the environment: engine, class, stories, p50_ms, p95_ms, first_ms. ENGINES selects some of the engines.
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

from tests.bench.search_engines import ENGINES, Engine
from tests.bench.search_workload import WorkloadQuery, queries, stories

_ROUNDS = 3


def main() -> None:
    """Measure each engine in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=int)
    parser.add_argument("file", type=Path, nargs="?")
    arguments = parser.parse_args()
    workload = queries(stories(arguments.stories, arguments.file))
    for name in os.environ.get("ENGINES", ",".join(ENGINES)).split(","):
        with tempfile.TemporaryDirectory() as folder:
            try:
                engine = ENGINES[name](Path(folder))
            except ImportError:
                print(f"{name} is not installed", file=sys.stderr)
                continue
            began = time.perf_counter()
            engine.add(stories(arguments.stories, arguments.file))
            rate = arguments.stories / (time.perf_counter() - began)
            size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
            _report(
                engine=name, stories=arguments.stories, stories_s=round(rate), index_mb=round(size / 1e6, 1), **{"class": "index"}
            )
            for kind, drawn in workload.items():
                _report(engine=name, stories=arguments.stories, **{"class": kind}, **_timed(engine, drawn))
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB at most", file=sys.stderr)


def _timed(engine: Engine, drawn: list[WorkloadQuery]) -> dict[str, float]:
    """Milliseconds: median and 95th percentile when warm, and the slowest of the first round."""
    first = [_once(engine, query) for query in drawn]
    warm = sorted(_once(engine, query) for _ in range(_ROUNDS) for query in drawn)
    return {
        "p50_ms": round(warm[len(warm) // 2], 3),
        "p95_ms": round(warm[int(0.95 * len(warm))], 3),
        "first_ms": round(max(first), 3),
    }


def _once(engine: Engine, query: WorkloadQuery) -> float:
    began = time.perf_counter()
    engine.search(query)
    return 1000 * (time.perf_counter() - began)


def _report(**figures: object) -> None:
    if os.environ.get("JSON"):
        print(json.dumps(figures), flush=True)
    else:
        print("  ".join(f"{name} {value}" for name, value in figures.items()), flush=True)


if __name__ == "__main__":
    main()
