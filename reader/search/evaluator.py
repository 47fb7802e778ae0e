"""Each kind of query, asked of an engine: a list of documents and their scores.

A part is asked within the documents that the parts before it have left, so that the rarest decides how much there is to do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from whoosh import query

from reader.search.array_file import Array
from reader.search.date_ranges import DAY, FIRST_DAY, LAST_DAY, utc_bounds
from reader.search.positions import follow
from reader.search.query_nodes import Marks, StateFilter, WordFamily
from reader.search.result_set import NONE, ResultSet, aligned, among, both, in_tree, joined, sums, union
from reader.search.schema import numbers
from reader.search.segment_reader import MISSING

if TYPE_CHECKING:
    from reader.search.engine import Engine


class Evaluator:
    """Asks one query of an engine; `marks` knows what the store knows."""

    def __init__(self, engine: Engine, marks: Marks) -> None:
        self._engine, self._marks, self._count = engine, marks, engine.total

    def hits(self, asked: query.Query, within: Array | None = None) -> ResultSet:
        """The documents that answer, deleted ones too; only some of those `within`, if any are named."""
        for kind in type(asked).__mro__:
            if kind in _KINDS:
                return _KINDS[kind](self, asked, within)
        return self._within(self._engine.stock(asked), within)

    # Words

    def _term(self, asked: query.Term, within: Array | None) -> ResultSet:
        word = self._bytes(asked.fieldname, asked.text)
        if word is None:
            return NONE
        return self._within(self._engine.term(asked.fieldname, word), within).boosted(asked.boost)

    def _family(self, asked: WordFamily, within: Array | None) -> ResultSet:
        return self._within(self._words((asked,)), within)

    def _words(self, families: Sequence[WordFamily]) -> ResultSet:
        """The documents that hold a word of any of these families, as one word is looked for in headline and text."""
        key = tuple([(one.fieldname, one.text, one.boost) for one in families])
        return self._engine.kept(
            key, lambda: sums([self.hits(word) for one in families for word in self._engine.members(one)], self._count)
        )

    def _prefix(self, asked: query.Prefix, within: Array | None) -> ResultSet:
        start = self._bytes(asked.fieldname, asked.text)
        if start is None:
            return NONE
        table = np.zeros(self._count, bool)
        for leaf, first in self._engine.placed:
            postings = leaf.postings(asked.fieldname)
            table[first : first + leaf.count][postings.documents(*postings.beginning(start))] = True
        return ResultSet(_true(table) if within is None else within[table[within]], asked.boost)

    def _phrase(self, asked: query.Phrase, within: Array | None) -> ResultSet:
        field = asked.fieldname
        words = [self._bytes(field, word) for word in asked.words]
        hits = self._and(query.And([query.Term(field, word) for word in words]), within) if all(words) else NONE
        if not len(hits):
            return NONE
        masks = []
        for place, leaf in enumerate(self._engine.leaves):
            postings, held = leaf.postings(field), self._in(hits, place).ids
            numbers = [found for word in words if (found := postings.find(word or b"")) is not None]
            masks.append(follow(postings, numbers, held, leaf.lengths(field), asked.slop) if len(held) else np.empty(0, bool))
        return hits.chosen(np.concatenate(masks)).boosted(asked.boost)

    def _bytes(self, field: str, word: str | bytes) -> bytes | None:
        """A word as the index has it; None for what can be no word of the field."""
        try:
            found: bytes = self._engine.schema[field].to_bytes(word)
        except (KeyError, ValueError):
            return None
        return found

    # Numbers

    def _range(self, asked: query.NumericRange, within: Array | None) -> ResultSet:
        if asked.fieldname == "date":
            return self._days(asked, within)
        column = self._engine.column(asked.fieldname)
        numbers = column if within is None else column[within]
        first = MISSING + 1 if asked.start is None else asked.start + bool(asked.startexcl)
        mask = numbers >= first
        if asked.end is not None:
            mask &= numbers <= asked.end - bool(asked.endexcl)
        return ResultSet(_true(mask) if within is None else within[mask], asked.boost)

    def _days(self, asked: query.NumericRange, within: Array | None) -> ResultSet:
        """The stories of days in the reader's zone; a time without a zone is of the day it names."""
        days, minutes = (column if within is None else column[within] for column in map(self._engine.column, ("date", "minute")))
        first = FIRST_DAY if asked.start is None else asked.start + bool(asked.startexcl)
        last = LAST_DAY if asked.end is None else asked.end - bool(asked.endexcl)
        mask = (days >= first) & (days <= last)
        zoned = minutes != MISSING
        if zoned.any():
            begin, end = utc_bounds(first, last)
            moments = days * DAY + minutes
            mask = np.where(zoned, (moments >= begin) & (moments < end), mask)
        return ResultSet(_true(mask) if within is None else within[mask], asked.boost)

    # All, and what the store knows

    def _marked(self, asked: StateFilter, within: Array | None) -> ResultSet:
        stories = np.sort(numbers(self._marks(asked.kind, asked.text)))
        if not len(stories):
            return NONE
        column = self._engine.column("id") if within is None else self._engine.column("id")[within]
        mask = stories[np.minimum(np.searchsorted(stories, column), len(stories) - 1)] == column
        return ResultSet(_true(mask) if within is None else within[mask], 1.0)

    def _every(self, asked: query.Every, within: Array | None) -> ResultSet:
        if asked.fieldname not in (None, "", "*"):
            return self._within(self._engine.stock(asked), within)
        # Whoosh takes a boost of 0 for none at all
        return ResultSet(self._all if within is None else within, asked.boost or 1.0)

    def _nothing(self, asked: query.Query, within: Array | None) -> ResultSet:
        return NONE

    @property
    def _all(self) -> Array:
        return np.arange(self._count, dtype=np.int32)

    # Parts put together

    def _and(self, asked: query.And, within: Array | None) -> ResultSet:
        parts = list(asked.subqueries)
        sizes = [self.size(part) for part in parts]
        found: dict[int, ResultSet] = {}
        for place in sorted(range(len(parts)), key=sizes.__getitem__):
            found[place] = self.hits(parts[place], within)
            within = found[place].ids
            if not len(within):
                return NONE
        ids = within if within is not None else NONE.ids
        scored = [ResultSet(ids, aligned(found[place], ids, self._count)) for place in range(len(parts))]
        return self._in_trees(parts, scored, both, -1).boosted(asked.boost)

    def _or(self, asked: query.Or, within: Array | None) -> ResultSet:
        if asked.scale or asked.minmatch:
            return self._within(self._engine.stock(asked), within)
        if all(isinstance(part, WordFamily) for part in asked.subqueries):
            return self._within(self._words(asked.subqueries), within).boosted(asked.boost)
        found = [self.hits(part, within) for part in asked.subqueries]
        return self._in_trees(asked.subqueries, found, union, 1).boosted(asked.boost)

    def _in_trees(
        self, parts: Sequence[query.Query], found: Sequence[ResultSet], join: Callable[..., ResultSet], sign: int
    ) -> ResultSet:
        """What was found for each part, put together as Whoosh does: by the sizes of the parts in each segment, times `sign`."""
        if len(parts) < 3:  # of two parts either may be the first
            return in_tree(partial(join, count=self._count), found, [0] * len(found))
        made = []
        for place, (leaf, first) in enumerate(self._engine.placed):
            weights = [sign * self.size(part, place) for part in parts]
            held = [self._in(part, place) for part in found]
            made.append(in_tree(partial(join, count=leaf.count), held, weights).moved(first))
        return joined(made)

    def _not(self, asked: query.Not, within: Array | None) -> ResultSet:
        ids = self._all if within is None else within
        return ResultSet(ids[~among(ids, self.hits(asked.query, within).ids, self._count)], 1.0)

    def _constant(self, asked: query.ConstantScoreQuery, within: Array | None) -> ResultSet:
        # on its own, what a beginning scores in Whoosh depends on how many words begin so: that is left to Whoosh
        hits = self._prefix(asked.child, within) if type(asked.child) is query.Prefix else self.hits(asked.child, within)
        return ResultSet(hits.ids, float(asked.score))

    def _within(self, hits: ResultSet, within: Array | None) -> ResultSet:
        return hits if within is None else hits.within(within, self._count)

    # What comes first

    def size(self, asked: query.Query, place: int | None = None) -> int:
        """How many documents a query finds at most, as Whoosh guesses it; in the segment at `place`, if one is named."""
        match asked:
            case WordFamily():
                return self._held(self._words((asked,)), place)
            case query.Term():
                word = self._bytes(asked.fieldname, asked.text)
                return self._held(self._engine.term(asked.fieldname, word), place) if word is not None else 0
            case query.Prefix():
                start = self._bytes(asked.fieldname, asked.text)
                if start is None:
                    return 0
                leaves = self._engine.leaves if place is None else [self._engine.leaves[place]]
                words = [leaf.postings(asked.fieldname) for leaf in leaves]
                return sum(len(postings.documents(*postings.beginning(start))) for postings in words)
            case query.Phrase():
                return min((self.size(query.Term(asked.fieldname, word), place) for word in asked.words), default=0)
            case query.And():
                return min((self.size(part, place) for part in asked.subqueries), default=0)
            case query.Or() if all(isinstance(part, WordFamily) for part in asked.subqueries):
                return self._held(self._words(asked.subqueries), place)
            case query.Or():
                return min(sum(self.size(part, place) for part in asked.subqueries), self._documents(place))
            case query.ConstantScoreQuery():
                return self.size(asked.child, place)
        return self._documents(place)

    def _documents(self, place: int | None) -> int:
        return self._count if place is None else self._engine.leaves[place].count

    def _held(self, hits: ResultSet, place: int | None) -> int:
        """How many of these are in a segment, or in all."""
        return len(hits) if place is None else len(hits.ids[self._span(hits, place)])

    def _in(self, hits: ResultSet, place: int) -> ResultSet:
        """Those of one segment, with the numbers that they have there."""
        return hits.chosen(self._span(hits, place)).moved(-self._engine.placed[place][1])

    def _span(self, hits: ResultSet, place: int) -> slice:
        leaf, first = self._engine.placed[place]
        return hits.span(first, first + leaf.count)


def _true(mask: Array) -> Array:
    """The documents for which a mask holds."""
    return np.flatnonzero(mask).astype(np.int32)


_KINDS: dict[type, Callable[[Evaluator, query.Query, Array | None], ResultSet]] = {
    query.Term: Evaluator._term,
    WordFamily: Evaluator._family,
    StateFilter: Evaluator._marked,
    query.Phrase: Evaluator._phrase,
    query.NumericRange: Evaluator._range,
    query.Every: Evaluator._every,
    type(query.NullQuery): Evaluator._nothing,
    query.And: Evaluator._and,
    query.Or: Evaluator._or,
    query.Not: Evaluator._not,
    query.ConstantScoreQuery: Evaluator._constant,
}
