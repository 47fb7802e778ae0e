"""A process that writes is killed at a random moment: every acknowledged write is kept, and the next start needs no hand."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from pathlib import Path
from typing import Any

from reader.library import Library
from tests.faults.acts import Acts, problems

_ACTS = 60
"""Writes that a process makes if nothing ends it."""
_LONGEST = 0.25
"""Seconds from the first acknowledged write to the kill."""


def run(folder: Path, seed: int) -> list[str]:
    """Kill a process that writes to the library; returns what is wrong afterwards."""
    draw = random.Random(seed)
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        os.close(ours)
        _write(folder, draw, theirs)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        said = pipe.readline() + pipe.readline()
        time.sleep(random.Random(-seed).uniform(0, _LONGEST))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said += pipe.read()
    kept: dict[str, Any] = {}
    going: tuple[str, Any] | None = None
    for line in said.decode().splitlines():
        state, key, value = json.loads(line)
        if state == "done":
            kept[key], going = value, None
        else:
            going = (key, value)
    return problems(folder, kept, going) if kept else ["nothing was written before the kill"]


def _write(folder: Path, draw: random.Random, pipe: int) -> None:
    """Write until killed, and acknowledge each write; never returns."""
    try:
        acts = Acts(Library.open(folder), draw)
        for _ in range(_ACTS):
            (key, value), call = acts.next()
            os.write(pipe, json.dumps(["begun", key, value]).encode() + b"\n")
            call()
            os.write(pipe, json.dumps(["done", key, value]).encode() + b"\n")
        signal.pause()
    finally:
        os._exit(1)
