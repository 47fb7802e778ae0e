"""Who tells a passage: copies, independent outlets, who was first, and the brief of what most tell."""

from __future__ import annotations

import pytest

from reader.comparison.brief import brief
from reader.comparison.compare import compare
from reader.comparison.results import SharedPassage
from tests.support.comparison_stories import COURIER, GAZETTE, HERALD, ready

LEAD = HERALD[0]


def shared(*outlets_and_times: tuple[str | None, str | None]) -> SharedPassage:
    """Who tells the lead of the first of some stories that all tell it, each with a passage of its own."""
    own = (
        ["Herring was thrown away on the quays.", "A lorry waited in vain."],
        ["Schools taught by radio.", "The post came by air."],
        ["Tourists slept beside the lighthouse.", "A choir gave them soup."],
    )
    stories = [
        ready(f"s{number}", [LEAD, *own[number]], outlet=outlet, published=time)
        for number, (outlet, time) in enumerate(outlets_and_times)
    ]
    return compare(stories).shared[0]


def test_each_outlet_counts_once() -> None:
    assert shared(("Herald", None), ("Courier", None)).outlets == 2
    assert shared(("Herald", None), ("Herald", None), ("Courier", None)).outlets == 2
    assert shared((None, None), (None, None)).outlets == 2


def test_the_likest_passage_of_each_other_teller_is_named() -> None:
    again = "Crews of the ferries struck on Tuesday because of that plan, said a woman who had waited all night on the quay."
    found = compare(
        [ready("b", [*COURIER, LEAD]), ready("a", [LEAD, *HERALD[2:]]), ready("c", [again, "A choir gave them soup.", LEAD])]
    )
    lead = next(telling for telling in found.shared if telling.passage.story == "a" and telling.passage.text == LEAD)
    assert [(other.story, other.text) for other in lead.others] == [("b", LEAD), ("c", LEAD)]
    for shared in (*found.shared, *brief([ready("a", HERALD), ready("b", COURIER), ready("c", GAZETTE)]).shared):
        assert {shared.passage.story, *(other.story for other in shared.others)} == set(shared.stories)
        assert len(shared.others) == len(shared.stories) - 1


def test_a_copy_counts_once() -> None:
    found = compare([ready("a", HERALD, outlet="Herald"), ready("b", HERALD, outlet="Post"), ready("c", COURIER, outlet="Courier")])
    assert found.copies == (("a", "b"),)
    assert {telling.outlets for telling in found.shared if telling.passage.text == LEAD} == {2}


@pytest.mark.parametrize(
    ("times", "first"),
    [
        (("2031-05-04", "2031-05-03"), "s1"),
        (("2031-05-04T09:00", "2031-05-04T08:30"), "s1"),
        (("2031-05-04T09:00", "2031-05-04"), None),
        (("2031-05-04", None), None),
    ],
)
def test_the_first_is_named_only_where_it_is_known(times: tuple[str | None, ...], first: str | None) -> None:
    assert shared(*((None, time) for time in times)).first == first


def test_a_brief_is_what_independent_outlets_tell_in_order_of_time() -> None:
    stories = [
        ready("a", HERALD, outlet="Herald", published="2031-05-04"),
        ready("b", COURIER, outlet="Courier", published="2031-05-03"),
        ready("c", GAZETTE, outlet="Gazette", published="2031-05-05"),
    ]
    chosen = brief(stories).shared
    texts = {*HERALD, *COURIER, *GAZETTE}
    assert all(telling.passage.text in texts for telling in chosen)
    assert len(chosen) == 3
    assert [telling.outlets for telling in chosen] == [2, 2, 2]
    times = {"a": "2031-05-04", "b": "2031-05-03", "c": "2031-05-05"}
    order = [times[telling.passage.story] for telling in chosen]
    assert order == sorted(order)
    assert brief(stories[::-1]).shared[0].passage == chosen[0].passage
    assert len(brief(stories, most=1).shared) == 1


def test_copies_alone_make_no_brief() -> None:
    assert brief([ready("a", HERALD, outlet="Herald"), ready("b", HERALD, outlet="Post")]).shared == ()


def test_what_only_one_story_has_is_found_among_any_number_of_stories() -> None:
    stories = [ready("a", HERALD), ready("b", COURIER), ready("c", GAZETTE)]
    few = brief(stories).unique
    compared = compare(stories)
    assert few == tuple(passage for story in ("a", "b", "c") for passage in compared.unique[story])
    more = [*stories, *(ready(f"copy{number}", HERALD) for number in range(9))]
    assert {passage.story for passage in few} >= {"b", "c"}
    assert [passage for passage in brief(more).unique if passage.story in ("b", "c")] == [
        passage for passage in few if passage.story in ("b", "c")
    ]
