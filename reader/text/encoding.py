"""Bytes to text, whatever they were written in."""

from __future__ import annotations

import codecs
import re

_MARKS = (  # the longer marks first: UTF-32 begins as UTF-16 does
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LATIN = {"ascii", "iso8859-1", "latin_1"}  # what pages call so is Windows-1252 (WHATWG Encoding Standard)
_COUSINS = {"cp1250", "cp1254", "cp1257", "cp1258", "iso8859_15", "iso8859_16", "iso8859_9", "latin_1", "mac_roman"}
_CONTROLS = frozenset(range(32)) - frozenset(b"\b\t\n\v\f\r\x1b")
_SAMPLE = 1 << 16
_CHARSET = re.compile(r"\bcharset\s{0,4}=\s{0,4}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_EVIDENCE = 8  # fewer high bytes than this, or one in fifty, tell no encoding from another


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of some bytes: by their byte-order mark, else as declared, else UTF-8, else by what reads best.

    Never raises: what fits nothing is read as UTF-8 with U+FFFD for each broken place.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    for name in filter(None, (_known(declared), _wide(data), "utf-8")):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    damaged = data.decode("utf-8", "replace")
    broken = damaged.count("\ufffd")
    if sum(letter > "\x7f" for letter in damaged) - broken > 3 * broken:
        return damaged
    return data.decode(_likeliest(data[:_SAMPLE]), "replace")


def charset(declaration: str | None) -> str | None:
    """The encoding that a media type (`text/html; charset=utf-8`) or the like declares."""
    match = _CHARSET.search(declaration or "")
    return match[1] if match else None


def is_binary(data: bytes) -> bool:
    """Whether bytes are no text at all: NUL outside UTF-16 and UTF-32, or control characters in plenty."""
    if data.startswith(tuple(mark for mark, _ in _MARKS)) or _wide(data):
        return False
    sample = data[:_SAMPLE]
    return b"\0" in data or sum(byte in _CONTROLS for byte in sample) > len(sample) // 10


def _known(declared: str | None) -> str | None:
    """Python's name of a declared encoding, None where there is no such text encoding."""
    try:
        name = codecs.lookup((declared or "").strip().strip("\"'")).name
        "".encode(name)
    except (LookupError, ValueError):
        return None
    return "cp1252" if name in _LATIN else name


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text is NUL."""
    sample = data[: _SAMPLE & ~1]
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if half < 2 or len(data) % 2 or max(even, odd) < 0.4 * half or min(even, odd) > 0.02 * half:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _likeliest(sample: bytes) -> str:
    """The encoding in which a sample has the least disorder; Windows-1252 before those that differ from it in a few letters."""
    if sum(byte > 0x7F for byte in sample) < max(_EVIDENCE, len(sample) // 50):
        return "cp1252"
    from charset_normalizer import from_bytes

    matches = from_bytes(sample)
    best = matches.best()
    if best is None:
        return "cp1252"
    western = next((match for match in matches if match.encoding == "cp1252"), None)
    if best.encoding in _COUSINS and western is not None and western.chaos <= best.chaos + 0.05:
        return "cp1252"
    return best.encoding
