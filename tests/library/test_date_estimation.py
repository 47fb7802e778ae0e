"""Estimated times: taken from the most similar dated story, adjusted by the text, never invented."""

from __future__ import annotations

from pathlib import Path

from reader.clustering.cluster import Member
from reader.library.date_estimation import estimate_thread
from reader.models import DateEstimate, ExtractedField, Story
from reader.storage.store import Store
from reader.text.dates import day_number

NEAR = {"a": {"x": 1.0}, "b": {"x": 0.8, "y": 0.6}, "c": {"y": 1.0}, "far": {"z": 1.0}}
BODIES = {"a": "On Saturday the ferry sailed.", "b": "The ferry sailed.", "c": "The tram opened."}


def estimates(
    folder: Path, thread: list[str], dates: dict[str, str | None], vectors: dict[str, dict[str, float]]
) -> dict[str, DateEstimate]:
    """The estimates by the stories' names, of stories kept under these dates."""
    store = Store(folder)
    ids = {}
    for name, date in dates.items():
        story = Story(
            source=name,
            address=f"/{name}",
            title=ExtractedField(name),
            published=ExtractedField(date),
            body=(BODIES.get(name, name),),
        )
        ids[name] = store.stories.put(story)[0]
    members = {
        ids[name]: Member(vectors[name], vectors[name], day_number(date) if date else None, False, "", "", 0, None, 0)
        for name, date in dates.items()
    }
    made = estimate_thread([ids[name] for name in thread], members, store)
    store.close()
    return {name: made[id] for name, id in ids.items() if id in made}


def test_a_date_is_taken_from_the_most_similar_story_of_the_thread(tmp_path: Path) -> None:
    made = estimates(tmp_path, ["a", "b", "c"], {"a": None, "b": "2018-12-21", "c": "2019-06-01"}, NEAR)
    assert made.keys() == {"a"}
    assert made["a"].time == "2018-12-22"
    assert "Saturday" in made["a"].why


def test_a_date_is_taken_from_a_similar_story_outside(tmp_path: Path) -> None:
    made = estimates(tmp_path, ["b"], {"b": None, "c": "2018-12-21", "far": "1999-01-01"}, NEAR)
    assert made["b"].time == "2018-12-21"


def test_an_estimate_from_a_sibling_has_lower_confidence(tmp_path: Path) -> None:
    vectors = NEAR | {"lender": {"x": 1.0}, "c": {"y": 1.0}}
    made = estimates(tmp_path, ["b", "c"], {"b": None, "c": None, "lender": "2018-12-21"}, vectors)
    assert made["c"].time == "2018-12-21"
    assert made["c"].sure == made["b"].sure / 2


def test_a_dissimilar_story_gives_no_estimate(tmp_path: Path) -> None:
    assert estimates(tmp_path, ["a"], {"a": None, "far": "1999-01-01"}, NEAR) == {}


def test_dated_stories_have_no_estimate(tmp_path: Path) -> None:
    assert estimates(tmp_path, ["a"], {"a": "2018-12-21", "far": "1999-01-01"}, NEAR) == {}
