"""Accuracy of thread names against headlines written by people: `make bench-names DATA=folder`.

A name is right if it holds a word of the headline's entity and one of its event. A set is a file of JSON lines with id, title,
text and label; the headline is `gold_title`, or else the label where it is worded. Events of a single story count only where the
label is the headline. All events of a set are named together, so that no two share a name. One line of JSON for each set.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from reader.clustering.terms import term
from reader.clustering.titles.candidates import candidates, distinct
from reader.clustering.titles.term_usage import TermUsageTable
from reader.models import StoryText
from reader.text.tokens import tokens

_JOINT = re.compile(r"_|(?<=[a-z])(?=[A-Z])")


def headline(row: dict[str, Any]) -> str:
    """What a person called the event of a story, empty if nobody did."""
    told = _JOINT.sub(" ", row["label"].partition(":")[2])
    return row.get("gold_title") or told


def terms(text: str) -> set[str]:
    """The terms of a text."""
    return {term(word) for word in tokens(text)} - {""}


def measure(rows: list[dict[str, Any]]) -> dict[str, float] | None:
    """How well the names of a set agree with its headlines, None if it has none."""
    events: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if headline(row):
            events[row["label"]].append(row)
    told = [group for group in events.values() if len(group) > 1 or "gold_title" not in group[0]]
    if not told:
        return None
    lists = [
        candidates(TermUsageTable([StoryText(row["title"] or "", (row["text"] or "").splitlines()) for row in group]))
        for group in told
    ]
    names = distinct(lists)
    both = 0
    for group, found, text in zip(told, lists, names, strict=True):
        noun = next((name.noun for name in found if name.text == text), text.split()[-1])
        wanted = terms(headline(group[0]))
        both += all(terms(half) & wanted for half in (text.removesuffix(noun), noun))
    alike = len(names) - len({name.lower() for name in names})
    return {"events": len(told), "both_in_headline": round(both / len(told), 4), "alike": alike}


def main(folder: Path) -> None:
    """Print the figures of every set."""
    for path in sorted(folder.rglob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        if rows and "label" in rows[0] and (measured := measure(rows)):
            print(json.dumps({"set": path.stem, "level": "names", **measured}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
