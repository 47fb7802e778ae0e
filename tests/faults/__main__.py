"""Faults on purpose: `python -m tests.faults [KIND ...] [--times N] [--seed N]`.

Each try starts from a fresh copy of a small library and depends on its seed alone: `--seed N --times 1` replays it. Prints one JSON
line per kind; the exit code is 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.faults import damages, full_disk, kills, screens
from tests.faults.acts import make_library

KINDS = {"kills": kills.run, "full-disk": full_disk.run, "damages": damages.run, "screens": screens.run}


def main() -> int:
    """Run the kinds of faults that are named, or all."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("kind", nargs="*", choices=[*KINDS, []], default=list(KINDS))
    ask.add_argument("--times", type=int, default=100)
    ask.add_argument("--seed", type=int, default=1)
    given = ask.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory(prefix="faults-") as place:
        template = Path(place, "template")
        make_library(template)
        for kind in given.kind:
            began, wrong = time.monotonic(), 0
            for seed in range(given.seed, given.seed + given.times):
                folder = Path(place, f"{kind}-{seed}")
                shutil.copytree(template, folder)
                for problem in KINDS[kind](folder, seed):
                    wrong += 1
                    print(f"{kind}, seed {seed}: {problem}", flush=True)
                shutil.rmtree(folder, ignore_errors=True)
            failed += wrong
            took = round(time.monotonic() - began)
            print(json.dumps({"kind": kind, "times": given.times, "seed": given.seed, "wrong": wrong, "seconds": took}), flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
