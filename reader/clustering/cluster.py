"""What is known of a story that is tied, and of an event; a member as bytes, for keeping."""

from __future__ import annotations

import math
import struct
import sys

from msgspec import Struct

from reader.clustering.day_spans import Days
from reader.clustering.tfidf import Vector, pack, unpack
from reader.errors import DamagedThreadsError

_FIELDS = struct.Struct("<dd??IIIBH2s")


class Member(Struct):
    """What is known of one story.

    `expanded` is the vector with a share of near stories' terms, `day` the days since 1970-01-01 or None, `short` whether the body
    is little more than a headline, `source` its outlet (empty: not known), `language` an ISO 639-1 code (empty: English or not
    known), `arrival` its place in the order of coming, `density` the mean likeness to the nearest other events when it was last
    settled (None: it waits to be settled), `event` the event's number, `around` the events that shared most with it when it was
    fresh and settled, `fresh` whether it has never been settled.
    """

    vector: Vector
    expanded: Vector
    day: float | None
    short: bool
    source: str
    language: str
    arrival: int
    density: float | None
    event: int
    around: tuple[int, ...] = ()
    fresh: bool = False


class StoryCluster(Struct):
    """Stories that tell the same happening: the sum of their expanded vectors, their ids, their days; when it last changed."""

    total: Vector = {}
    stories: dict[str, None] = {}
    days: Days = None
    tick: int = 0

    @property
    def size(self) -> int:
        """The number of stories."""
        return len(self.stories)


def pack_member(member: Member) -> bytes:
    """Write a member as bytes, for keeping."""
    vector = pack(member.vector)
    expanded = b"" if member.expanded == member.vector else pack(member.expanded)
    source = member.source.encode()
    day, density = (math.nan if value is None else value for value in (member.day, member.density))
    counts = (len(vector), len(member.around), len(source), member.language.encode())
    fields = _FIELDS.pack(day, density, member.short, member.fresh, member.arrival, member.event, *counts)
    return fields + struct.pack(f"<{len(member.around)}I", *member.around) + source + vector + expanded


def unpack_member(data: bytes) -> Member:
    """Read a member back from `pack_member`; it is the very same.

    Raises:
        DamagedThreadsError: the bytes are not a packed member.
    """
    try:
        day, density, short, fresh, arrival, event, length, near, named, language = _FIELDS.unpack_from(data)
        around = struct.unpack_from(f"<{near}I", data, _FIELDS.size)
        start = _FIELDS.size + 4 * near
        source = sys.intern(data[start : start + named].decode())
        start += named
        vector = unpack(data[start : start + length])
        expanded = unpack(data[start + length :]) if data[start + length :] else vector
    except (struct.error, UnicodeDecodeError) as error:
        raise DamagedThreadsError from error
    known = [None if math.isnan(value) else value for value in (day, density)]
    return Member(
        vector, expanded, known[0], short, source, language.rstrip(b"\0").decode(), arrival, known[1], event, around, fresh
    )
