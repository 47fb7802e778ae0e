"""Brings the file of an older library to the current schema, without loss."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from reader.storage import outlets
from reader.storage.story_rows import body_digest
from reader.text.outlets import named_identity


def migrate(db: sqlite3.Connection, version: int) -> None:
    """Change the tables of an older version; `schema.sql` then creates those that are new. Wants a transaction."""
    for number, change in MIGRATIONS:
        if version < number:
            change(db)


def _to_version_2(db: sqlite3.Connection) -> None:
    """Store a digest of each body's words, and drop clustering's state, which had another form."""
    db.create_function("wording", 1, lambda body: body_digest(json.loads(body)), deterministic=True)
    db.execute("ALTER TABLE story ADD COLUMN wording TEXT")
    db.execute("ALTER TABLE text ADD COLUMN more TEXT")
    db.execute("DROP TABLE member")
    db.execute("UPDATE story SET wording = (SELECT wording(body) FROM text WHERE story = story.id)")


def _to_version_4(db: sqlite3.Connection) -> None:
    """Let terms name their stories by arrival alone."""
    if "term" in _tables(db):
        db.execute("DROP INDEX IF EXISTS term_story")
        db.execute("ALTER TABLE term DROP COLUMN story")


_THREAD = {"automatic": "automatic_name", "unnamed": "unnamed_outlets", "about": "dates_estimated", "names": "title_evidence"}
_COLUMNS = {
    "story": {"content": "digest", "title_made": "title_generated", "wording": "body_digest"},
    "text": {"facts": "field_reasons", "removed": "removed_lines", "more": "extra"},
    "version": {"until": "replaced_at", "rows": "content"},
    "mark": {"name": "flag"},
    "seen": {"content": "digest"},
    "change": {"gone": "deleted"},
    "placed": {"place": "position"},
    "own_placed": {"place": "position"},
    "estimate": {"sure": "confidence", "why": "reason"},
    "thread": _THREAD,
    "own_thread": _THREAD,
}
"""The columns renamed in version 5, by the tables' old names."""
_TABLES = {
    "text": "story_text",
    "version": "story_version",
    "address": "story_address",
    "item": "feed_item",
    "host": "allowed_host",
    "mark": "story_flag",
    "seen": "read_passage",
    "change": "story_change",
    "note": "metadata",
    "derived": "derived_state",
    "member": "cluster_member",
    "term": "cluster_term",
    "placed": "thread_story",
    "estimate": "date_estimate",
    "own_thread": "corrected_thread",
    "own_placed": "corrected_thread_story",
    "covered": "replaced_thread",
}
_INDEXES = ("story_wording", "version_story", "address_story", "item_story", "mark_story", "member_arrival", "member_event")
_VIEWS = ("shown_thread", "shown_placed")


def _to_version_5(db: sqlite3.Connection) -> None:
    """Rename tables and columns; their indexes and views are created again under the new names."""
    for view in _VIEWS:
        db.execute(f"DROP VIEW IF EXISTS {view}")
    for index in _INDEXES:
        db.execute(f"DROP INDEX IF EXISTS {index}")
    there = _tables(db)
    for table, columns in _COLUMNS.items():
        if table in there:
            for old, new in columns.items():
                db.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    for old, new in _TABLES.items():
        if old in there:
            db.execute(f"ALTER TABLE {old} RENAME TO {new}")
    if "version" in there:
        _rename_in_versions(db)


def _rename_in_versions(db: sqlite3.Connection) -> None:
    """Rename the columns in the rows that are stored as JSON."""
    names = _COLUMNS["story"] | _COLUMNS["text"]
    for number, rows in db.execute("SELECT number, content FROM story_version").fetchall():
        renamed = {names.get(name, name): value for name, value in json.loads(rows).items()}
        db.execute("UPDATE story_version SET content = ? WHERE number = ?", (json.dumps(renamed), number))


def _to_version_6(db: sqlite3.Connection) -> None:
    """Store what a correction did as a code and its arguments; a sentence written before becomes the argument of `text`."""
    if "correction" in _tables(db):
        db.execute("ALTER TABLE correction RENAME COLUMN said TO message")
        db.execute("UPDATE correction SET message = json_array('text', message)")


