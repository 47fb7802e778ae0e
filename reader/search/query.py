"""What was typed, to what is asked: a query that finds stories and knows where its words stand in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from reader.errors import QueryError
from reader.models import Span
from reader.search.tokenizer import Token, marked, term, terms
from reader.text.word_families import begin, forms, is_kin

FIELDS = ("title", "outlet", "author", "date", "after", "before", "is", "tag", "thread")
"""What a word can be asked of, as in `outlet:`."""

LONGEST = 1000
"""Characters a query may have."""

DEEPEST = 20
"""Parentheses that may stand within each other."""

_QUOTES = str.maketrans("“”„‟«»", '""""""')
_QUOTED = re.compile(r'"[^"]*"')
_FIELD = re.compile(r"(?<![^\s(-])(?P<name>[^\W\d_]\w*):(?P<glued>\S?)")
_OPERATOR = r"(?<![^\s()])(?:{})(?![^\s()])"
_ANY = _OPERATOR.format("AND|OR|NOT")
_TAIL = rf"\s*(?:\)|$|{_OPERATOR.format('AND|OR')})"
_IDLE = re.compile(
    rf"""
    (?P<empty> \( \s* \) )
  | (?: ^ | \( | {_ANY} ) \s* (?P<unled> {_OPERATOR.format("AND|OR")} )    # nothing before it
  | (?P<twice> {_OPERATOR.format("NOT")} ) (?= \s+ (?: NOT\b | - ) )
  | (?P<unfollowed> {_ANY} | (?<![^\s(]) -+ ) \s* (?: \) | $ )             # nothing after it
  | (?P<unsaid> (?<![^\s(]) -? (?: {"|".join(FIELDS)} ) : ) (?= {_TAIL} | \s* (?: {"|".join(FIELDS)} ) : )
    """,
    re.VERBOSE,
)


Phrase = tuple[tuple[str, ...], int]
"""Words that stand in this order, and how many words on the next one may stand (1: at once)."""


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query: as typed, as Whoosh asks it, the words that make a text a hit, and what every plain text with a hit shows."""

    text: str
    whoosh: Any
    words: frozenset[str]
    families: frozenset[str]
    prefixes: tuple[str, ...]
    phrases: frozenset[Phrase]
    sight: re.Pattern[str]
    decided: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    def hits(self, text: str) -> list[Span]:
        """Where the query's words stand in any text, in order: a whole word for a beginning, a phrase as one where it stands.

        Words that must not occur, and those asked of outlet, author or date, are not marked.
        """
        plain = text.isascii()
        if plain and not self.sight.search(text):
            return []
        spans: list[Span] = []
        if self.words or self.families or self.prefixes:
            spans = self._in_sight(text) if plain else marked(text, self._wants)
        if self.phrases:
            found = list(terms(text))
            for words, slop in self.phrases:
                spans += _standing(found, words, slop)
        return _joined(spans)

    def _in_sight(self, text: str) -> list[Span]:
        """Where words that are wanted stand in a text of ASCII: no term passes a blank, so those between two of them are enough."""
        spans, at = list[Span](), 0
        while seen := self.sight.search(text, at):
            begin = seen.start()
            if begin and text[begin - 1].isalnum():  # no word begins here
                at = begin + 1
                continue
            start = text.rfind(" ", at, begin) + 1 or at
            at = text.find(" ", seen.end())
            at = len(text) if at < 0 else at
            spans += marked(text, self._wants, start, at)
        return spans

    def _wants(self, written: str) -> bool:
        """Whether a word as it is written is wanted; most come again in every text."""
        if written not in self.decided:
            found = term(written)
            wanted = found in self.words or found.startswith(self.prefixes) or any(is_kin(word, found) for word in self.families)
            self.decided[written] = bool(found) and wanted
        return self.decided[written]


def parse(text: str) -> ParsedQuery:
    """The query of a text; raises `QueryError` for an unknown field, a date that is none, and where nothing is asked.

    Words must all occur, or others of their families, in headline or text; `OR`, `NOT` or `-`, parentheses, "a phrase", near words
    as in "one two"~5, `begin*`, `field:` and `last 3 days` change that. What is unfinished while one is typing (an open quotation
    mark or parenthesis, a last operator) is finished or left out.
    """
    return _parsed(text, date.today())


@lru_cache(maxsize=512)
def _parsed(text: str, today: date) -> ParsedQuery:
    """The query of a text as it is understood today: the same one is asked for each text in which its hits are marked."""
    from reader.search import query_parser

    asked = query_parser.ask(finish(text))
    wanted = query_parser.wanted(asked)
    return ParsedQuery(text, asked, **wanted, sight=_sight(**wanted))


def _sight(
    words: frozenset[str], families: frozenset[str], prefixes: tuple[str, ...], phrases: frozenset[Phrase]
) -> re.Pattern[str]:
    """How words that are wanted begin in a text of ASCII, initials with their full stops too; it is quicker than cutting a text."""
    begins = {*words, *prefixes, *(row[0] for row, _ in phrases), *map(begin, families)}.union(*map(forms, families))
    return re.compile("|".join(r"\.?".join(map(re.escape, one)) for one in sorted(begins)) or "(?!)", re.IGNORECASE)


def finish(text: str) -> str:
    """The text with what is unfinished finished or blanked out; what stays keeps its column."""
    if len(text) > LONGEST:
        raise QueryError(f"a query may have at most {LONGEST} characters", LONGEST)
    text = text.translate(_QUOTES)
    if text.count('"') % 2:
        text += '"'
    text = _named(text)
    text = _balanced(text)
    while match := _IDLE.search(_shape(text)):
        start, end = match.span(match.lastgroup or 0)
        text = text[:start] + " " * (end - start) + text[end:]
    if not text.strip():
        raise QueryError("type a word to search for", 0)
    return text


def _shape(text: str) -> str:
    """The text with everything quoted hidden, character by character."""
    return _QUOTED.sub(lambda match: '"' * len(match.group()), text)


def _named(text: str) -> str:
    """The text with its fields' names in lower case; raises `QueryError` for an unknown one."""
    for match in _FIELD.finditer(_shape(text)):
        name = match["name"].lower()
        if name in FIELDS:
            text = text[: match.start()] + name + text[match.end("name") :]
        elif match["glued"]:  # "Policy: the letter" is a headline
            known = ", ".join(f"{field}:" for field in FIELDS)
            raise QueryError(
                f"there is no field “{match['name']}:”; the fields are {known}. Quote it to search for the text", match.start()
            )
    return text


def _balanced(text: str) -> str:
    """The text with open parentheses closed at its end, and closing ones blanked out that close nothing."""
    open_at: list[int] = []
    for place, letter in enumerate(_shape(text)):
        if letter == "(":
            open_at.append(place)
        elif letter == ")" and open_at:
            open_at.pop()
        elif letter == ")":
            text = text[:place] + " " + text[place + 1 :]
        if len(open_at) > DEEPEST:
            raise QueryError(f"more than {DEEPEST} nested parentheses", place)
    return text + ")" * len(open_at)


def _standing(found: list[Token], words: tuple[str, ...], slop: int) -> list[Span]:
    """Where words stand in this order, each at most `slop` terms after the one before it."""
    texts = [one.text for one in found]
    spans = []
    for start in (place for place, text in enumerate(texts) if text == words[0]):
        ends = {start}
        for word in words[1:]:
            ends = {place for end in ends for place in range(end + 1, min(end + slop + 1, len(texts))) if texts[place] == word}
        if ends:
            spans.append((found[start].start, found[min(ends)].end))
    return spans


def _joined(spans: list[Span]) -> list[Span]:
    """Spans in order, those that overlap joined."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
