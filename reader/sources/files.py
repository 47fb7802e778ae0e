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
_ABOUT_THE_FOLDER = ("readme", "license", "licence", "copying", "changelog", "makefile")
_BACKUPS = ("~", ".bak", ".swp", ".orig", ".tmp")
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<?xml", b"<rss", b"<feed")
_KINDS = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


class Refused(ValueError):
    """A file that could not be taken: why, and what to do."""

    def __init__(self, why: str, remedy: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.remedy = remedy


def read_file(path: Path) -> Story:
    """The story of a text file in any encoding; raises Refused for anything that is no story of at most LARGEST bytes."""
    data = _read(path)
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Refused("is empty", "save the story into it again")
    if is_binary(data):
        raise Refused("is binary, not text", "save the story as plain text")
    if data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE_STARTS):
        raise Refused("is a web page or a feed; only plain text can be added from files", "save the page as plain text")
    return story_from_text(decode(data), source=shown(path.name), address=shown(os.path.abspath(path)))


def story_from_text(text: str, *, source: str, address: str) -> Story:
    """The story of a text from anywhere; raises Refused where it holds none."""
    try:
        return read_page(text, source=source, address=address)
    except NotAStory as nothing:
        raise Refused(str(nothing), "add a file that holds a story's text") from nothing


def expand(sources: Iterable[str]) -> Iterator[Path | Refusal]:
    """The files that names of files and folders stand for, or why not, in the order given.

    A folder gives its text files (no ending, .txt, .text, .md), sorted by name, with those of the folders in it; links are not
    followed. Hidden files, backups, and files about the folder such as README are passed over in silence.
    """
    for source in sources:
        path = Path(source).expanduser()
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            yield Refusal(shown(source), "does not exist", "check the name")
        except (OSError, ValueError) as error:
            yield Refusal(shown(source), _reason(error), "check its name and its permissions")
        else:
            if stat.S_ISDIR(mode):
                yield from _walk(path)
            else:
                yield path


def shown(name: str) -> str:
    """A file's name as it can be shown: bytes that are no UTF-8 become U+FFFD, control characters go."""
    return clean_line(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def _read(path: Path) -> bytes:
    """The bytes of a regular file; the kind is checked on the open file, so that nothing can be put in its place between."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise Refused(_reason(error), "check its name and its permissions") from error
    with os.fdopen(handle, "rb") as file:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode):
            raise Refused(f"is {_KINDS.get(stat.S_IFMT(state.st_mode), 'a folder')}, not a file", "name a text file")
        data = file.read(LARGEST + 1) if state.st_size <= LARGEST else b""
    if state.st_size > LARGEST or len(data) > LARGEST:
        raise Refused(f"is larger than {LARGEST // 2**20} MB", "split it into its stories")
    return data


def _walk(folder: Path) -> Iterator[Path | Refusal]:
    """The text files below a folder, sorted, and a refusal for each thing that looks like one and cannot be taken."""
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield Refusal(shown(str(folder)), _reason(error), "check its permissions")
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith((".", "#")) or entry.name.endswith(_BACKUPS):
            continue
        if entry.is_symlink():
            yield Refusal(shown(str(path)), "is a link, and links in folders are not followed", "add what it points to by name")
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(path)
        elif path.suffix.lower() not in _STORY_ENDINGS or entry.name.lower().startswith(_ABOUT_THE_FOLDER):
            continue
        elif entry.is_file(follow_symlinks=False):
            yield path
        else:
            kind = _KINDS.get(stat.S_IFMT(entry.stat(follow_symlinks=False).st_mode), "no regular file")
            yield Refusal(shown(str(path)), f"is {kind}, not a file", "name a text file")


def _reason(error: Exception) -> str:
    """An error of the system in a few words."""
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {clean_line(text).lower()}"
