"""What a comparison says of each passage."""

from __future__ import annotations

import itertools

import pytest
from msgspec.structs import replace

from reader.library import Comparison, Disagreement, Passage, PassagePair
from reader.models import Story
from reader.presentation.comparison_loader import NOTHING_SHARED, load_comparison, load_guests, window
from reader.presentation.comparison_view import ComparisonView, mark_up
from reader.presentation.diff_spans import differing, figure_span
from reader.presentation.passage_groups import outlet_numbers, passage_groups
from tests.support.compared_library import LAMP, MILL, QUAY, compared_library, shared_compared_library
from tests.support.example_library import stub


def marked(*stories: Story) -> ComparisonView:
    found = shared_compared_library().comparison.compare([told.id for told in stories])
    return mark_up(found, [told.id for told in stories], {told.id: told.outlet.value for told in stories})


def passage(story: str, index: int, text: str = "It was so.", start: int = 0) -> Passage:
    return Passage(story, index, index, start, start + len(text), text)


def comparison(stories: str, pairs: list[PassagePair], numbers: list[Disagreement] | None = None, size: int = 4) -> Comparison:
    """A comparison of stories named by letters, with nothing in it but what is given."""
    passages = {story: tuple(passage(story, index) for index in range(size)) for story in stories}
    only: dict[str, tuple[Passage, ...]] = dict.fromkeys(stories, ())
    return Comparison(tuple(stories), passages, tuple(pairs), only, tuple(numbers or ()), (), (), ())


def pair(left: tuple[str, int], right: tuple[str, int], score: float = 0.9) -> PassagePair:
    return PassagePair(passage(*left), passage(*right), score, "sure" if score >= 0.8 else "faint", "same")


def test_signs_numbers_and_words() -> None:
    found = marked(*LAMP)
    assert [(noted.sign, noted.number) for noted in found.of("lampxxxa")][:6] == [
        ("same", 1),
        ("only", 0),
        ("same", 2),
        ("quote", 3),
        ("figure", 4),
        ("same", 5),
    ]
    assert [noted.number for noted in found.of("lampxxxb")][:5] == [0, 5, 1, 3, 4]
    words = {
        told.id: [told.body[noted.passage.paragraph][a:b] for noted in found.of(told.id) for a, b in noted.words] for told in LAMP
    }
    assert words == {"lampxxxa": ["great", "14 panes"], "lampxxxb": ["old", "40 panes"], "lampxxxc": []}


def test_counts_are_of_outlets_and_say_who_tells() -> None:
    found = marked(*LAMP)
    assert (found.outlets, found.count("same", by_all=True), found.count("same", by_all=False)) == (3, 1, 2)
    assert (found.count("quote"), found.count("figure"), found.only("lampxxxc")) == (1, 1, 2)
    assert [unit.outlets for unit in found.groups.values()] == [3, 2, 2, 2, 2]


def test_a_passage_is_lit_with_its_counterparts() -> None:
    found = marked(*LAMP)
    assert found.with_counterparts(("lampxxxc", 0)) == {("lampxxxa", 0), ("lampxxxb", 2), ("lampxxxc", 0)}
    assert found.with_counterparts(("lampxxxa", 4)) == {("lampxxxa", 4), ("lampxxxb", 4)}
    assert found.with_counterparts(("lampxxxc", 3)) == {("lampxxxc", 3)}


def test_copies_of_one_text_are_one_outlet() -> None:
    found = mark_up(
        shared_compared_library().comparison.compare(["millxxxa", "millxxxb", "lampxxxc"]),
        ["millxxxa", "millxxxb", "lampxxxc"],
        {"millxxxa": "A", "millxxxb": "B"},
    )
    assert (found.outlets, found.copies) == (2, (("millxxxa", "millxxxb"),))
    assert {unit.outlets for unit in found.groups.values()} == {1}
    assert marked(*MILL).count("same", by_all=True) == 4  # where all is one text, each story counts


def test_a_chain_of_pairs_is_not_one_passage() -> None:
    spots = [("a", 0), ("b", 0), ("c", 0), ("d", 0), ("e", 0)]
    chain = [(left, right, 0.99 - 0.01 * n) for n, (left, right) in enumerate(itertools.pairwise(spots))]
    assert max(map(len, passage_groups(chain))) == 3
    found = mark_up(comparison("abcde", [pair(left, right, score) for left, right, score in chain]), "abcde", {})
    assert ("e", 0) in found.with_counterparts(("d", 0))
    assert found.of("e")[0].sign == "same"


def test_stories_of_one_outlet_are_one_voice_unless_all_are() -> None:
    assert outlet_numbers("abc", [], {"a": "X", "b": None, "c": "X"}) == ({"a": 0, "b": 1, "c": 0}, 2)
    assert outlet_numbers("abc", [("b", "c")], {"a": "X", "c": "X"})[1] == 3
    assert outlet_numbers("ab", [], {"a": "X", "b": "X"})[1] == 2


def test_figures_that_differ_share_a_number_and_say_nothing_of_who_tells() -> None:
    left, right = passage("a", 2, "Some 30 boats left."), passage("b", 1, "Up to 50 boats left.")
    numbers = [Disagreement(left, right, "Some 30 boats", "Up to 50 boats", 0.1, "faint", "differs")]
    found = mark_up(comparison("ab", [pair(("a", 0), ("b", 0))], numbers), "ab", {})
    assert [(noted.sign, noted.number) for noted in found.of("a")] == [("same", 1), ("", 0), ("figure", 2), ("", 0)]
    assert [(noted.sign, noted.number) for noted in found.of("b")] == [("same", 1), ("figure", 2), ("", 0), ("", 0)]
    assert found.groups[2].outlets == 0
    assert found.of("a")[2].words == ((0, 13),)


