"""Stories from files and folders on this machine."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from reader.model import Refusal, Story
from reader.text.clean import clean_line
from reader.text.encoding import decode, is_binary
from reader.text.lines import NotAStory, read_page

LARGEST = 10 * 1024 * 1024
"""Bytes above which a file is refused."""

_STORY_ENDINGS = frozenset({"", ".txt", ".text", ".md"})  # what is taken from a folder; a file given by name is always tried
_ABOUT_THE_FOLDER = frozenset({"changelog", "contributing", "copying", "licence", "license", "makefile", "notice", "readme"})
_ASIDE_STARTS = (".", "#")  # hidden files and editors' own
_ASIDE_ENDINGS = ("~", ".bak", ".orig", ".swp", ".tmp")
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<?xml", b"<rss", b"<feed")
_KINDS = {
    stat.S_IFBLK: "a device",
    stat.S_IFCHR: "a device",
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
}
_CHECK = "check its name and its permissions"


class Refused(ValueError):
    """A file that could not be taken: why, and what to do."""

    def __init__(self, why: str, remedy: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.remedy = remedy


def read_file(path: Path) -> Story:
    """The story of a text file in any encoding; raises Refused for anything that is no story of at most LARGEST bytes."""
    data = _read(path)
    if not data.strip():
        raise Refused("is empty", "save the story into it again")
    if is_binary(data):
        raise Refused("is binary, not text", "save the story as plain text")
    if data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE_STARTS):
        raise Refused("is a web page or a feed, and files are read as plain text", "save its text alone")
    return story_from_text(decode(data), source=shown(path.name), address=shown(str(path.resolve())))


def story_from_text(text: str, *, source: str, address: str) -> Story:
    """The story of a text from anywhere; raises Refused where it holds none."""
    try:
        return read_page(text, source=source, address=address)
    except NotAStory as nothing:
        raise Refused(str(nothing), "add a file that holds the text of a story") from nothing


def expand(sources: Iterable[str]) -> Iterator[Path | Refusal]:
    """The files that names of files and folders stand for, or why not, in the order given.

    A folder gives its text files (no ending, .txt, .text, .md), sorted by name, with those of the folders in it; links are not
    followed. Hidden files, backups, files of other kinds and files about the folder, such as README, are passed over in silence.
    """
    for source in sources:
        path = Path(source)
        try:
            path = path.expanduser()
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except FileNotFoundError:
            yield Refusal(shown(source), "does not exist", "check the name")
        except (OSError, RuntimeError, ValueError) as error:
            yield Refusal(shown(source), _reason(error), _CHECK)
        else:
            if is_folder:
                yield from _walk(path)
            else:
                yield path


def shown(name: str) -> str:
    """A file's name as it can be shown: bytes that are no UTF-8 become U+FFFD, control characters go."""
    return clean_line(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def _read(path: Path) -> bytes:
    """The bytes of a regular file; its kind is checked once it is open, so that nothing can take its place between."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode):
                raise Refused(f"is {_kind(state)}, not a file", "name a text file")
            if state.st_size > LARGEST:
                raise Refused(f"is larger than {LARGEST >> 20} MB", "split it into its stories")
            with open(handle, "rb", closefd=False) as file:
                return file.read(LARGEST)
        finally:
            os.close(handle)
    except OSError as error:
        raise Refused(_reason(error), _CHECK) from error


def _walk(folder: Path) -> Iterator[Path | Refusal]:
    """The text files below a folder, sorted, and a refusal for each thing that has the name of one and cannot be taken."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            state = path.stat(follow_symlinks=path is folder)
            if stat.S_ISDIR(state.st_mode):
                waiting += sorted((inner for inner in path.iterdir() if not _is_aside(inner)), reverse=True)
                continue
        except OSError as error:
            yield Refusal(shown(str(path)), _reason(error), _CHECK)
            continue
        if path.suffix.lower() not in _STORY_ENDINGS:
            continue
        if stat.S_ISREG(state.st_mode):
            yield path
        elif stat.S_ISLNK(state.st_mode):
            yield Refusal(shown(str(path)), "is a link, and links in folders are not followed", "add what it points to by name")
        else:
            yield Refusal(shown(str(path)), f"is {_kind(state)}, not a file", "name a text file")


def _is_aside(path: Path) -> bool:
    """Whether a thing in a folder is hidden, a backup, or about the folder."""
    name = path.name.lower()
    return name.startswith(_ASIDE_STARTS) or name.endswith(_ASIDE_ENDINGS) or name.partition(".")[0] in _ABOUT_THE_FOLDER


def _kind(state: os.stat_result) -> str:
    """What a thing that is no regular file is, in words."""
    return _KINDS.get(stat.S_IFMT(state.st_mode), "something else")


def _reason(error: Exception) -> str:
    """An error of the system in a few words."""
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {clean_line(text).lower()}"
