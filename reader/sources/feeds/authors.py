"""Bylines from author fields of feeds, without markup, mail addresses, affiliations and a leading "by"."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from reader.extraction.html_fragments import line

_TAG = re.compile(r"</?[a-z][a-z0-9]{0,20}(?=[\s/>])[^<>]{0,500}>|&lt;/?[a-z]", re.IGNORECASE)
_MAIL = r"[^\s@()<>\"]{1,100}@[^\s@()<>\"]{1,200}"
_MAIL_AND_NAME = re.compile(rf"\s*<?{_MAIL}>?\s*[(\[]\s*(?P<name>[^()]{{1,200}}?)\s*[)\]]\s*")
_ADDRESS = re.compile(rf"[(<\[]?\s*(?:mailto:)?{_MAIL}\s*[)>\]]?")
_NO_PERSON = re.compile(r"(?:no|do-?not|donot)[._-]?reply|mailer|webmaster|postmaster", re.IGNORECASE)
_BY = re.compile(r"(?:(?:written |posted |words |story )?by\b\s?:?\s?)+", re.IGNORECASE)
_AFFILIATION = re.compile(r"\s?[(\[][^()\[\]]{1,200}[)\]]")
_LONGEST = 500


def byline(authors: Iterable[str]) -> str:
    """Byline of distinct authors as stated in a feed: `A`, `A and B`, `A, B and C`; empty for none."""
    names = [name for author in authors for name in _names(author[:_LONGEST])]
    distinct = {name.casefold(): name for name in reversed(names) if name}
    *others, last = [*reversed(distinct.values())] or [""]
    return f"{', '.join(others)} and {last}" if others else last


def _names(author: str) -> list[str]:
    """Names in one author field; a mail address is used only without a name."""
    text = html.unescape(author) if "&lt;" in author else author
    if _TAG.search(text):
        text = line(text)
    elif match := _MAIL_AND_NAME.fullmatch(text):
        text = match["name"]
    else:
        named = _ADDRESS.sub(" ", text)
        address = _ADDRESS.search(text)
        if address and not re.search(r"\w", named):
            return [] if _NO_PERSON.search(address[0]) else [line(html.escape(address[0].strip("<>()[] "), quote=False))]
        text = line(html.escape(html.unescape(named), quote=False))
    text = _AFFILIATION.sub("", _BY.sub("", text, count=1) if _BY.match(text) else text).strip(" ,;|")
    parts = [part.strip() for part in re.split(r"\s?;\s|\s\|\s", text) if part.strip()]
    return [name for part in parts for name in _listed(part)]


def _listed(text: str) -> list[str]:
    """Names of a comma-separated list, if each part can be a full name: `Moss, Ada` is one person."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return parts if len(parts) > 1 and all(2 <= len(part.split()) <= 4 and part[0].isupper() for part in parts) else [text]