def test_what_is_less_sure_is_marked_on_request_and_never_counted() -> None:
    pairs = [pair(("a", 0), ("b", 0)), pair(("a", 1), ("b", 2), 0.7), pair(("a", 3), ("b", 0), 0.65)]
    plain, faint = (mark_up(comparison("ab", pairs), "ab", {}, faint=faint) for faint in (False, True))
    assert [noted.sign for noted in plain.of("a")] == ["same", "", "", ""]
    assert [(noted.sign, noted.number) for noted in faint.of("a")] == [("same", 1), ("faint", 2), ("", 0), ("faint", 1)]
    assert faint.of("b")[0].sign == "same"
    assert plain.groups == faint.groups
    assert ("b", 2) in faint.with_counterparts(("a", 1))
    assert plain.with_counterparts(("a", 1)) == {("a", 1)}


def test_a_guest_is_marked_where_it_matches_and_counts_for_nothing() -> None:
    found = marked(*LAMP[:2])
    guest = found.with_guest("lampxxxc", shared_compared_library().comparison.compare(["lampxxxa", "lampxxxb", "lampxxxc"]))
    assert [(noted.sign, noted.number) for noted in guest.of("lampxxxc")] == [("same", 1), ("same", 0), ("", 0), ("", 0)]
    assert (guest.outlets, guest.groups) == (found.outlets, found.groups)
    assert ("lampxxxc", 0) in guest.with_counterparts(("lampxxxb", 2))
    assert ("lampxxxa", 2) in guest.with_counterparts(("lampxxxc", 1))
    assert guest.of("lampxxxa") == found.of("lampxxxa")


@pytest.mark.parametrize(
    ("left", "right", "pairs", "words"),
    [
        ("He has a right to go.", "He has the right to go.", [("a right", "the right")], (["a"], ["the"])),
        ("We will not go.", "We will go.", [("not go", "go")], (["not go"], ["go"])),
        ("Now, he said, we wait.", "Then we wait.", [("Now he", "Then we")], (["Now, he"], ["Then we"])),
        ("It is a b and a b.", "It is c and d.", [("a b", "c and"), ("a b", "d")], (["a b", "a b"], ["c and", "d"])),
    ],
)
def test_words_that_differ_are_found_in_their_order(
    left: str, right: str, pairs: list[tuple[str, str]], words: tuple[list[str], list[str]]
) -> None:
    sides = passage("a", 0, left, start=7), passage("b", 0, right)
    found = differing(*sides, pairs)
    assert ([left[a - 7 : b - 7] for a, b in found[0]], [right[a:b] for a, b in found[1]]) == words


def test_a_figure_is_found_whatever_lies_between_its_words() -> None:
    assert figure_span(passage("a", 0, "With some 2,000\u00a0troops there.", start=5), "some 2,000 troops") == ((10, 27),)
    assert figure_span(passage("a", 0, "Nothing."), "12 boats") == ()


# which stories count


def test_what_cannot_be_compared_is_left_out_and_said() -> None:
    library = compared_library()
    heads = [library.stories.header(told.id) for told in LAMP]
    stub(library.comparison, in_other_languages=lambda _: ["lampxxxc"])
    found = load_comparison(library, heads)
    assert found.left_out == {"lampxxxc": "in another language"}
    assert found.compared is not None
    assert found.compared.stories == ("lampxxxa", "lampxxxb")
    stub(library.comparison, in_other_languages=lambda _: ["lampxxxa", "lampxxxc"])
    assert "one language" in load_comparison(library, heads).why


def test_a_story_that_is_too_short_only_echoes() -> None:
    library = compared_library()
    told = library.stories.get("lampxxxc")
    library.put(replace(told, body=told.body[:2]))
    heads = [library.stories.header(each.id) for each in LAMP]
    found = load_comparison(library, heads)
    assert found.compared is not None
    assert (found.compared.stories, found.left_out) == (("lampxxxa", "lampxxxb"), {"lampxxxc": "too short"})
    assert [noted.number for noted in found.compared.of("lampxxxc")] == [1, 0]
    assert "Too short" in load_comparison(library, heads[1:]).why


def test_stories_with_nothing_in_common_are_not_marked() -> None:
    found = load_comparison(shared_compared_library(), [shared_compared_library().stories.header(told.id) for told in QUAY])
    assert (found.compared, found.why) == (None, NOTHING_SHARED)


def test_guests_are_compared_each_by_itself() -> None:
    library = compared_library()
    stub(library.comparison, in_other_languages=lambda _: ["millxxxa"])
    assert list(load_guests(library, ["lampxxxa", "lampxxxb"], ["lampxxxc", "millxxxa"])) == ["lampxxxc"]


@pytest.mark.parametrize(("count", "at", "first"), [(3, 1, 0), (8, 7, 0), (20, 0, 0), (20, 10, 6), (20, 19, 12)])
def test_of_many_stories_the_nearest_are_compared(count: int, at: int, first: int) -> None:
    ids = [str(number) for number in range(count)]
    assert window(ids, at) == tuple(ids[first : first + 8])
    assert ids[at] in window(ids, at)
