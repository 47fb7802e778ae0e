"""Parsed queries: they search the index, and find the spans of their terms in any text."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

from msgspec import Struct

from reader.errors import QueryError
from reader.models import Span
from reader.search.tokenizer import Token, find_spans, normalize, terms
from reader.text.word_families import family_prefix, foreign_prefix, irregular_forms, is_english, same_family, same_foreign_family

FIELDS = ("title", "outlet", "author", "date", "after", "before", "is", "tag", "thread", "lang")
"""Fields that a query can name, as in `outlet:`."""

LONGEST = 1000
"""Maximum length of a query in characters."""

DEEPEST = 20
"""Maximum nesting of parentheses."""

_QUOTES = str.maketrans("“”„‟«»", '""""""')
_QUOTED = re.compile(r'"[^"]*"')
_FIELD = re.compile(r"(?<![^\s(-])(?P<name>[^\W\d_]\w*):(?P<glued>\S?)")
_OPERATOR = r"(?<![^\s()])(?:{})(?![^\s()])"
_ANY_OPERATOR = _OPERATOR.format("AND|OR|NOT")
_TAIL = rf"\s*(?:\)|$|{_OPERATOR.format('AND|OR')})"
_INCOMPLETE = re.compile(
    rf"""
    (?P<empty> \( \s* \) )
  | (?: ^ | \( | {_ANY_OPERATOR} ) \s* (?P<leading> {_OPERATOR.format("AND|OR")} )    # no left operand
  | (?P<double_not> {_OPERATOR.format("NOT")} ) (?= \s+ (?: NOT\b | - ) )
  | (?P<trailing> {_ANY_OPERATOR} | (?<![^\s(]) -+ ) \s* (?: \) | $ )             # no right operand
  | (?P<bare_field> (?<![^\s(]) -? (?: {"|".join(FIELDS)} ) : ) (?= {_TAIL} | \s* (?: {"|".join(FIELDS)} ) : )
    """,
    re.VERBOSE,
)


Phrase = tuple[tuple[str, ...], int]
"""Words in order, and the slop: how many positions the next word may be away (1: adjacent)."""


class ParsedQuery(Struct, frozen=True, eq=False):
    """A query: its text, the Whoosh query, the terms to highlight, and a pattern that finds candidates in ASCII text."""

    text: str
    whoosh: Any
    words: frozenset[str]
    families: frozenset[str]
    prefixes: tuple[str, ...]
    phrases: frozenset[Phrase]
    candidates: re.Pattern[str]
    word_cache: dict[str, bool] = {}

    def hits(self, text: str) -> list[Span]:
        """Spans of the query's terms in a text, in order: whole words for prefixes, one span per phrase.

        Negated terms, and those of outlet, author or date, are not marked.
        """
        plain = text.isascii()
        if plain and not self.candidates.search(text):
            return []
        spans: list[Span] = []
        if self.words or self.families or self.prefixes:
            spans = self._scan_ascii(text) if plain else find_spans(text, self._matches)
        if self.phrases:
            found = list(terms(text))
            for words, slop in self.phrases:
                spans += _phrase_spans(found, words, slop)
        return _merge_overlaps(spans)

    def _scan_ascii(self, text: str) -> list[Span]:
        """Spans in an ASCII text: no term contains a space, so only the words around a candidate are tokenized."""
        spans, at = list[Span](), 0
        while seen := self.candidates.search(text, at):
            begin = seen.start()
            if begin and text[begin - 1].isalnum():  # inside a word
                at = begin + 1
                continue
            start = text.rfind(" ", at, begin) + 1 or at
            at = text.find(" ", seen.end())
            at = len(text) if at < 0 else at
            spans += find_spans(text, self._matches, start, at)
        return spans

    def _matches(self, written: str) -> bool:
        """Whether a word as written is a match; cached, because most words repeat."""
        if written not in self.word_cache:
            found = normalize(written)
            wanted = (
                found in self.words
                or found.startswith(self.prefixes)
                or any(same_family(word, found) or same_foreign_family(word, found) for word in self.families)
            )
            self.word_cache[written] = bool(found) and wanted
        return self.word_cache[written]


def parse(text: str) -> ParsedQuery:
    """Parse a query; raises `QueryError` for an unknown field, an invalid date, and an empty query.

    All words must occur in headline or text, in any inflection. `OR`, `NOT` or `-`, parentheses, "a phrase", proximity as in "one
    two"~5, `prefix*`, `field:` and `last 3 days` change that. What is incomplete while typing (an open quotation mark or
    parenthesis, a trailing operator) is completed or ignored.
    """
    return _parse(text, date.today())


@lru_cache(maxsize=512)
def _parse(text: str, today: date) -> ParsedQuery:
    """Parse with the current date as part of the cache key; the same query highlights many texts."""
    from reader.search import query_parser

    tree = query_parser.build(finish(text))
    terms_found = query_parser.highlighted(tree)
    return ParsedQuery(text, tree, **terms_found, candidates=_candidate_pattern(**terms_found))


def _candidate_pattern(
    words: frozenset[str], families: frozenset[str], prefixes: tuple[str, ...], phrases: frozenset[Phrase]
) -> re.Pattern[str]:
    """Pattern of the beginnings of matching words in ASCII text, including dotted initials; faster than tokenizing."""
    starts = {*words, *prefixes, *(row[0] for row, _ in phrases), *map(family_prefix, families)}.union(
        *map(irregular_forms, families), (foreign_prefix(word) for word in families if not is_english(word))
    )
    return re.compile("|".join(r"\.?".join(map(re.escape, one)) for one in sorted(starts)) or "(?!)", re.IGNORECASE)


def finish(text: str) -> str:
    """Complete or blank out what is incomplete; the rest keeps its columns."""
    if len(text) > LONGEST:
        raise QueryError(f"a query may have at most {LONGEST} characters", LONGEST)
    text = text.translate(_QUOTES)
    if text.count('"') % 2:
        text += '"'
    text = _lowercase_fields(text)
    text = _balance_parentheses(text)
    while match := _INCOMPLETE.search(_mask_quoted(text)):
        start, end = match.span(match.lastgroup or 0)
        text = text[:start] + " " * (end - start) + text[end:]
    if not text.strip():
        raise QueryError("type a word to search for", 0)
    return text


def _mask_quoted(text: str) -> str:
    """Mask quoted text, keeping its length."""
    return _QUOTED.sub(lambda match: '"' * len(match.group()), text)


def _lowercase_fields(text: str) -> str:
    """Lowercase the names of fields; raises `QueryError` for an unknown one."""
    for match in _FIELD.finditer(_mask_quoted(text)):
        name = match["name"].lower()
        if name in FIELDS:
            text = text[: match.start()] + name + text[match.end("name") :]
        elif match["glued"]:  # "Policy: the letter" is a headline
            known = ", ".join(f"{field}:" for field in FIELDS)
            raise QueryError(
                f"there is no field “{match['name']}:”; the fields are {known}. Quote it to search for the text", match.start()
            )
    return text


def _balance_parentheses(text: str) -> str:
    """Close open parentheses at the end, and blank out unmatched closing ones."""
    open_at: list[int] = []
    for place, letter in enumerate(_mask_quoted(text)):
        if letter == "(":
            open_at.append(place)
        elif letter == ")" and open_at:
            open_at.pop()
        elif letter == ")":
            text = text[:place] + " " + text[place + 1 :]
        if len(open_at) > DEEPEST:
            raise QueryError(f"more than {DEEPEST} nested parentheses", place)
    return text + ")" * len(open_at)


def _phrase_spans(found: list[Token], words: tuple[str, ...], slop: int) -> list[Span]:
    """Spans in which words occur in order, each at most `slop` terms after the previous one."""
    texts = [one.text for one in found]
    spans = []
    for start in (place for place, text in enumerate(texts) if text == words[0]):
        ends = {start}
        for word in words[1:]:
            ends = {place for end in ends for place in range(end + 1, min(end + slop + 1, len(texts))) if texts[place] == word}
        if ends:
            spans.append((found[start].start, found[min(ends)].end))
    return spans


def _merge_overlaps(spans: list[Span]) -> list[Span]:
    """Sort spans and merge overlapping ones."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
