"""Clustering accuracy on every labelled set below a folder: `make bench-threads DATA=folder`.

Stories are clustered online in order of date by the code the reader uses. A set is a file of JSON lines with id, title, text, date
(ISO 8601 or none), label, lang where its source states the language, and storyline where it has several events each.
One line of JSON for each set and level: events and threads against `label`, threads also against `storyline` where the set has it.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from reader.clustering.clusterer import Clusterer
from reader.clustering.storylines import storylines
from reader.clustering.tfidf import is_short, vector
from reader.text.dates import day_number
from reader.text.languages import ENGLISH, detect
from tests.bench.clustering_metrics import agreement


def day(row: dict[str, Any]) -> float | None:
    """When a story was published, None where the set does not say."""
    try:
        return day_number(row["date"])
    except (KeyError, TypeError, ValueError):
        return None


def tie(rows: list[dict[str, Any]]) -> Clusterer:
    """The stories on a clusterer, in order of date."""
    clusterer = Clusterer()
    for row in sorted(rows, key=lambda row: row.get("date") or ""):
        body = (row.get("text") or "").splitlines()
        spoken = detect(row["title"] or "", body, row.get("lang") or "").value or ""
        spoken = "" if spoken == ENGLISH else spoken
        found = vector(row["title"] or "", body, spoken)
        clusterer.add(str(row["id"]), found, day(row), is_short(body, spoken), row.get("source") or "", spoken)
    clusterer.settle()
    return clusterer


def main(folder: Path) -> None:
    """Print the figures of every set."""
    for path in sorted(folder.rglob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        if not rows or "label" not in rows[0]:
            continue
        started = time.process_time()
        clusterer = tie(rows)
        spent = time.process_time() - started
        lines = {number: line[0] for line in storylines(clusterer) for number in line}
        events = {story: member.event for story, member in clusterer.members.items()}
        threads = {story: lines[number] for story, number in events.items()}
        levels = [("event", "label", events), ("thread", "label", threads)]
        if "storyline" in rows[0]:
            levels.append(("storyline", "storyline", threads))
        for level, truth, found in levels:
            measured = agreement([row[truth] for row in rows], [found[str(row["id"])] for row in rows])
            print(
                json.dumps({"set": path.stem, "level": level, **measured, "ms_a_story": round(1000 * spent / len(rows), 2)}),
                flush=True,
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
