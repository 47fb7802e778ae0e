"""Explanations of what links two stories, and a story and its thread."""

from __future__ import annotations

import pytest

from reader.library import Library
from reader.models import Explanation, ExtractedField, Story

SAID = "“We will not sail before the wages are paid,” said Ada Quill of the Northern Ferry, where the crews are on strike."


def put(library: Library, name: str, published: str | None, text: str) -> str:
    story = Story(
        source=name,
        address=f"/{name}",
        title=ExtractedField("Northern Ferry strike"),
        published=ExtractedField(published),
        body=(text, f"So says {name}."),
    )
    return library._store.stories.put(story)[0]


@pytest.fixture
def ids(library: Library) -> list[str]:
    """Three stories of one thread, the last without a date."""
    found = [
        put(library, "one", "2018-12-19T09:00", SAID),
        put(
            library,
            "two",
            "2018-12-21",
            "Crews of the Northern Ferry: “We will not sail before the wages are paid.” So the strike goes on.",
        ),
        put(
            library,
            "three",
            None,
            "The crews of the Northern Ferry are on strike, and Ada Quill speaks for them. The strike goes on.",
        ),
    ]
    library.synchronizer.catch_up()
    assert len(library.threads.all()) == 1
    return found


def test_an_explanation_of_two_stories(library: Library, ids: list[str]) -> None:
    why = library.stories.explain(ids[0], ids[1])
    assert "strike" in why.terms
    assert why.names == ("Northern Ferry",)
    assert why.quotes == ("We will not sail before the wages are paid",)
    assert (why.days, why.about) == (2, False)
    back = library.stories.explain(ids[1], ids[0])
    assert (set(back.terms), back.names, back.quotes, back.days) == (set(why.terms), why.names, why.quotes, 2)


def test_days_from_an_estimate_are_marked(library: Library, ids: list[str]) -> None:
    assert library.stories.explain(ids[0], ids[2]).about


def test_an_explanation_of_a_story_in_its_thread(library: Library, ids: list[str]) -> None:
    why = library.stories.explain_thread(ids[0])
    assert set(why.names) == {"Northern Ferry", "Ada Quill"}
    assert why.quotes == ("We will not sail before the wages are paid",)
    assert why.days is not None
    assert why.days <= 2


def test_a_single_story_has_an_empty_explanation(library: Library) -> None:
    alone = put(library, "alone", "2018-12-19", SAID)
    assert library.stories.explain_thread(alone) == Explanation()
    library.synchronizer.catch_up()
    assert library.stories.explain_thread(alone) == Explanation()


def test_unknown_times_give_no_days(library: Library) -> None:
    assert library.stories.explain(put(library, "one", None, SAID), put(library, "two", "2018-12-19", SAID)).days is None


def test_related_stories_have_the_same_explanation(library: Library, ids: list[str]) -> None:
    for related in library.stories.related(ids[0]):
        why = library.stories.explain(ids[0], related.head.id)
        assert (related.why, related.names, related.quotes, related.days) == (why.terms, why.names, why.quotes, why.days)


def test_unknown_ids_raise_a_key_error(library: Library, ids: list[str]) -> None:
    with pytest.raises(KeyError):
        library.stories.explain(ids[0], "nothing")
    with pytest.raises(KeyError):
        library.stories.explain_thread("nothing")
