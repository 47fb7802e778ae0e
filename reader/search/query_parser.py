"""The query language, as plugins of Whoosh's parser; the result is built of Whoosh's own query classes."""

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
from reader.search.schema import language_number, schema
from reader.search.tokenizer import terms
from reader.text.languages import normalize
from reader.text.scripts import is_paired

TITLE_BOOST = 2.0
"""Weight of a word in the headline, relative to the text."""

_OPERATOR = r"(?<![^\s()]){}(?![^\s()])"


def build(text: str) -> query.Query:
    """Build the Whoosh query of a well-formed text (see `reader.search.query.finish`).

    Raises `QueryError` for an invalid date, and if the query is empty.
    """
    tree = _parser().parse(text)
    if tree is query.NullQuery:
        raise QueryError("only very common words; add a rarer one", 0)
    return _anchor_not(tree)


def _anchor_not(tree: query.Query) -> query.Query:
    """Give each Not a set to subtract from: a Not by itself matches deleted documents in Whoosh 2.7.4."""
    if isinstance(tree, query.Not):
        return query.And([query.Every(boost=0.0), query.Not(_anchor_not(tree.query))])
    if not isinstance(tree, query.And | query.Or):
        return tree
    anchored = isinstance(tree, query.And) and not all(isinstance(part, query.Not) for part in tree)
    return type(tree)(
        [query.Not(_anchor_not(part.query)) if anchored and isinstance(part, query.Not) else _anchor_not(part) for part in tree]
    )


def highlighted(tree: query.Query) -> dict[str, Any]:
    """Words, families, prefixes and phrases to highlight in headline and text; negated ones are excluded."""
    leaves = list(_highlighted_leaves(tree))
    return {
        "words": frozenset(leaf.text for leaf in leaves if type(leaf) is query.Term),
        "families": frozenset(leaf.text for leaf in leaves if isinstance(leaf, WordFamily)),
        "prefixes": tuple(sorted({leaf.text for leaf in leaves if isinstance(leaf, query.Prefix)})),
        "phrases": frozenset((tuple(leaf.words), leaf.slop) for leaf in leaves if isinstance(leaf, query.Phrase)),
    }


def _highlighted_leaves(tree: query.Query) -> Iterator[query.Query]:
    if isinstance(tree, query.Not):
        return
    if tree.is_leaf() and tree.field() in ("title", "body"):
        yield tree
    for child in tree.children():
        yield from _highlighted_leaves(child)


@cache
def _parser() -> qparser.QueryParser:
    parser = qparser.QueryParser(None, schema(), plugins=[], termclass=_word)
    parser.add_plugins(
        [
            plugins.FieldsPlugin(rf"(?<![^\s(-])(?P<text>{'|'.join(FIELDS)}):\s*(?=\S)", remove_unknown=False),
            plugins.PhrasePlugin(r'"(?P<text>[^"]*)"(?:~(?P<slop>[1-9]\d?)(?!\w))?'),
            plugins.GroupPlugin(),
            plugins.OperatorsPlugin(
                And=_OPERATOR.format("AND"),
                Or=_OPERATOR.format("OR"),
                Not=_OPERATOR.format("NOT") + r"|(?<![^\s(])-(?=[^\s-])",
                AndNot=None,
                AndMaybe=None,
                Require=None,
            ),
            _PrefixPlugin(),
            _LastDaysPlugin(),
            _FieldPlugin(),
            plugins.MultifieldPlugin(["title", "body"], fieldboosts={"title": TITLE_BOOST}),
        ]
    )
    return parser


def _word(field: str, text: str, boost: float = 1.0, **options: Any) -> query.Query:
    """A word; in texts it matches its family too, unless it is a number or written without spaces."""
    regular = field in ("title", "body") and len(text) > 2 and text.isalpha() and not is_paired(text)
    return (WordFamily if regular else query.Term)(field, text, boost=boost)


class _Constant(query.ConstantScoreQuery):  # type: ignore[misc] # Whoosh has no types
    """A constant score for prefixes, whose score in Whoosh depends on the number of terms; with the boost that groups need."""

    boost = 1.0


class _PrefixNode(syntax.TextNode):  # type: ignore[misc]
    """A prefix; of several joined words, as in `clear-ey*`, only the last is open."""

    def query(self, parser: qparser.QueryParser) -> query.Query:
        *whole, last = [term.text for term in terms(self.text)] or [""]
        if not last:
            return query.NullQuery
        prefix = _Constant(query.Prefix(self.fieldname, last), self.boost)
        return query.And([*(query.Term(self.fieldname, word, boost=self.boost) for word in whole), prefix])


class _PrefixPlugin(plugins.TaggingPlugin):  # type: ignore[misc]
    expr = r'(?P<text>[^\s()"*]+)\*+(?![^\s)])'
    nodetype = _PrefixNode


class _QueryNode(syntax.SyntaxNode):  # type: ignore[misc]
    """A node with a finished query."""

    def __init__(self, made: query.Query) -> None:
        self.inner = made

    def query(self, parser: qparser.QueryParser) -> query.Query:
        return self.inner


class _LastDaysPlugin(plugins.TaggingPlugin):  # type: ignore[misc]
    """`last 3 days`."""

    expr = date_ranges.LAST

    def create(self, parser: qparser.QueryParser, match: re.Match[str]) -> syntax.SyntaxNode:
        return _QueryNode(query.NumericRange("date", *date_ranges.since(int(match["count"]), match["unit"])))


class _FieldPlugin(plugins.Plugin):  # type: ignore[misc]
    """Dates, `date:2018-12`, and filters on state: `is:unread`, `tag:coast`, `thread:"ferry strike"`."""

    def filters(self, parser: qparser.QueryParser) -> list[tuple[Any, int]]:
        return [(self.read, 105)]  # after fields are assigned to words, before words are expanded to all fields

    def read(self, parser: qparser.QueryParser, group: syntax.GroupNode) -> syntax.GroupNode:
        for place, node in enumerate(group):
            if isinstance(node, syntax.GroupNode):
                self.read(parser, node)
            elif node.has_text and (made := _field_query(node)) is not None:
                group[place] = _QueryNode(made).set_range(node.startchar, node.endchar)
        return group


def _field_query(node: syntax.SyntaxNode) -> query.Query | None:
    field, text, column = node.fieldname, node.text, node.startchar
    if field in date_ranges.FIELDS:
        return query.NumericRange("date", *date_ranges.span(field, text, column))
    if field == "is":
        return _state_query(text.casefold(), column)
    if field == "outlet":
        return StateFilter(field, f"{text}*" if isinstance(node, _PrefixNode) else text)
    if field == "lang":
        return _language_query(text, column)
    return StateFilter(field, text) if field in ("thread", "tag") else None


def _language_query(text: str, column: int) -> query.Query:
    code = normalize(text)
    if not code:
        raise QueryError(f"there is no language “{text}”; use a code of two letters, such as lang:fr", column)
    return query.NumericRange("language", language_number(code), language_number(code))


def _state_query(text: str, column: int) -> query.Query:
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
