"""The query language, as plugins of Whoosh's parser; what comes out is made of Whoosh's own queries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from whoosh import qparser, query
from whoosh.qparser import plugins, syntax

from reader.errors import QueryError
from reader.search import date_ranges
from reader.search.query import FIELDS
from reader.search.query_nodes import StateFilter, WordFamily
from reader.search.schema import schema
from reader.search.tokenizer import terms

TITLE_BOOST = 2.0
"""What a word counts in a headline, beside 1 in the text."""

_ALONE = r"(?<![^\s()]){}(?![^\s()])"


def ask(text: str) -> query.Query:
    """Whoosh's query for a text that is well formed (see `reader.search.query.finish`).

    Raises `QueryError` for a date that is none, and where nothing is left to ask.
    """
    asked = _parser().parse(text)
    if asked is query.NullQuery:
        raise QueryError("only very common words; add a rarer one", 0)
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


def wanted(asked: query.Query) -> dict[str, Any]:
    """The words, families, beginnings and phrases that a query wants in headline or text; not what it does not want."""
    leaves = list(_wanted_leaves(asked))
    return {
        "words": frozenset(leaf.text for leaf in leaves if type(leaf) is query.Term),
        "families": frozenset(leaf.text for leaf in leaves if isinstance(leaf, WordFamily)),
        "prefixes": tuple(sorted({leaf.text for leaf in leaves if isinstance(leaf, query.Prefix)})),
        "phrases": frozenset((tuple(leaf.words), leaf.slop) for leaf in leaves if isinstance(leaf, query.Phrase)),
    }


def _wanted_leaves(asked: query.Query) -> Iterator[query.Query]:
    if isinstance(asked, query.Not):
        return
    if asked.is_leaf() and asked.field() in ("title", "body"):
        yield asked
    for child in asked.children():
        yield from _wanted_leaves(child)


@cache
def _parser() -> qparser.QueryParser:
    parser = qparser.QueryParser(None, schema(), plugins=[], termclass=_word)
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
            _PrefixPlugin(),
            _LastWordPlugin(),
            _SyntaxPlugin(),
            plugins.MultifieldPlugin(["title", "body"], fieldboosts={"title": TITLE_BOOST}),
        ]
    )
    return parser


def _word(field: str, text: str, boost: float = 1.0, **options: Any) -> query.Query:
    """A word. In a text it finds the others of its family too, but for numbers and what is no English."""
    regular = field in ("title", "body") and len(text) > 2 and text.isascii() and text.isalpha()
    return (WordFamily if regular else query.Term)(field, text, boost=boost)


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


class _PrefixPlugin(plugins.TaggingPlugin):  # type: ignore[misc]
    expr = r'(?P<text>[^\s()"*]+)\*+(?![^\s)])'
    nodetype = _PrefixNode


class _MadeNode(syntax.SyntaxNode):  # type: ignore[misc]
    """A part whose query is made already."""

    def __init__(self, made: query.Query) -> None:
        self.made = made

    def query(self, parser: qparser.QueryParser) -> query.Query:
        return self.made


class _LastWordPlugin(plugins.TaggingPlugin):  # type: ignore[misc]
    """`last 3 days`."""

    expr = date_ranges.LAST

    def create(self, parser: qparser.QueryParser, match: re.Match[str]) -> syntax.SyntaxNode:
        return _MadeNode(query.NumericRange("date", *date_ranges.since(int(match["count"]), match["unit"])))


class _SyntaxPlugin(plugins.Plugin):  # type: ignore[misc]
    """What is asked of the calendar, `date:2018-12`, and of the reader's own: `is:unread`, `tag:coast`, `thread:"ferry strike"`."""

    def filters(self, parser: qparser.QueryParser) -> list[tuple[Any, int]]:
        return [(self.read, 105)]  # after the fields have reached their words, before words look in every field

    def read(self, parser: qparser.QueryParser, group: syntax.GroupNode) -> syntax.GroupNode:
        for place, node in enumerate(group):
            if isinstance(node, syntax.GroupNode):
                self.read(parser, node)
            elif node.has_text and (made := _made(node)) is not None:
                group[place] = _MadeNode(made).set_range(node.startchar, node.endchar)
        return group


def _made(node: syntax.SyntaxNode) -> query.Query | None:
    field, text, column = node.fieldname, node.text, node.startchar
    if field in date_ranges.FIELDS:
        return query.NumericRange("date", *date_ranges.span(field, text, column))
    if field == "is":
        return _is(text.casefold(), column)
    if field == "outlet":
        return StateFilter(field, f"{text}*" if isinstance(node, _PrefixNode) else text)
    return StateFilter(field, text) if field in ("thread", "tag") else None


def _is(text: str, column: int) -> query.Query:
    unread = query.Not(StateFilter("is", "read"))
    match text:
        case "read" | "starred" | "followed":
            return StateFilter("is", text)
        case "unread":
            return unread
        case "new":
            return query.And([unread, query.NumericRange("date", *date_ranges.since(2, "day"))])
    raise QueryError(
        f"there is no state “{text}”; use is:unread, is:read, is:starred, is:followed or is:new (unread, last two days)", column
    )
