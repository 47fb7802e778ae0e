"""Estimated times: borrowed from the nearest dated story, moved by what the text says, never made of nothing."""

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


def test_a_story_borrows_from_the_likest_of_its_thread(tmp_path: Path) -> None:
    made = estimates(tmp_path, ["a", "b", "c"], {"a": None, "b": "2018-12-21", "c": "2019-06-01"}, NEAR)
    assert made.keys() == {"a"}
    assert made["a"].time == "2018-12-22"
    assert "Saturday" in made["a"].why


def test_without_a_dated_story_in_the_thread_a_near_one_outside_lends(tmp_path: Path) -> None:
    made = estimates(tmp_path, ["b"], {"b": None, "c": "2018-12-21", "far": "1999-01-01"}, NEAR)
    assert made["b"].time == "2018-12-21"


def test_a_sibling_passes_its_estimate_on_and_is_less_sure(tmp_path: Path) -> None:
    vectors = NEAR | {"lender": {"x": 1.0}, "c": {"y": 1.0}}
    made = estimates(tmp_path, ["b", "c"], {"b": None, "c": None, "lender": "2018-12-21"}, vectors)
    assert made["c"].time == "2018-12-21"
    assert made["c"].sure == made["b"].sure / 2


def test_a_stranger_lends_nothing(tmp_path: Path) -> None:
    assert estimates(tmp_path, ["a"], {"a": None, "far": "1999-01-01"}, NEAR) == {}


def test_a_thread_that_states_its_dates_needs_no_estimate(tmp_path: Path) -> None:
    assert estimates(tmp_path, ["a"], {"a": "2018-12-21", "far": "1999-01-01"}, NEAR) == {}
