"""Recovery of the search index after its writer is killed: `python -m tests.bench.crash_recovery [STORIES] [TIMES]`.

A library of invented stories (6,000) is written by a separate process that is killed (SIGKILL) at a random moment, TIMES times (30)
while it commits changed stories and as often while it rebuilds the index. After each kill the index is opened as at the next start
and must answer from a complete index; after catching up it must agree with the store story by story. One line of JSON for commits
and one for rebuilds; the exit code is 1 if any check failed.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from msgspec.structs import replace

from reader.search.index import SearchIndex
from reader.search.query import parse
from reader.storage.store import Store
from tests.bench.search_engines import story
from tests.bench.search_workload import stories

ALL = parse("date:2023..2026")
"""A query that every story answers."""

CHANGES = 200
"""Stories changed and committed at once."""

SOON, LATE = 0.01, 2.5
"""Seconds from the first write to the kill."""


def main() -> None:
    """Kill, and look."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("stories", type=int, nargs="?", default=6000)
    ask.add_argument("times", type=int, nargs="?", default=30)
    given = ask.parse_args()
    well = True
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        for one in stories(given.stories, None):
            store.stories.put(story(one))
        index = SearchIndex(store.folder)
        index.catch_up(store)
        index.close()
        for kind, write in (("commit", _committing), ("rebuild", _rebuilding)):
            well = _killed(kind, write, store, given.times) and well
        store.close()
    sys.exit(not well)


def _killed(kind: str, write: Callable[[Path, Connection], None], store: Store, times: int) -> bool:
    draw, slowest, answered, agreed, written = random.Random(kind), 0.0, 0, 0, 0
    for _ in range(times):
        told, tells = multiprocessing.Pipe(duplex=False)
        writer = multiprocessing.get_context("spawn").Process(target=write, args=(store.folder, tells))
        writer.start()
        told.recv()
        time.sleep(draw.uniform(SOON, LATE))
        writer.kill()
        writer.join()
        while told.poll():
            written += told.recv()
        began = time.perf_counter()
        index = SearchIndex(store.folder)
        index.include_pending(store)
        answered += index.count(ALL) == store.stories.count()
        slowest = max(slowest, time.perf_counter() - began)
        index.catch_up(store)
        agreed += index.check(store).consistent and index.count(ALL) == store.stories.count()
        index.close()
    left = sorted(path.name for path in store.folder.glob("index*"))
    figures = {"killed": times, "written_before": written, "answered_at_once": answered, "agreed": agreed}
    print(json.dumps({"during": kind, **figures, "first_answer_ms": round(1000 * slowest), "left": left}), flush=True)
    return answered == agreed == times


def _committing(folder: Path, tells: Connection) -> None:
    """Give stories other words and commit them, again and again."""
    store, index = Store(folder), SearchIndex(folder)
    tells.send(0)
    while True:
        for one in stories(CHANGES, None):
            store.stories.put(story(replace(one, body=f"{one.body} {time.time_ns()}")))
        index.catch_up(store)
        tells.send(1)


def _rebuilding(folder: Path, tells: Connection) -> None:
    """Make the index anew again and again."""
    store, index = Store(folder), SearchIndex(folder)
    tells.send(0)
    while True:
        index.rebuild(store)
        tells.send(1)


if __name__ == "__main__":
    main()
