"""Detection of encodings, and decoding of bytes to text."""

from __future__ import annotations

import codecs
import re

_BYTE_ORDER_MARKS = (  # longer marks first: UTF-32 starts like UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LATIN = {"ascii", "iso8859-1", "latin_1"}  # decoded as Windows-1252 (WHATWG Encoding Standard)
_SIMILAR_TO_CP1252 = {"cp1250", "cp1254", "cp1257", "cp1258", "iso8859_15", "iso8859_16", "iso8859_9", "latin_1", "mac_roman"}
_CONTROLS = frozenset(range(32)) - frozenset(b"\b\t\n\v\f\r\x1b")
_SAMPLE = 1 << 16
_CHARSET = re.compile(r"\bcharset\s{0,4}=\s{0,4}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_MIN_EVIDENCE = 8  # with fewer high bytes, or fewer than one in fifty, detection is unreliable


def decode(data: bytes, declared: str | None = None) -> str:
    """Decode bytes by byte-order mark, declared encoding, UTF-8, or detection, in this order.

    Never raises: undecodable bytes become U+FFFD.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    for name in filter(None, (_python_name(declared), _utf16_without_mark(data), "utf-8")):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    damaged = data.decode("utf-8", "replace")
    broken = damaged.count("\ufffd")
    if sum(letter > "\x7f" for letter in damaged) - broken > 3 * broken:
        return damaged
    return data.decode(_detect(data[:_SAMPLE]), "replace")


def charset(declaration: str | None) -> str | None:
    """Encoding declared by a media type (`text/html; charset=utf-8`) or similar text."""
    match = _CHARSET.search(declaration or "")
    return match[1] if match else None


def is_binary(data: bytes) -> bool:
    """Whether bytes are not text: NUL outside UTF-16 and UTF-32, or many control characters."""
    if data.startswith(tuple(mark for mark, _ in _BYTE_ORDER_MARKS)) or _utf16_without_mark(data):
        return False
    sample = data[:_SAMPLE]
    return b"\0" in data or sum(byte in _CONTROLS for byte in sample) > len(sample) // 10


def _python_name(declared: str | None) -> str | None:
    """Python's name of a declared encoding, None if it is not a text encoding."""
    try:
        name = codecs.lookup((declared or "").strip().strip("\"'")).name
        "".encode(name)
    except (LookupError, ValueError):
        return None
    return "cp1252" if name in _LATIN else name


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 without a byte-order mark: every other byte of Western text is NUL."""
    sample = data[: _SAMPLE & ~1]
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if half < 2 or len(data) % 2 or max(even, odd) < 0.4 * half or min(even, odd) > 0.02 * half:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _detect(sample: bytes) -> str:
    """Most plausible encoding of a sample; Windows-1252 wins over encodings that differ in a few letters."""
    if sum(byte > 0x7F for byte in sample) < max(_MIN_EVIDENCE, len(sample) // 50):
        return "cp1252"
    from charset_normalizer import from_bytes

    matches = from_bytes(sample)
    best = matches.best()
    if best is None:
        return "cp1252"
    western = next((match for match in matches if match.encoding == "cp1252"), None)
    if best.encoding in _SIMILAR_TO_CP1252 and western is not None and western.chaos <= best.chaos + 0.05:
        return "cp1252"
    return best.encoding
