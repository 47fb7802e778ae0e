"""Each kind of query, asked of one segment: a list of documents and their scores.

A part is asked within the documents that the parts before it have left, so that the rarest decides how much there is to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from whoosh import query

from reader.shelf.search.arrays import Array
from reader.shelf.search.hits import NONE, Hits, aligned, among, summed, union
from reader.shelf.search.leaf import MISSING
from reader.shelf.search.places import follow
from reader.shelf.search.queries import Family, Marked

if TYPE_CHECKING:
    from reader.shelf.search.engine import Engine


class Evaluator:
    """Asks queries of the segment at `place` of an engine."""

    def __init__(self, engine: Engine, place: int, marked: Mapping[query.Query, Array]) -> None:
        self._engine, self._place, self._marked = engine, place, marked
        self._leaf = engine.leaves[place]

    def hits(self, asked: query.Query, within: Array | None = None) -> Hits:
        """The documents that answer, deleted ones too; only some of those `within`, if any are named."""
        for kind in type(asked).__mro__:
            if kind in _KINDS:
                return _KINDS[kind](self, asked, within)
        return self._within(self._engine.stock(self._place, asked), within)

    # Words

    def _term(self, asked: query.Term, within: Array | None) -> Hits:
        word = self._bytes(asked.fieldname, asked.text)
        if word is None:
            return NONE
        return self._within(self._engine.term(self._place, asked.fieldname, word), within).boosted(asked.boost)

    def _family(self, asked: Family, within: Array | None) -> Hits:
        return self._within(self._words((asked,)), within)

    def _words(self, families: Sequence[Family]) -> Hits:
        """The documents that hold a word of any of these families, as one word is looked for in headline and text."""
        key = (self._place, *((one.fieldname, one.text, one.boost) for one in families))
        return self._engine.kept(key, lambda: self._whole(query.Or([self._engine.expanded(one) for one in families])))

    def _whole(self, asked: query.Or) -> Hits:
        parts = [self.hits(part) for part in asked.subqueries]
        return union(parts, [len(part) for part in parts], self._leaf.count)

    def _prefix(self, asked: query.Prefix, within: Array | None) -> Hits:
        start = self._bytes(asked.fieldname, asked.text)
        postings = self._leaf.postings(asked.fieldname)
        found = postings.documents(*postings.beginning(start)) if start is not None else NONE.ids
        if not len(found):
            return NONE
        table = np.zeros(self._leaf.count, bool)
        table[found] = True
        if within is not None:
            return Hits(within[table[within]], asked.boost)
        return Hits(np.flatnonzero(table).astype(np.int32), asked.boost)

    def _phrase(self, asked: query.Phrase, within: Array | None) -> Hits:
        field = asked.fieldname
        words = [self._bytes(field, word) for word in asked.words]
        hits = self._and(query.And([query.Term(field, word) for word in words]), within) if all(words) else NONE
        if not len(hits):
            return NONE
        postings = self._leaf.postings(field)
        numbers = [number for word in words if (number := postings.find(word or b"")) is not None]
        found = follow(postings, numbers, hits.ids, self._leaf.lengths(field), asked.slop)
        return hits.chosen(found).boosted(asked.boost)

    def _bytes(self, field: str, word: str | bytes) -> bytes | None:
        """A word as the index has it; None for what can be no word of the field."""
        try:
            found: bytes = self._engine.schema[field].to_bytes(word)
        except (KeyError, ValueError):
            return None
        return found

    # Numbers

    def _range(self, asked: query.NumericRange, within: Array | None) -> Hits:
        column = self._leaf.column(asked.fieldname)
        numbers = column if within is None else column[within]
        first = MISSING + 1 if asked.start is None else asked.start + bool(asked.startexcl)
        mask = numbers >= first
        if asked.end is not None:
            mask &= numbers <= asked.end - bool(asked.endexcl)
        return Hits(np.flatnonzero(mask).astype(np.int32) if within is None else within[mask], asked.boost)

    # All, and what the store knows

    def _marks(self, asked: Marked, within: Array | None) -> Hits:
        column = self._leaf.column("id")
        mask = np.isin(column if within is None else column[within], self._marked[asked])
        return Hits(np.flatnonzero(mask).astype(np.int32) if within is None else within[mask], 1.0)

    def _every(self, asked: query.Every, within: Array | None) -> Hits:
        if asked.fieldname not in (None, "", "*"):
            return self._within(self._engine.stock(self._place, asked), within)
        # Whoosh takes a boost of 0 for none at all
        return Hits(self._all if within is None else within, asked.boost or 1.0)

    def _nothing(self, asked: query.Query, within: Array | None) -> Hits:
        return NONE

    @property
    def _all(self) -> Array:
        return np.arange(self._leaf.count, dtype=np.int32)

    # Parts put together

    def _and(self, asked: query.And, within: Array | None) -> Hits:
        parts = list(asked.subqueries)
        sizes = [self.size(part) for part in parts]
        found: dict[int, Hits] = {}
        for place in sorted(range(len(parts)), key=sizes.__getitem__):
            found[place] = self.hits(parts[place], within)
            within = found[place].ids
            if not len(within):
                return NONE
        ids = within if within is not None else NONE.ids
        scores = [aligned(found[place], ids, self._leaf.count) for place in range(len(parts))]
        return Hits(ids, summed(scores, [-size for size in sizes])).boosted(asked.boost)

    def _or(self, asked: query.Or, within: Array | None) -> Hits:
        if asked.scale or asked.minmatch:
            return self._within(self._engine.stock(self._place, asked), within)
        if all(isinstance(part, Family) for part in asked.subqueries):
            return self._within(self._words(asked.subqueries), within).boosted(asked.boost)
        parts = [self.hits(part, within) for part in asked.subqueries]
        return union(parts, [self.size(part) for part in asked.subqueries], self._leaf.count).boosted(asked.boost)

    def _not(self, asked: query.Not, within: Array | None) -> Hits:
        ids = self._all if within is None else within
        return Hits(ids[~among(ids, self.hits(asked.query, within).ids, self._leaf.count)], 1.0)

    def _constant(self, asked: query.ConstantScoreQuery, within: Array | None) -> Hits:
        # on its own, what a beginning scores in Whoosh depends on how many words begin so: that is left to Whoosh
        hits = self._prefix(asked.child, within) if type(asked.child) is query.Prefix else self.hits(asked.child, within)
        return Hits(hits.ids, float(asked.score))

    def _within(self, hits: Hits, within: Array | None) -> Hits:
        return hits if within is None else hits.chosen(among(hits.ids, within, self._leaf.count))

    # What comes first

    def size(self, asked: query.Query) -> int:
        """How many documents a query finds at most, as Whoosh guesses it."""
        match asked:
            case Family():
                return len(self._words((asked,)))
            case query.Term():
                word = self._bytes(asked.fieldname, asked.text)
                return len(self._engine.term(self._place, asked.fieldname, word)) if word is not None else 0
            case query.Prefix():
                start = self._bytes(asked.fieldname, asked.text)
                postings = self._leaf.postings(asked.fieldname)
                return len(postings.documents(*postings.beginning(start))) if start is not None else 0
            case query.Phrase():
                return min((self.size(query.Term(asked.fieldname, word)) for word in asked.words), default=0)
            case query.And():
                return min(map(self.size, asked.subqueries), default=0)
            case query.Or() if all(isinstance(part, Family) for part in asked.subqueries):
                return len(self._words(asked.subqueries))
            case query.Or():
                return min(sum(map(self.size, asked.subqueries)), self._leaf.count)
            case query.ConstantScoreQuery():
                return self.size(asked.child)
        return self._leaf.count


_KINDS: dict[type, Callable[[Evaluator, query.Query, Array | None], Hits]] = {
    query.Term: Evaluator._term,
    Family: Evaluator._family,
    Marked: Evaluator._marks,
    query.Phrase: Evaluator._phrase,
    query.NumericRange: Evaluator._range,
    query.Every: Evaluator._every,
    type(query.NullQuery): Evaluator._nothing,
    query.And: Evaluator._and,
    query.Or: Evaluator._or,
    query.Not: Evaluator._not,
    query.ConstantScoreQuery: Evaluator._constant,
}
