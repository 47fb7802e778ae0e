"""Newsboat's `config`: the few settings with a counterpart, and the reason for every other line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from msgspec import Struct

from reader.models import SavedSearch, SourceFailure
from reader.sources.newsboat import UntranslatableQuery, translate, words
from reader.text.encoding import decode
from reader.text.sanitize import clean_line

_SHELL = re.compile(r"[|&;<>()$`\\\n*?\[\]{}~#]")
_LONGEST_PAUSE = 7 * 24 * 60  # minutes
_COMMANDS = re.compile(r"macro|exec|.*-cmd|.*-passwordeval|.*-tokeneval|notify-program|html-renderer|pager|editor|player", re.I)
_ACCOUNT = re.compile(
    r"(?:freshrss|miniflux|inoreader|oldreader|ttrss|newsblur|feedbin|feedhq|ocnews|feedly|bazqux|opml|urls-source).*", re.I
)
_REASONS = {
    "color": ("has other colors here", "choose one with newsloom themes"),
    "highlight": ("has no counterpart", ""),
    "highlight-article": ("has no counterpart", ""),
    "bind-key": ("binds a key to an operation of Newsboat", "see newsloom keys, and docs/keys.md for your own"),
    "bind": ("binds a key to an operation of Newsboat", "see newsloom keys, and docs/keys.md for your own"),
    "unbind-key": ("unbinds a key of Newsboat", "see newsloom keys, and docs/keys.md for your own"),
    "ignore-article": ("is a filter, which Newsloom has none of", ""),
    "keep-articles-days": ("deletes stories, and Newsloom keeps them", ""),
    "max-items": ("deletes stories, and Newsloom keeps them", ""),
    "delete-read-articles-on-quit": ("deletes stories, and Newsloom keeps them", ""),
    "include": ("names another file", "import that file's settings by hand"),
}


class NewsboatConfig(Struct, frozen=True):
    """Settings by our names, each with the line it comes from; saved searches; the place of the cache; lines not taken."""

    settings: dict[str, tuple[Any, str]] = {}
    searches: tuple[SavedSearch, ...] = ()
    cache: Path | None = None
    refused: tuple[SourceFailure, ...] = ()


def read_config(data: bytes, source: str) -> NewsboatConfig:
    """Parse newsboat's `config`. No command in it is ever run."""
    settings: dict[str, tuple[Any, str]] = {}
    searches: list[SavedSearch] = []
    refused: list[SourceFailure] = []
    cache: Path | None = None
    for number, line in enumerate(decode(data).splitlines(), 1):
        found, where = list(words(line)), f"{source}, line {number}"
        if not found:
            continue
        name, values = found[0].lower(), found[1:]
        if name == "cache-file" and values:
            cache = Path(values[0]).expanduser()
        elif name == "define-filter" and len(values) > 1:
            taken = _search(values, where)
            (searches if isinstance(taken, SavedSearch) else refused).append(taken)  # type: ignore[arg-type]
        elif (setting := _setting(name, values)) is not None:
            settings[setting[0]] = (setting[1], where)
        else:
            refused.append(_refused(name, values, where))
    return NewsboatConfig(settings, tuple(searches), cache, tuple(refused))


def _search(values: list[str], where: str) -> SavedSearch | SourceFailure:
    try:
        return translate(f"query:{values[0]}:{values[1]}")
    except UntranslatableQuery as fault:
        return SourceFailure(where, str(fault), "search for it, and save the search with ctrl+s")


def _setting(name: str, values: list[str]) -> tuple[str, Any] | None:
    """Our setting and its value; None without a counterpart."""
    value = values[0] if values else ""
    if name == "reload-time" and value.isdecimal():
        return "refresh_minutes", min(int(value), _LONGEST_PAUSE)
    if name == "browser" and (program := _program(value)):
        return "browser", tuple(program)
    return None


def _program(command: str) -> list[str]:
    """The words of a plain command without the address it opens; none if it needs a shell."""
    plain = command.replace("'%u'", "%u").replace('"%u"', "%u")
    parts = plain.split()
    if not parts or _SHELL.search(plain) or "'" in plain or '"' in plain or any("%" in part for part in parts if part != "%u"):
        return []
    return parts[:-1] if parts[-1] == "%u" else parts if "%u" not in parts else []


def _refused(name: str, values: list[str], where: str) -> SourceFailure:
    if name == "browser":
        return SourceFailure(
            where, "is a browser command that needs a shell", "set browser in the settings: a program and its options"
        )
    if _COMMANDS.fullmatch(name):
        return SourceFailure(where, f"{clean_line(name)} runs a command, which Newsloom does not take over")
    if _ACCOUNT.fullmatch(name):
        return SourceFailure(where, f"{clean_line(name)} belongs to an account, which Newsloom does not use")
    why, remedy = _REASONS.get(name, ("has no counterpart", ""))
    shown = clean_line(" ".join([name, *values[:1]]))[:60]
    return SourceFailure(where, f"{shown} {why}", remedy)
