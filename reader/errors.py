"""Errors that users can cause or meet; every message names the file, line or address and what to do."""

from __future__ import annotations


class NewsloomError(Exception):
    """Base of every error that is shown to the user instead of a traceback."""


class StorageError(NewsloomError):
    """A file of the library cannot be used."""


class SourceError(NewsloomError):
    """A source cannot be read: its name, the reason, and a remedy, which may be empty.

    `code` is the reason as the library stores it (see `sources.failures`); empty for a reason that is only shown.
    """

    def __init__(self, source: str, why: str, remedy: str = "", code: str = "") -> None:
        super().__init__(source, why, remedy, code)
        self.source, self.why, self.remedy, self.code = source, why, remedy, code

    def __str__(self) -> str:
        return f"{self.source}: {self.why}" + (f"; {self.remedy}" if self.remedy else "")


class CorrectionError(NewsloomError, ValueError):
    """A correction cannot be applied."""


class ComparisonError(NewsloomError, ValueError):
    """Stories cannot be compared."""


class FollowedThreadsError(NewsloomError, ValueError):
    """The list of followed threads cannot be read."""


class SavedSearchError(NewsloomError, ValueError):
    """The saved searches cannot be read, or one of them cannot be saved."""


class QueryError(NewsloomError):
    """A query cannot be parsed: the message, and the offset of the character (from 0) it is about."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.message, self.column = message, column


class SettingsError(NewsloomError):
    """The settings file cannot be read or changed; lists every mistake with its line."""
