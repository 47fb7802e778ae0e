"""Comparison on labelled pairs of sentences, and its time on long stories and long threads: `make bench-compare DATA=folder`.

Each `mrpc*.tsv` below the folder is a part of the Microsoft Research Paraphrase Corpus (Dolan and Brockett 2005): quality, two ids,
two sentences. Each `*.jsonl` with id, title, text and label holds stories of events. One line of JSON for each figure.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reader.comparison.compare import MOST, compare
from reader.comparison.features import read_passage
from reader.comparison.novelty import known
from reader.comparison.parameters import ComparisonParameters
from reader.comparison.paraphrase import paraphrase_probability
from reader.comparison.preprocess import PreprocessedStory, prepare
from reader.comparison.results import Passage
from reader.comparison.similarity import score
from reader.comparison.weighting import WeightedPassage, weigh
from reader.models import ExtractedField, Story
from reader.text.quotes import quoted_spans

ALIKE = 0.5
"""The one threshold of `same` against `not same`."""
SCORED = 50
"""Sentences that are scored for each one."""
WORDS = 1500
"""Words of a long story."""
THREAD = 20
"""Stories of a thread that is read through."""
TIMES = 5
"""How often a comparison is timed; the median counts."""


def sentences(pairs: list[tuple[bool, str, str]]) -> dict[str, WeightedPassage]:
    """The sentences of a corpus, each weighed as a story of its own among the others."""
    texts = dict.fromkeys(text for _, left, right in pairs for text in (left, right))
    read = [
        read_passage(Passage(str(number), 0, 0, 0, len(text), text), [text[a:b] for a, b in quoted_spans(text)])
        for number, text in enumerate(texts)
    ]
    weighed = weigh([PreprocessedStory(reading.passage.story, None, None, (reading,)) for reading in read], ComparisonParameters())
    return {text: story[0] for text, story in zip(texts, weighed, strict=True)}


def paraphrases(path: Path) -> Iterator[dict[str, Any]]:
    """The two figures of one part of the corpus."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]]
    pairs = [(quality == "1", left, right) for quality, _, _, left, right in rows]
    parameters, weighed = ComparisonParameters(), sentences(pairs)
    right = sum((paraphrase_probability(weighed[a], weighed[b], parameters) >= ALIKE) == same for same, a, b in pairs)
    yield {"set": path.stem, "what": "same or not", "pairs": len(pairs), "right": round(right / len(pairs), 4)}
    number = {text: place for place, text in enumerate(weighed)}
    equal = equals([(number[a], number[b]) for same, a, b in pairs if same], len(number))
    asked = sorted({number[text] for same, a, b in pairs if same for text in (a, b)})
    passages = list(weighed.values())
    best = nearest(passages, asked, parameters)
    found = sum(equal[best[place]] == equal[place] for place in asked)
    yield {"set": path.stem, "what": "partner first", "sentences": len(asked), "right": round(found / len(asked), 4)}


def nearest(passages: list[WeightedPassage], asked: list[int], parameters: ComparisonParameters) -> dict[int, int]:
    """The other sentence with the best score for each one asked; scored are those that share most weight with it for their own."""
    document_frequency: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, passage in enumerate(passages):
        for term, weight in passage.terms.items():
            document_frequency[term].append((place, weight))
    best: dict[int, int] = {}
    for place in asked:
        shared: defaultdict[int, int] = defaultdict(int)
        for term, weight in passages[place].terms.items():
            for other, its in document_frequency[term]:
                shared[other] += min(weight, its)
        near = sorted((other for other in shared if other != place), key=lambda other: -shared[other] / passages[other].mass ** 0.5)
        best[place] = max(near[:SCORED], key=lambda other: score(passages[place], passages[other], parameters), default=place - 1)
    return best


def equals(pairs: list[tuple[int, int]], count: int) -> list[int]:
    """A group number for each sentence: sentences labelled equal, also by way of a third, are one group."""
    group = list(range(count))
    for a, b in pairs:
        old, new = group[b], group[a]
        group = [new if number == old else number for number in group]
    return group


def long_stories(rows: list[dict[str, Any]]) -> list[Story]:
    """The longest stories of one event, each filled up from the others to about 1,500 words."""
    rows = sorted(rows, key=lambda row: -len(row["text"]))
    paragraphs = [line for row in rows for line in row["text"].splitlines()]
    stories = []
    for number, row in enumerate(rows[:MOST]):
        body: list[str] = []
        for paragraph in [*row["text"].splitlines(), *paragraphs[number * 7 :]]:
            if sum(len(line.split()) for line in body) < WORDS:
                body.append(paragraph)
        stories.append(Story(id=str(row["id"]), source="", address="", title=ExtractedField(row["title"]), body=tuple(body)))
    return stories


def events_of(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The stories of each event that have a text."""
    events: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "label" in row and row.get("text"):
            events[row["label"]].append(row)
    return events


def going_on(path: Path) -> Iterator[dict[str, Any]]:
    """What it takes to tell what is new in each of many stories, read one after the other, in milliseconds of one core."""
    events = events_of(path)
    rows = [row for label in sorted(events, key=lambda label: -len(events[label])) for row in events[label]][:THREAD]
    if len(rows) < THREAD:
        return
    read: list[PreprocessedStory] = []
    spent = []
    for row in rows:
        story = Story(
            id=str(row["id"]), source="", address="", title=ExtractedField(row["title"]), body=tuple(row["text"].splitlines())
        )
        started = time.process_time()
        read.append(prepare(story))
        known(read[:-1], read[-1])
        spent.append(time.process_time() - started)
    yield {
        "set": path.stem,
        "stories": THREAD,
        "fresh_ms": round(1000 * sorted(spent)[THREAD // 2]),
        "slowest_ms": round(1000 * max(spent)),
    }


def timing(path: Path) -> Iterator[dict[str, Any]]:
    """What eight long stories of each large event take, in milliseconds of one core."""
    for label, rows in events_of(path).items():
        stories = long_stories(rows)
        words = sum(len(paragraph.split()) for story in stories for paragraph in story.body)
        if len(stories) < MOST or words < MOST * WORDS:
            continue
        started = time.process_time()
        prepared = [prepare(story) for story in stories]
        preparing = time.process_time() - started
        spent = []
        for _ in range(TIMES):
            started = time.process_time()
            compared = compare(prepared)
            spent.append(time.process_time() - started)
        yield {
            "set": path.stem,
            "event": label,
            "words": words,
            "pairs": len(compared.pairs),
            "prepare_ms": round(1000 * preparing),
            "first_ms": round(1000 * (preparing + spent[0])),
            "compare_ms": round(1000 * sorted(spent)[TIMES // 2]),
        }


def main(folder: Path) -> None:
    """Print the figures of every set."""
    for pattern, figures in (("mrpc*.tsv", paraphrases), ("*.jsonl", timing), ("*.jsonl", going_on)):
        for path in sorted(folder.rglob(pattern)):
            for line in figures(path):
                print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
