"""HTTP client for concurrent requests, each with a deadline, a size limit and the URL policy."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import httpcore2
from msgspec import Struct

from reader import __version__
from reader.errors import SourceError
from reader.sources.content_codings import ACCEPTED, ContentError, decode_content
from reader.sources.document_buffer import LARGEST, DocumentBuffer, DocumentTooLarge
from reader.sources.failures import failure
from reader.sources.guarded_backend import GuardedBackend, PrivateAddress
from reader.sources.network_settings import NetworkSettings, authorization
from reader.sources.url_policy import check, host
from reader.text.sanitize import clean_line

DEADLINE = 20.0
"""Seconds per request, including redirects."""
USER_AGENT = f"Newsloom/{__version__} (terminal news reader)"
_REDIRECTS = 5
_MAX_CONCURRENT, _MAX_PER_HOST = 32, 4
_LONGEST_WAIT = 7 * 24 * 3600.0
_PERMANENT = (301, 308)
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
_KNOWN_STATUS = frozenset({400, 401, 403, 404, 410, 429, 451, 503})
_COOKIE = re.compile(r"\s*([!#$%&'*+.^_`|~0-9A-Za-z-]{1,200})=([^;]{0,4000})")
_MOST_COOKIES = 20


class Request(Struct, frozen=True):
    """A request: the address, and validators of an earlier response for conditional requests."""

    address: str
    etag: str | None = None
    modified: str | None = None
    largest: int = LARGEST


class Response(Struct, frozen=True):
    """A response: data, or `same` if it is unchanged; `address` is the last one of the redirects.

    `moved` is the new address, if all redirects were permanent. `wait` is the number of seconds for which the response stays fresh.
    """

    same: bool
    data: bytes
    address: str
    moved: str | None = None
    content_type: str | None = None
    etag: str | None = None
    modified: str | None = None
    wait: float | None = None


class HttpClient:
    """HTTP client for concurrent requests; use it in `async with`.

    `allowed` are hosts of this machine or of private networks that may be contacted. `deadline` is in seconds.
    """

    def __init__(self, allowed: Collection[str] = (), deadline: float = DEADLINE, settings: NetworkSettings | None = None) -> None:
        self._allowed = allowed
        self._deadline = deadline
        self._settings = settings or NetworkSettings()
        self._at_once = asyncio.Semaphore(_MAX_CONCURRENT)
        self._to_one: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(_MAX_PER_HOST))
        self._pools: dict[str | None, httpcore2.AsyncConnectionPool] = {}
        self._certificates: ssl.SSLContext | None = None
        self._secrets: dict[str, asyncio.Task[str | None]] = {}

    async def __aenter__(self) -> Self:
        self._certificates = _certificates()  # takes long to load: before any deadline
        return self

    async def __aexit__(self, *fault: object) -> None:
        for pool in self._pools.values():
            await pool.aclose()

    async def get(self, request: Request) -> Response:
        """Fetch an address; raises `SourceError`."""
        address = check(request.address, self._allowed)
        async with self._to_one[urlsplit(address).netloc], self._at_once:
            try:
                async with asyncio.timeout(self._deadline):
                    return await self._follow(request, address)
            except TimeoutError as fault:
                raise _failed(request, "timeout", f"{self._deadline:g}") from fault
            except PrivateAddress as fault:
                raise _failed(request, "private", fault.name) from fault
            except httpcore2.ProxyError as fault:
                raise _failed(request, "proxy", host(self._settings.proxy_for(address) or "")) from fault
            except httpcore2.ConnectError as fault:
                raise _unreachable(request, fault) from fault
            except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException, OSError) as fault:
                raise _failed(request, "interrupted", _short(fault)) from fault

    async def _follow(self, request: Request, address: str) -> Response:
        """Send a request, and follow redirects with the cookies they set."""
        permanent, start = True, address
        cookies: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for _ in range(_REDIRECTS + 1):
            status, headers, data = await self._once(request, address, start, cookies[host(address)])
            if status in (301, 302, 303, 307, 308) and "location" in headers:
                permanent &= status in _PERMANENT
                address = self._next(request, address, headers["location"])
                continue
            if status == 304 or 200 <= status < 300:
                moved = address if permanent and address != start else None
                kind, etag, modified = (headers.get(name) for name in ("content-type", "etag", "last-modified"))
                return Response(status == 304, data, address, moved, kind, etag, modified, _fresh(headers))
            code = (f"http_{status}",) if status in _KNOWN_STATUS else ("http", status)
            raise _failed(request, *code, wait=_retry(headers), ended=status == 410)
        raise _failed(request, "redirects", _REDIRECTS)

    async def _once(self, request: Request, address: str, start: str, cookies: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        """Send one request: returns status, headers with lower-case names, and the decoded body; new cookies go to `cookies`."""
        access = self._settings.access(address)
        headers = [("Host", urlsplit(address).netloc), ("User-Agent", access.user_agent or self._settings.user_agent or USER_AGENT)]
        headers += [("Accept", _ACCEPT), ("Accept-Encoding", ACCEPTED)]
        headers += [("If-None-Match", request.etag)] if request.etag else []
        headers += [("If-Modified-Since", request.modified)] if request.modified else []
        headers += [("Cookie", "; ".join(f"{name}={value}" for name, value in cookies.items()))] if cookies else []
        if _origin(address) == _origin(start) and (secret := await self._secret(address)):
            headers.append(("Authorization", secret))
        async with self._pool(address).stream("GET", address, headers=_bytes(headers)) as response:
            stated = [(name.decode("latin-1").lower(), clean_line(value.decode("latin-1"))) for name, value in response.headers]
            for name, value in stated:
                if name == "set-cookie" and len(cookies) < _MOST_COOKIES and (cookie := _COOKIE.match(value)):
                    cookies[cookie[1]] = cookie[2].strip()
            fields = dict(stated)
            data = await _body(request, response, fields.get("content-encoding", "")) if 200 <= response.status < 300 else b""
            return response.status, fields, data

    def _pool(self, address: str) -> httpcore2.AsyncConnectionPool:
        """Connection pool for an address, direct or through its proxy."""
        proxy = self._settings.proxy_for(address)
        if proxy not in self._pools:
            allowed = self._allowed if proxy is None else {*self._allowed, host(proxy)}
            self._pools[proxy] = httpcore2.AsyncConnectionPool(
                ssl_context=self._certificates,
                proxy=httpcore2.Proxy(proxy) if proxy else None,
                max_connections=_MAX_CONCURRENT,
                network_backend=GuardedBackend(allowed),
            )
        return self._pools[proxy]

    async def _secret(self, address: str) -> str | None:
        """`Authorization` header for an address; each command runs once. Sent over https or to allowed private hosts only."""
        access = self._settings.access(address)
        if not access.password_command or not (address.startswith("https:") or host(address) in self._allowed):
            return None
        if access.password_command not in self._secrets:
            self._secrets[access.password_command] = asyncio.create_task(asyncio.to_thread(authorization, access, address))
        return await asyncio.shield(self._secrets[access.password_command])

    def _next(self, request: Request, address: str, location: str) -> str:
        """Target of a redirect, if permitted."""
        try:
            target = check(urljoin(address, location), self._allowed)
        except SourceError as fault:
            raise _failed(request, "redirect_to", fault.source, fault.code) from fault
        if address.startswith("https:") and target.startswith("http:"):
            raise _failed(request, "downgrade")
        return target


async def _body(request: Request, response: Any, coding: str) -> bytes:
    """Decoded body."""
    body = DocumentBuffer(request.largest)
    try:
        async for piece in response.aiter_stream():
            body.add(piece)
        return decode_content(body.content(), coding, request.largest)
    except DocumentTooLarge as fault:
        raise _failed(request, "too_large", fault.megabytes) from fault
    except ContentError as fault:
        raise _failed(request, fault.code, *fault.arguments) from fault


@cache
def _certificates() -> ssl.SSLContext:
    """The certificates that are trusted, loaded once: that takes 50 ms."""
    return httpcore2.default_ssl_context()


def _failed(request: Request, code: str, *arguments: object, wait: float | None = None, ended: bool = False) -> SourceError:
    fault = failure(request.address, code, *arguments)
    return SourceError(fault.source, fault.why, fault.remedy, fault.code, wait, ended)


def _unreachable(request: Request, fault: Exception) -> SourceError:
    """The failure of a connection: an invalid certificate, or no answer."""
    cause: BaseException | None = fault
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return _failed(request, "certificate", clean_line(str(cause.reason or cause)).lower())
        cause = cause.__cause__ or cause.__context__
    return _failed(request, "unreachable", _short(fault))


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


def _bytes(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1", "ignore")) for name, value in headers]


def _short(fault: BaseException) -> str:
    """Short description of an error."""
    return clean_line(str(fault))[:120] or type(fault).__name__


def _fresh(headers: dict[str, str]) -> float | None:
    """Freshness of a response in seconds (RFC 9111): `max-age`, or else `Expires`."""
    for part in headers.get("cache-control", "").lower().split(","):
        name, _, value = part.strip().partition("=")
        if name == "max-age" and value.strip('"').isdecimal():
            return min(float(value.strip('"')), _LONGEST_WAIT)
    return _until(headers.get("expires", ""))


def _retry(headers: dict[str, str]) -> float | None:
    """Seconds until a retry is allowed (RFC 9110): `Retry-After` in seconds or as a date."""
    value = headers.get("retry-after", "")
    return min(float(value), _LONGEST_WAIT) if value.isdecimal() else _until(value)


def _until(date: str) -> float | None:
    """Seconds until an HTTP date; None for an invalid or past one."""
    try:
        then = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    seconds = (then.replace(tzinfo=then.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(seconds, _LONGEST_WAIT) if seconds > 0 else None
