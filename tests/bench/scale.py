"""How threading goes as a library grows: `make bench-scale DATA=stories.jsonl [CURVE=curve.svg]`.

The file holds a story a line: title, body, outlet, published (seconds since 1970), in order of time. They are kept in a
library that is thrown away and tied into threads with all that belongs to it, as after a refresh. One line of JSON for every 5,000
stories: milliseconds a story since the line before, active events, megabytes of the process that ties; then one for single arrivals
and slices of settling on a clusterer alone. CURVE.svg is drawn from these lines.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reader.clustering.clusterer import Clusterer
from reader.clustering.tfidf import is_short, vector
from reader.library.thread_updater import ThreadUpdater
from reader.library.worker_pool import WorkerPool
from reader.models import ExtractedField, Story
from reader.storage.store import Store
from reader.text.dates import day_number

EVERY = 5000
ALONE = 6000
"""Stories of which a clusterer alone is measured."""
WIDTH, HEIGHT, EDGE = 640, 260, 48


def stories(path: Path) -> Iterator[Story]:
    """The stories of a file."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            when = datetime.fromtimestamp(row["published"], UTC).strftime("%Y-%m-%dT%H:%M")
            yield Story(
                source=f"{number}",
                address=f"/{number:07}",
                title=ExtractedField(row["title"], 1.0, "stated"),
                outlet=ExtractedField(row["outlet"], 1.0, "stated"),
                published=ExtractedField(when, 1.0, "stated"),
                body=tuple(row["body"].split("\n")),
            )


def grown(path: Path, folder: Path) -> Iterator[dict[str, Any]]:
    """The measures of a library that grows."""
    store, workers = Store(folder), WorkerPool()
    for story in stories(path):
        store.stories.put(story)
    weaver = ThreadUpdater(store, lambda: workers)
    began = last = time.perf_counter()
    counted = 0
    measures: list[dict[str, Any]] = []

    def heard(done: int, of: int) -> None:
        nonlocal last, counted
        now = time.perf_counter()
        if done - counted >= EVERY or done == of:
            measures.append(
                {
                    "stories": done,
                    "ms_a_story": round(1000 * (now - last) / (done - counted), 2),
                    "active_events": len(weaver._clusterer.events),
                    "mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                }
            )
            last, counted = now, done

    weaver.update(heard)
    yield from measures
    yield {"what": "all", "stories": counted, "stories_a_second": round(counted / (time.perf_counter() - began))}
    workers.close()
    store.close()


def alone(path: Path) -> Iterator[dict[str, Any]]:
    """Single arrivals and slices of settling, on a clusterer alone; milliseconds."""
    gc.set_threshold(50_000, 20, 100)  # as the weaver has it
    clusterer, arrivals, slices = Clusterer(), list[float](), list[float]()
    for number, story in zip(range(ALONE), stories(path), strict=False):
        made = vector(story.title.value or "", story.body)
        day = day_number(story.published.value or "")
        began = time.perf_counter()
        clusterer.place(str(number), made, day, is_short(story.body))
        arrivals.append(time.perf_counter() - began)
        if clusterer.is_due:
            work = clusterer.settling()
            while True:
                began = time.perf_counter()
                ended = next(work, "ended") == "ended"
                slices.append(time.perf_counter() - began)
                if ended:
                    break
            clusterer.saved()
            clusterer.retire(clusterer.parameters.working_set)
    for what, times in (("arrival", sorted(arrivals)), ("slice", sorted(slices))):
        yield {"what": what, "p50_ms": _at(times, 0.5), "p99_ms": _at(times, 0.99), "most_ms": _at(times, 1.0)}


def _at(times: list[float], share: float) -> float:
    return round(1000 * times[min(len(times) - 1, int(share * len(times)))], 2)


def curve(measures: list[dict[str, Any]]) -> str:
    """The measures as a picture: milliseconds a story over the stories, and the active events."""
    most, slowest = measures[-1]["stories"], max(measure["ms_a_story"] for measure in measures)
    widest = max(measure["active_events"] for measure in measures)

    wide, high = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE

    def line(key: str, top: float, colour: str) -> str:
        places = [(measure["stories"] / most, measure[key] / top) for measure in measures]
        points = " ".join(f"{EDGE + wide * x:.0f},{HEIGHT - EDGE - high * y:.0f}" for x, y in places)
        return f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{points}"/>'

    words = (
        f'<text x="{EDGE}" y="24" fill="#2563a8">ms a story, at most {slowest:.1f}</text>'
        f'<text x="{WIDTH // 2}" y="24" fill="#8a5a00">active events, at most {widest:,}</text>'
        f'<text x="{WIDTH - EDGE}" y="{HEIGHT - 20}" text-anchor="end" fill="#555">{most:,} stories</text>'
    )
    axis = f'<path d="M{EDGE} {EDGE}V{HEIGHT - EDGE}H{WIDTH - EDGE}" fill="none" stroke="#999"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="13">'
        f'<rect width="100%" height="100%" fill="#fff"/>{axis}{words}'
        f"{line('ms_a_story', slowest, '#2563a8')}{line('active_events', widest, '#8a5a00')}</svg>\n"
    )


def main(path: Path, picture: Path | None) -> None:
    """Print the measures, and draw them where a picture is named."""
    measures = []
    with tempfile.TemporaryDirectory() as folder:
        for measure in grown(path, Path(folder)):
            measures.append(measure)
            print(json.dumps(measure), flush=True)
    for measure in alone(path):
        print(json.dumps(measure), flush=True)
    if picture:
        picture.write_text(curve([measure for measure in measures if "ms_a_story" in measure]), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
