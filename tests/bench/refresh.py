"""How quickly a first refresh and a second one go, beside newsboat: `make bench-refresh DATA=folder`.

The folder holds feeds (`*.xml`). They are served on loopback with entity tags, as a list of feeds in OPML, and followed by a
library that is thrown away. One line of JSON a measure, in seconds from the start of the command: `first` stories readable, `kept`
all of them, `done` all of them in threads and found by search, `second` a refresh with nothing changed. newsboat, where it is
installed, reloads the same feeds in the same run.
"""

from __future__ import annotations

import argparse
import hashlib
import http.server
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, ClassVar

from reader.library import Library

LOOK = 0.1
PATIENCE = 600.0


class Feeds(http.server.BaseHTTPRequestHandler):
    """The feeds of a folder with entity tags, answered by path."""

    protocol_version = "HTTP/1.1"
    bodies: ClassVar[dict[str, bytes]] = {}

    def do_GET(self) -> None:
        body = self.bodies.get(self.path)
        if body is None:
            self._answer(404, b"")
            return
        tag = f'"{hashlib.md5(body).hexdigest()}"'
        same = self.headers.get("If-None-Match") == tag
        self._answer(304 if same else 200, b"" if same else body, tag)

    def _answer(self, status: int, body: bytes, tag: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if tag:
            self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def main() -> None:
    """Serve the feeds and measure."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("feeds", type=Path)
    folder = ask.parse_args().feeds
    Feeds.bodies = {f"/{path.name}": path.read_bytes() for path in sorted(folder.glob("*.xml"))}
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Feeds)
    server.request_queue_size = 256
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_address[1]}"
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        _newsboat(place, [f"{base}{name}" for name in Feeds.bodies])
        _ours(place, [f"{base}{name}" for name in Feeds.bodies])
    server.shutdown()


def _ours(place: Path, addresses: list[str]) -> None:
    """Follow and refresh with our own command line, and watch the library from outside."""
    folder = place / "library"
    lines = "".join(f'<outline type="rss" text="{address}" xmlUrl="{address}"/>' for address in addresses)
    (place / "feeds.opml").write_text(f'<opml version="2.0"><body>{lines}</body></opml>')
    newsloom = [sys.executable, "-m", "reader", "--library", str(folder)]
    subprocess.run([*newsloom, "feeds", "allow", "127.0.0.1"], check=True, stdout=subprocess.DEVNULL)
    library = Library.open(folder)
    began = time.monotonic()
    work = subprocess.Popen([*newsloom, "add", str(place / "feeds.opml")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    first = kept = None
    count = 0
    while work.poll() is None and time.monotonic() - began < PATIENCE:
        if first is None and library.threads.all():
            first = time.monotonic() - began
        now = library.stories.count()
        if now > count:
            count, kept = now, time.monotonic() - began
        time.sleep(LOOK)
    done = time.monotonic() - began
    _tell("newsloom", "first", first, count)
    _tell("newsloom", "kept", kept, count)
    _tell("newsloom", "done" if not library.synchronizer.is_behind() else "stopped", done, count)
    library.close()
    began = time.monotonic()
    subprocess.run([*newsloom, "refresh"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _tell("newsloom", "second", time.monotonic() - began, count)


def _newsboat(place: Path, addresses: list[str]) -> None:
    """The same with newsboat."""
    if not (newsboat := shutil.which("newsboat")):
        return
    (place / "urls").write_text("\n".join(addresses))
    (place / "config").write_text("reload-threads 30\nmax-items 0\n")
    command = [newsboat, "-C", str(place / "config"), "-c", str(place / "cache.db"), "-u", str(place / "urls"), "-x", "reload"]
    for measure in ("kept", "second"):
        began = time.monotonic()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _tell("newsboat", measure, time.monotonic() - began)


def _tell(engine: str, measure: str, seconds: float | None, stories: int | None = None) -> None:
    figures = {"engine": engine, "measure": measure, "seconds": seconds and round(seconds, 2)}
    print(json.dumps(figures | ({"stories": stories} if stories is not None else {})), flush=True)


if __name__ == "__main__":
    main()