def _to_version_7(db: sqlite3.Connection) -> None:
    """Make room for the outlets of stories, the time they were found, and the order of lists; see `fill`."""
    columns = {
        "story": ("outlet_id TEXT", "found TEXT", "listed TEXT"),
        "feed": ("site_name TEXT", "outlet TEXT"),
        "thread": ("independent_outlets INTEGER NOT NULL DEFAULT 0",),
        "corrected_thread": ("independent_outlets INTEGER NOT NULL DEFAULT 0",),
    }
    for table in _tables(db) & columns.keys():
        for column in columns[table]:
            db.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    db.execute("DROP VIEW IF EXISTS shown_thread")


def fill(db: sqlite3.Connection, version: int) -> None:
    """Fill the columns that are new since an older version, once all tables are there. Wants a transaction."""
    if version < 7:
        _fill_version_7(db)


def _fill_version_7(db: sqlite3.Connection) -> None:
    """Take stories to be found when they are dated, if that is past, and find their outlets."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    outlets_of = _outlets(db)
    db.create_function("outlet_of", 1, outlets_of.get)
    estimate = "(SELECT time FROM date_estimate WHERE story = story.id)"
    found = f"min(coalesce(published, {estimate}, :now), :now)"
    db.execute(f"UPDATE story SET outlet_id = outlet_of(id), found = {found}, listed = {found}", {"now": now})  # noqa: S608 constants
    for table in ("thread", "corrected_thread"):
        db.execute(f"UPDATE {table} SET independent_outlets = json_array_length(outlets) + unnamed_outlets")  # noqa: S608 constants


def _outlets(db: sqlite3.Connection) -> dict[str, str | None]:
    """The identity of each story's outlet, by the story's id."""
    found: dict[str, str | None] = {}
    for feed in db.execute("SELECT address, title, home FROM feed").fetchall():
        listed = "SELECT s.id, s.url, s.outlet FROM feed_item i JOIN story s ON s.id = i.story WHERE i.feed = ?"
        items = db.execute(listed, (feed["address"],)).fetchall()
        outlet = outlets.describe_feed(
            db, feed["address"], title=feed["title"], home=feed["home"], site_name=None, pages=[item["url"] for item in items]
        )
        for item in items:
            if item["id"] not in found:
                found[item["id"]] = outlets.of_entry(db, outlet, item["url"], item["outlet"])
    for page in db.execute("SELECT id, url, outlet FROM story").fetchall():
        if page["id"] not in found:
            found[page["id"]] = outlets.of_page(db, page["url"], page["outlet"])
    # an outlet known by its name may have become a site's since
    sites = {named_identity(name): id for id, name in db.execute("SELECT id, name FROM outlet").fetchall()}
    return {story: sites.get(outlet or "", outlet) for story, outlet in found.items()}


def _to_version_9(db: sqlite3.Connection) -> None:
    """Mark the times that are known to be in UTC, as those of feeds and mails are, with a `Z`; leave credits out of digests."""
    if "story_text" in _tables(db):
        db.create_function("wording", 1, lambda body: body_digest(json.loads(body)), deterministic=True)
        db.execute("UPDATE story SET body_digest = (SELECT wording(body) FROM story_text WHERE story = story.id)")
        stated = "json_extract(t.field_reasons, '$.published[1]')"
        found = f"SELECT t.story FROM story_text t WHERE {stated} IN ('feed', 'feed_order', 'mail_date')"  # noqa: S608 constants
        db.execute(
            f"UPDATE story SET published = published || 'Z' WHERE published LIKE '____-__-__T__:__' AND id IN ({found})"  # noqa: S608
        )


MIGRATIONS: tuple[tuple[int, Callable[[sqlite3.Connection], None]], ...] = (
    (2, _to_version_2),
    (4, _to_version_4),
    (5, _to_version_5),
    (6, _to_version_6),
    (7, _to_version_7),
    (9, _to_version_9),
)
"""The versions that changed existing tables, in order; others only added some."""

VERSION = MIGRATIONS[-1][0]
"""The number of the current schema, kept in the file as `user_version`."""


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one: `executescript` would end the transaction it is called in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _tables(db: sqlite3.Connection) -> set[str]:
    return {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
