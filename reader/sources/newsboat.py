"""Newsboat's query feeds, as searches of our own: `query:Ferries:unread = "yes" and title =~ "ferry"`.

What it asks of a story's title, text, author, age and marks, and of its feed's name and tags, is translated; what has no
counterpart here is refused with the reason.
"""

from __future__ import annotations

import re

from reader.models import SavedSearch
from reader.text.sanitize import clean_line

_TOKEN = re.compile(
    r"""\s*(?:(?P<bracket>[()])|(?P<joint>and|or|not)\b|(?P<name>\w+)\s*(?P<sign>!=|==|=~|!~|!\#|[=<>\#]=?|between)\s*
    (?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[\d:]+)))""",
    re.X | re.I,
)
_PLAIN = re.compile(r"[\w\s.,’'-]+")
"""A pattern that asks for words, and is no expression of a pattern."""
_TEXTS = {"title": "title:", "author": "author:", "content": "", "feedtitle": "outlet:"}


class UntranslatableQuery(ValueError):
    """What has no counterpart among our queries: why, in words."""


def translate(line: str) -> SavedSearch:
    """The search of a query feed, given as `query:Name:expression`; raises `UntranslatableQuery`."""
    _, name, expression = [*line.split(":", 2), "", ""][:3]
    if not clean_line(name) or not expression.strip():
        raise UntranslatableQuery("has no name or asks nothing")
    parts: list[str] = []
    at, end = 0, len(expression.rstrip())
    while at < end:
        token = _TOKEN.match(expression, at)
        if not token:
            raise UntranslatableQuery(f"asks “{clean_line(expression[at:].strip())[:40]}”, which is not understood")
        at = token.end()
        if token["bracket"]:
            parts.append(token["bracket"])
        elif token["joint"]:
            parts += [] if token["joint"].lower() == "and" else [token["joint"].upper()]
        else:
            value = token["bare"] or re.sub(r"\\(.)", r"\1", token["quoted"] or "")
            parts.append(_asked(token["name"].lower(), token["sign"].lower(), value))
    return SavedSearch(clean_line(name), " ".join(parts).replace("( ", "(").replace(" )", ")"))


def _asked(name: str, sign: str, value: str) -> str:
    """One condition."""
    negated = sign.startswith("!")
    said = f"{name} {sign} “{clean_line(value)}”"
    asked = None
    if name == "unread" and value in ("yes", "no"):
        asked = f"is:{'unread' if (value == 'yes') != negated else 'read'}"
        negated = False
    elif name == "tags" and sign in ("#", "!#") and value:
        asked = f"tag:{_quoted(value)}"
    elif name in _TEXTS and sign in ("=", "==", "!=", "=~", "!~"):
        if not _PLAIN.fullmatch(value) or not re.search(r"\w", value):
            raise UntranslatableQuery(f"asks {said}: only words can be asked for, no patterns")
        one = re.fullmatch(r"\w+", value) and "~" in sign
        asked = f"{_TEXTS[name]}{f'{value}*' if one else _quoted(value)}"
    elif name == "age":
        asked = _age(sign, value)
    if asked is None:
        raise UntranslatableQuery(f"asks {said}, which has no counterpart here")
    return f"-{asked}" if negated else asked


def _age(sign: str, value: str) -> str | None:
    """Days up to today, where the condition asks for the newest."""
    first, _, last = value.partition(":")
    days = None
    if sign == "between" and first == "0" and last.isdecimal():
        days = int(last) + 1
    elif value.isdecimal() and sign in ("<", "<="):
        days = int(value) + (sign == "<=")
    return f"last {days} day{'s' if days > 1 else ''}" if days and days < 10_000 else None


def _quoted(value: str) -> str:
    """A value as our queries write it."""
    plain = clean_line(value).replace('"', " ")
    return plain if re.fullmatch(r"[\w.-]+", plain) else f'"{plain}"'
