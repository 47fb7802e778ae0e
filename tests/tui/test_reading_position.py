from __future__ import annotations

import pytest
from msgspec.structs import replace

from reader.tui.state.reading_position import ReadingPosition, columns_at
from tests.support.example_library import shared_library
from tests.support.example_stories import STORIES

EXAMPLES = [story.id for story in STORIES]


def reading(thread: int, related: int = 0) -> ReadingPosition:
    opened = shared_library().threads.all()[thread]
    made = ReadingPosition(opened, shared_library().threads.headers(opened.id), len(opened.stories))
    others = [shared_library().stories.header(story) for story in EXAMPLES if story not in opened.stories]
    if related:
        made.add_related(others[:related])
    return made


@pytest.mark.parametrize(("width", "count"), [(40, 1), (99, 1), (100, 2), (149, 2), (150, 3), (300, 3)])
def test_columns_by_width(width: int, count: int) -> None:
    assert columns_at(width) == count


@pytest.mark.parametrize(
    ("thread", "related", "width", "sight"),
    [
        (0, 3, 200, [0, 1]),
        (0, 3, 120, [0, 1]),
        (0, 3, 80, [0]),
        (0, 0, 200, [0]),
        (1, 3, 120, [0, 1]),
        (1, 3, 200, [0, 1, 2]),
        (1, 0, 200, [0, 1]),
        (2, 3, 200, [0, 1, 2]),
        (2, 0, 80, [0]),
    ],
)
def test_the_nearest_related_story_stands_where_a_thread_leaves_a_column_free(
    thread: int, related: int, width: int, sight: list[int]
) -> None:
    assert list(reading(thread, related).in_sight(width)) == sight


def test_the_story_being_read_stays_in_sight_and_the_others_move_as_little_as_they_can() -> None:
    made = reading(2, 3)
    seen = []
    for place in (1, 2, 3, 2, 1, 0):
        assert made.go(place)
        seen.append(list(made.in_sight(120)))
    assert seen == [[0, 1], [1, 2], [2, 3], [2, 3], [1, 2], [0, 1]]


def test_there_is_nothing_before_the_first_and_behind_the_last() -> None:
    made = reading(1, 1)
    assert not made.move(-1)
    assert made.move(1) and made.move(1)
    assert not made.move(1)
    assert made.at == 2


def test_unread_stories_of_the_thread_alone() -> None:
    made = reading(2, 2)
    assert made.unread() == 0
    assert made.unread(after=0) == 1
    assert made.unread(after=2) is None
    assert made.unread(after=2, by=-1) == 1
    assert made.unread(after=made.own, by=-1) == 2
    made.mark("ferryxxa", read=True)
    assert made.unread() == 1
    assert made.unread(after=1, by=-1) is None


def test_marks_and_places() -> None:
    made = reading(2, 1)
    made.mark("ferryxxb", starred=True)
    assert made.heads[1] == replace(shared_library().stories.header("ferryxxb"), starred=True)
    assert made.place_of("ferryxxc") == 2
    assert made.place_of("councila") is None
    made.mark("nowhere", read=True)
    assert made.related_known
