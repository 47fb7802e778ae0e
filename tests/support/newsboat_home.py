"""A home of Newsboat, made for a test: its list of feeds, its configuration and its cache."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

_TABLES = """
    CREATE TABLE rss_feed (rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url, title, lastmodified INTEGER(11) NOT NULL DEFAULT 0,
        is_rtl INTEGER(1) NOT NULL DEFAULT 0, etag VARCHAR(128) NOT NULL DEFAULT '');
    CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid, title, author, url, feedurl,
        pubDate INTEGER NOT NULL DEFAULT 0, content, unread INTEGER(1) NOT NULL DEFAULT 1, enclosure_url, enclosure_type,
        enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52), deleted INTEGER(1) NOT NULL DEFAULT 0, base NOT NULL DEFAULT '');
"""
_ITEM = {"author": "", "pubDate": 1_700_000_000, "content": "", "unread": 1, "flags": None, "deleted": 0}


def newsboat_home(folder: Path, urls: str, items: Sequence[dict[str, Any]], *, config: str = "", name: str = "urls") -> Path:
    """Write a home of Newsboat; items are rows of `rss_item`, and their feeds have an ETag."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(urls, encoding="utf-8")
    (folder / "config").write_text(config, encoding="utf-8")
    (folder / "cache.db").unlink(missing_ok=True)
    with closing(sqlite3.connect(folder / "cache.db")) as db:
        db.executescript(_TABLES)
        feeds = dict.fromkeys(item["feedurl"] for item in items)
        db.executemany("INSERT INTO rss_feed (rssurl, url, title, etag) VALUES (?, '', 'A feed', '\"e1\"')", [(f,) for f in feeds])
        for item in items:
            row = _ITEM | item
            names = ", ".join(row)
            db.execute(f"INSERT INTO rss_item ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
        db.commit()
    return folder
