"""What was named as a source, to stories, one by one."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator

from reader.model import Refusal, Story

STANDARD_INPUT = "-"


def read(sources: Iterable[str]) -> Iterator[Story | Refusal]:
    """The stories in files, folders and standard input (`-`), or why there is none, in the order named."""
    from reader.sources.files import Refused, expand, read_file, shown

    for source in sources:
        if source == STANDARD_INPUT:
            yield _standard_input()
            continue
        for found in expand([source]):
            if isinstance(found, Refusal):
                yield found
                continue
            try:
                yield read_file(found)
            except Refused as refused:
                yield Refusal(shown(str(found)), refused.why, refused.remedy)


def _standard_input() -> Story | Refusal:
    """The story on standard input; its address is what it says, for nothing else tells one from the next."""
    from reader.sources.files import Refused, story_from_text
    from reader.text.encoding import decode

    data = sys.stdin.buffer.read()
    try:
        return story_from_text(decode(data), source="standard input", address=f"stdin:{hashlib.sha256(data).hexdigest()}")
    except Refused as refused:
        return Refusal("standard input", refused.why, refused.remedy)
