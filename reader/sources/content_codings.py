"""Content encodings of HTTP (RFC 9110, section 8.4): gzip with any number of members, deflate with or without a zlib header."""

from __future__ import annotations

import zlib

_GZIP = b"\x1f\x8b"
_UNSUPPORTED = frozenset({"br", "zstd", "compress", "x-compress", "dcb", "dcz"})
_SUPPORTED = frozenset({"gzip", "x-gzip", "deflate"})
_MOST_CODINGS = 3


class ContentError(ValueError):
    """A body that cannot be decoded: `code` and arguments of its failure (see `sources.failures`)."""

    def __init__(self, code: str, *arguments: object) -> None:
        super().__init__(code, *arguments)
        self.code, self.arguments = code, arguments


def decode_content(data: bytes, codings: str, largest: int) -> bytes:
    """Undo the codings of a `Content-Encoding` header, at most `largest` bytes; an unlabeled gzip file is unpacked as well.

    Raises `ContentError` for a coding that is not supported, a damaged or incomplete body, or one that is too large.
    """
    applied = [coding.strip().lower() for coding in codings.split(",") if coding.strip()][:_MOST_CODINGS]
    if unsupported := next((coding for coding in applied if coding in _UNSUPPORTED), None):
        raise ContentError("encoding", unsupported)
    for coding in reversed([coding for coding in applied if coding in _SUPPORTED]):
        if coding == "deflate":
            data = _inflate(data, largest)
        elif data.startswith(_GZIP):  # a server that only claims to compress sends the text itself
            data = _gunzip(data, largest)
    return _gunzip(data, largest) if data.startswith(_GZIP) else data


def _gunzip(data: bytes, largest: int) -> bytes:
    """All members of a gzip file; what follows the last one is ignored."""
    unpacked = bytearray()
    while data.startswith(_GZIP):
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        unpacked += _decompress(member, data, largest - len(unpacked))
        data = member.unused_data.lstrip(b"\0")
    return bytes(unpacked)


def _inflate(data: bytes, largest: int) -> bytes:
    """A zlib stream (RFC 1950), or the raw deflate stream (RFC 1951) that some servers send instead."""
    try:
        return _decompress(zlib.decompressobj(), data, largest)
    except ContentError as fault:
        if fault.code != "bad_encoding":
            raise
        return _decompress(zlib.decompressobj(-zlib.MAX_WBITS), data, largest)


def _decompress(stream: zlib._Decompress, data: bytes, largest: int) -> bytes:
    try:
        unpacked = stream.decompress(data, largest + 1)
    except zlib.error as fault:
        raise ContentError("bad_encoding") from fault
    if len(unpacked) > largest:
        raise ContentError("too_large", largest >> 20)
    if not stream.eof:
        raise ContentError("truncated")
    return unpacked
