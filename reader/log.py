"""The log file for bug reports: what ran, how long it took and what failed.

A record holds ids, counts, durations and exception types with their stack frames. Text from outside never gets in: exception
messages are left out, because they may quote a title, an address or a query, and a field that is no number and no plain
identifier is withheld.
"""

from __future__ import annotations

import logging
import os
import platform
import re
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from reader import __version__

VARIABLE = "NEWSLOOM_LOG"
"""The environment variable that names the file; child processes find it there too."""

LOGGER = logging.getLogger("reader")
LOGGER.addHandler(logging.NullHandler())

_IDENTIFIER = re.compile(r"[A-Za-z0-9_.:+-]{1,64}")
_WITHHELD = "(withheld)"
_PACKAGE = str(Path(__file__).resolve().parent.parent)

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class LogFormatter(logging.Formatter):
    """Formats records in UTC, and exceptions as types and stack frames without messages, source lines and folders."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(process)d %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        """The time of a record, in ISO 8601 to the millisecond."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802
        """The exception and its causes, the first cause on top."""
        error, lines = ei[1], list[str]()
        seen: set[int] = set()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            frames = [
                f"  {frame.filename.removeprefix(_PACKAGE).rpartition('site-packages')[2].lstrip('/')}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__, limit=-40)
            ]
            lines[:0] = [f"{type(error).__module__}.{type(error).__qualname__}", *frames]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)


def start(path: Path, command: str) -> None:
    """Append to the log file from now on, in this process and in its children. Raises `OSError` if it cannot be opened."""
    path = path.expanduser().absolute()
    _attach(path)
    os.environ[VARIABLE] = str(path)
    event(
        "start",
        command=command,
        version=__version__,
        python=platform.python_version(),
        system=sys.platform,
        terminal=sys.stdout.isatty(),
    )


def start_child(role: str) -> None:
    """Append to the log file of the parent process, if it has one."""
    if path := os.environ.get(VARIABLE):
        with suppress(OSError):
            _attach(Path(path))
            event("child", role=role)


def stop() -> None:
    """Close the log file."""
    for handler in list(LOGGER.handlers):
        if isinstance(handler, logging.StreamHandler):
            LOGGER.removeHandler(handler)
            handler.stream.close()


def event(name: str, **fields: object) -> None:
    """Record that something happened, with numbers and identifiers."""
    LOGGER.info(_line(name, fields))


def failure(name: str, error: BaseException, **fields: object) -> None:
    """Record an error by its type and stack."""
    LOGGER.error(_line(name, fields), exc_info=error)


@contextmanager
def timed(name: str, **fields: object) -> Iterator[dict[str, object]]:
    """Record how long a block took, and the fields that it adds to the yielded mapping; an error is recorded and goes on."""
    found = dict(fields)
    began = time.perf_counter()
    try:
        yield found
    except BaseException as error:
        failure(name, error, **found, seconds=round(time.perf_counter() - began, 3))
        raise
    event(name, **found, seconds=round(time.perf_counter() - began, 3))


def _attach(path: Path) -> None:
    """Open the file for appending, readable by its owner alone, and send records to it."""
    stop()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    handler = logging.StreamHandler(os.fdopen(descriptor, "w", encoding="utf-8"))
    handler.setFormatter(LogFormatter())
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.DEBUG)


def _line(name: str, fields: dict[str, object]) -> str:
    return " ".join([name, *(f"{key}={_value(value)}" for key, value in fields.items())])


def _value(value: object) -> str:
    """A field as it is written: numbers and plain identifiers as they are, other text withheld."""
    if value is None or isinstance(value, bool | int | float):
        return str(value)
    text = str(value)
    return text if _IDENTIFIER.fullmatch(text) else _WITHHELD
