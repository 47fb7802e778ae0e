"""Exports of read-later services and bookmark files, recognized by their structure so that no list of links becomes a story."""

from __future__ import annotations

import csv
import json
import re

_HEAD = 4096  # characters by which an export is recognized
_LARGEST = 10 << 20  # characters of a JSON export
_BOOKMARKS = re.compile(r"\s*<!doctype\s+netscape-bookmark-file", re.IGNORECASE)
_SAVED_LINKS = re.compile(r"<a\s[^>]{0,2000}\stime_added=", re.IGNORECASE)
_COLUMNS = frozenset("url title selection folder timestamp tags time_added status created excerpt note cover highlights".split())
_FEWEST_COLUMNS = 3
_ADDRESS = frozenset({"url", "link", "href", "given_url"})
_BROWSER = (frozenset({"guid", "children"}), frozenset({"checksum", "roots"}))  # Firefox, Chromium


def export_kind(text: str) -> str | None:
    """What an export is, as in "is a bookmark file"; None for any other text."""
    head = text[:_HEAD].lstrip("\ufeff")
    if _BOOKMARKS.match(head):
        return "is a bookmark file"
    if _SAVED_LINKS.search(head) or _is_csv(head):
        return "is an export of a read-later service"
    return _json_kind(text, head)


def _is_csv(head: str) -> bool:
    """Whether the first line names the columns of a list of links."""
    first = head.splitlines()[:1]
    try:
        columns = {column.strip().lower() for row in csv.reader(first) for column in row}
    except csv.Error:
        return False
    return "url" in columns and len(columns & _COLUMNS) >= _FEWEST_COLUMNS


def _json_kind(text: str, head: str) -> str | None:
    """What a JSON list of saved pages or the backup of a browser is; None for other JSON, a JSON feed included."""
    if not head.lstrip().startswith(("[", "{")) or len(text) > _LARGEST:
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(found, list):
        pages = bool(found) and all(isinstance(page, dict) and bool(page.keys() & _ADDRESS) for page in found)
        return "is an export of a read-later service" if pages else None
    return "is a bookmark file" if any(names <= found.keys() for names in _BROWSER) else None
