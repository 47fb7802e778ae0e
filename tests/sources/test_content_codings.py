"""Content encodings of HTTP."""

from __future__ import annotations

import gzip
import zlib

import pytest

from reader.sources.content_codings import ContentError, decode_content

TEXT = b"<rss>" + b"The tram line reaches the airport at last. " * 200 + b"</rss>"


def packed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


RAW = zlib.compressobj(9, zlib.DEFLATED, -15)
RAW_DEFLATE = RAW.compress(TEXT) + RAW.flush()


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("utf-8", TEXT),
        ("gzip", packed(TEXT)),
        ("x-gzip", packed(TEXT)),
        ("gzip", packed(TEXT[:100]) + packed(TEXT[100:])),
        ("gzip, gzip", packed(packed(TEXT))),
        ("", packed(TEXT)),
        ("gzip", TEXT),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", RAW_DEFLATE),
        ("Deflate, GZIP", packed(zlib.compress(TEXT))),
    ],
)
def test_supported_codings_are_undone(coding: str, data: bytes) -> None:
    assert decode_content(data, coding, 1 << 20) == TEXT


@pytest.mark.parametrize(
    ("coding", "data", "code"),
    [
        ("br", b"x", "encoding"),
        ("zstd", b"x", "encoding"),
        ("gzip", packed(TEXT)[:-20], "truncated"),
        ("deflate", zlib.compress(TEXT)[:-20], "truncated"),
        ("gzip", b"\x1f\x8b" + b"\xff" * 50, "bad_encoding"),
        ("gzip", packed(bytes(2 << 20)), "too_large"),
        ("deflate", zlib.compress(bytes(2 << 20)), "too_large"),
    ],
)
def test_others_fail_with_a_code(coding: str, data: bytes, code: str) -> None:
    with pytest.raises(ContentError) as caught:
        decode_content(data, coding, 1 << 20)
    assert caught.value.code == code
