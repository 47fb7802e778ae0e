"""How well web pages are read, as HTML and saved as plain text: `make bench-pages DATA=folder`.

The folder holds `html/NAME.html` and `truth.json`, which maps NAME to title, authors, date (ISO day), articleBody and url. One
line of JSON a field and mode. Of the body, precision, recall and F1 are means over the pages, on bags of words. Of the other
fields, precision is right of answered, recall right of all cases; a case is a page on which the field is stated: a date counts
where its day stands anywhere in what is read. A title or a list of authors is right where F1 on bags of words is at least 0.8; a
title made from the first words is no answer.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from reader.errors import SourceError
from reader.models import Story
from reader.sources.dispatch import WebPage, read
from reader.text.dates import find_dates
from reader.text.encoding import decode
from reader.text.tokens import fold, tokens

ALIKE = 0.8
UNSEEN = {"noscript", "script", "style", "svg", "template"}
INLINE = set("a abbr b bdi cite code em font i mark q s small span strong sub sup time u".split())


class Flattener(HTMLParser):
    """A page as the text a reader would copy out of a browser: block elements become lines."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag in UNSEEN
        if tag not in INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.depth = max(0, self.depth - (tag in UNSEEN))
        if tag not in INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.depth:
            self.parts.append(data.replace("\n", " "))


def flatten(html: str) -> str:
    """The text of a page, a line a block, the window's title first."""
    flattener = Flattener()
    flattener.feed(html)
    flattener.close()
    return "\n".join(" ".join(line.split()) for line in "".join(flattener.parts).split("\n"))


def bag(text: str) -> Counter[str]:
    """The folded words of a text with their counts."""
    return Counter(fold(token) for token in tokens(text))


def overlap(found: str, wanted: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of bags of words."""
    ours, gold = bag(found), bag(wanted)
    shared = (ours & gold).total()
    precision = shared / ours.total() if ours else 0.0
    recall = shared / gold.total() if gold else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if shared else 0.0


def days(text: str) -> set[str]:
    """The days that a text names, in all readings."""
    return {time[:10] for found in find_dates(text) for time in (found.time, found.other) if time}


def story_of(data: bytes, name: str) -> Story | None:
    """The story that is read from some bytes, None where there is none."""
    try:
        found = read(data, source=name, address=f"/{name}")
    except SourceError:
        return None
    return found.story if isinstance(found, WebPage) else found if isinstance(found, Story) else None


def is_alike(wanted: str, found: str) -> bool:
    """Whether two texts share nearly all words."""
    return overlap(found, wanted)[2] >= ALIKE


def is_same_day(wanted: str, found: str) -> bool:
    """Whether a time falls on a day."""
    return found[:10] == wanted


class Tally:
    """Answers to one field: how many cases, answers, right and wrong ones."""

    def __init__(self) -> None:
        self.count = Counter[str]()

    def judge(self, answer: str | None, right: Callable[[str], bool]) -> bool:
        """Count one case; whether it was answered right."""
        outcome = right(answer) if answer else False
        self.count.update(("cases", *(("answered", "right" if outcome else "wrong") if answer else ())))
        return outcome

    def figures(self) -> dict[str, object]:
        """Precision, recall and F1, and the counts."""
        count = self.count
        precision = count["right"] / max(1, count["answered"])
        recall = count["right"] / max(1, count["cases"])
        f1 = 2 * precision * recall / (precision + recall) if count["right"] else 0.0
        figures: dict[str, object] = dict(
            zip(("precision", "recall", "f1"), (round(x, 3) for x in (precision, recall, f1)), strict=True)
        )
        return figures | {name: count[name] for name in ("answered", "right", "wrong", "cases")}


def measure(folder: Path, *, plain: bool, verbose: bool) -> Iterator[dict[str, object]]:
    """The figures of every field over the pages of a folder."""
    truth: dict[str, dict[str, Any]] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    bodies: list[tuple[float, float, float]] = []
    tallies = {field: Tally() for field in ("title", "date", "authors")}
    answered = 0
    for name, wanted in sorted(truth.items()):
        name = name.removesuffix(".html")
        data = (folder / "html" / f"{name}.html").read_bytes()
        text = flatten(decode(data)) if plain else decode(data)
        story = story_of(text.encode() if plain else data, f"{name}.txt" if plain else f"{name}.html")
        answered += story is not None
        bodies.append(overlap("\n".join(story.body), wanted["articleBody"]) if story else (0.0, 0.0, 0.0))
        title = story.title.value if story and not story.title_made else None
        outcomes = {"title": tallies["title"].judge(title, partial(is_alike, wanted["title"]))}
        day = (wanted.get("date") or "")[:10]
        if day in days(f"{text}\n{wanted.get('url') or ''}"):
            published = story.published.value if story else None
            outcomes["date"] = tallies["date"].judge(published, partial(is_same_day, day))
        if wanted.get("authors"):
            byline = story.byline.value if story else None
            outcomes["authors"] = tallies["authors"].judge(byline, partial(is_alike, wanted["authors"]))
        if verbose:
            print(
                name,
                f"body {bodies[-1][2]:.2f}",
                *(field for field, right in outcomes.items() if not right),
                sep="\t",
                file=sys.stderr,
            )
    mode = "plain" if plain else "html"
    means = [round(sum(column) / len(bodies), 3) for column in zip(*bodies, strict=True)]
    figures = dict(zip(("precision", "recall", "f1"), means, strict=True))
    yield {"mode": mode, "field": "body", **figures, "answered": answered, "cases": len(bodies)}
    for field, tally in tallies.items():
        yield {"mode": mode, "field": field, **tally.figures()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with html/ and truth.json")
    parser.add_argument(
        "--verbose", action="store_true", help="a line about every page on stderr: body, and the fields that are wrong"
    )
    arguments = parser.parse_args()
    for plain in (False, True):
        for line in measure(arguments.data, plain=plain, verbose=arguments.verbose):
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
