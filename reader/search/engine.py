"""Queries of Whoosh answered by whole arrays: the same stories with the same scores (BM25F) as stock Whoosh, in less time.

One engine is one state of the index: the segments on disk, and those in memory behind them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate
from math import log
from typing import Any

import numpy as np
from whoosh import query, searching
from whoosh.index import FileIndex
from whoosh.util.numeric import byte_to_length

from reader.search.array_file import Array
from reader.search.evaluator import Evaluator
from reader.search.index_directory import IndexStorage
from reader.search.query_nodes import KIN, Marks, WordFamily, nothing_marked
from reader.search.result_set import NONE, ResultSet, best, joined
from reader.search.schema import schema
from reader.search.segment_codec import Segment, leaf_of

K1, B = 1.2, 0.75
"""Whoosh's own parameters of BM25F (Robertson and Zaragoza 2009)."""

_CACHE = 32 << 20
"""Bytes of scores that are kept for words asked again."""

# glibc gives freed memory back and gets it again, page by page, with every question, until it has seen a block as large as this
# come and go; none of it is ever touched (mallopt(3): M_MMAP_THRESHOLD)
np.empty(31 << 20, np.uint8)

_LENGTHS = np.array([byte_to_length(code) for code in range(256)], float)


class Engine:
    """Answers queries over these segments; any thread may ask. Documents are numbered through all segments, in their order."""

    def __init__(self, storage: IndexStorage, segments: Sequence[Segment]) -> None:
        self.schema = schema()
        self.segments = list(segments)
        self.leaves = [leaf_of(storage, segment) for segment in segments]
        *starts, self.total = accumulate((leaf.count for leaf in self.leaves), initial=0)
        self.placed = list(zip(self.leaves, starts, strict=True))
        self._storage = storage
        self._columns: dict[str, Array] = {}
        self._norms: dict[str, Array] = {}
        self._scores: OrderedDict[tuple[Any, ...], ResultSet] = OrderedDict()
        self._kept = 0
        self._families: dict[tuple[str, str], list[str]] = {}

    def search(self, asked: query.Query, limit: int, marks: Marks = nothing_marked) -> tuple[Array, Array, int]:
        """The scores and numbers of the best `limit` stories, equals in the order of documents; and how many there are in all."""
        hits = self.hits(asked, marks)
        found = best(hits, limit)
        return found.dense(), self.column("id")[found.ids], len(hits)

    def count(self, asked: query.Query, marks: Marks = nothing_marked) -> int:
        """How many stories answer."""
        return len(self.hits(asked, marks))

    def hits(self, asked: query.Query, marks: Marks = nothing_marked) -> ResultSet:
        """All documents that answer, scored."""
        return self._living(Evaluator(self, marks).hits(asked))

    def expanded(self, asked: query.Query) -> query.Query:
        """A query with each family spelt out: the word and the others that stand in its field, in Whoosh's own terms."""
        if not isinstance(asked, WordFamily):
            return asked.apply(self.expanded) if not asked.is_leaf() else asked
        members = self.members(asked)
        return query.Or(members) if len(members) > 1 else members[0]

    def members(self, family: WordFamily) -> list[query.Term]:
        """The word of a family, and the others that stand in its field."""
        others = self._kin(family.fieldname, family.text)
        return [
            query.Term(family.fieldname, family.text, boost=family.boost),
            *(query.Term(family.fieldname, other, boost=family.boost * KIN) for other in others),
        ]

    def term(self, field: str, word: bytes) -> ResultSet:
        """The documents that hold a word, scored; whether deleted or not, as for all parts of a query."""
        return self.kept((field, word), lambda: self._scored(field, word))

    def column(self, field: str) -> Array:
        """A field's number for each document (see `Leaf.column`)."""
        if field not in self._columns:
            self._columns[field] = np.concatenate([np.empty(0, np.int64), *(leaf.column(field) for leaf in self.leaves)])
        return self._columns[field]

    def kept(self, key: tuple[Any, ...], make: Callable[[], ResultSet]) -> ResultSet:
        """Hits that are asked for again and again."""
        if key in self._scores:
            self._scores.move_to_end(key)
            return self._scores[key]
        hits = self._scores[key] = make()
        self._kept += _size(hits)
        while self._kept > _CACHE:
            self._kept -= _size(self._scores.popitem(last=False)[1])
        return hits

    def stock(self, asked: query.Query) -> ResultSet:
        """What stock Whoosh answers."""
        found = []
        for searcher, first in self.searcher.leaf_searchers() if self.leaves else ():
            matcher = asked.matcher(searcher, searcher.context())
            ids, scores = [], []
            while matcher.is_active():
                ids.append(matcher.id())
                scores.append(matcher.score())
                matcher.next()
            found.append(ResultSet(np.array(ids, np.int32) + np.int32(first), np.array(scores, float)))
        return joined(found)

    def _kin(self, field: str, word: str) -> list[str]:
        """The other words of a word's family in a field, in order."""
        if (field, word) not in self._families:
            found = {other for leaf in self.leaves for other in leaf.postings(field).kin(word)}
            self._families[field, word] = sorted(found - {word})
        return self._families[field, word]

    @cached_property
    def searcher(self) -> searching.Searcher:
        """Stock Whoosh over the same segments."""
        return searching.Searcher(FileIndex._reader(self._storage, self.schema, self.segments, 0))

    @cached_property
    def _alive(self) -> Array | None:
        """Which documents are not deleted, None: all."""
        if not any(segment.has_deletions() for segment in self.segments):
            return None
        alive = np.ones(self.total, bool)
        for segment, (_, first) in zip(self.segments, self.placed, strict=True):
            alive[segment.deleted() + first] = False
        return alive

    def _scored(self, field: str, word: bytes) -> ResultSet:
        """Deleted documents count until they are merged away, as they do in Whoosh."""
        found = []
        for leaf, first in self.placed:
            postings = leaf.postings(field)
            number = postings.find(word)
            if number is not None:
                ids, counts = postings.of(number)
                found.append((ids.astype(np.int32) + np.int32(first), counts, leaf.length_codes(field)[ids]))
        if not found:
            return NONE
        ids, counts, codes = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
        counts = counts.astype(float)
        if not self.schema[field].scorable:
            return ResultSet(ids, counts)
        idf = log(self.total / (len(ids) + 1)) + 1
        return ResultSet(ids, idf * ((counts * (K1 + 1)) / (counts + self._norm(field)[codes])))

    def _norm(self, field: str) -> Array:
        """What a field's length adds, by Whoosh's code of it."""
        if field not in self._norms:
            mean = sum(segment.lengths.get(field, 0) for segment in self.segments) / (self.total or 1) or 1
            self._norms[field] = K1 * ((1 - B) + B * _LENGTHS / mean)
        return self._norms[field]

    def _living(self, hits: ResultSet) -> ResultSet:
        return hits if self._alive is None or not len(hits) else hits.chosen(self._alive[hits.ids])


def _size(hits: ResultSet) -> int:
    return int(hits.ids.nbytes) + (hits.scores.nbytes if isinstance(hits.scores, np.ndarray) else 0)
