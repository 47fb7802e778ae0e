"""The one door to the net: asks an address, within a deadline, a size, and what may be asked at all."""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import httpcore2

from reader import __version__
from reader.errors import SourceError
from reader.sources.guarded_backend import GuardedBackend, PrivateAddress
from reader.sources.url_policy import check
from reader.text.sanitize import clean_line

LARGEST = 10 << 20
"""Bytes, unpacked, above which an answer is refused."""
DEADLINE = 20.0
"""Seconds for all that one question takes, redirects included."""
_REDIRECTS = 5
_AT_ONCE, _AT_ONCE_TO_ONE = 32, 4
_LONGEST_WAIT = 7 * 24 * 3600.0
_PIECE = 1 << 16
_PERMANENT = (301, 308)
_HEADERS = [
    ("User-Agent", f"Newsloom/{__version__} (terminal news reader)"),
    (
        "Accept",
        "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/html;q=0.8, */*;q=0.5",
    ),
    ("Accept-Encoding", "gzip, deflate"),
]
_REASONS = {
    400: ("does not understand the question", "look at the address in a browser"),
    401: ("wants a password", "Newsloom keeps none; look for an address that needs none"),
    403: ("does not let us in", "look at the address in a browser; it may be closed to readers like this one"),
    404: ("says that it is not there", "look for its new address on the site"),
    410: ("says that it is gone for good", "it is not asked again; take it out, or look for its new address"),
    429: ("says that it was asked too often", "it is left alone until the time it named"),
    451: ("may not show it, for legal reasons", "look for another source"),
    503: ("is not able to answer now", "it is asked again later"),
}


@dataclass(frozen=True, slots=True)
class Request:
    """A question: the address, and what an earlier answer said of itself, so that the same is not sent again."""

    address: str
    etag: str | None = None
    modified: str | None = None
    largest: int = LARGEST


@dataclass(frozen=True, slots=True)
class Response:
    """An answer: `same` as before and without data, or the data; `address` is where it came from in the end.

    `moved` is where it stands from now on, if every redirect on the way was permanent. `wait` are the seconds for which the server
    says that the answer holds.
    """

    same: bool
    data: bytes
    address: str
    moved: str | None = None
    content_type: str | None = None
    etag: str | None = None
    modified: str | None = None
    wait: float | None = None


class FetchError(SourceError):
    """An address that could not be had: `wait` are the seconds to leave it alone, `ended` says that it is gone for good."""

    def __init__(self, source: str, why: str, remedy: str = "", wait: float | None = None, ended: bool = False) -> None:
        super().__init__(source, why, remedy)
        self.wait, self.ended = wait, ended


