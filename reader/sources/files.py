"""Files and folders on this machine, opened with care."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from reader.errors import SourceError
from reader.models import SourceFailure
from reader.text.encoding import is_binary
from reader.text.sanitize import clean_line

LARGEST = 10 * 1024 * 1024
"""Bytes above which a file is refused."""

_TAKEN = frozenset(
    "txt text md html htm xhtml mht mhtml eml xml rss atom json opml".split()
)  # a file given by name is always tried
_ENDING = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,9})$")  # `U.S. to withdraw` has none
_ABOUT_THE_FOLDER = frozenset({"changelog", "contributing", "copying", "licence", "license", "makefile", "notice", "readme"})
_ASIDE_STARTS = (".", "#")  # hidden files and editors' own
_ASIDE_ENDINGS = ("~", ".bak", ".orig", ".swp", ".tmp")
_PARTS_OF_A_PAGE = re.compile(r"(?P<page>.+)(?:_files|\.files)$")  # the folder in which a browser saves pictures and styles
_SAMPLE = 1 << 16
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
    """The bytes of a regular file of at most LARGEST bytes; raises `SourceError`.

    Its kind is checked once it is open, so that nothing can take its place between.
    """
    return _read(path, LARGEST, shown(str(path)))


def expand(sources: Iterable[str]) -> Iterator[Path | SourceFailure]:
    """The files that names of files and folders stand for, or why not, in the order given.

    A folder gives its files of text, pages, mails, feeds and lists (by their endings, or without one), sorted by name, with those
    of the folders in it; links are not followed. Hidden files, backups, text of other kinds, the parts of saved pages and files
    about the folder, such as README, are passed over in silence; all else is refused.
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
    r"""A file's name as it can be shown: bytes that are no UTF-8 are written `\xe9`, control characters go."""
    return clean_line(name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"))


def _read(path: Path, most: int, source: str) -> bytes:
    """The first bytes of a regular file."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode):
                raise SourceError(source, f"is {_kind(state)}, not a file", "name a text file")
            if state.st_size > LARGEST:
                raise SourceError(source, f"is larger than {LARGEST >> 20} MB", "split it into one file per story")
            with open(handle, "rb", closefd=False) as file:
                return file.read(most)
        finally:
            os.close(handle)
    except OSError as error:
        raise SourceError(source, _reason(error), _CHECK) from error


def _walk(folder: Path) -> Iterator[Path | SourceFailure]:
    """The files below a folder that may hold stories, sorted, and a refusal for each thing that cannot."""
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
        elif _may_hold_stories(path):
            yield path
        elif why := _no_text(path):
            yield why


def _inside(folder: Path) -> list[Path]:
    """What stands in a folder, but for what is passed over."""
    found = [path for path in folder.iterdir() if not _is_aside(path)]
    pages = {path.stem for path in found if path.suffix.lower() in (".html", ".htm")}
    return [path for path in found if not ((part := _PARTS_OF_A_PAGE.fullmatch(path.name)) and part["page"] in pages)]


def _may_hold_stories(path: Path) -> bool:
    """Whether a file in a folder is taken, by its ending."""
    ending = _ENDING.search(path.name)
    return ending is None or ending[1].lower() in _TAKEN


def _no_text(path: Path) -> SourceFailure | None:
    """Why a file of another ending cannot be read at all; None where it holds text of another kind."""
    try:
        return (
            SourceFailure(shown(str(path)), _BINARY, "take it out of the folder") if is_binary(_read(path, _SAMPLE, "")) else None
        )
    except SourceError as fault:
        return SourceFailure(shown(str(path)), fault.why, fault.remedy)


def _is_aside(path: Path) -> bool:
    """Whether a thing in a folder is hidden, a backup, or about the folder."""
    name = path.name.lower()
    return name.startswith(_ASIDE_STARTS) or name.endswith(_ASIDE_ENDINGS) or name.partition(".")[0] in _ABOUT_THE_FOLDER


def _kind(state: os.stat_result) -> str:
    """What a thing that is no regular file is, in words."""
    return _KINDS.get(stat.S_IFMT(state.st_mode), "a special file")


def _reason(error: Exception) -> str:
    """An error of the system in a few words."""
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {clean_line(text).lower()}"
