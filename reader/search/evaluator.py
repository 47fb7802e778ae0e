"""Evaluation of each query type by an engine: matching documents with their scores.

A part is evaluated only within the documents that matched the previous parts, so the rarest part determines the cost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from whoosh import query

from reader.search.array_file import Array
from reader.search.date_ranges import DAY, FIRST_DAY, LAST_DAY, utc_bounds
from reader.search.positions import phrase_mask
from reader.search.query_nodes import FilterLookup, StateFilter, WordFamily
from reader.search.result_set import (
    NONE,
    ResultSet,
    add_scores,
    combine_in_tree,
    concatenate,
    membership_mask,
    scores_for,
    union,
    union_all,
)
from reader.search.schema import numbers
from reader.search.segment_reader import MISSING

if TYPE_CHECKING:
    from reader.search.engine import Engine


class Evaluator:
    """Evaluator of one query; `lookup` resolves filters that depend on the store."""

    def __init__(self, engine: Engine, lookup: FilterLookup) -> None:
        self._engine, self._lookup, self._count = engine, lookup, engine.total

    def hits(self, node: query.Query, within: Array | None = None) -> ResultSet:
        """Matching documents including deleted ones, restricted to the ids in `within` if given."""
        for kind in type(node).__mro__:
            if kind in _HANDLERS:
                return _HANDLERS[kind](self, node, within)
        return self._within(self._engine.run_whoosh(node), within)

    # Words

    def _term(self, node: query.Term, within: Array | None) -> ResultSet:
        word = self._bytes(node.fieldname, node.text)
        if word is None:
            return NONE
        return self._within(self._engine.term(node.fieldname, word), within).boosted(node.boost)

    def _family(self, node: WordFamily, within: Array | None) -> ResultSet:
        return self._within(self._words((node,)), within)

    def _words(self, families: Sequence[WordFamily]) -> ResultSet:
        """Documents that contain a member of any of these families: one word is looked up in headline and text."""
        key = tuple([(one.fieldname, one.text, one.boost) for one in families])
        return self._engine.cached(
            key, lambda: union_all([self.hits(word) for one in families for word in self._engine.members(one)], self._count)
        )

    def _prefix(self, node: query.Prefix, within: Array | None) -> ResultSet:
        start = self._bytes(node.fieldname, node.text)
        if start is None:
            return NONE
        table = np.zeros(self._count, bool)
        for leaf, first in self._engine.leaf_bases:
            postings = leaf.postings(node.fieldname)
            table[first : first + leaf.count][postings.documents(*postings.prefix_range(start))] = True
        return ResultSet(_ids(table) if within is None else within[table[within]], node.boost)

    def _phrase(self, node: query.Phrase, within: Array | None) -> ResultSet:
        field = node.fieldname
        words = [self._bytes(field, word) for word in node.words]
        hits = self._and(query.And([query.Term(field, word) for word in words]), within) if all(words) else NONE
        if not len(hits):
            return NONE
        masks = []
        for segment, leaf in enumerate(self._engine.leaves):
            postings, held = leaf.postings(field), self._local(hits, segment).ids
            numbers = [found for word in words if (found := postings.find(word or b"")) is not None]
            masks.append(phrase_mask(postings, numbers, held, leaf.lengths(field), node.slop) if len(held) else np.empty(0, bool))
        return hits.take(np.concatenate(masks)).boosted(node.boost)

    def _bytes(self, field: str, word: str | bytes) -> bytes | None:
        """Encoded term; None if it cannot be a term of the field."""
        try:
            found: bytes = self._engine.schema[field].to_bytes(word)
        except (KeyError, ValueError):
            return None
        return found

    # Numbers

    def _numeric_range(self, node: query.NumericRange, within: Array | None) -> ResultSet:
        if node.fieldname == "date":
            return self._days(node, within)
        column = self._engine.column(node.fieldname)
        numbers = column if within is None else column[within]
        first = MISSING + 1 if node.start is None else node.start + bool(node.startexcl)
        mask = numbers >= first
        if node.end is not None:
            mask &= numbers <= node.end - bool(node.endexcl)
        return ResultSet(_ids(mask) if within is None else within[mask], node.boost)

    def _days(self, node: query.NumericRange, within: Array | None) -> ResultSet:
        """Stories of days in the user's time zone; a time without a zone belongs to the day it names."""
        days, minutes = (column if within is None else column[within] for column in map(self._engine.column, ("date", "minute")))
        first = FIRST_DAY if node.start is None else node.start + bool(node.startexcl)
        last = LAST_DAY if node.end is None else node.end - bool(node.endexcl)
        mask = (days >= first) & (days <= last)
        zoned = minutes != MISSING
        if zoned.any():
            begin, end = utc_bounds(first, last)
            moments = days * DAY + minutes
            mask = np.where(zoned, (moments >= begin) & (moments < end), mask)
        return ResultSet(_ids(mask) if within is None else within[mask], node.boost)

    # All documents, and filters that the store resolves

    def _state(self, node: StateFilter, within: Array | None) -> ResultSet:
        stories = np.sort(numbers(self._lookup(node.kind, node.text)))
        if not len(stories):
            return NONE
        column = self._engine.column("id") if within is None else self._engine.column("id")[within]
        mask = stories[np.minimum(np.searchsorted(stories, column), len(stories) - 1)] == column
        return ResultSet(_ids(mask) if within is None else within[mask], 1.0)

    def _all_documents(self, node: query.Every, within: Array | None) -> ResultSet:
        if node.fieldname not in (None, "", "*"):
            return self._within(self._engine.run_whoosh(node), within)
        # Whoosh treats a boost of 0 as no boost
        return ResultSet(self._all_ids if within is None else within, node.boost or 1.0)

    def _nothing(self, node: query.Query, within: Array | None) -> ResultSet:
        return NONE

    @property
    def _all_ids(self) -> Array:
        return np.arange(self._count, dtype=np.int32)

    # Combinations

    def _and(self, node: query.And, within: Array | None) -> ResultSet:
        parts = list(node.subqueries)
        sizes = [self.estimate(part) for part in parts]
        found: dict[int, ResultSet] = {}
        for index in sorted(range(len(parts)), key=sizes.__getitem__):
            found[index] = self.hits(parts[index], within)
            within = found[index].ids
            if not len(within):
                return NONE
        ids = within if within is not None else NONE.ids
        scored = [ResultSet(ids, scores_for(found[index], ids, self._count)) for index in range(len(parts))]
        return self._combine(parts, scored, add_scores, -1).boosted(node.boost)

    def _or(self, node: query.Or, within: Array | None) -> ResultSet:
        if node.scale or node.minmatch:
            return self._within(self._engine.run_whoosh(node), within)
        if all(isinstance(part, WordFamily) for part in node.subqueries):
            return self._within(self._words(node.subqueries), within).boosted(node.boost)
        found = [self.hits(part, within) for part in node.subqueries]
        return self._combine(node.subqueries, found, union, 1).boosted(node.boost)

    def _combine(
        self, parts: Sequence[query.Query], found: Sequence[ResultSet], join: Callable[..., ResultSet], sign: int
    ) -> ResultSet:
        """Combine the results of all parts in Whoosh's order: per segment, by the size of each part times `sign`."""
        if len(parts) < 3:  # the order of two parts does not matter
            return combine_in_tree(partial(join, count=self._count), found, [0] * len(found))
        made = []
        for segment, (leaf, first) in enumerate(self._engine.leaf_bases):
            weights = [sign * self.estimate(part, segment) for part in parts]
            held = [self._local(part, segment) for part in found]
            made.append(combine_in_tree(partial(join, count=leaf.count), held, weights).shifted(first))
        return concatenate(made)

    def _not(self, node: query.Not, within: Array | None) -> ResultSet:
        ids = self._all_ids if within is None else within
        return ResultSet(ids[~membership_mask(ids, self.hits(node.query, within).ids, self._count)], 1.0)

    def _constant(self, node: query.ConstantScoreQuery, within: Array | None) -> ResultSet:
        # outside a constant score, Whoosh's score of a prefix depends on the number of its terms: that is left to Whoosh
        hits = self._prefix(node.child, within) if type(node.child) is query.Prefix else self.hits(node.child, within)
        return ResultSet(hits.ids, float(node.score))

    def _within(self, hits: ResultSet, within: Array | None) -> ResultSet:
        return hits if within is None else hits.within(within, self._count)

    # Order of evaluation

    def estimate(self, node: query.Query, segment: int | None = None) -> int:
        """Whoosh's estimate of the maximum number of matches, in all segments or in the segment with index `segment`."""
        match node:
            case WordFamily():
                return self._count_in(self._words((node,)), segment)
            case query.Term():
                word = self._bytes(node.fieldname, node.text)
                return self._count_in(self._engine.term(node.fieldname, word), segment) if word is not None else 0
            case query.Prefix():
                start = self._bytes(node.fieldname, node.text)
                if start is None:
                    return 0
                leaves = self._engine.leaves if segment is None else [self._engine.leaves[segment]]
                words = [leaf.postings(node.fieldname) for leaf in leaves]
                return sum(len(postings.documents(*postings.prefix_range(start))) for postings in words)
            case query.Phrase():
                return min((self.estimate(query.Term(node.fieldname, word), segment) for word in node.words), default=0)
            case query.And():
                return min((self.estimate(part, segment) for part in node.subqueries), default=0)
            case query.Or() if all(isinstance(part, WordFamily) for part in node.subqueries):
                return self._count_in(self._words(node.subqueries), segment)
            case query.Or():
                return min(sum(self.estimate(part, segment) for part in node.subqueries), self._document_count(segment))
            case query.ConstantScoreQuery():
                return self.estimate(node.child, segment)
        return self._document_count(segment)

    def _document_count(self, segment: int | None) -> int:
        return self._count if segment is None else self._engine.leaves[segment].count

    def _count_in(self, hits: ResultSet, segment: int | None) -> int:
        """Number of hits in one segment, or in all."""
        return len(hits) if segment is None else len(hits.ids[self._span(hits, segment)])

    def _local(self, hits: ResultSet, segment: int) -> ResultSet:
        """Hits of one segment, numbered within it."""
        return hits.take(self._span(hits, segment)).shifted(-self._engine.leaf_bases[segment][1])

    def _span(self, hits: ResultSet, segment: int) -> slice:
        leaf, first = self._engine.leaf_bases[segment]
        return hits.span(first, first + leaf.count)


def _ids(mask: Array) -> Array:
    return np.flatnonzero(mask).astype(np.int32)


_HANDLERS: dict[type, Callable[[Evaluator, query.Query, Array | None], ResultSet]] = {
    query.Term: Evaluator._term,
    WordFamily: Evaluator._family,
    StateFilter: Evaluator._state,
    query.Phrase: Evaluator._phrase,
    query.NumericRange: Evaluator._numeric_range,
    query.Every: Evaluator._all_documents,
    type(query.NullQuery): Evaluator._nothing,
    query.And: Evaluator._and,
    query.Or: Evaluator._or,
    query.Not: Evaluator._not,
    query.ConstantScoreQuery: Evaluator._constant,
}
