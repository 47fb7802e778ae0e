"""The query language, as plugins of Whoosh's parser; what comes out is made of Whoosh's own queries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from whoosh import qparser, query
from whoosh.qparser import plugins, syntax

from reader.model import QueryError
from reader.shelf.query import FIELDS, Phrase
from reader.shelf.search.schema import schema
from reader.shelf.terms import terms

TITLE_BOOST = 2.0
"""What a word counts in a headline, beside 1 in the text."""

_DATES = ("date", "after", "before")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_FIRST, _LAST = 0, 99999999
_ALONE = r"(?<![^\s()]){}(?![^\s()])"


def ask(text: str) -> query.Query:
    """Whoosh's query for a text that is well formed (see `reader.shelf.query.finish`).

    Raises `QueryError` for a date that is none, and where nothing is left to ask.
    """
    asked = _parser().parse(text)
    if asked is query.NullQuery:
        raise QueryError("no word of this tells one story from another; add a rarer one", 0)
    return _grounded(asked)


def _grounded(asked: query.Query) -> query.Query:
    """The same query where each Not has stories to take away from: on its own, Whoosh's (2.7.4) lets deleted ones through."""
    if isinstance(asked, query.Not):
        return query.And([query.Every(boost=0.0), query.Not(_grounded(asked.query))])
    if not isinstance(asked, query.And | query.Or):
        return asked
    founded = isinstance(asked, query.And) and not all(isinstance(part, query.Not) for part in asked)
    return type(asked)(
        [query.Not(_grounded(part.query)) if founded and isinstance(part, query.Not) else _grounded(part) for part in asked]
    )


def wanted(asked: query.Query) -> tuple[frozenset[str], tuple[str, ...], frozenset[Phrase]]:
    """The words, beginnings of words and phrases that a query wants in headline or text; not what it does not want."""
    leaves = list(_wanted_leaves(asked))
    return (
        frozenset(leaf.text for leaf in leaves if isinstance(leaf, query.Term)),
        tuple(sorted({leaf.text for leaf in leaves if isinstance(leaf, query.Prefix)})),
        frozenset((tuple(leaf.words), leaf.slop) for leaf in leaves if isinstance(leaf, query.Phrase)),
    )


def _wanted_leaves(asked: query.Query) -> Iterator[query.Query]:
    if isinstance(asked, query.Not):
        return
    if asked.is_leaf() and asked.field() in ("title", "body"):
        yield asked
    for child in asked.children():
        yield from _wanted_leaves(child)


@cache
def _parser() -> qparser.QueryParser:
    parser = qparser.QueryParser(None, schema(), plugins=[], phraseclass=_phrase)
    parser.add_plugins(
        [
            plugins.FieldsPlugin(rf"(?<![^\s(-])(?P<text>{'|'.join(FIELDS)}):\s*(?=\S)", remove_unknown=False),
            plugins.PhrasePlugin(r'"(?P<text>[^"]*)"(?:~(?P<slop>[1-9]\d?)(?!\w))?'),
            plugins.GroupPlugin(),
            plugins.OperatorsPlugin(
                And=_ALONE.format("AND"),
                Or=_ALONE.format("OR"),
                Not=_ALONE.format("NOT") + r"|(?<![^\s(])-(?=[^\s-])",
                AndNot=None,
                AndMaybe=None,
                Require=None,
            ),
            _Prefixes(),
            _Dates(),
            plugins.MultifieldPlugin(["title", "body"], fieldboosts={"title": TITLE_BOOST}),
        ]
    )
    return parser


def _phrase(field: str, words: Sequence[str], boost: float = 1.0, **options: Any) -> query.Query:
    """Words in a row. An outlet's name is also found run together, as in its address."""
    made = query.Phrase(field, words, boost=boost, **options)
    if field == "outlet":
        return query.Or([made, query.Term(field, "".join(words), boost=boost)])
    return made


class _Constant(query.ConstantScoreQuery):  # type: ignore[misc] # Whoosh has no types
    """One score for every story: Whoosh's own of a prefix depends on how many words begin so. With the boost groups ask for."""

    boost = 1.0


class _PrefixNode(syntax.TextNode):  # type: ignore[misc]
    """The beginning of a word; of several joined ones, as in `clear-ey*`, only the last is open."""

    def query(self, parser: qparser.QueryParser) -> query.Query:
        *whole, last = [term.text for term in terms(self.text)] or [""]
        if not last:
            return query.NullQuery
        begun = _Constant(query.Prefix(self.fieldname, last), self.boost)
        return query.And([*(query.Term(self.fieldname, word, boost=self.boost) for word in whole), begun])


class _Prefixes(plugins.TaggingPlugin):  # type: ignore[misc]
    expr = r'(?P<text>[^\s()"*]+)\*+(?![^\s)])'
    nodetype = _PrefixNode


class _DateNode(syntax.SyntaxNode):  # type: ignore[misc]
    """A span of days, both within it."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last

    def query(self, parser: qparser.QueryParser) -> query.Query:
        return query.NumericRange("date", self.first, self.last)


class _Dates(plugins.Plugin):  # type: ignore[misc]
    """`date:2018-12`, `date:2018-12-19..2018-12-23`, `after:2018` (from 2019 on), `before:2018-12-20` (to the 19th)."""

    def filters(self, parser: qparser.QueryParser) -> list[tuple[Any, int]]:
        return [(self.read_dates, 105)]  # after the fields have reached their words, before words look in every field

    def read_dates(self, parser: qparser.QueryParser, group: syntax.GroupNode) -> syntax.GroupNode:
        for place, node in enumerate(group):
            if isinstance(node, syntax.GroupNode):
                self.read_dates(parser, node)
            elif node.has_text and node.fieldname in _DATES:
                group[place] = _read_date(node.fieldname, node.text, node.startchar).set_range(node.startchar, node.endchar)
        return group


def _read_date(field: str, text: str, column: int) -> _DateNode:
    start, dots, end = text.partition("..")
    if field != "date":
        first, last = _days(text, column)
        return _DateNode(last + 1, _LAST) if field == "after" else _DateNode(_FIRST, first - 1)
    first = _days(start, column)[0] if start or not dots else _FIRST
    last = _days(end if dots else start, column + len(start) + len(dots) if dots else column)[1] if end or not dots else _LAST
    if first > last:
        raise QueryError(f"“{text}” ends before it begins", column)
    return _DateNode(first, last)


def _days(text: str, column: int) -> tuple[int, int]:
    """The first and the last day of a year, a month or a day, as numbers like 20181221."""
    match = _DATE.fullmatch(text)
    if not match:
        raise QueryError(f"“{text}” is no date; write 2018, 2018-12, 2018-12-21 or 2018-12-19..2018-12-23", column)
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        date(year or 0, month or 1, day or 1)
    except ValueError:
        raise QueryError(f"“{text}” is in no calendar; write 2018, 2018-12, 2018-12-21 or 2018-12-19..2018-12-23", column) from None
    whole = (year or 0) * 10000
    return whole + (month or 1) * 100 + (day or 1), whole + (month or 12) * 100 + (day or 31)
