"""The bytes of a document, limited in size without the pictures that are inlined in it."""

from __future__ import annotations

import re

LARGEST = 10 << 20
"""Maximum size of a document in bytes, without inlined data."""
LARGEST_WHOLE = 128 << 20
"""Maximum size of a document in bytes, with inlined data."""

_DATA = re.compile(rb"data:[a-z]{1,40}/[a-z0-9.+;=_-]{1,160},", re.I)  # RFC 2397
_LONGEST_START = 256  # bytes that the start of inlined data can have
_CONTENT = re.compile(rb"[^\"'()<>\s\\]*")


class DocumentTooLarge(Exception):
    """A document is larger than `largest` bytes."""

    def __init__(self, largest: int) -> None:
        super().__init__(largest)
        self.megabytes = largest >> 20


class DocumentBuffer:
    """Collects a document piece by piece.

    From `largest` bytes on, the content of `data:` addresses is left out as it comes, so that a saved page with all its pictures
    needs no more memory than its text.
    """

    def __init__(self, largest: int = LARGEST) -> None:
        self._largest = largest
        self._data, self._rest = bytearray(), b""
        self._size = 0
        self._leaving_out = self._inside = False

    def add(self, piece: bytes) -> None:
        """Add the next piece; raises `DocumentTooLarge`."""
        self._size += len(piece)
        if not self._leaving_out:
            self._data += piece
            if len(self._data) <= self._largest:
                return
            piece, self._data, self._leaving_out = bytes(self._data), bytearray(), True
        self._data += self._without_data(piece)
        if len(self._data) + len(self._rest) > self._largest or self._size > max(LARGEST_WHOLE, self._largest):
            raise DocumentTooLarge(self._largest)

    def content(self) -> bytes:
        """Everything added so far, except inlined data that was left out."""
        return bytes(self._data) + self._rest

    def _without_data(self, piece: bytes) -> bytes:
        """A piece without inlined data; its end is kept back, because such data may start in it."""
        text, place, kept = self._rest + piece, 0, []
        self._rest = b""
        while place < len(text):
            if self._inside:
                ending = _CONTENT.match(text, place)
                place = ending.end() if ending else place
                self._inside = place == len(text)
            elif start := _DATA.search(text, place):
                kept.append(text[place : start.end()])
                place, self._inside = start.end(), True
            else:
                end = max(place, len(text) - _LONGEST_START)
                kept.append(text[place:end])
                self._rest = text[end:]
                break
        return b"".join(kept)
