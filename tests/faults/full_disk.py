"""The disk is full at a random write: every act is kept or raises a readable error, and all goes on once there is room."""

from __future__ import annotations

import json
import os
import random
import resource
from pathlib import Path
from typing import Any

from reader.errors import NewsloomError
from reader.library import Library
from tests.faults.acts import Acts, problems

_ACTS = 25


def run(folder: Path, seed: int) -> list[str]:
    """Write to the library while its files cannot grow beyond a random size; returns what is wrong afterwards."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        os.close(ours)
        _write(folder, random.Random(seed), theirs)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        lines = [json.loads(line) for line in pipe.read().decode().splitlines()]
    os.waitpid(child, 0)
    kept: dict[str, Any] = {}
    maybe: set[str] = set()
    wrong = [value for state, _, value in lines if state == "fault"]
    for state, key, value in lines:
        if state == "done":
            kept[key] = value
            maybe.discard(key)
        elif state == "failed":
            maybe.add(key)  # a story is stored before its threads are
    return wrong + problems(folder, {key: value for key, value in kept.items() if key not in maybe})


def _write(folder: Path, draw: random.Random, pipe: int) -> None:
    """Write with a limit on the size of files; never returns."""

    def say(*line: object) -> None:
        os.write(pipe, json.dumps(line).encode() + b"\n")

    try:
        acts = Acts(Library.open(folder), draw)
        largest = max(path.stat().st_size for path in folder.iterdir() if path.is_file())
        limit = int(draw.choice((1, 1000, 0.1 * largest, 0.5 * largest, largest, 1.5 * largest)) * draw.uniform(0.5, 2))
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        for _ in range(_ACTS):
            (key, value), call = acts.next()
            try:
                call()
            except (NewsloomError, OSError):
                say("failed", key, value)
            else:
                say("done", key, value)
    except Exception as error:
        say("fault", "", f"{type(error).__name__}: {error}")
    finally:
        os._exit(0)
