"""Newsboat's list of feeds (`urls`): its feeds, tags and names, and its query feeds as searches.

A query feed (`query:Ferries:unread = "yes" and title =~ "ferry"`) is translated where its conditions have a counterpart among our
queries: title, text, author, age and flags of a story, name and tags of its feed. Others are refused with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.models import FeedCandidate, SavedSearch, SourceFailure
from reader.sources.subscriptions import MOST, SubscriptionList, candidate, subscription_list
from reader.text.encoding import decode
from reader.text.sanitize import clean_line

_WORD = re.compile(r'\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)(?:"|$)|(?P<bare>[^\s"]\S*))')
"""A token: Newsboat supports only double quotes with backslashes; an apostrophe is a letter."""
_ENTRY = re.compile(r'"?(?:https?://|feed:|query:|exec:|filter:)', re.I)
_CELL = re.compile(r",[\",]")  # a quoted or an empty cell: the line is a row of a table
_RUNS = re.compile(r"(?P<scheme>exec|filter|file):", re.I)
_FILTERED = re.compile(r"filter:[^:]{1,500}:(?P<address>https?://\S+)", re.I)
_SHARE = 0.6  # minimum share of lines that are entries
_PROSE = 12  # number of words from which a line is prose

_TOKEN = re.compile(
    r"""\s*(?:(?P<bracket>[()])|(?P<joint>and|or|not)\b|(?P<name>\w+)\s*(?P<sign>!=|==|=~|!~|!\#|[=<>\#]=?|between)\s*
    (?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[\d:]+)))""",
    re.X | re.I,
)
_PLAIN = re.compile(r"[\w\s.,’'-]+")
"""A pattern that consists of plain words."""
_TEXTS = {"title": "title:", "author": "author:", "content": "", "feedtitle": "outlet:"}


class UntranslatableQuery(ValueError):
    """A query feed without a counterpart among our queries; the message is the reason."""


def is_url_list(text: str) -> bool:
    """Whether a text is a list of feeds in newsboat's format: most of its lines open with an address, and none is prose."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    entries = [line for line in lines if _ENTRY.match(line) and not _CELL.search(line)]
    prose = any(len(line.split()) >= _PROSE for line in lines if not _ENTRY.match(line))
    return bool(entries) and not prose and len(entries) >= _SHARE * len(lines)


def read_urls(data: bytes, source: str) -> SubscriptionList:
    """Parse newsboat's `urls`: an address a line, then tags; a tag that begins with `~` is the feed's name, `!` is left out.

    Query feeds become searches where they can be translated. Commands and local files (`exec:`, `filter:`, `file:`) are refused
    line by line, and so is a line that is no address, such as a heading.
    """
    taken: list[FeedCandidate | SourceFailure] = []
    searches: list[SavedSearch] = []
    for number, line in enumerate(decode(data).splitlines(), 1):
        if found := list(words(line)):
            entry = _entry(found[0], found[1:], f"{source}, line {number}")
            (searches if isinstance(entry, SavedSearch) else taken).append(entry)  # type: ignore[arg-type]
    return subscription_list(taken[:MOST], source, len(taken), searches)


def words(line: str) -> Iterator[str]:
    """Words of a line of `urls` or `config`, up to a comment."""
    at = 0
    while match := _WORD.match(line, at):
        if (match["bare"] or "").startswith("#"):
            return
        yield match["bare"] if match["quoted"] is None else re.sub(r"\\(.)", r"\1", match["quoted"])
        at = match.end()


def _entry(address: str, tags: list[str], where: str) -> FeedCandidate | SavedSearch | SourceFailure:
    """Feed or search of a line, or a failure."""
    if address.lower().startswith("query:"):
        try:
            return translate(address)
        except UntranslatableQuery as fault:
            return SourceFailure(where, str(fault), "search for it, and save the search with ctrl+s")
    if runs := _RUNS.match(address):
        plain = _FILTERED.fullmatch(address)
        remedy = f"without the filter: {clean_line(plain['address'])}" if plain else "use the address of a feed"
        return SourceFailure(where, f"begins with {runs['scheme'].lower()}:, which Newsloom neither runs nor opens", remedy)
    if not _ENTRY.match(address):
        line = clean_line(" ".join([address, *tags]))[:60]
        return SourceFailure(where, f"is not an address: {line}", "remove it if it is a heading")
    name = next((tag[1:] for tag in tags if tag.startswith("~") and tag != "~"), None)
    return candidate(address, where, name, [tag for tag in tags if not tag.startswith(("~", "!"))])


def translate(line: str) -> SavedSearch:
    """Translate a query feed, given as `query:Name:expression`; raises `UntranslatableQuery`."""
    _, name, expression = [*line.split(":", 2), "", ""][:3]
    if not clean_line(name) or not expression.strip():
        raise UntranslatableQuery("has no name or no condition")
    parts: list[str] = []
    at, end = 0, len(expression.rstrip())
    while at < end:
        token = _TOKEN.match(expression, at)
        if not token:
            raise UntranslatableQuery(f"contains “{clean_line(expression[at:].strip())[:40]}”, which cannot be parsed")
        at = token.end()
        if token["bracket"]:
            parts.append(token["bracket"])
        elif token["joint"]:
            parts += [] if token["joint"].lower() == "and" else [token["joint"].upper()]
        else:
            value = token["bare"] or re.sub(r"\\(.)", r"\1", token["quoted"] or "")
            parts.append(_condition(token["name"].lower(), token["sign"].lower(), value))
    return SavedSearch(clean_line(name), " ".join(parts).replace("( ", "(").replace(" )", ")"))


def _condition(name: str, sign: str, value: str) -> str:
    """Translate one condition."""
    negated = sign.startswith("!")
    condition = f"{name} {sign} “{clean_line(value)}”"
    query = None
    if name == "unread" and value in ("yes", "no"):
        query = f"is:{'unread' if (value == 'yes') != negated else 'read'}"
        negated = False
    elif name == "tags" and sign in ("#", "!#") and value:
        query = f"tag:{_quoted(value)}"
    elif name in _TEXTS and sign in ("=", "==", "!=", "=~", "!~"):
        words = value.split("|") if "~" in sign else [value]
        if not all(_PLAIN.fullmatch(word) and re.search(r"\w", word) for word in words):
            raise UntranslatableQuery(f"contains {condition}: only plain words can be searched for, no patterns")
        found = [_TEXTS[name] + (f"{word}*" if "~" in sign and re.fullmatch(r"\w+", word) else _quoted(word)) for word in words]
        query = found[0] if len(found) == 1 else f"({' OR '.join(found)})"
    elif name == "age":
        query = _age(sign, value)
    if query is None:
        raise UntranslatableQuery(f"contains {condition}, which has no counterpart here")
    return f"-{query}" if negated else query


def _age(sign: str, value: str) -> str | None:
    """Range of last days; None for any other range."""
    first, _, last = value.partition(":")
    days = None
    if sign == "between" and first == "0" and last.isdecimal():
        days = int(last) + 1
    elif value.isdecimal() and sign in ("<", "<="):
        days = int(value) + (sign == "<=")
    return f"last {days} day{'s' if days > 1 else ''}" if days and days < 10_000 else None


def _quoted(value: str) -> str:
    """Value in the syntax of our queries."""
    plain = clean_line(value).replace('"', " ")
    return plain if re.fullmatch(r"[\w.-]+", plain) else f'"{plain}"'
