"""The same stories in stock Whoosh and in our index, and random queries for both."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
from msgspec.structs import replace
from whoosh import query
from whoosh.filedb.filestore import FileStorage
from whoosh.query import Query, Term

from reader.models import Story
from reader.search import index_writer
from reader.search.engine import Engine
from reader.search.index_directory import IndexDirectory
from reader.search.schema import document, keys, schema
from tests.support.stories import story

SYLLABLES = ["ba", "co", "de", "fi", "gu", "la", "mo", "ne", "pi", "ru", "sta", "tre"]
DAYS = ["2018-12-19", "2018-12-20", "2019-01-02T08:00", "2020-02-29", ""]
AUTHORS = ["Ann Harbour", "Coast Writer", "coastwriter", ""]

Scored = list[tuple[float, int]]


class Both:
    """One library twice: `stock` is a searcher of Whoosh's own index, `engine` answers from ours."""

    def __init__(self, folder: Path, segments: int, stories: int = 300, seed: int = 5) -> None:
        draw = self.draw = random.Random(seed)
        self.words = sorted({"".join(draw.choices(SYLLABLES, k=draw.choice((1, 2, 2, 3)))) for _ in range(400)})
        self._weights = [1 / (rank + 2) for rank in range(len(self.words))]
        draw.shuffle(self.words)
        self.told: dict[int, Story] = {}
        # in a folder, because an index in memory writes to one that all processes share
        storage = FileStorage(str(folder.with_name(f"{folder.name}-stock"))).create()
        stock, ours = storage.create_index(schema()), IndexDirectory.create(folder)
        share = stories // segments
        for start in range(0, share * segments, share):
            self._commit(stock, ours, [self._made(number) for number in range(start, start + share)], ())
        gone = draw.sample(sorted(self.told), stories // 20)
        for number in gone:
            del self.told[number]
        self._commit(stock, ours, [self._made(number) for number in draw.sample(sorted(self.told), stories // 20)], gone)
        self.stock = stock.searcher()
        self.ids = self.stock.reader().column_reader("id")
        self.engine = Engine(ours.storage, ours.read()[0])

    def _commit(self, stock: Any, ours: IndexDirectory, stories: list[Story], gone: Any) -> None:
        numbers = [*gone, *(document(one)["id"] for one in stories)]
        self.told |= {document(one)["id"]: one for one in stories}
        writer = stock.writer()
        with stock.reader() as reader:
            field = schema()["id"]
            for number in numbers:
                if ("id", field.to_bytes(number)) in reader:
                    for place in reader.postings("id", field.to_bytes(number)).all_ids():
                        writer.delete_document(place)
        for one in stories:
            writer.add_document(**document(one))
        writer.commit(merge=False)
        made = index_writer.invert(stories)
        index_writer.commit(ours, numbers, [index_writer.write_segment(ours, made.arrays(), made.count)], 0)

    def _made(self, number: int) -> Story:
        draw, text = self.draw, self._text
        made = story(
            f"/news/{number}",
            title=text(draw.randrange(1, 5)),
            title_made=draw.random() < 0.2,
            body=[text(draw.randrange(0, 60)) for _ in range(draw.randrange(1, 4))],
            byline=draw.choice(AUTHORS),
            published=draw.choice(DAYS),
        )
        return replace(made, id=keys(np.array([number]))[0])

    def _text(self, count: int) -> str:
        return " ".join(self.draw.choices(self.words, self._weights, k=count))

    # Queries

    def leaf(self) -> Query:
        """A word, a beginning, a phrase, near words, days, an author, or what only stock Whoosh knows."""
        draw = self.draw
        field = draw.choice(["body", "body", "title"])
        word = draw.choices(self.words, self._weights)[0]
        match draw.randrange(12):
            case 0 | 1 | 2 | 3:
                return Term(field, word, boost=draw.choice([1.0, 1.0, 2.0]))
            case 4:
                return query.ConstantScoreQuery(query.Prefix(field, word[: draw.randrange(1, 4)]), draw.choice([1.0, 0.5]))
            case 5 | 6:
                told = self.draw.choice(list(self.told.values())).body[0].split()
                start = draw.randrange(max(1, len(told) - 5))
                slop = draw.choice([1, 1, 2, 5])
                words = (
                    told[start : start + draw.choice([2, 3])]
                    if slop == 1
                    else [*told[start : start + 1], *told[start + slop :][:1]]
                )
                return (
                    query.Phrase("body", words, slop=slop, boost=draw.choice([1.0, 2.0])) if len(words) > 1 else Term(field, word)
                )
            case 7:
                first = draw.choice([0, 20181219, 20181220, 20190101])
                return query.NumericRange("date", first, draw.choice([20181219, 20190102, 99999999]))
            case 8:
                return Term("author", draw.choice(["coast", "ann", "coastwriter", "none"]))
            case 9:
                return query.Or([Term("title", word, boost=2.0), Term("body", word)])
            case 10:
                return query.ConstantScoreQuery(query.FuzzyTerm(field, word, maxdist=1, prefixlength=1))
            case _:
                return query.Every()

    def tree(self, depth: int) -> Query:
        """Such queries put together as our language does: what is excluded is taken from something."""
        if depth == 0:
            return self.leaf()

        def part() -> Query:
            return self.tree(self.draw.randrange(depth))

        match self.draw.randrange(7):
            case 0 | 1 | 2:
                return query.And([part() for _ in range(self.draw.choice([2, 2, 3]))], boost=self.draw.choice([1.0, 1.0, 1.5]))
            case 3 | 4:
                return query.Or([part() for _ in range(self.draw.choice([2, 2, 3]))])
            case 5:
                return query.And([part(), query.Not(part())])
            case _:
                return query.And([query.Every(boost=0.0), query.Not(part())])

    def by_stock(self, node: Query) -> Scored:
        """All matches of stock Whoosh, best first."""
        return [(score, self.ids[place]) for score, place in self.stock.search(node, limit=None, optimize=False).top_n]

    def by_ours(self, node: Query, limit: int = 10_000) -> tuple[Scored, int]:
        """The best matches of our engine, and their total number."""
        scores, numbers, total = self.engine.search(node, limit)
        return list(zip(scores.tolist(), numbers.tolist(), strict=True)), total
