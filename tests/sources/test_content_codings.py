"""Content encodings of HTTP."""

from __future__ import annotations

import gzip
import sys
import zlib

import brotli
import pytest

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

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
        ("br", brotli.compress(TEXT)),
        ("zstd", zstd.compress(TEXT)),
        ("zstd", zstd.compress(TEXT[:100]) + zstd.compress(TEXT[100:])),
        ("gzip, br", brotli.compress(packed(TEXT))),
    ],
)
def test_supported_codings_are_undone(coding: str, data: bytes) -> None:
    assert decode_content(data, coding, 1 << 20) == TEXT


@pytest.mark.parametrize(
    ("coding", "data", "code"),
    [
        ("compress", b"x", "encoding"),
        ("br", b"x" * 50, "bad_encoding"),
        ("zstd", b"x" * 50, "bad_encoding"),
        ("br", brotli.compress(TEXT)[:-20], "truncated"),
        ("zstd", zstd.compress(TEXT)[:-20], "truncated"),
        ("br", brotli.compress(bytes(2 << 20)), "too_large"),
        ("zstd", zstd.compress(bytes(2 << 20)), "too_large"),
        (
            "zstd",
            zstd.compress(bytes(100), options={zstd.CompressionParameter.window_log: 27})[:4] + b"\x00\xff" * 20,
            "bad_encoding",
        ),
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
