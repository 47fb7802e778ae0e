"""Accuracy of thread names against names and headlines written by people: `make bench-names DATA=folder`.

A name is right if it holds a name and another word that stand in `gold_name` or `gold_title`, or else in the label where it is
worded; verbs count as their nouns, peoples as their places. A set is a file of JSON lines with id, title, text and label. Only
events of several stories count; all of a set are named together, so that no two share a kicker. One line of JSON for each set:
`kickers` is the share of events with a kicker, `right_kickers` of these the share that is right, `right` the share of all events
whose name is right, which is the headline of the representative story where there is no kicker. With `--list` every event with
its name, its gold and its headlines comes first.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from reader.clustering.representative import representative
from reader.clustering.terms import read, term
from reader.clustering.tfidf import vector
from reader.clustering.titles.kickers import distinct, kickers
from reader.clustering.titles.term_usage import TermUsageTable, key_of
from reader.models import StoryText
from reader.text.tokens import tokens

_JOINT = re.compile(r"_|(?<=[a-z])(?=[A-Z])")

Rows = list[dict[str, Any]]


def headline(row: dict[str, Any]) -> str:
    """What a person called the event of a story, empty if nobody did."""
    told = _JOINT.sub(" ", row["label"].partition(":")[2])
    return row.get("gold_title") or told


def terms(text: str) -> set[str]:
    """The terms of a text."""
    return {term(word) for word in tokens(text)} - {""}


def keys(text: str) -> set[str]:
    """The terms of a text, as it is written and as it is counted for a name."""
    return terms(text) | {key_of(word) for word in read(text)} - {""}


def is_right(name: str, gold: str, usages: TermUsageTable) -> bool:
    """Whether a name and another word of this text stand in what a person wrote."""
    shared = keys(name) & keys(gold)
    names = {key for key in shared if key in usages.terms and usages.terms[key].is_name}
    return bool(names and shared - names)


def representative_title(rows: Rows) -> str:
    """The headline of the representative story."""
    told = {row["id"]: (vector(row["title"] or "", (row["text"] or "").splitlines()), row["title"] or "") for row in rows}
    return told[representative(told)][1]


def measure(rows: Rows) -> tuple[dict[str, float] | None, list[tuple[str, str, Rows]]]:
    """How well the names of a set agree with what people wrote, None if nobody did; and each name with its gold and its stories."""
    events: defaultdict[str, Rows] = defaultdict(list)
    for row in rows:
        if headline(row):
            events[row["label"]].append(row)
    told = [group for group in events.values() if len(group) > 1]
    if not told:
        return None, []
    tables = [TermUsageTable([StoryText(row["title"] or "", (row["text"] or "").splitlines()) for row in group]) for group in told]
    chosen = distinct([kickers(usages) for usages in tables])
    gold = [f"{headline(group[0])} {group[0].get('gold_name') or ''}" for group in told]
    names = [kicker or representative_title(group) for kicker, group in zip(chosen, told, strict=True)]
    right = [is_right(name, wanted, usages) for name, wanted, usages in zip(names, gold, tables, strict=True)]
    given = [found for found, kicker in zip(right, chosen, strict=True) if kicker]
    figures = {
        "events": len(told),
        "kickers": _share([bool(kicker) for kicker in chosen]),
        "right_kickers": _share(given),
        "right": _share(right),
    }
    return figures, list(zip(names, gold, told, strict=True))


def _share(of: Iterable[bool]) -> float:
    counted = list(of)
    return round(sum(counted) / len(counted), 4) if counted else 0.0


def main(folder: Path, *, listed: bool) -> None:
    """Print the figures of every set."""
    for path in sorted(folder.rglob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        if not rows or "label" not in rows[0]:
            continue
        measured, named = measure(rows)
        for name, gold, group in named if listed else ():
            print(json.dumps({"set": path.stem, "name": name, "gold": gold, "titles": [row["title"] for row in group]}))
        if measured:
            print(json.dumps({"set": path.stem, "level": "names", **measured}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), listed="--list" in sys.argv[2:])
