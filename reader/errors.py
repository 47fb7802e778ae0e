"""Errors that users can cause or meet; every message names the file, line or address and what to do."""

from __future__ import annotations


class NewsloomError(Exception):
    """Base of every error that is shown to the user instead of a traceback."""


class StorageError(NewsloomError):
    """A file of the library cannot be used, or could not be written."""


class DamagedThreadsError(StorageError, ValueError):
    """Stored threads cannot be read back; they are derived, so they can be rebuilt from the stories."""

    def __init__(self) -> None:
        super().__init__("the stored threads are damaged; newsloom check rebuilds them")


class UnknownFeedError(NewsloomError):
    """No feed of this address is stored, as when it has moved in the meantime."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address

    def __str__(self) -> str:
        return f"no feed “{self.address}”; newsloom feeds lists all"


class LibraryBusy(NewsloomError):
    """Another process holds a lock that was not waited for."""


class WorkCancelled(NewsloomError):
    """Work was stopped because nobody waits for its result any more."""


class DamagedArrayFile(NewsloomError):
    """A file of the search index is not as it was written."""


class WorkerTerminated(NewsloomError):
    """A worker process was ended before its task was done; `code` is the reason as the library stores it."""

    def __init__(self, why: str, code: str = "crashed") -> None:
        super().__init__(why, code)
        self.why, self.code = why, code

    def __str__(self) -> str:
        return self.why


class SourceError(NewsloomError):
    """A source cannot be read: its name, the reason, and a remedy, which may be empty.

    `code` is the reason as the library stores it (see `sources.failures`); empty for a reason that is only shown. Of a failed
    request, `wait` are the seconds to leave the address alone, and `ended` means that it is gone for good.
    """

    def __init__(
        self, source: str, why: str, remedy: str = "", code: str = "", wait: float | None = None, ended: bool = False
    ) -> None:
        super().__init__(source, why, remedy, code, wait, ended)
        self.source, self.why, self.remedy, self.code = source, why, remedy, code
        self.wait, self.ended = wait, ended

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


class NetworkSettingsError(NewsloomError, ValueError):
    """The file `network.yaml` cannot be used; the message names the file and the key."""


class ThemeError(NewsloomError):
    """A theme cannot be used: `problem` gives place and reason, the message adds the consequence."""

    def __init__(self, problem: str, fallback: str) -> None:
        super().__init__(problem, fallback)
        self.problem, self.fallback = problem, fallback

    def __str__(self) -> str:
        return f"{self.problem}; using {self.fallback}"
