"""The SQLite file of a library: private, readable from any thread, one writer at a time, with readable errors."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reader.errors import StorageError
from reader.storage.migrations import VERSION, fill, migrate, statements

_COMPANIONS = ("library.db-wal", "index/*.toc")
"""Patterns of files beside a library that has had stories."""
PATIENCE = 10.0
"""Seconds to wait for another process that is writing."""

_READ_ONLY = "is read-only; fix the permissions of the file and its folder, or copy the folder to a place where you can write"
_DAMAGED = "is damaged; restore a copy of it, or move it away and add your sources again"
_GONE = "was moved or deleted while it was open; put it back, or close Newsloom"
_REPLACED = "was replaced while it was open; close Newsloom and open it again"
_NOT_TEXT = "Could not decode to UTF-8"
_REMEDIES = {
    sqlite3.SQLITE_NOTADB: "is not a Newsloom library; move it away, or name another folder",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_BUSY: "is being written by another Newsloom; wait for it or close it, then try again",
    sqlite3.SQLITE_LOCKED: "is being written by another Newsloom; wait for it or close it, then try again",
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: "cannot be opened; fix its permissions",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that its folder exists and is writable",
    sqlite3.SQLITE_FULL: "cannot grow because the disk is full; free some space, then try again",
    sqlite3.SQLITE_IOERR: "cannot be read or written; check the disk",
}


class Database:
    """The SQLite file of a library; raises `StorageError` if it cannot be used.

    Connections are pooled, so any thread can read while one writes (write-ahead log). Within a write transaction, all reads and
    writes of its thread belong to the transaction. A file that may not be written can be read. A file that is moved, deleted or
    replaced while it is open is never written again: every later use raises an error.
    """

    _BEGIN = "BEGIN IMMEDIATE"

    def __init__(self, path: Path, *, create: bool = True) -> None:
        """Open the file; `create` makes it if it is missing."""
        self.path = path
        self._idle: list[sqlite3.Connection] = []
        self._closed = False
        self._pool = threading.Lock()
        self._writer = threading.Lock()
        self._local = threading.local()
        self.read_only = path.exists() and not all(os.access(place, os.W_OK) for place in (path, path.parent))
        if not self.read_only:
            self._create_private(create=create)
        self._identity = _identity(path)
        with self._connection() as db:
            self._prepare(db)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Connection with a consistent snapshot of the file."""
        if writing := self._transaction_connection():
            yield writing
            return
        with self._connection() as db, _transaction(db, "BEGIN"):
            yield db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Connection in a write transaction: committed as a whole, or rolled back if an exception is raised."""
        if writing := self._transaction_connection():
            yield writing
            return
        if self.read_only:
            raise StorageError(f"{self.path} {_READ_ONLY}")
        with self._writer, self._connection() as db, _transaction(db, self._BEGIN):
            self._local.writing = db
            try:
                yield db
            finally:
                self._local.writing = None

    def close(self) -> None:
        """Close the file; connections in use are closed when they are returned."""
        with self._pool:
            self._closed = True
            idle, self._idle = self._idle, []
        for db in idle:
            db.close()

    def damage(self) -> str:
        """Check the pages of the file, and rebuild its indexes if they disagree with its tables; "" if all is well.

        Reads the whole file. What it returns is the first problem that remains.
        """
        with self._connection() as db:
            if not (found := _first_problem(db)):
                return ""
            with suppress(sqlite3.DatabaseError):
                db.execute("REINDEX")  # fails if the file is read-only
                found = _first_problem(db)
            return f"{self.path.name} {_DAMAGED} ({found})" if found else ""

    def _transaction_connection(self) -> sqlite3.Connection | None:
        """Connection of this thread's write transaction, if there is one."""
        writing: sqlite3.Connection | None = getattr(self._local, "writing", None)
        return writing

    def _create_private(self, *, create: bool) -> None:
        """Create folder and file readable by their owner only, before SQLite creates them with default permissions."""
        remains = [] if self.path.exists() else [found for pattern in _COMPANIONS for found in self.path.parent.glob(pattern)]
        if remains:
            raise StorageError(
                f"{self.path} is missing, but {remains[0]} is there; restore it, or move the rest away to start empty"
            )
        if not create and not self.path.exists():
            raise StorageError(f"{self.path} {_GONE}")
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise StorageError(
                f"{self.path} cannot be opened ({error.strerror}); name another folder, or fix its permissions"
            ) from error

    def _verify_identity(self) -> None:
        """Raise an error if the path no longer names the file that was opened: what is written there would be lost."""
        found = _identity(self.path)
        if found != self._identity:
            raise StorageError(f"{self.path} {_REPLACED if found else _GONE}")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        self._verify_identity()
        with self._pool:
            db = self._idle.pop() if self._idle else None
        try:
            db = db or self._connect()
            yield db
        except sqlite3.DatabaseError as error:
            remedy = _REMEDIES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
            if remedy is not None:
                raise StorageError(f"{self.path} {remedy} ({error})") from error
            if str(error).startswith(_NOT_TEXT):  # the message goes on with the bytes themselves
                raise StorageError(f"{self.path} {_DAMAGED} (text that is not UTF-8)") from error
            raise
        except UnicodeDecodeError as error:  # the text of SQLite's own message about damage is not UTF-8
            raise StorageError(f"{self.path} {_DAMAGED} (text that is not UTF-8)") from error
        finally:
            if db is not None:
                self._release(db)

    def _release(self, db: sqlite3.Connection) -> None:
        with self._pool:
            if not self._closed:
                self._idle.append(db)
                return
        db.close()

    def _connect(self) -> sqlite3.Connection:
        # autocommit: transactions are explicit; a pooled connection serves one thread at a time
        db = sqlite3.connect(self._address(), timeout=PATIENCE, isolation_level=None, check_same_thread=False, uri=True)
        db.row_factory = sqlite3.Row
        try:
            if not self.read_only:
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            db.close()
            raise
        return db

    def _address(self) -> str:
        """Address of the file; SQLite reads a log beside a read-only file only with its memory file (`-shm`)."""
        address = self.path.absolute().as_uri()
        if not self.read_only:
            return address
        log, memory = (self.path.with_name(self.path.name + ending) for ending in ("-wal", "-shm"))
        if not (log.exists() and log.stat().st_size):
            return f"{address}?mode=ro&immutable=1"
        if not memory.exists():
            raise StorageError(
                f"{self.path} is read-only and has changes that are not merged ({log.name}); copy the folder to a place where you "
                "can write, and open the copy"
            )
        return f"{address}?mode=ro"

    def _prepare(self, db: sqlite3.Connection) -> None:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise StorageError(
                f"{self.path} was written by a newer Newsloom (version {version}; this one supports {VERSION}); update Newsloom"
            )
        if version < VERSION and self.read_only:
            raise StorageError(
                f"{self.path} was written by an older Newsloom and is read-only; copy the folder to a place where you can write, "
                "and open the copy"
            )
        if version < VERSION:
            tables = {row["name"] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            if tables and "story" not in tables:
                raise StorageError(f"{self.path} {_REMEDIES[sqlite3.SQLITE_NOTADB]}")
            script = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
            with _transaction(db, "BEGIN IMMEDIATE"):
                version = db.execute("PRAGMA user_version").fetchone()[0]  # another process may just have done it
                if tables and version < VERSION:
                    migrate(db, version)
                for statement in statements(script):
                    db.execute(statement)
                if tables and version < VERSION:
                    fill(db, version)
                db.execute(f"PRAGMA user_version = {VERSION}")


def _identity(path: Path) -> tuple[int, int] | None:
    """Device and number of a file; None if it is missing."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _first_problem(db: sqlite3.Connection) -> str:
    """Return the first line of SQLite's quick check; "" if it finds nothing."""
    try:
        line = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if line == "ok" else " ".join(line.split())


@contextmanager
def _transaction(db: sqlite3.Connection, begin: str) -> Iterator[None]:
    db.execute(begin)
    try:
        yield
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
