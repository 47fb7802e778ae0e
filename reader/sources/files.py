"""Safe access to local files and folders."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from reader.errors import SourceError
from reader.models import SourceFailure
from reader.sources.document_buffer import LARGEST, LARGEST_WHOLE, DocumentBuffer, DocumentTooLarge
from reader.text.encoding import is_binary
from reader.text.sanitize import clean_line

_EXTENSIONS = frozenset(
    "txt text md html htm xhtml mht mhtml eml xml rss atom json opml".split()
)  # a file named explicitly is always tried
_EXTENSION = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,9})$")  # `U.S. to withdraw` has no extension
_FOLDER_FILES = frozenset({"changelog", "contributing", "copying", "licence", "license", "makefile", "notice", "readme"})
_SKIPPED_PREFIXES = (".", "#")  # hidden files and editors' own
_SKIPPED_SUFFIXES = ("~", ".bak", ".orig", ".swp", ".tmp")
_SAVED_PAGE_PARTS = re.compile(r"(?P<page>.+)(?:_files|\.files)$")  # the folder in which a browser saves pictures and styles
_SAMPLE = 1 << 16
_PIECE = 1 << 20
_KINDS = {
    stat.S_IFBLK: "a device",
    stat.S_IFCHR: "a device",
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
}
_CHECK = "check its name and its permissions"
_BINARY = "is binary, not text"


def read_bytes(path: Path) -> bytes:
    """Read a regular file of at most `LARGEST` bytes without inlined pictures; raises `SourceError`.

    The file type is checked after opening, so that the file cannot be swapped in between.
    """
    return _read(path, LARGEST_WHOLE, shown(str(path)))


def expand(sources: Iterable[str]) -> Iterator[Path | SourceFailure]:
    """Resolve names of files and folders to files, or failures, in order.

    A folder is searched recursively for text, pages, mails, feeds and lists (by extension, or without one), sorted by name; links
    are not followed. Hidden files, backups, other text formats, parts of saved pages and files about the folder, such as README,
    are skipped silently; anything else is reported.
    """
    for source in sources:
        path = Path(source)
        try:
            path = path.expanduser()
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except FileNotFoundError:
            yield SourceFailure(shown(source), "does not exist", "check the name")
        except (OSError, RuntimeError, ValueError) as error:
            yield SourceFailure(shown(source), _reason(error), _CHECK)
        else:
            if is_folder:
                yield from _walk(path)
            else:
                yield path


def shown(name: str) -> str:
    r"""Displayable form of a file name: bytes that are not UTF-8 become `\xe9`, control characters are removed."""
    return clean_line(name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"))


def _read(path: Path, most: int, source: str) -> bytes:
    """First `most` bytes of a regular file, which are all of it if it is not larger."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode):
                raise SourceError(source, f"is {_kind(state)}, not a file", "name a text file")
            with open(handle, "rb", closefd=False) as file:
                return file.read(most) if most <= LARGEST else _document(file)
        finally:
            os.close(handle)
    except DocumentTooLarge as fault:
        raise SourceError(source, f"is larger than {fault.megabytes} MB", "split it into one file per story") from fault
    except OSError as error:
        raise SourceError(source, _reason(error), _CHECK) from error


def _document(file: BinaryIO) -> bytes:
    """Content of a file, read piece by piece."""
    buffer = DocumentBuffer()
    while piece := file.read(_PIECE):
        buffer.add(piece)
    return buffer.content()


def _walk(folder: Path) -> Iterator[Path | SourceFailure]:
    """Files below a folder that can contain stories, sorted, and failures for unusable entries."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            state = path.stat(follow_symlinks=path is folder)
            if stat.S_ISDIR(state.st_mode):
                waiting += sorted(_inside(path), reverse=True)
                continue
        except OSError as error:
            yield SourceFailure(shown(str(path)), _reason(error), _CHECK)
            continue
        if stat.S_ISLNK(state.st_mode):
            yield SourceFailure(shown(str(path)), "is a link, and links in folders are not followed", "add its target by name")
        elif not stat.S_ISREG(state.st_mode):
            yield SourceFailure(shown(str(path)), f"is {_kind(state)}, not a file", "take it out of the folder")
        elif _has_known_extension(path):
            yield path
        elif why := _binary_failure(path):
            yield why


def _inside(folder: Path) -> list[Path]:
    """Entries of a folder, without those that are skipped."""
    found = [path for path in folder.iterdir() if not _is_skipped(path)]
    pages = {path.stem for path in found if path.suffix.lower() in (".html", ".htm")}
    return [path for path in found if not ((part := _SAVED_PAGE_PARTS.fullmatch(path.name)) and part["page"] in pages)]


def _has_known_extension(path: Path) -> bool:
    """Whether a file in a folder is read, by its extension."""
    ending = _EXTENSION.search(path.name)
    return ending is None or ending[1].lower() in _EXTENSIONS


def _binary_failure(path: Path) -> SourceFailure | None:
    """Failure for a binary file; None for text of another format."""
    try:
        return (
            SourceFailure(shown(str(path)), _BINARY, "take it out of the folder") if is_binary(_read(path, _SAMPLE, "")) else None
        )
    except SourceError as fault:
        return SourceFailure(shown(str(path)), fault.why, fault.remedy)


def _is_skipped(path: Path) -> bool:
    """Whether an entry is hidden, a backup, or about the folder."""
    name = path.name.lower()
    return name.startswith(_SKIPPED_PREFIXES) or name.endswith(_SKIPPED_SUFFIXES) or name.partition(".")[0] in _FOLDER_FILES


def _kind(state: os.stat_result) -> str:
    """Description of an entry that is not a regular file."""
    return _KINDS.get(stat.S_IFMT(state.st_mode), "a special file")


def _reason(error: Exception) -> str:
    """Short description of a system error."""
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {clean_line(text).lower()}"
