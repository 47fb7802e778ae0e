"""Migrations from older library files to the current schema, without loss."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from reader.storage import outlets
from reader.storage.story_rows import body_digest
from reader.text.languages import detect
from reader.text.outlets import named_identity


def migrate(db: sqlite3.Connection, version: int) -> None:
    """Change the tables of an older version; `schema.sql` then creates new ones. Requires a transaction."""
    for number, change in MIGRATIONS:
        if version < number:
            change(db)


def _to_version_2(db: sqlite3.Connection) -> None:
    """Add a digest of each body, and drop the state of clustering, whose format changed."""
    db.create_function("wording", 1, lambda body: body_digest(json.loads(body)), deterministic=True)
    db.execute("ALTER TABLE story ADD COLUMN wording TEXT")
    db.execute("ALTER TABLE text ADD COLUMN more TEXT")
    db.execute("DROP TABLE member")
    db.execute("UPDATE story SET wording = (SELECT wording(body) FROM text WHERE story = story.id)")


def _to_version_4(db: sqlite3.Connection) -> None:
    """Drop the story column of terms, which refer to stories by arrival."""
    if "term" in _tables(db) and _has_column(db, "term", "story"):
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
"""Columns renamed in version 5, by the old names of their tables."""
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
    """Rename tables and columns; indexes and views are created again under new names."""
    _to_version_4(db)  # files of version 4 were first written without that change
    for table, column in (("thread", "names"), ("member", "arrival"), ("term", "arrival")):
        if table in _tables(db) and not _has_column(db, table, column):
            db.execute(f"DROP TABLE {table}")  # early files have other tables of threads, which are derived from the stories
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
    """Rename columns in rows stored as JSON."""
    names = _COLUMNS["story"] | _COLUMNS["text"]
    for number, rows in db.execute("SELECT number, content FROM story_version").fetchall():
        renamed = {names.get(name, name): value for name, value in json.loads(rows).items()}
        db.execute("UPDATE story_version SET content = ? WHERE number = ?", (json.dumps(renamed), number))


def _to_version_6(db: sqlite3.Connection) -> None:
    """Store the effect of a correction as a code with arguments; an older sentence becomes the argument of `text`."""
    if "correction" in _tables(db):
        db.execute("ALTER TABLE correction RENAME COLUMN said TO message")
        db.execute("UPDATE correction SET message = json_array('text', message)")


def _to_version_7(db: sqlite3.Connection) -> None:
    """Add columns for outlets, the time of discovery, and the order of lists; see `fill`."""
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


def _to_version_8(db: sqlite3.Connection) -> None:
    """Make room for the headlines of threads."""
    for table in ("thread", "corrected_thread"):
        if table in _tables(db):
            db.execute(f"ALTER TABLE {table} ADD COLUMN headline TEXT NOT NULL DEFAULT ''")
    db.execute("DROP VIEW IF EXISTS shown_thread")


def _to_version_11(db: sqlite3.Connection) -> None:
    """Make room for the structure of stories; those that are there stay plain paragraphs until they are found again."""
    if "story_text" in _tables(db) and not _has_column(db, "story_text", "structure"):
        db.execute("ALTER TABLE story_text ADD COLUMN structure TEXT")


def fill(db: sqlite3.Connection, version: int) -> None:
    """Fill new columns, once all tables exist. Requires a transaction."""
    if version < 7:
        _fill_version_7(db)
    if version < 8:
        _fill_version_8(db)


def _fill_version_7(db: sqlite3.Connection) -> None:
    """Set the time of discovery to the date of the story unless that is in the future, and determine outlets."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    outlets_of = _outlets(db)
    db.create_function("outlet_of", 1, outlets_of.get)
    estimate = "(SELECT time FROM date_estimate WHERE story = story.id)"
    found = f"min(coalesce(published, {estimate}, :now), :now)"
    db.execute(f"UPDATE story SET outlet_id = outlet_of(id), found = {found}, listed = {found}", {"now": now})  # noqa: S608 constants
    for table in ("thread", "corrected_thread"):
        db.execute(f"UPDATE {table} SET independent_outlets = json_array_length(outlets) + unnamed_outlets")  # noqa: S608 constants


def _fill_version_8(db: sqlite3.Connection) -> None:
    """Give threads the headline of their first story until they are grouped again."""
    for thread in ("thread", "corrected_thread"):
        titles = f"SELECT s.title FROM {thread}_story p JOIN story s ON s.id = p.story"  # noqa: S608 constants
        first = f"{titles} WHERE p.thread = {thread}.id AND p.position = 0"
        db.execute(f"UPDATE {thread} SET headline = coalesce(({first}), '')")  # noqa: S608 constants


def _outlets(db: sqlite3.Connection) -> dict[str, str | None]:
    """Identity of each story's outlet, by story id."""
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
    # an outlet known by name alone may belong to a site by now
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


def _to_version_10(db: sqlite3.Connection) -> None:
    """Add the language of each story, detected in its text."""
    if "story_text" in _tables(db):
        db.create_function("language_of", 2, _language_of, deterministic=True)
        db.execute("ALTER TABLE story ADD COLUMN language TEXT")
        title = "CASE WHEN title_generated THEN '' ELSE title END"
        db.execute(f"UPDATE story SET language = (SELECT language_of({title}, body) FROM story_text WHERE story = story.id)")  # noqa: S608


def _language_of(title: str, body: str) -> str | None:
    return detect(title, json.loads(body)).value


MIGRATIONS: tuple[tuple[int, Callable[[sqlite3.Connection], None]], ...] = (
    (2, _to_version_2),
    (4, _to_version_4),
    (5, _to_version_5),
    (6, _to_version_6),
    (7, _to_version_7),
    (8, _to_version_8),
    (9, _to_version_9),
    (10, _to_version_10),
    (11, _to_version_11),
)
"""Versions that change existing tables, in order; other versions only add tables."""

VERSION = MIGRATIONS[-1][0]
"""Current schema version, stored in the file as `user_version`."""


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one, because `executescript` would commit the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _has_column(db: sqlite3.Connection, table: str, column: str) -> bool:
    return any(row[1] == column for row in db.execute(f"PRAGMA table_info({table})"))


def _tables(db: sqlite3.Connection) -> set[str]:
    return {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
