"""How feeds are read: `make bench-feeds DATA=folder`.

The folder holds `feedparser` (feeds with the expectation in a comment at the top of each), `real` (feeds as found) and anything
else. One line of JSON a field that is kept: `cases` that expect something of it, how many are `answered` and `right`, precision
and recall; then `cases`, those of which every expectation of a kept field holds; then `files`: every file below DATA, read or
refused with a reason, by workers with their deadline; `broken` are those that ended in any other way; then `real` feeds, and in
how many entries were found.

Texts are compared as paragraphs of cleaned text, addresses made whole, times to the minute in UTC. The mail address beside an
author's name is not kept and not compared.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from reader.errors import SourceError, WorkerTerminated
from reader.extraction.html_fragments import paragraphs
from reader.library.document_loader import ParsedFeed, SourceDocument, read
from reader.library.worker_pool import WorkerPool
from reader.models import FeedEntry
from reader.sources.feeds import FeedPage, read_feed
from reader.sources.feeds.items import resolve

BASE = "http://127.0.0.1:8097/tests"
EXPECT = re.compile(rb"Expect:\s*(.*?)\s*(?=\n[A-Z]\w+:|-->)", re.S)
HEADER = re.compile(rb"Header:\s*content-type:\s*(\S[^\n]*)", re.I)
LOCATION = re.compile(rb"Header:\s*content-location:\s*(\S[^\n]*)", re.I)
MAIL = re.compile(r"\s*\([^\s()@]+@[^\s()@]+\)")
FIELDS = {
    "title": "title",
    "link": "link",
    "id": "id",
    "guid": "id",
    "author": "author",
    "summary": "summary",
    "description": "summary",
    "content": "content",
    "published_parsed": "date",
    "updated_parsed": "date",
    "date_parsed": "date",
    "created_parsed": "date",
}


def main() -> None:
    """Read everything and print the figures."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("data", type=Path)
    ask.add_argument("--show", action="store_true", help="name every case that disagrees, on standard error")
    asked = ask.parse_args()
    conformance(asked.data / "feedparser", asked.show)
    files(asked.data)


def conformance(folder: Path, show: bool) -> None:
    """Compare what is read with what each file expects."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for path in sorted(folder.glob("*formed/**/*.xml")):
        data = path.read_bytes()
        expected = list(expectations(data))
        if not expected:
            continue
        address = f"{BASE}/{path.relative_to(folder)}"
        if stated := LOCATION.search(data):
            address = resolve(stated[1].decode(), address) or address
        told = HEADER.search(data)
        try:
            page = read_feed(data, address, told[1].decode() if told else None)
        except SourceError:
            page = FeedPage(None, None, ())
        agreed = True
        for field, place, wanted in expected:
            found = kept(page, field, place)
            right = same(field, wanted, found, address)
            counts[field].update(cases=1, answered=bool(found), right=right and bool(found))
            agreed &= right
            if not right and show:
                print(f"{path.relative_to(folder)}: {field} should be {wanted!r}, is {found!r}", file=sys.stderr)
        counts["cases"].update(cases=1, answered=1, right=agreed)
    for field, count in counts.items():
        precision, recall = count["right"] / max(count["answered"], 1), count["right"] / count["cases"]
        tell(field=field, **count, precision=round(precision, 4), recall=round(recall, 4))


def expectations(data: bytes) -> Iterator[tuple[str, int | None, Any]]:
    """What a file expects of kept fields: the field, which entry (None: the feed), and its value; empty values expect nothing."""
    found = EXPECT.search(data)
    try:
        tree = ast.parse(found[1].decode(errors="replace") if found else "", mode="eval").body
    except SyntaxError:
        return
    for part in tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]:
        if isinstance(part, ast.Compare) and len(part.ops) == 1 and isinstance(part.ops[0], ast.Eq):
            path = steps(part.left)
            try:
                value = ast.literal_eval(part.comparators[0])
            except ValueError:
                continue
            place: int | None = None
            if path[:1] == ["entries"] and len(path) > 2 and isinstance(path[1], int):
                place, path = path[1], path[2:]
            elif path[:1] == ["feed"]:
                path = path[1:]
            else:
                continue
            rest = [step for step in path[1:] if not (path[0] == "content" and step in (0, "value"))]
            field = FIELDS.get(str(path[0])) if path and not rest else None
            said = field in ("link", "id", "date") or paragraphs(str(value))  # of many cases on markup nothing is left to read
            if field and value and said and (place is not None or field in ("title", "link")):
                yield field, place, value


def steps(node: ast.expr) -> list[Any]:
    """The steps of `a['b'][0].c` as a list; empty for anything else."""
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return [*steps(node.value), node.slice.value]
    if isinstance(node, ast.Attribute):
        return [*steps(node.value), node.attr]
    return []


def kept(page: FeedPage, field: str, place: int | None) -> str | None:
    """A field as it is kept."""
    if place is None:
        return page.title if field == "title" else page.home
    if place >= len(page.entries):
        return None
    entry: FeedEntry = page.entries[place]
    story = entry.story
    values = {
        "title": None if story.title_made else story.title.value,
        "link": story.url,
        "id": entry.guid,
        "author": story.byline.value,
        "summary": "\n".join(story.summary or story.body),
        "content": "\n".join(story.body),
        "date": " ".join(filter(None, (story.published.value, story.updated))),
    }
    return values[field]


def same(field: str, wanted: Any, found: str | None, address: str) -> bool:
    """Whether a field is what was wanted."""
    found = found or ""
    if field == "date":
        parts = tuple(wanted)[:5]
        return "{:04}-{:02}-{:02}T{:02}:{:02}".format(*parts) in found or "{:04}-{:02}-{:02}".format(*parts[:3]) in found.split()
    if field in ("link", "id"):
        return found in (wanted, resolve(wanted, address))
    told = " ".join(paragraphs(wanted))
    if field == "author":
        told = MAIL.sub("", told) or told
    return " ".join(paragraphs(found)) == told or " ".join(found.split()) == told


def files(folder: Path) -> None:
    """Read every file as it would be added, by workers."""
    counts: Counter[str] = Counter()
    real: Counter[str] = Counter()
    workers = WorkerPool()
    waiting: list[tuple[Path, Future[Any]]] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        document = SourceDocument(path.read_bytes(), path.name, f"{BASE}/{path.relative_to(folder)}")
        waiting.append((path, workers.submit(read, document)))
    for path, future in waiting:
        try:
            found = future.result()
            counts["read"] += 1
            if path.is_relative_to(folder / "real"):
                real.update(feeds=1, with_entries=isinstance(found, ParsedFeed) and bool(found.entries))
        except SourceError as fault:
            counts["refused"] += bool(fault.why)
        except WorkerTerminated as ended:
            broke = "broke down" in str(ended)
            counts["broken" if broke else "refused"] += 1
            if broke:
                print(f"{path}: {ended}", file=sys.stderr)
    workers.close()
    tell(field="files", cases=sum(counts.values()), **counts)
    tell(field="real", **real)


def tell(**figures: Any) -> None:
    print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
