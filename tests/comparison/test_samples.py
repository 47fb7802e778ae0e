"""The five samples set side by side, as a careful person reads them: cleaned, and as the raw lines of their files."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.comparison.compare import compare
from reader.comparison.preprocess import PreprocessedStory, prepare
from reader.comparison.results import Comparison, Disagreement, PassagePair
from reader.models import Story
from reader.sources.dispatch import read
from reader.sources.files import read_bytes
from tests.support.comparison_stories import SEEDS, story


def cleaned(path: Path) -> Story:
    found = read(read_bytes(path), source=path.name, address=str(path))
    assert isinstance(found, Story)
    return replace(found, id=path.name[:3])


def raw(path: Path) -> Story:
    return story(path.name[:3], [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()])


@pytest.fixture(scope="module", params=[cleaned, raw], ids=["cleaned", "raw"])
def samples(request: pytest.FixtureRequest) -> dict[str, PreprocessedStory]:
    make: Callable[[Path], Story] = request.param
    return {path.name[:3]: prepare(make(path)) for path in sorted(SEEDS.glob("*.txt"))}


def pair(found: Comparison, left: str, right: str) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    return [(pair.kind, pair.differs) for pair in found.pairs if left in flat(pair.left.text) and right in flat(pair.right.text)]


def flat(text: str) -> str:
    return " ".join(text.split())


def test_two_stories_of_a_resignation(samples: dict[str, PreprocessedStory]) -> None:
    found = compare([samples["000"], samples["001"]])
    assert pair(found, "has resigned, pointing to differences", "apparently clashing with President")
    assert pair(found, "the way Trump treated allies", "indirectly criticized Trump's treatment")
    assert ("quote", (("a right", "the right"),)) in pair(found, "Because you have a right", "Because you have the right")
    left, right = (flat(" ".join(passage.text for passage in found.unique[name])) for name in ("000", "001"))
    assert "opposed Trump’s plans to halve" in left
    assert "the drawdown of 7,000 US troops" in left
    assert "tremendous progress has been made" in right
    assert "getting allies and other countries to pay their share" in right


def test_two_stories_of_a_withdrawal(samples: dict[str, PreprocessedStory]) -> None:
    found = compare([samples["002"], samples["003"]])
    numbers = {(number.left_number, number.right_number): number.kind for number in found.numbers}
    assert numbers["up to 400 troops", "some 2,000 troops"] == "differs"
    assert numbers["all 79 coalition members", "over 70 countries"] == "compatible"
    left, right = (flat(" ".join(passage.text for passage in found.unique[name])) for name in ("002", "003"))
    assert "agreement to extend the “Defeat ISIS” mission" in left
    assert "Brett McGurk" in right


def test_another_event_shares_nothing_with_the_resignation(samples: dict[str, PreprocessedStory]) -> None:
    for size in range(2, len(samples) + 1):
        for names in itertools.combinations(samples, size):
            found = compare([samples[name] for name in names])
            relations: list[PassagePair | Disagreement] = [*found.pairs, *found.numbers]
            for one in relations:
                sides = {one.left.story, one.right.story}
                assert not ("004" in sides and sides & {"000", "001"}), one
