"""SQLite files of other programs: copied before they are read, and never written."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from reader.errors import SourceError


class ForeignDatabase:
    """A copy of a SQLite file; raises `SourceError` if it is damaged, or is no SQLite file.

    A copy, because a reader on the live file would disturb the program it belongs to. `close` deletes it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._folder = tempfile.TemporaryDirectory(prefix="newsloom-")
        self._copy = Path(self._folder.name, "copy.db")
        try:
            shutil.copyfile(path, self._copy)
            log = path.with_name(f"{path.name}-wal")
            if log.exists():
                shutil.copyfile(log, self._copy.with_name("copy.db-wal"))
        except OSError as fault:
            self.close()
            raise SourceError(str(path), f"cannot be read ({fault.strerror})", "check its permissions") from fault
        try:
            found = next(iter(next(self.rows("PRAGMA quick_check(1)")).values()))
        except SourceError:
            self.close()
            raise
        if found != "ok":
            self.close()
            raise SourceError(str(path), f"is damaged ({found})", "close the program it belongs to, and try again")

    def close(self) -> None:
        """Delete the copy."""
        self._folder.cleanup()

    def columns(self, table: str) -> frozenset[str]:
        """The columns of a table; none if there is no such table."""
        return frozenset(row["name"] for row in self.rows("SELECT name FROM pragma_table_info(?)", table))

    def rows(self, query: str, *given: str) -> Iterator[Mapping[str, Any]]:
        """Rows of a query; text that is not UTF-8 is decoded with replacements."""
        try:
            with closing(sqlite3.connect(self._copy, isolation_level=None)) as db:
                db.row_factory = sqlite3.Row
                db.text_factory = lambda data: data.decode(errors="replace")
                for row in db.execute(query, given):
                    yield dict(row)
        except sqlite3.DatabaseError as fault:
            raise SourceError(str(self._path), f"cannot be read ({fault})", "check that it is the right file") from fault