class HttpClient:
    """Asks many addresses at once; to be used in `async with`.

    `allowed` are the hosts of this machine or a private network that may be asked. `deadline` is in seconds.
    """

    def __init__(self, allowed: Collection[str] = (), deadline: float = DEADLINE) -> None:
        self._allowed = allowed
        self._deadline = deadline
        self._at_once = asyncio.Semaphore(_AT_ONCE)
        self._to_one: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(_AT_ONCE_TO_ONE))
        self._pool: httpcore2.AsyncConnectionPool | None = None

    async def __aenter__(self) -> Self:
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=httpcore2.default_ssl_context(), max_connections=_AT_ONCE, network_backend=GuardedBackend(self._allowed)
        )
        return self

    async def __aexit__(self, *fault: object) -> None:
        if self._pool:
            await self._pool.aclose()

    async def get(self, ask: Request) -> Response:
        """The answer to a question; raises `FetchError`, or `SourceError` for an address that may not be asked."""
        address = check(ask.address, self._allowed)
        async with self._to_one[urlsplit(address).netloc], self._at_once:
            try:
                async with asyncio.timeout(self._deadline):
                    return await self._follow(ask, address)
            except TimeoutError as fault:
                raise FetchError(ask.address, f"did not answer in {self._deadline:g} s", "it is asked again later") from fault
            except PrivateAddress as fault:
                raise FetchError(ask.address, *fault.said) from fault
            except httpcore2.ConnectError as fault:
                raise FetchError(ask.address, *_unreached(fault)) from fault
            except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException, OSError) as fault:
                raise FetchError(ask.address, f"broke off: {_short(fault)}", "it is asked again later") from fault

    async def _follow(self, ask: Request, address: str) -> Response:
        """Ask, and go where the answers point."""
        permanent = True
        for _ in range(_REDIRECTS + 1):
            status, headers, data = await self._once(ask, address)
            if status in (301, 302, 303, 307, 308) and "location" in headers:
                permanent &= status in _PERMANENT
                address = self._next(ask, address, headers["location"])
                continue
            moved = address if permanent and address != check(ask.address, self._allowed) else None
            if status == 304 or 200 <= status < 300:
                kind, etag, modified = (headers.get(name) for name in ("content-type", "etag", "last-modified"))
                return Response(status == 304, data, address, moved, kind, etag, modified, _fresh(headers))
            why, remedy = _REASONS.get(status, ("answers with an error", "it is asked again later"))
            raise FetchError(ask.address, f"the server {why} ({status})", remedy, wait=_retry(headers), ended=status == 410)
        raise FetchError(ask.address, f"sends us on more than {_REDIRECTS} times", "look at the address in a browser")

    async def _once(self, ask: Request, address: str) -> tuple[int, dict[str, str], bytes]:
        """One question: status, headers with names in small letters, and the unpacked body."""
        assert self._pool is not None
        headers = [*_HEADERS, ("Host", urlsplit(address).netloc)]
        headers += [("If-None-Match", ask.etag)] if ask.etag else []
        headers += [("If-Modified-Since", ask.modified)] if ask.modified else []
        async with self._pool.stream("GET", address, headers=_bytes(headers)) as response:
            told = {name.decode("latin-1").lower(): clean_line(value.decode("latin-1")) for name, value in response.headers}
            data = await _body(ask, response, told.get("content-encoding", "")) if 200 <= response.status < 300 else b""
            return response.status, told, data

    def _next(self, ask: Request, address: str, location: str) -> str:
        """Where a redirect points, if one may go there."""
        try:
            there = check(urljoin(address, location), self._allowed)
        except SourceError as fault:
            raise FetchError(ask.address, f"sends us to {fault.source}, which {fault.why}", fault.remedy) from fault
        if address.startswith("https:") and there.startswith("http:"):
            raise FetchError(ask.address, "sends us from a safe connection to an open one", "look at the address in a browser")
        return there


async def _body(ask: Request, response: Any, coding: str) -> bytes:
    """The body unpacked, piece by piece, so that no small packet unfolds into a large one."""
    unpack = _unpacker(coding)
    data = bytearray()
    try:
        async for piece in response.aiter_stream():
            while piece:
                data += unpack.decompress(piece, _PIECE) if unpack else piece
                piece = unpack.unconsumed_tail if unpack else b""
                if len(data) > ask.largest:
                    raise FetchError(ask.address, f"is larger than {ask.largest >> 20} MB", "look for a smaller feed of the site")
    except zlib.error as fault:
        raise FetchError(ask.address, "is packed in a way that cannot be undone", "it is asked again later") from fault
    return bytes(data)


def _unpacker(coding: str) -> Any:
    """What undoes a coding; None where nothing is packed."""
    return zlib.decompressobj(zlib.MAX_WBITS | 16) if coding.lower() in ("gzip", "x-gzip") else None


def _bytes(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1", "ignore")) for name, value in headers]


def _unreached(fault: Exception) -> tuple[str, str]:
    """Why nobody answered, and what to do."""
    cause: BaseException | None = fault
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return f"cannot prove who it is ({clean_line(str(cause.reason or cause)).lower()})", "look at it in a browser"
        cause = cause.__cause__ or cause.__context__
    return f"cannot be reached: {_short(fault)}", "look at your connection and at the address; it is asked again later"


def _short(fault: BaseException) -> str:
    """A fault in a few words."""
    return clean_line(str(fault))[:120] or type(fault).__name__


def _fresh(headers: dict[str, str]) -> float | None:
    """Seconds for which an answer holds (RFC 9111): `max-age`, else `Expires`."""
    for part in headers.get("cache-control", "").lower().split(","):
        name, _, value = part.strip().partition("=")
        if name == "max-age" and value.strip('"').isdecimal():
            return min(float(value.strip('"')), _LONGEST_WAIT)
    return _until(headers.get("expires", ""))


def _retry(headers: dict[str, str]) -> float | None:
    """Seconds to leave a server alone (RFC 9110): `Retry-After` as seconds or as a date."""
    said = headers.get("retry-after", "")
    return min(float(said), _LONGEST_WAIT) if said.isdecimal() else _until(said)


def _until(date: str) -> float | None:
    """Seconds until a date as HTTP writes it; None for none, and for one that has passed."""
    try:
        then = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    seconds = (then.replace(tzinfo=then.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(seconds, _LONGEST_WAIT) if seconds > 0 else None
