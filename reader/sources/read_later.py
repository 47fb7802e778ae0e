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
_SAVED = frozenset({"tags", "is_archived", "is_starred", "content", "created_at", "time_added", "reading_time"})


def export_kind(text: str) -> str | None:
    """What an export is, as in "is a bookmark file"; None for any other text."""
    head = text[:_HEAD].lstrip("\ufeff")
    if _BOOKMARKS.match(head):
        return "is a bookmark file"
    if _SAVED_LINKS.search(head) or _is_csv(head) or _is_json(text, head):
        return "is an export of a read-later service"
    return None


def _is_csv(head: str) -> bool:
    """Whether the first line names the columns of a list of links."""
    first = head.splitlines()[:1]
    try:
        columns = {column.strip().lower() for row in csv.reader(first) for column in row}
    except csv.Error:
        return False
    return "url" in columns and len(columns & _COLUMNS) >= _FEWEST_COLUMNS


def _is_json(text: str, head: str) -> bool:
    """Whether a text is a JSON list of saved pages."""
    if not head.lstrip().startswith("[") or len(text) > _LARGEST:
        return False
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return bool(found) and all(isinstance(page, dict) and "url" in page and bool(page.keys() & _SAVED) for page in found)
