"""How well `read_page` reads web pages flattened to plain text: `python tests/bench/pages.py DATA`.

DATA holds `html/NAME.html` and `truth.json`, which maps NAME to title, date (ISO day) and articleBody. One line of JSON a field:
body with precision, recall and F1 on bags of words (means over the pages), title and date with the counts of right, answered
and wrong; a title is right where F1 on bags of words is at least 0.8, a title made from the lead is no answer.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

from reader.text.encoding import decode
from reader.text.lines import NotAStory, read_page
from reader.text.words import fold, tokens

SURE = 0.6
UNSEEN = {"noscript", "script", "style", "svg", "template"}
INLINE = set("a abbr b bdi cite code em font i mark q s small span strong sub sup time u".split())


class Flattener(HTMLParser):
    """A page as the text a reader would copy out of a browser: block elements become lines."""

    def __init__(self, unseen: set[str]) -> None:
        super().__init__()
        self.unseen = unseen
        self.parts: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag in self.unseen
        if tag not in INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.depth = max(0, self.depth - (tag in self.unseen))
        if tag not in INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.depth:
            self.parts.append(data.replace("\n", " "))


def flatten(html: str, bare: bool) -> str:
    """The text of a page, a line a block; bare: without the head, and so without the window's title."""
    flattener = Flattener(UNSEEN | {"head"} if bare else UNSEEN)
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


def measure(folder: Path, *, bare: bool, verbose: bool) -> list[dict[str, object]]:
    """The figures of every field over the pages of a folder."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    bodies: list[tuple[float, float, float]] = []
    counts = {field: Counter[str]() for field in ("title", "date", "date_sure")}
    for name, wanted in sorted(truth.items()):
        page = folder / "html" / (name if name.endswith(".html") else f"{name}.html")
        text = flatten(decode(page.read_bytes()), bare)
        try:
            story = read_page(text, source=page.name, address=str(page))
        except NotAStory as refusal:
            bodies.append((0.0, 0.0, 0.0))
            print(f"{page.name}: {refusal}", file=sys.stderr)
            continue
        bodies.append(overlap("\n".join(story.body), wanted["articleBody"]))
        published = story.published.value
        judge(counts["title"], None if story.title_made else overlap(story.title.value or "", wanted["title"])[2] >= 0.8)
        if wanted["date"]:
            right = None if published is None else published[:10] == wanted["date"][:10]
            judge(counts["date"], right)
            judge(counts["date_sure"], right if story.published.sure >= SURE else None)
        if verbose:
            print(name[:12], *(f"{part:.2f}" for part in bodies[-1]), sep="\t", file=sys.stderr)
            print("   title ", story.title.value, "|", wanted["title"], "|", story.title.why, file=sys.stderr)
            print("   date  ", story.published, wanted["date"], file=sys.stderr)
    means = [round(sum(column) / len(bodies), 3) for column in zip(*bodies, strict=True)]
    body = {"field": "body", "pages": len(bodies), **dict(zip(("precision", "recall", "f1"), means, strict=True))}
    return [
        body,
        *(
            {"field": field, **{key: count[key] for key in ("pages", "answered", "right", "wrong")}}
            for field, count in counts.items()
        ),
    ]


def judge(count: Counter[str], right: bool | None) -> None:
    """Count one answer: right, wrong, or None for no answer."""
    count["pages"] += 1
    if right is not None:
        count["answered"] += 1
        count["right" if right else "wrong"] += 1


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with html/ and truth.json")
    parser.add_argument("--bare", action="store_true", help="leave out the window's title, so that the headline is harder to find")
    parser.add_argument("--verbose", action="store_true", help="a few lines about every page on stderr")
    arguments = parser.parse_args()
    for line in measure(arguments.data, bare=arguments.bare, verbose=arguments.verbose):
        print(json.dumps(line))


if __name__ == "__main__":
    main()
