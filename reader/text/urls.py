"""Web addresses in plain text."""

from __future__ import annotations

import re

from reader.models import Inline

_URL = re.compile(r"(?<![\w/@])https?://[^\s<>\"“”„«»\u3000-\u303f\uff00-\uff65]{2,2000}", re.I)
_PAIRS = {")": "(", "]": "[", "}": "{"}
_ENDS = ".,;:!?'’…*_"
_HOST = re.compile(r"https?://\[?[\w:]", re.I)


def bare_links(text: str) -> tuple[Inline, ...]:
    """The web addresses written out in a text, as links to themselves; punctuation after an address is not part of it."""
    if "://" not in text:
        return ()
    found = ((match.start(), _address(match.group())) for match in _URL.finditer(text))
    return tuple(Inline(start, start + len(url), "link", url) for start, url in found if _HOST.match(url) and url.isprintable())


def _address(url: str) -> str:
    """The address without punctuation and closing brackets that belong to the text around it."""
    open_ones = {close: url.count(close) - url.count(start) for close, start in _PAIRS.items()}
    end = len(url)
    while end and (url[end - 1] in _ENDS or open_ones.get(url[end - 1], 0) > 0):
        end -= 1
        if url[end] in open_ones:
            open_ones[url[end]] -= 1
    return url[:end]
