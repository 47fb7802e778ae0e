"""What a story must have in common with another one, or with a group, to be put together with it."""

from __future__ import annotations

from reader.clustering.clusterer import Clusterer
from reader.clustering.storylines import storylines
from reader.clustering.tfidf import Vector, unit


def words(heavy: str, *light: str, weight: float = 1.0) -> Vector:
    """A story of one word that weighs more than its others."""
    return unit({heavy: weight} | dict.fromkeys(light, 0.5), 80)


def groups(*stories: tuple[Vector, float]) -> list[set[str]]:
    """The threads of stories, each with its day, named by their places."""
    clusterer = Clusterer()
    for place, (story, day) in enumerate(stories):
        clusterer.add(str(place), story, day, False, f"outlet{place}")
    clusterer.settle()
    return [{story for number in line for story in clusterer.events[number].stories} for line in storylines(clusterer)]


def test_two_stories_that_share_little_but_their_heaviest_word_stay_apart() -> None:
    one, other = words("horse", "toy", "year", "shop"), words("horse", "toy", "year", "race")
    assert groups((one, 1.0), (other, 1.0)) == [{"0", "1"}]
    heavy, heavier = words("horse", "toy", "year", "shop", weight=4.0), words("horse", "toy", "year", "race", weight=4.0)
    assert groups((heavy, 1.0), (heavier, 1.0)) == [{"0"}, {"1"}]


def test_two_stories_need_three_words_in_common() -> None:
    assert groups((words("code", "unit", "byte"), 1.0), (words("code", "unit", "font"), 1.0)) == [{"0"}, {"1"}]


def test_two_stories_weeks_apart_need_more_than_two_of_one_day() -> None:
    one, other = words("hello", "page", "node", "blog", "root"), words("hello", "page", "node", "tree", "leaf")
    assert groups((one, 1.0), (other, 1.0)) == [{"0", "1"}]
    assert groups((one, 1.0), (words("hello", "page", "node", "tree", "leaf", weight=2.0), 30.0)) == [{"0"}, {"1"}]


def test_one_word_draws_no_story_into_a_group() -> None:
    quake = [(words("coast", "quake", "dead", own, weight=2.0), 1.0) for own in ("toll", "rescue")]
    assert groups(*quake, (words("coast", "train", "night", "rail", weight=2.0), 1.0)) == [{"0", "1"}, {"2"}]
    assert groups(*quake, (words("coast", "quake", "dead", "school", weight=2.0), 1.0)) == [{"0", "1", "2"}]
