"""An older library's file made one of today's, without loss."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from reader.shelf.rows import wording


def migrate(db: sqlite3.Connection) -> None:
    """Give the tables of version 1 the columns of version 2; the schema makes the tables that are new. Wants a transaction."""
    db.create_function("wording", 1, lambda body: wording(json.loads(body)), deterministic=True)
    db.execute("ALTER TABLE story ADD COLUMN wording TEXT")
    db.execute("ALTER TABLE text ADD COLUMN more TEXT")
    db.execute("DROP TABLE member")
    db.execute("UPDATE story SET wording = (SELECT wording(body) FROM text WHERE story = story.id)")


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would end the transaction it is called in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
