"""Accuracy of event labels against headlines written by people: `make bench-labels DATA=folder`.

Sets as in `thread_names`. Their stories go into a temporary library and are grouped into threads; in each thread with several
events the labels are held against the headlines of most of their stories. `any` and `last`: any word of the label, or its last
one, stands in the headline and in that of few other events of the thread; `who`: of the headlines with a name, the share of
labels that contain one, and `own_who` the same for names that few others have; `who_and_what`: a name and another word; `beyond`:
a word that the thread's name lacks.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from reader.clustering.titles.term_usage import TermUsageTable
from reader.library import Library
from reader.models import ExtractedField, Story
from tests.bench.thread_names import headline, terms

READ = 30
"""Stories of an event of which it is told what is a name."""


def story(number: int, row: dict[str, Any]) -> Story:
    """A story of a set."""
    return Story(
        source=f"{number}",
        address=f"/{number}",
        title=ExtractedField(row["title"] or None),
        published=ExtractedField((row.get("date") or "")[:10] or None),
        body=tuple(line for line in (row["text"] or "").splitlines() if line.strip()),
    )


def threads(rows: Sequence[dict[str, Any]], folder: Path) -> Iterator[tuple[str, list[tuple[str, str, set[str]]]]]:
    """Each thread of several events: its name, and of each event the label, the headline and the names its stories use."""
    library = Library.open(folder)
    told = {library._store.stories.put(story(number, row))[0]: headline(row) for number, row in enumerate(rows)}
    library.synchronizer.catch_up()
    for thread in library.threads.all():
        events = []
        for event in library.threads.timeline(thread.id):
            used = TermUsageTable([*library._store.stories.texts(event.stories[:READ]).values()])
            names = {key for key, usage in used.terms.items() if usage.is_name}
            events.append((event.label, Counter(told[story] for story in event.stories).most_common(1)[0][0], names))
        if len(events) > 1:
            yield thread.name, events
    library.close()


def measure(rows: Sequence[dict[str, Any]], folder: Path) -> dict[str, float] | None:
    """The shares of a set, None if nobody wrote headlines for its events or no thread has several."""
    held, of, alike = Counter[str](), Counter[str](), 0
    for name, events in threads(rows, folder) if any(map(headline, rows)) else ():
        wanted = [terms(text) for _, text, _ in events]
        alike += len(events) - len({label.lower() for label, _, _ in events})
        for (label, text, names), own in zip(events, wanted, strict=True):
            if not text:
                continue
            few = {term for term in own if 2 * sum(term in other for other in wanted if other is not own) < len(wanted) - 1}
            said, who = terms(label), own & names
            shares = {
                "any": (True, said & few),
                "last": (True, terms(label.rpartition(" ")[2]) & few),
                "beyond": (True, said - terms(name)),
                "who": (who, said & who),
                "own_who": (who & few, said & who & few),
                "who_and_what": (who and own - who, said & who and said & own - who),
            }
            for share, (asked, found) in shares.items():
                of[share] += bool(asked)
                held[share] += bool(asked and found)
    return {"events": of["any"], **{share: round(held[share] / of[share], 4) for share in of}, "alike": alike} if of else None


def main(folder: Path) -> None:
    """Print the shares of every set."""
    for path in sorted(folder.rglob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        with tempfile.TemporaryDirectory() as kept:
            if rows and "label" in rows[0] and (measured := measure(rows, Path(kept))):
                print(json.dumps({"set": path.stem, "level": "labels", **measured}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
