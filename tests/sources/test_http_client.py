"""The door to the net, against servers on this machine that mean no good."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from reader.errors import SourceError
from reader.sources.http_client import HttpClient, Request, Response
from reader.sources.network_settings import FeedAccess, NetworkSettings

Serve = Callable[[socket.socket, str], None]


@contextmanager
def server(serve: Serve) -> Iterator[tuple[str, list[str]]]:
    """A server that answers each question with `serve(connection, head of the question)`; its address, and what was asked."""
    listening = socket.create_server(("127.0.0.1", 0))
    asked: list[str] = []

    def answer(connection: socket.socket) -> None:
        with connection:
            try:
                while head := connection.recv(65536).decode("latin-1"):
                    asked.append(head)
                    serve(connection, head)
            except OSError:
                pass

    def accept() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", asked
    finally:
        listening.close()


def replying(status: str, body: bytes = b"", **headers: str) -> Serve:
    """A server that always says the same."""
    fields = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    whole = f"HTTP/1.1 {status}\r\n{fields}Content-Length: {len(body)}\r\n\r\n".encode("latin-1") + body
    return lambda connection, head: connection.sendall(whole)


def get(
    address: str,
    deadline: float = 5.0,
    allowed: tuple[str, ...] = ("127.0.0.1",),
    settings: NetworkSettings | None = None,
    **ask: object,
) -> Response:
    async def once() -> Response:
        async with HttpClient(allowed, deadline, settings) as fetcher:
            return await fetcher.get(Request(address, **ask))  # type: ignore[arg-type]

    return asyncio.run(once())


def fault(address: str, **options: object) -> SourceError:
    with pytest.raises(SourceError) as caught:
        get(address, **options)  # type: ignore[arg-type]
    assert caught.value.why
    assert caught.value.remedy
    return caught.value


def test_an_answer_tells_what_is_needed_to_ask_again() -> None:
    served = replying("200 OK", b"<rss/>", ETag='"1"', Last_Modified="Fri, 20 Nov 2026 10:00:00 GMT", Cache_Control="max-age=600")
    with server(served) as (base, asked):
        answer = get(f"{base}/feed")
    assert (answer.data, answer.etag, answer.wait, answer.same) == (b"<rss/>", '"1"', 600.0, False)
    assert answer.modified == "Fri, 20 Nov 2026 10:00:00 GMT"
    assert asked[0].startswith("GET /feed HTTP/1.1")
    assert "Newsloom/" in asked[0]
    assert "cookie" not in asked[0].lower()


def test_what_is_unchanged_is_not_sent_again() -> None:
    with server(replying("304 Not Modified")) as (base, asked):
        answer = get(f"{base}/feed", etag='"1"', modified="Fri, 20 Nov 2026 10:00:00 GMT")
    assert answer.same
    assert 'If-None-Match: "1"' in asked[0]
    assert "If-Modified-Since: Fri, 20 Nov 2026 10:00:00 GMT" in asked[0]


def test_a_packed_answer_is_unpacked() -> None:
    with server(replying("200 OK", gzip.compress(b"<rss/>" * 100), Content_Encoding="gzip")) as (base, _):
        assert get(base).data == b"<rss/>" * 100


def test_a_bomb_is_refused_before_it_unfolds() -> None:
    bomb = gzip.compress(bytes(200 << 20))
    with server(replying("200 OK", bomb, Content_Encoding="gzip")) as (base, _):
        assert "larger than 10 MB" in fault(base).why


def test_an_endless_answer_is_refused() -> None:
    def serve(connection: socket.socket, head: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(bytes(1 << 16))

    with server(serve) as (base, _):
        assert "larger than 10 MB" in fault(base).why


def test_a_server_that_stalls_is_not_waited_for() -> None:
    def stall(connection: socket.socket, head: str) -> None:
        threading.Event().wait(30)

    with server(stall) as (base, _):
        assert "did not answer within 0.3 s" in fault(base, deadline=0.3).why


def test_a_slow_drip_does_not_get_round_the_deadline() -> None:
    def serve(connection: socket.socket, head: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x")
            threading.Event().wait(0.05)

    with server(serve) as (base, _):
        assert "did not answer within 0.5 s" in fault(base, deadline=0.5).why


@pytest.mark.parametrize("said", [b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000, b"\0\1\2 no http at all\r\n\r\n", b""])
def test_what_is_no_answer_breaks_off(said: bytes) -> None:
    def serve(connection: socket.socket, head: str) -> None:
        connection.sendall(said)
        connection.close()

    with server(serve) as (base, _):
        assert "broke off" in fault(base).why


def test_redirects_are_followed_and_told_when_permanent() -> None:
    def serve(connection: socket.socket, head: str) -> None:
        path = head.split()[1]
        status, there = {"/a": ("301 Moved", "/b"), "/b": ("308 Moved", "/c"), "/t": ("302 Found", "/c")}.get(path, ("200 OK", ""))
        connection.sendall(f"HTTP/1.1 {status}\r\nLocation: {there}\r\nContent-Length: 0\r\n\r\n".encode())

    with server(serve) as (base, _):
        assert get(f"{base}/a").moved == f"{base}/c"
        answer = get(f"{base}/t")
    assert (answer.moved, answer.address) == (None, f"{base}/c")


def test_a_redirect_loop_ends() -> None:
    with server(replying("302 Found", Location="/again")) as (base, asked):
        assert "more than 5 times" in fault(f"{base}/").why
    assert len(asked) == 6


@pytest.mark.parametrize("there", ["http://169.254.169.254/", "http://localhost/", "file:///etc/passwd", "http://10.0.0.1/"])
def test_a_redirect_inward_is_refused(there: str) -> None:
    with server(replying("302 Found", Location=there)) as (base, _):
        assert "redirects to" in fault(base).why


@pytest.mark.parametrize(
    ("status", "headers", "why", "wait", "ended"),
    [
        ("404 Not Found", {}, "404", None, False),
        ("410 Gone", {}, "gone for good", None, True),
        ("429 Too Many", {"Retry_After": "120"}, "too often", 120.0, False),
        ("503 Busy", {"Retry_After": "99999999"}, "unavailable", 7 * 24 * 3600.0, False),
        ("503 Busy", {"Retry_After": "nonsense"}, "unavailable", None, False),
        ("500 Oh", {}, "error", None, False),
    ],
)
def test_errors_are_told_in_words(status: str, headers: dict[str, Any], why: str, wait: float | None, ended: bool) -> None:
    with server(replying(status, **headers)) as (base, _):
        found = fault(base)
    assert why in found.why
    assert (found.wait, found.ended) == (wait, ended)


def test_nothing_is_sent_to_an_address_that_is_not_allowed() -> None:
    with server(replying("200 OK")) as (base, asked):
        with pytest.raises(SourceError, match="private network"):
            get(base, allowed=())
        with pytest.raises(SourceError, match="private network"):
            get(base.replace("127.0.0.1", "localhost"), allowed=("127.0.0.1",))
    assert asked == []


def test_a_name_that_stands_for_this_machine_is_refused_when_it_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(*_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    assert "private network (news.example)" in fault("http://news.example/", allowed=()).why


def test_a_name_that_nobody_knows_and_a_closed_door_are_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert "cannot be reached" in fault(f"http://127.0.0.1:{port}/").why


def test_one_server_is_asked_no_more_than_four_at_once() -> None:
    now, most = [0], [0]
    gate = threading.Lock()

    def serve(connection: socket.socket, head: str) -> None:
        with gate:
            now[0] += 1
            most[0] = max(most[0], now[0])
        threading.Event().wait(0.02)
        with gate:
            now[0] -= 1
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    async def many(base: str) -> None:
        async with HttpClient(("127.0.0.1",)) as fetcher:
            await asyncio.gather(*(fetcher.get(Request(f"{base}/{number}")) for number in range(20)))

    with server(serve) as (base, asked):
        asyncio.run(many(base))
    assert len(asked) == 20
    assert 1 <= most[0] <= 4


def test_a_cut_off_answer_is_a_failure() -> None:
    packed = gzip.compress(b"<rss/>" * 1000)
    with server(replying("200 OK", packed[: len(packed) // 2], Content_Encoding="gzip", ETag='"1"')) as (base, _):
        assert fault(base).code == "truncated"

    def serve(connection: socket.socket, head: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>")
        connection.close()

    with server(serve) as (base, _):
        assert fault(base).code.startswith("interrupted")


def test_an_encoding_that_is_not_supported_is_named() -> None:
    with server(replying("200 OK", b"\x1b\x0f", Content_Encoding="compress")) as (base, _):
        assert fault(base).why == "has the content encoding compress, which cannot be decoded"


def test_cookies_last_for_one_chain_of_redirects() -> None:
    def serve(connection: socket.socket, head: str) -> None:
        if "Cookie: seen=1; b=2" in head:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>")
        else:
            connection.sendall(
                b"HTTP/1.1 302 Found\r\nLocation: /feed\r\nSet-Cookie: seen=1; Path=/\r\n"
                b"Set-Cookie: b=2\r\nContent-Length: 0\r\n\r\n"
            )

    with server(serve) as (base, asked):
        assert get(f"{base}/feed").data == b"<rss/>"
        assert "Cookie" not in asked[0]
        get(f"{base}/feed")
        assert "Cookie" not in asked[2]


def test_the_user_agent_can_be_set_for_all_and_for_one() -> None:
    with server(replying("200 OK")) as (base, asked):
        settings = NetworkSettings(user_agent="All/1", feeds={f"{base}/one": FeedAccess(user_agent="One/1")})
        get(f"{base}/one", settings=settings)
        get(f"{base}/two", settings=settings)
    assert "User-Agent: One/1" in asked[0]
    assert "User-Agent: All/1" in asked[1]


def test_credentials_go_to_their_own_server_alone() -> None:
    with server(replying("200 OK")) as (other, asked_other), server(replying("302 Found", Location=f"{other}/x")) as (base, asked):
        access = FeedAccess(user="ada", password_command="echo secret")
        settings = NetworkSettings(feeds={base: access, other: access})
        get(f"{base}/feed", settings=settings)
        get(f"{base}/feed")
    assert "Authorization: Basic YWRhOnNlY3JldA==" in asked[0]
    assert "Authorization" not in asked[1]
    assert "Authorization" not in asked_other[0]


def test_a_proxy_is_asked_for_the_whole_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with server(replying("200 OK", b"<rss/>")) as (proxy, asked):
        assert get("http://news.example/feed", settings=NetworkSettings(proxy=proxy), allowed=()).data == b"<rss/>"
    assert asked[0].startswith("GET http://news.example/feed HTTP/1.1")
