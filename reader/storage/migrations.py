"""An older library's file made one of today's, without loss."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from reader.storage.story_rows import wording


def migrate(db: sqlite3.Connection, version: int) -> None:
    """Give the tables of an older version the columns of today; the schema makes the tables that are new. Wants a transaction."""
    if version < 2:
        _to_version_2(db)
    if 2 <= version < 4:
        _to_version_4(db)


def _to_version_2(db: sqlite3.Connection) -> None:
    """Note each story's wording, and forget what the threads remembered in another form."""
    db.create_function("wording", 1, lambda body: wording(json.loads(body)), deterministic=True)
    db.execute("ALTER TABLE story ADD COLUMN wording TEXT")
    db.execute("ALTER TABLE text ADD COLUMN more TEXT")
    db.execute("DROP TABLE member")
    db.execute("UPDATE story SET wording = (SELECT wording(body) FROM text WHERE story = story.id)")


def _to_version_4(db: sqlite3.Connection) -> None:
    """Terms name their stories by arrival alone."""
    db.execute("DROP INDEX IF EXISTS term_story")
    db.execute("ALTER TABLE term DROP COLUMN story")


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would end the transaction it is called in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
