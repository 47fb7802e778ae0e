"""Fuzzing of all parsers: `python -m tests.faults.fuzz SECONDS [--seed N]`.

Each input is a mutation of a file in `corpus` and depends on its seed alone: `--seed N` with 0 seconds replays one. A parser may
refuse an input by the errors it is meant to raise, within a few seconds. The exit code is 1 if one does anything else.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reader.errors import NewsloomError
from reader.extraction.feed_discovery import find_feeds
from reader.library import correction_yaml, saved_search_yaml
from reader.search.query import parse
from reader.settings import load_settings
from reader.sources.content_codings import ContentError, decode_content
from reader.sources.dispatch import read
from reader.sources.opml import read_opml
from reader.sources.url_policy import check, pasted_addresses
from reader.text.dates import find_dates
from reader.text.encoding import decode
from reader.text.feed_dates import parse_stated

CORPUS = Path(__file__).with_name("corpus")
_LIMIT = 5
"""Seconds of processor time for one input, as in the workers."""
_TOKENS = (
    b"<", b">", b"&#0;", b"&#x1F600;", b"<![CDATA[", b"]]>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"\0", b"\xff\xfe", b"\xef\xbb\xbf",
    b"\xcc\x81", b"\xed\xa0\x80", b"\xf4\x8f\xbf\xbf", b"\x1b]0;x\x07", b"\xe2\x80\xae", b"\r", b"\n\n", b'"', b"'", b"(", b")",
    b"[", b"{", b"*", b"~", b"^", b":", b"- ", b"!!int ", b"&a ", b"*a", b"9" * 40, b"-1", b"1e999", b"NaN", b"AND ", b"NOT ",
    b"2020-13-45", b"=?utf-8?b?////?=", b"charset=utf-7", b"encoding='cp037'", b"<div>" * 300, b"[" * 300, b"(" * 300, b"a" * 5000,
)  # fmt: skip


def _settings(data: bytes) -> None:
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(data)
        load_settings(Path(file.name))


def _document(data: bytes) -> None:
    read(data, source="fuzz", address="/fuzz")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


PARSERS: dict[str, tuple[Callable[[bytes], object], ...]] = {
    ".rss": (_document,),
    ".atom": (_document,),
    ".json": (_document,),
    ".html": (_document, lambda data: find_feeds(data, "https://a.example/")),
    ".eml": (_document,),
    ".opml": (lambda data: read_opml(data, "fuzz"), _document),
    "": (_document, lambda data: [check(line) for line in _text(data).split()], lambda data: pasted_addresses(_text(data))),
    ".txt": (
        _document,
        decode,
        lambda data: parse(_text(data)),
        lambda data: find_dates(_text(data)),
        lambda data: [parse_stated(part) for part in _text(data).split("|")],
        lambda data: decode_content(data, "gzip, deflate", 1 << 20),
    ),
    ".yaml": (
        _settings,
        lambda data: saved_search_yaml.read(_text(data), "fuzz"),
        lambda data: correction_yaml.read(_text(data), "fuzz"),
    ),
}
"""Parsers by the ending of the files in the corpus."""


def mutated(seed: int) -> tuple[str, bytes]:
    """Choose a file of the corpus and change it; returns its ending and the bytes."""
    draw = random.Random(seed)
    path = draw.choice(sorted(CORPUS.iterdir()))
    data = bytearray(path.read_bytes())
    for _ in range(draw.choice((1, 1, 2, 4, 8, 30))):
        at = draw.randrange(len(data) + 1)
        match draw.randrange(6):
            case 0 if at < len(data):
                data[at] = draw.randrange(256)
            case 1:
                del data[at : at + draw.randrange(1, 40)]
            case 2:
                data[at:at] = draw.choice(_TOKENS)
            case 3:
                data[at:at] = data[at : at + draw.randrange(1, 200)] * draw.choice((1, 2, 20))
            case 4:
                data[at:at] = draw.choice(sorted(CORPUS.iterdir())).read_bytes()[: draw.randrange(300)]
            case _:
                data[at:at] = draw.randbytes(draw.randrange(1, 20))
    return path.suffix, bytes(data)


def tried(seed: int) -> list[str]:
    """Parse one input with its parsers; returns what went wrong."""
    suffix, data = mutated(seed)
    wrong = []
    for number, parser in enumerate(PARSERS[suffix]):
        signal.setitimer(signal.ITIMER_VIRTUAL, _LIMIT)
        try:
            with contextlib.suppress(NewsloomError, ContentError):
                parser(data)
        except Exception as error:
            wrong.append(f"seed {seed}, {suffix or 'urls'} parser {number}: {type(error).__name__}: {str(error)[:200]}")
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return wrong


def _too_slow(*_: object) -> None:
    raise TimeoutError(f"more than {_LIMIT} s")


def main() -> int:
    """Fuzz for some seconds."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("seconds", type=float, nargs="?", default=60)
    ask.add_argument("--seed", type=int, default=1)
    given = ask.parse_args()
    signal.signal(signal.SIGVTALRM, _too_slow)
    end, seed, found = time.monotonic() + given.seconds, given.seed, 0
    while True:
        for problem in tried(seed):
            found += 1
            print(problem, flush=True)
        seed += 1
        if time.monotonic() >= end:
            break
    print(json.dumps({"inputs": seed - given.seed, "seed": given.seed, "found": found}))
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
