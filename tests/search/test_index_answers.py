"""Search results against a direct evaluation of the same queries, and against stock Whoosh."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest

from reader.models import Story
from reader.search.index import SearchIndex
from reader.search.query import parse
from reader.search.schema import number
from reader.search.tokenizer import terms
from reader.storage.store import Store
from reader.text.word_families import same_family
from tests.support.stories import story

WORDS = ["storm", "harbour", "harbours", "ferry", "ferries", "crane", "strike", "striker", "pier"]
AUTHORS = ["Ann Harbour", "Coast Writer", "coastwriter"]
DAYS = ["2018-12-19", "2018-12-20", "2019-01-02T08:00", "2020-02-29"]

Holds = Callable[[Story], bool]


def made(place: int, draw: random.Random) -> Story:
    def words(count: int) -> str:
        return " ".join(draw.choices(WORDS, k=count))

    return story(
        f"/news/{place}",
        title=words(draw.randrange(1, 4)),
        title_made=draw.random() < 0.3,
        body=[words(draw.randrange(1, 12)), f"Number {place}."],
        byline=draw.choice([*AUTHORS, ""]),
        published=draw.choice([*DAYS, ""]),
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, SearchIndex]]:
    """Eighty stories in several segments, some of them updated or deleted."""
    draw = random.Random(7)
    folder = tmp_path_factory.mktemp("library")
    store, index = Store(folder), SearchIndex(folder)
    for start in range(0, 80, 20):
        for place in range(start, start + 20):
            store.stories.put(made(place, draw))
        index.catch_up(store)
        for place in draw.sample(range(start + 20), 5):
            store.stories.put(made(place, draw))
        store.stories.remove(head.id for head in draw.sample(store.stories.headers(), 2))
        index.catch_up(store)
    yield store, index
    index.close()
    store.close()


def listed(text: str | None) -> list[str]:
    return [term.text for term in terms(text or "")]


def sides(told: Story, field: str) -> list[list[str]]:
    title = [] if told.title_made else listed(told.title.value)
    fields = {"title": title, "body": listed("\n".join(told.body)), "author": listed(told.byline.value)}
    return [fields["title"], fields["body"]] if field == "" else [fields[field]]


def leaf(draw: random.Random) -> tuple[str, Holds]:
    field = draw.choice(["", "", "", "title"])
    word = draw.choice(WORDS)
    shown = f"{field}:" if field else ""
    match draw.randrange(6):
        case 0:
            begin = word[: draw.randrange(3, 6)]
            return f"{shown}{begin}*", lambda told: any(w.startswith(begin) for side in sides(told, field) for w in side)
        case 1:
            pair = [word, draw.choice(WORDS)]
            return f'{shown}"{" ".join(pair)}"', lambda told: any(
                side[n : n + 2] == pair for side in sides(told, field) for n in range(len(side))
            )
        case 2:
            day = draw.choice(DAYS)[: draw.choice([4, 7, 10])]
            return f"date:{day}", lambda told: (told.published.value or "").startswith(day)
        case 3:
            day = draw.choice(DAYS)[:10]
            return f"after:{day}", lambda told: (told.published.value or "")[:10] > day
        case 4:
            return "author:coast", lambda told: "coast" in sides(told, "author")[0]
        case _:
            return f"{shown}{word}", lambda told: any(same_family(word, other) for side in sides(told, field) for other in side)


def tree(draw: random.Random, depth: int) -> tuple[str, Holds]:
    if depth == 0:
        return leaf(draw)
    (left, a), (right, b) = tree(draw, depth - 1), tree(draw, draw.randrange(depth))
    match draw.randrange(5):
        case 0:
            return f"({left} {right})", lambda told: a(told) and b(told)
        case 1:
            return f"({left} AND {right})", lambda told: a(told) and b(told)
        case 2:
            return f"({left} OR {right})", lambda told: a(told) or b(told)
        case 3:
            return f"({left} NOT {right})", lambda told: a(told) and not b(told)
        case _:
            return f"(-{left} OR {right})", lambda told: not a(told) or b(told)


@pytest.mark.parametrize("seed", range(120))
def test_results_follow_the_definition_and_scores_match_stock_whoosh(library: tuple[Store, SearchIndex], seed: int) -> None:
    store, index = library
    draw = random.Random(seed)
    text, holds = tree(draw, draw.choice([0, 1, 1, 2, 3]))
    query = parse(text)
    ranking = index.search(query, limit=1000)
    wanted = {head.id for head in store.stories.headers() if holds(store.stories.get(head.id))}
    assert {found.id for found in ranking.found} == wanted, text
    assert ranking.total == index.count(query) == len(wanted)

    with index._snapshots.engine() as engine:  # the plain search of stock Whoosh on the same files
        searcher = engine.searcher
        plain = searcher.search(engine.expand(query.whoosh), limit=None)
        ids = searcher.reader().column_reader("id") if plain.top_n else []
        # sums of the same scores may differ in their last bits, and so may the order of stories that they belong to
        ours = sorted((round(-found.score, 9), number(found.id)) for found in ranking.found)
        assert ours == sorted((round(-score, 9), ids[place]) for score, place in plain.top_n)
        assert [round(found.score, 9) for found in ranking.found] == [round(score, 9) for score, _ in plain.top_n]
        assert plain.top_n == sorted(plain.top_n, key=lambda scored: (-scored[0], scored[1]))
    assert index.search(query, limit=3).found == ranking.found[:3]
    assert index.search(query, limit=3).total == ranking.total
