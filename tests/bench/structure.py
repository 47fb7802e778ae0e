"""How much of the structure of feeds is kept: `make bench-structure DATA=folder`.

The folder holds feeds as found, or has them in `real`. A walk of its own over the content of every item counts what a browser would
show: links of the web with words, by words and whole address; blocks of preformatted text, line by line with their indentation;
the cells of tables with several columns, in order; text alternatives of pictures; signs, which are pictures of emoji
and formulas in a line; and enclosures. One line of JSON a kind: how many
there are, and how many of them are in the stories made of the feed. `--show` names those that are not, on standard error.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
from lxml import html

from reader.errors import SourceError
from reader.models import Block, Inline, Story
from reader.sources.feeds import read_feed
from reader.text.sanitize import clean

KINDS = ("links", "code", "cells", "alts", "signs", "enclosures")
UNSEEN = "script style template textarea select title svg".split()
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
SIGN = re.compile(r"\b(emoji|smiley|latex)\b")
BASE = "http://127.0.0.1:8097"
Found = Counter[tuple[str, ...]]


def main() -> None:
    """Read all feeds and print the figures."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("data", type=Path)
    ask.add_argument("--show", action="store_true", help="name what is not kept, on standard error")
    asked = ask.parse_args()
    folder = asked.data / "real" if (asked.data / "real").is_dir() else asked.data
    stated: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    used = 0.0
    for path in sorted(each for each in folder.iterdir() if each.is_file()):
        data, address = path.read_bytes(), f"{BASE}/{path.name}"
        started = time.process_time()
        try:
            stories = [entry.story for entry in read_feed(data, address).entries]
        except SourceError:
            continue
        finally:
            used += time.process_time() - started
        there, here = in_feed(data, address), in_stories(stories)
        text = plain("".join(paragraph for story in stories for paragraph in story.body))
        here["signs"] = Counter({one: count for one, count in there["signs"].items() if text.count(one[0]) >= count})
        for kind in KINDS:
            stated[kind] += there[kind].total()
            kept[kind] += (there[kind] & here[kind]).total()
            if asked.show:
                for missed in there[kind] - here[kind]:
                    print(path.name, kind, *missed, file=sys.stderr)
    for kind in KINDS:
        share = round(kept[kind] / stated[kind], 4) if stated[kind] else None
        print(json.dumps({"kind": kind, "stated": stated[kind], "kept": kept[kind], "share": share}))
    print(json.dumps({"kind": "reading", "cpu_seconds": round(used, 1)}))


def in_feed(data: bytes, address: str) -> dict[str, Found]:
    """What the distinct items of a feed state."""
    found: dict[str, Found] = {kind: Counter() for kind in KINDS}
    seen = set()
    for entry in feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False).entries:
        parts = [part.get("value") or "" for part in entry.get("content", ())]
        content = max(parts, key=len, default="") or str(entry.get("summary") or "")
        identity = (entry.get("id"), entry.get("link"), content)
        if identity in seen:
            continue
        seen.add(identity)
        found["enclosures"].update({(link["href"].strip(),) for link in entry.get("links", ()) if is_enclosure(link)})
        if "<" in content:
            in_content(content, urljoin(address, str(entry.get("link") or "")), found)
    return found


def is_enclosure(link: Any) -> bool:
    """Whether a link of an entry is an enclosure on the web."""
    return link.get("rel") == "enclosure" and str(link.get("href") or "").strip().startswith(("http://", "https://"))


def in_content(content: str, base: str, found: dict[str, Found]) -> None:
    """Count what the HTML of one item states."""
    try:
        tree = html.document_fromstring(content)
    except (ValueError, html.etree.ParserError):
        return
    for picture in tree.iter("img"):
        if SIGN.search(picture.get("class") or ""):
            picture.tail = (picture.get("alt") or "") + (picture.tail or "")
    hidden = {each for each in tree.iter() if is_hidden(each)}
    for element in tree.iter("a", "pre", "tr", "img"):
        if not hidden.isdisjoint([element, *element.iterancestors()]):
            continue
        if element.tag == "a":
            address = whole(element.get("href") or "", base)
            if address and (words := plain(element.text_content())):
                found["links"][words, address] += 1
        elif element.tag == "pre" and (code := code_of(element)):
            found["code"][code,] += 1
        elif element.tag == "img" and (alt := plain(element.get("alt") or "")):
            found["signs" if SIGN.search(element.get("class") or "") else "alts"][alt,] += 1
        elif element.tag == "tr" and next(element.iter("br", "p", "div", "pre", "ul", "ol", "blockquote", "table"), None) is None:
            cells = tuple(plain(cell.text_content()) for cell in element.iterchildren("td", "th"))
            found["cells"].update([cells] if len(cells) > 1 and any(cells) else [])


def is_hidden(element: Any) -> bool:
    """Whether a browser would not show an element."""
    return element.tag in UNSEEN or element.get("hidden") is not None or bool(HIDDEN.search(element.get("style") or ""))


def whole(href: str, base: str) -> str:
    """Absolute web address; "" for any other."""
    try:
        address = urljoin(base, re.sub(r"[\t\r\n]", "", href).strip())
    except ValueError:
        return ""
    return comparable(address) if address.startswith(("http://", "https://")) and len(address) <= 2000 else ""


def comparable(address: str) -> str:
    """An address in which characters that may be encoded are left out."""
    return re.sub(r"%[0-9A-Fa-f]{2}|[^!#-;=?-~]", "", address)


def plain(text: str) -> str:
    """Text without blanks and the sign of a power."""
    return re.sub(r"[\s^]+", "", clean(text))


def code_of(element: Any) -> str:
    """Lines of preformatted text."""
    for br in element.iter("br"):
        br.tail = "\n" + (br.tail or "")
    lines = [line.replace("\u00a0", " ").expandtabs(4).rstrip() for line in clean(element.text_content()).split("\n")]
    return "\n".join(lines).strip("\n") if len([line for line in lines if line]) > 1 else "".join(lines).strip()


def in_stories(stories: list[Story]) -> dict[str, Found]:
    """What the stories of a feed keep."""
    found: dict[str, Found] = {kind: Counter() for kind in KINDS}
    for story in stories:
        lines = [(line.text, line.inline) for line in story.removed]
        for text, block in zip(story.body, story.blocks or [Block()] * len(story.body), strict=True):
            lines.append((text, block.inline))
            if block.kind == "code":
                found["code"][text,] += 1
            if block.cells:
                found["cells"][tuple(plain(text[start:end]) for start, end in block.cells)] += 1
        found["links"].update(link for text, inline in lines for link in links(text, inline))
        found["alts"].update((plain(media.alt),) for media in story.media if media.alt)
        found["enclosures"].update({(media.url,) for media in story.media})
    return found


def links(text: str, inline: tuple[Inline, ...]) -> Iterator[tuple[str, str]]:
    """Yield words and address of the links of a paragraph."""
    for each in inline:
        if each.kind == "link":
            yield plain(text[each.start : each.end]), comparable(each.href)


if __name__ == "__main__":
    main()
