"""Stories to the arrays of a segment: each text is cut once, then all of them are sorted by word at once."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from whoosh import fields

from reader.search.array_file import Array, narrow
from reader.search.segment_reader import MISSING
from reader.search.tokenizer import term, written


class Inverter:
    """Takes documents in the order of their numbers and gives their arrays (see `reader.search.segment_reader`)."""

    def __init__(self, schema: fields.Schema) -> None:
        self.count = 0
        self._takers: dict[str, Any] = {}
        for name, field in schema.items():
            if isinstance(field, fields.TEXT):
                self._takers[name] = _Text()
            else:
                self._takers[name] = _Number(field if isinstance(field, fields.NUMERIC) else None)

    def add(self, document: Mapping[str, Any]) -> None:
        """Take in a document: a value for each field, or none."""
        for name, taker in self._takers.items():
            taker.add(document.get(name))
        self.count += 1

    def arrays(self) -> dict[str, Array]:
        """The arrays of all documents taken in."""
        found: dict[str, Array] = {}
        for name, taker in self._takers.items():
            found |= {f"{name}.{part}": made for part, made in taker.arrays().items()}
        return found


class _Codes(dict[str, int]):
    """The number of each term by how it is written; -1 for what is no term. Most words come again and are cut only once."""

    def __init__(self) -> None:
        self.terms: dict[str, int] = {}

    def __missing__(self, text: str) -> int:
        found = term(text)
        code = self[text] = self.terms.setdefault(found, len(self.terms)) if found else -1
        return code


class _Text:
    def __init__(self) -> None:
        self._codes = _Codes()
        self._found = array("i")
        self._ends = array("q")

    def add(self, text: str | None) -> None:
        if text:
            self._found.extend(map(self._codes.__getitem__, written(text)))
        self._ends.append(len(self._found))

    def arrays(self) -> dict[str, Array]:
        codes, ends = np.frombuffer(self._found, np.int32), np.frombuffer(self._ends, np.int64)
        documents = np.repeat(np.arange(len(ends), dtype=np.int32), np.diff(ends, prepend=0))
        real = codes >= 0
        codes, documents = codes[real], documents[real]
        lengths = np.bincount(documents, minlength=len(ends))
        places = np.arange(len(codes)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        words = [word.encode() for word in self._codes.terms]
        order = sorted(range(len(words)), key=words.__getitem__)
        rank = np.empty(len(words), np.int32)
        rank[order] = np.arange(len(words), dtype=np.int32)
        ranked = rank[codes]
        sort = np.argsort(ranked, kind="stable")
        ranked, documents, places = ranked[sort], documents[sort], places[sort]
        new = np.ones(len(ranked), bool)
        new[1:] = (ranked[1:] != ranked[:-1]) | (documents[1:] != documents[:-1])
        firsts = np.flatnonzero(new)
        return {
            **lexicon([words[place] for place in order]),
            "at": offsets(np.bincount(ranked[firsts], minlength=len(words))),
            "ids": narrow(documents[firsts]),
            "counts": narrow(np.diff(firsts, append=len(ranked))),
            "places": narrow(places),
            "places_at": offsets(np.bincount(ranked, minlength=len(words))),
            "lengths": narrow(lengths),
        }


class _Number:
    """A field of numbers: a column, and words where stock Whoosh looks for them (`field` is None where nobody does)."""

    def __init__(self, field: fields.NUMERIC | None) -> None:
        self._field = field
        self._values: list[int | None] = []

    def add(self, value: int | None) -> None:
        self._values.append(value)

    def arrays(self) -> dict[str, Array]:
        made: dict[str, Array] = {
            "column": np.array([MISSING if value is None else value for value in self._values], np.int64),
        }
        return made | self._words(self._field) if self._field else made

    def _words(self, field: fields.NUMERIC) -> dict[str, Array]:
        stands: dict[int, list[int]] = {}
        for place, value in enumerate(self._values):
            if value is not None:
                stands.setdefault(value, []).append(place)
        ordered = sorted(stands)
        ids = np.array([place for value in ordered for place in stands[value]], np.int64)
        return {
            **lexicon([field.to_bytes(value) for value in ordered]),
            "at": offsets(np.array([len(stands[value]) for value in ordered], np.int64)),
            "ids": narrow(ids),
            "counts": np.ones(len(ids), np.uint8),
        }


def lexicon(words: Sequence[bytes]) -> dict[str, Array]:
    """Words in order as arrays."""
    sizes = np.fromiter(map(len, words), np.int64, len(words))
    return {"words": np.frombuffer(b"".join(words), np.uint8), "starts": offsets(sizes)}


def offsets(counts: Array) -> Array:
    """Where each of the runs of these lengths begins, and where the last ends."""
    return narrow(np.concatenate((np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64))))
