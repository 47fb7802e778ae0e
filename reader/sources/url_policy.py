"""URL policy: normalized addresses, and detection of those on this machine or in private networks."""

from __future__ import annotations

import ipaddress
import re
import socket
import unicodedata
from collections.abc import Collection
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from reader.sources.failures import failure
from reader.text.sanitize import clean_line

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST = 2000
"""Maximum length of an address."""

_COMMAND = re.compile(r"\s*(?:\||exec:|filter:|query:)", re.I)
_NUMBERS = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}\.?", re.I)
_NAMES_OF_THIS_MACHINE = ("localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback")
_FEED = re.compile(r"feed:(?://)?(?=https?:)", re.I)
_FEED_HOST = re.compile(r"feed://(?=\S)", re.I)
_WEB = re.compile(r"(?:feed:)?https?://|feed://", re.I)
_USER = re.compile(r"(?<=://)[^/?#@\s]{1,500}@")
_BARE = re.compile(r"(?:www\.)?(?:[\w-]{1,63}\.){1,5}(?P<ending>[^\W\d_]{2,24})(?::\d{1,5})?(?:[/?#]\S*)?")
_FILES = frozenset("txt text md html htm xhtml mht mhtml eml xml rss atom json opml csv zip gz pdf doc docx epub yaml yml".split())
_UNSAFE = "%/:?#[]@!$&'()*+,;=~"

# not public despite `is_global`: the 6to4 relay, site-local and documentation addresses, and the metadata service of a large cloud
_PRIVATE = [ipaddress.ip_network(net) for net in ("192.88.99.0/24", "fec0::/10", "3fff::/20", "168.63.129.16/32")]
_TRANSLATED = [ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48")]


def check(address: str, allowed: Collection[str] = ()) -> str:
    """Normalize an address if it may be fetched.

    `allowed` are hosts of this machine or of private networks that may be contacted. Resolved addresses are checked on connecting.

    Raises:
        SourceError: it is not a web address, contains a user name, or points to a host that is not public.
    """
    address = without_feed_scheme(address)
    displayed = without_user(clean_line(address)[:LONGEST])
    if _COMMAND.match(address):
        raise failure(displayed, "command")
    if len(address) > LONGEST:
        raise failure(displayed[:80] + "…", "too_long", f"{LONGEST:,}")
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError as fault:
        raise failure(displayed, "no_address") from fault
    if parts.scheme not in ("http", "https"):
        raise failure(displayed, "scheme", parts.scheme or "no")
    if parts.username is not None or parts.password is not None:
        raise failure(displayed, "user_name")
    name = host(address)
    if not name or port == 0:
        raise failure(displayed, "no_host")
    if name not in allowed and points_inward(name):
        raise failure(displayed, "private", name)
    return _plain(parts, name, port)


def without_feed_scheme(address: str) -> str:
    """The web address behind `feed:https://…` or `feed://…`; the latter is http for a private host or a port, else https."""
    bare = _FEED.sub("", address.strip(), count=1)
    if not (match := _FEED_HOST.match(bare)):
        return bare
    plain = f"http://{bare[match.end() :]}"
    name = host(plain)
    inward = points_inward(name) or re.match(r"[^/?#]*:\d", bare[match.end() :])
    return plain if inward else f"https://{bare[match.end() :]}"


def pasted_addresses(text: str) -> list[str]:
    """Web addresses in pasted text, separated by spaces or lines, without brackets and with `https://` added if needed.

    Empty if any part of the text is not an address: then it is a file name.
    """
    words = [word.strip("<>\"'“”,;") for word in text.split()]
    found = [address for word in words if word for address in [_web_address(word)] if address]
    return found if found and len(found) == sum(map(bool, words)) else []


def _web_address(word: str) -> str | None:
    """Web address of a word, None if it looks like anything else."""
    if _WEB.match(word):
        return without_feed_scheme(word)
    bare = _BARE.fullmatch(word)
    return f"https://{word}" if bare and bare["ending"].lower() not in _FILES else None


def without_user(address: str) -> str:
    """Displayable address without user name and password."""
    return _USER.sub("", address)


def host(address: str) -> str:
    """The host of an address in lower-case ASCII, numbers in their usual form; empty if there is none."""
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
    """A host given by itself or in an address, in the form of `host`."""
    return host(name if "://" in name else f"http://[{name}]" if name.count(":") > 1 else f"http://{name}")


def points_inward(name: str) -> bool:
    """Whether a normalized host is this machine or not public."""
    if name in _NAMES_OF_THIS_MACHINE or name.endswith(".localhost"):
        return True
    number = _number(name)
    return number is not None and not is_public(number)


def is_public(number: Address) -> bool:
    """Whether an address is public (RFC 6890): not loopback, private, or a tunnel to such an address."""
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
    """Numeric address of a host in any notation (127.1, 0x7f000001); None for a name."""
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
    """Normalized address: normalized host, no fragment, unsafe characters encoded."""
    place = f"[{name}]" if ":" in name else name
    if port is not None and port != {"http": 80, "https": 443}[parts.scheme]:
        place = f"{place}:{port}"
    path = quote(parts.path or "/", safe=_UNSAFE)
    return urlunsplit((parts.scheme, place, path, quote(parts.query, safe=_UNSAFE), ""))
