"""Content encodings of HTTP (RFC 9110, section 8.4): gzip with any number of members, deflate, Brotli and Zstandard."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator

from reader.sources.document_buffer import DocumentBuffer, DocumentTooLarge

ACCEPTED = "gzip, deflate, br, zstd"
"""Value of the header `Accept-Encoding`: exactly what can be decoded."""
_GZIP = b"\x1f\x8b"
_UNSUPPORTED = frozenset({"compress", "x-compress", "dcb", "dcz"})
_SUPPORTED = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd"})
_MOST_CODINGS = 3
_PIECE = 1 << 20  # bytes decoded at once
_LARGEST_WINDOW = 23  # bits: 8 MB, the maximum for Zstandard in HTTP (RFC 9659)


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
        data = _decode(data, coding, largest)
    return _decode(data, "gzip", largest)


def _decode(data: bytes, coding: str, largest: int) -> bytes:
    if coding == "deflate":
        return _inflate(data, largest)
    if coding == "br":
        return _collect(_unbrotli(data), largest)
    if coding == "zstd":
        return _collect(_unzstd(data), largest)
    return _collect(_gunzip(data), largest) if data.startswith(_GZIP) else data  # some servers only claim to compress


def _inflate(data: bytes, largest: int) -> bytes:
    """A zlib stream (RFC 1950), or the raw deflate stream (RFC 1951) that some servers send instead."""
    try:
        return _collect(_decompress(zlib.decompressobj(), data), largest)
    except ContentError as fault:
        if fault.code != "bad_encoding":
            raise
        return _collect(_decompress(zlib.decompressobj(-zlib.MAX_WBITS), data), largest)


def _collect(pieces: Iterator[bytes], largest: int) -> bytes:
    """Content of a decoded body."""
    body = DocumentBuffer(largest)
    try:
        for piece in pieces:
            body.add(piece)
    except DocumentTooLarge as fault:
        raise ContentError("too_large", fault.megabytes) from fault
    return body.content()


def _gunzip(data: bytes) -> Iterator[bytes]:
    """All members of a gzip file; what follows the last one is ignored."""
    while data.startswith(_GZIP):
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        yield from _decompress(member, data)
        data = member.unused_data.lstrip(b"\0")


def _decompress(stream: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    try:
        while not stream.eof:
            piece = stream.decompress(data, _PIECE)
            if not piece and not stream.eof:
                raise ContentError("truncated")
            yield piece
            data = stream.unconsumed_tail
    except zlib.error as fault:
        raise ContentError("bad_encoding") from fault


def _unbrotli(data: bytes) -> Iterator[bytes]:
    """A Brotli stream (RFC 7932)."""
    import brotli

    stream = brotli.Decompressor()
    try:
        piece = stream.process(data, output_buffer_limit=_PIECE)
        while piece or not stream.is_finished():
            if not piece and stream.can_accept_more_data():
                raise ContentError("truncated")
            yield piece
            piece = b"" if stream.is_finished() else stream.process(b"", output_buffer_limit=_PIECE)
    except brotli.error as fault:
        raise ContentError("bad_encoding") from fault


def _unzstd(data: bytes) -> Iterator[bytes]:
    """All frames of a Zstandard stream (RFC 8878)."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    try:
        while data:
            frame = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _LARGEST_WINDOW})
            while not frame.eof:
                piece = frame.decompress(data, _PIECE)
                if not piece and frame.needs_input and not frame.eof:
                    raise ContentError("truncated")
                yield piece
                data = b""
            data = frame.unused_data
    except zstd.ZstdError as fault:
        raise ContentError("bad_encoding") from fault
