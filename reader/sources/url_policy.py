"""Addresses on the net: which may be asked, and which point back at this machine or into a private network."""

from __future__ import annotations

import ipaddress
import re
import socket
import unicodedata
from collections.abc import Collection
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from reader.errors import SourceError
from reader.text.sanitize import clean_line

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST = 2000
"""Characters above which an address is refused."""

_COMMAND = re.compile(r"\s*(?:\||exec:|filter:|query:)", re.I)
_NUMBERS = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}\.?", re.I)
_NAMES_OF_THIS_MACHINE = ("localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback")
_UNSAFE = "%/:?#[]@!$&'()*+,;=~"

# what `is_global` calls public and is not: the relay of 6to4, site-local addresses, and the metadata service of a large cloud
_PRIVATE = [ipaddress.ip_network(net) for net in ("192.88.99.0/24", "fec0::/10", "168.63.129.16/32")]
_TRANSLATED = [ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48")]


def check(address: str, allowed: Collection[str] = ()) -> str:
    """The address in its plain form, if it may be asked.

    `allowed` are hosts of this machine or a private network that may be. A name's own addresses are looked at when it is asked.

    Raises:
        SourceError: it is no web address, names a user, or points at a host that is not public.
    """
    told = clean_line(address)[:LONGEST]
    if _COMMAND.match(address):
        raise SourceError(told, "would run a command, and Newsloom runs none", "name the feed's own address")
    if len(address) > LONGEST:
        raise SourceError(told[:80] + "…", f"is longer than {LONGEST:,} characters", "look whether it is whole")
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError as fault:
        raise SourceError(told, "is no address", "look whether it is whole") from fault
    if parts.scheme not in ("http", "https"):
        raise SourceError(told, f"is no web address ({parts.scheme or 'no'} scheme)", "name one that begins with https://")
    if parts.username is not None or parts.password is not None:
        raise SourceError(told, "names a user, and Newsloom keeps no passwords", "name it without the part before the @")
    name = host(address)
    if not name or port == 0:
        raise SourceError(told, "names no host", "look whether it is whole")
    if name not in allowed and points_inward(name):
        raise refused(told, name)
    return _plain(parts, name, port)


def refused(address: str, name: str) -> SourceError:
    """The fault of an address whose host is not public."""
    return SourceError(
        address,
        f"points at this machine or a private network ({name})",
        f"if you trust it, allow it with `newsloom feeds allow {name}`",
    )


def host(address: str) -> str:
    """The host an address names, in small letters and ASCII, numbers in their usual form; empty if it names none."""
    try:
        name = urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""
    name = unicodedata.normalize("NFKC", name).replace("\u3002", ".").rstrip(".").lower()
    number = _number(name)
    if number:
        return str(number)
    try:
        return name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def bare_host(name: str) -> str:
    """A host named by itself, or in an address, in the form that `host` gives it."""
    return host(name if "://" in name else f"http://[{name}]" if name.count(":") > 1 else f"http://{name}")


def points_inward(name: str) -> bool:
    """Whether a host, as `host` gives it, is this machine or an address that is not public."""
    if name in _NAMES_OF_THIS_MACHINE or name.endswith(".localhost"):
        return True
    number = _number(name)
    return number is not None and not is_public(number)


def is_public(number: Address) -> bool:
    """Whether an address is anybody's to ask: not of this machine, of a private network, or of a service behind one (RFC 6890)."""
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or (number.teredo[1] if number.teredo else None)
        if inner is None and any(number in net for net in _TRANSLATED):
            inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    if any(number in net for net in _PRIVATE if net.version == number.version):
        return False
    return number.is_global and not number.is_multicast and not number.is_reserved


def _number(name: str) -> Address | None:
    """The address that a host is in numbers, however it is written: 127.1 and 0x7f000001 too."""
    try:
        return ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        pass
    if not _NUMBERS.fullmatch(name):
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(name))
    except OSError:
        return None


def _plain(parts: SplitResult, name: str, port: int | None) -> str:
    """The address put together again: its host as `host` gives it, no fragment, what may not stand in one encoded."""
    place = f"[{name}]" if ":" in name else name
    if port is not None and port != {"http": 80, "https": 443}[parts.scheme]:
        place = f"{place}:{port}"
    path = quote(parts.path or "/", safe=_UNSAFE)
    return urlunsplit((parts.scheme, place, path, quote(parts.query, safe=_UNSAFE), ""))
