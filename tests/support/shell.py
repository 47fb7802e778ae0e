"""What the tests of the command line share: calls of it on one library, and a web site on this machine."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.cli import main
from tests.support.feed_server import POLL

SEEDS = Path(__file__).resolve().parent.parent.parent / "seeds"


class Shell:
    """Calls the command line on one library and keeps what it told."""

    def __init__(self, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.library, self.capsys, self.words = library, capsys, ""

    def __call__(self, *arguments: str) -> tuple[int, str]:
        code = main(["--library", str(self.library), *arguments])
        told = self.capsys.readouterr()
        self.words = told.err
        return code, told.out

    def rows(self, *arguments: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self(*arguments, "--json")[1].splitlines()]


class Site:
    """A folder served on loopback, and the paths that were asked of it; `heard` is called before each answer."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.asked = folder, list[str]()
        self.heard: Callable[[], None] = lambda: None
        site = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.heard()
                del self.headers["If-Modified-Since"]  # it counts seconds, and tests change files within one
                super().do_GET()

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(POLL,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def put(self, name: str, text: str) -> str:
        """Put up a file and give its address."""
        (self.folder / name).write_text(text, encoding="utf-8")
        return f"http://127.0.0.1:{self.port}/{name}"

    def feed(self, name: str, title: str, **stories: str) -> str:
        """Put up a feed of stories, a title and a link each, and give its address."""
        items = "".join(
            f"<item><guid>{key}</guid><title>{key.title()} news</title><link>{link}</link>"
            f"<description>{about(key)}</description></item>"
            for key, link in stories.items()
        )
        return self.put(name, f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>')


def about(thing: str) -> str:
    """A text of some length about a thing."""
    return f"The harbour council and the {thing} crews agreed on Monday to end the strike of nine days at the {thing}. " * 4
