"""A web server on loopback for tests: what stands at each path, and what was asked of it."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

POLL = 0.01
"""Seconds within which a server ends when it is closed."""


class Newsstand(Struct):
    """Bodies by path; a path may answer otherwise: a status and headers instead of a body."""

    base: str = ""
    bodies: dict[str, bytes] = {}
    answers: dict[str, tuple[int, dict[str, str]]] = {}
    asked: list[str] = []
    server: http.server.ThreadingHTTPServer | None = None

    def open(self) -> None:
        """Begin to serve."""
        stand = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                stand.asked.append(self.path)
                body = stand.bodies.get(self.path, b"")
                tag = f'"{hash(body)}"'
                status, headers = stand.answers.get(self.path, (200 if body else 404, {"ETag": tag}))
                if status == 200 and self.headers.get("If-None-Match") == tag:
                    status, body = 304, b""
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(POLL,), daemon=True).start()

    def close(self) -> None:
        """Serve no more."""
        if self.server:
            self.server.shutdown()
            self.server.server_close()

    def feed(self, path: str, items: Sequence[tuple[str, str, str]], title: str = "Harbour Courier") -> str:
        """Put up a feed of items (id, title, text) and give its address."""
        entries = "".join(
            f"<item><guid isPermaLink='false'>{key}</guid><title>{name}</title><link>{self.base}/stories/{key}</link>"
            f"<pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate><description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
            for key, name, text in items
        )
        self.bodies[path] = f'<rss version="2.0"><channel><title>{title}</title>{entries}</channel></rss>'.encode()
        return self.base + path

    def page(self, path: str, title: str, text: str, feeds: Sequence[str] = ()) -> str:
        """Put up a page with a story that may name feeds, and give its address."""
        links = "".join(f'<link rel="alternate" type="application/rss+xml" title="Feed" href="{feed}">' for feed in feeds)
        body = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
        head = f"<head><title>{title}</title>{links}</head>"
        html = f"<!doctype html><html>{head}<body><article><h1>{title}</h1>{body}</article></body></html>"
        self.bodies[path] = html.encode()
        return self.base + path
