"""What can go wrong, in words for the reader."""

from __future__ import annotations


class ShelfError(Exception):
    """The library's files cannot be used: says which file, why, and what to do."""


class SourceError(Exception):
    """A source cannot be had: which, why in words, and what to do."""

    def __init__(self, source: str, why: str, remedy: str = "") -> None:
        super().__init__(source, why, remedy)
        self.source, self.why, self.remedy = source, why, remedy

    def __str__(self) -> str:
        return f"{self.source}: {self.why}" + (f"; {self.remedy}" if self.remedy else "")


class CorrectionError(ValueError):
    """A word on threads that cannot be taken: says why, and what to do."""


class CompareError(ValueError):
    """Stories cannot be set side by side: says why, and what to do."""


class FollowError(ValueError):
    """A list of followed threads cannot be read: says which file and line, why, and what to do."""


class SavedError(ValueError):
    """The saved searches cannot be read, or one of them cannot be kept: says why, and what to do."""


class QueryError(Exception):
    """A query cannot be understood: why, in words, and at which character of it (from 0)."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.message, self.column = message, column
