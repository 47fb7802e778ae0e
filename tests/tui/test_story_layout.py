from __future__ import annotations

import pytest
from msgspec.structs import replace

from reader.models import Story
from reader.presentation.text_layout import width
from reader.tui.widgets import story_column as columns
from reader.tui.widgets.story_column import ScrollAnchor, StoryColumn
from reader.tui.widgets.story_layout import (
    Highlight,
    LaidOutLine,
    LayoutOptions,
    TextLayers,
    body_lines,
    full_head_lines,
    head_lines,
    short_head_lines,
    status,
    title_lines,
)
from tests.support.example_library import ExampleLibrary, shared_library
from tests.support.example_stories import HOSTILE

LONG = "Ferry " * 60


def words(lines: list[list[tuple[str, str]]]) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines]


def test_a_head_tells_outlet_headline_and_credits() -> None:
    assert words(head_lines(shared_library().stories.header("ferryxxa"), 46)) == [
        "Coast Courier",
        "Ferry to the Islands Sails Again After Nine",
        "Weeks of Repairs at the Northern Yard",
        "20 Dec 2018 · by A. Lindqvist · Northhaven",
    ]


@pytest.mark.parametrize(("room", "note"), [(46, "no headline; these are its first words"), (40, "no headline; first words")])
def test_a_made_headline_is_italic_short_and_owned_up_to(room: int, note: str) -> None:
    lines = head_lines(shared_library().stories.header("ferryxxb"), room)
    titles = [line for line in lines if line[0][1] == "made"]
    assert len(titles) == 2
    assert titles[-1][0][0].endswith("…")
    assert words(lines)[-1] == note


def test_what_is_missing_is_said_and_where_a_related_story_is_from() -> None:
    lines = head_lines(shared_library().stories.header("ferryxxc"), 46, ["related, from Island ferry"])
    assert lines[0] == [("outlet not stated", "editorial")]
    assert words(lines)[-2:] == ["date not stated, about 21 Dec 2018", "related, from Island ferry"]


def test_headlines_have_three_lines_at_most_but_none_is_cut_where_a_story_stands_alone() -> None:
    head = replace(shared_library().stories.header("ferryxxa"), title=LONG.strip())
    lines = title_lines(head, 30, 3)
    assert len(lines) == 3
    assert words(lines)[-1].endswith("…")
    full = full_head_lines(head, shared_library().stories.get("ferryxxa"), 66, True)
    assert sum(line.count("Ferry") for line in words(full)) == 60


def test_the_date_is_never_cut_in_a_short_head() -> None:
    head = replace(shared_library().stories.header("ferryxxa"), outlet="The Northern Harbour Gazette and Advertiser")
    assert words(short_head_lines(head, 34))[0].endswith("… · 20 Dec 2018")
    assert words(short_head_lines(head, 20))[0] == "The Northern…"
    assert all(width(line) <= 34 for line in short_head_lines(head, 34))


def test_signs() -> None:
    head = shared_library().stories.header("harboura")
    assert words([status(head, True)]) == ["★ ● unread"]
    assert words([status(head, False)]) == ["★ ●"]
    assert status(shared_library().stories.header("councila"), True) == []


def test_paragraphs_are_set_apart_and_captions_follow() -> None:
    lines = body_lines(shared_library().stories.get("ferryxxa"), 46, LayoutOptions())
    keys = [line.block for line in lines]
    assert keys[0] == ("body", 0)
    assert keys[-1] == ("caption", 0)
    assert keys.index(None) == next(number for number, line in enumerate(lines) if not line.text)
    assert all(width(line.text) <= 46 for line in lines)
    assert lines[-1].text[0][1] in ("editorial", "muted")
    starts = [line.start for line in lines if line.block == ("body", 1)]
    assert starts == sorted(starts)
    assert starts[0] == 0


def test_left_out_lines_stand_where_they_stood() -> None:
    shown = body_lines(shared_library().stories.get("ferryxxa"), 60, LayoutOptions(removed=True))
    keys = list(dict.fromkeys(line.block for line in shown if line.block))
    assert keys[:3] == [("body", 0), ("removed", 0), ("body", 1)]
    assert ("removed", 0) not in [line.block for line in body_lines(shared_library().stories.get("ferryxxa"), 60, LayoutOptions())]


def test_an_indent_in_place_of_blank_lines() -> None:
    lines = body_lines(shared_library().stories.get("ferryxxc"), 46, LayoutOptions(indent=True))
    assert all(line.text for line in lines)
    firsts = [line for line in lines if line.start == 0]
    assert [line.text[0][0].startswith("\u00a0\u00a0") for line in firsts] == [False] + [True] * (len(firsts) - 1)


def test_hits_are_marked_and_the_one_the_reader_is_at_more_strongly() -> None:
    story = shared_library().stories.get("ferryxxa")
    spans = shared_library().search.highlights("ferry", story.body[1])
    lines = body_lines(story, 46, LayoutOptions(), TextLayers({("body", 1): spans}, Highlight(("body", 1), spans[0])))
    marked = [(text, role) for line in lines for text, role in line.text if role in ("hit", "here")]
    assert marked == [("ferry", "here")] + [("ferry", "hit")] * (len(spans) - 1)


def test_markup_is_set_as_it_stands() -> None:
    library = ExampleLibrary(hostile=True)
    lines = body_lines(library.stories.get("hostilex"), 200, LayoutOptions())
    assert lines[0].text == [(HOSTILE, "ink")]


# a column


def column(story: str = "ferryxxa", size: int = 40, room: int = 10) -> StoryColumn:
    made = StoryColumn(1, shared_library().stories.header(story), shared_library().stories.get(story))
    made.set(size, room, LayoutOptions())
    return made


def test_a_text_is_set_again_only_where_it_is_to_be_set_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def counted(story: Story, width: int, setting: LayoutOptions, layers: TextLayers) -> list[LaidOutLine]:
        asked.append(width)
        return body_lines(story, width, setting, layers)

    monkeypatch.setattr(columns, "body_lines", counted)
    first, made = column(), column()
    asked.clear()
    made.take_over(first)
    made.set(40, 5, LayoutOptions(), [LaidOutLine([("above", "ink")], [])])
    assert asked == []
    assert made.lines[1:] == first.lines
    spans = [(0, 3)]
    for changed in ({"hits": {("body", 0): spans}}, {"known": {("body", 0): spans}}, {"here": Highlight(("body", 0), (0, 3))}):
        made = replace(column(), **changed)
        asked.clear()
        made.take_over(first)
        made.set(40, 10, LayoutOptions())
        assert asked == [40], changed
        assert made.lines != first.lines
    made.set(41, 10, LayoutOptions())
    made.set(41, 10, LayoutOptions(indent=True))
    made.story = shared_library().stories.get("ferryxxc")
    made.set(41, 10, LayoutOptions(indent=True))
    made.set(41, 10, LayoutOptions(indent=True))
    assert asked == [40, 41, 41, 41]


def test_a_column_scrolls_from_its_first_to_its_last_line() -> None:
    made = column()
    assert not made.scroll(-1)
    assert made.place is None
    assert made.scroll(3)
    assert made.top == 3
    assert made.scroll(10_000)
    assert made.at_end
    assert made.top == len(made.lines) - 10
    assert made.percent == 100
    assert not made.scroll(1)


def test_a_short_story_is_at_its_end_and_has_no_thumb() -> None:
    made = column("ferryxxc", 72, 60)
    assert made.at_end
    assert list(made.thumb) == []
    assert made.percent == 100


def test_the_thumb_runs_from_top_to_bottom() -> None:
    made = column()
    assert made.thumb.start == 0
    made.scroll(1)
    assert len(made.thumb) >= 1
    made.scroll(10_000)
    assert made.thumb.stop == made.room


def test_a_place_outlasts_another_width_and_back() -> None:
    made = column()
    made.scroll(9)
    place = made.place
    made.set(66, 10, LayoutOptions(), place=place)
    assert made.lines[made.top].block == place.block
    again = made.place
    made.set(40, 10, LayoutOptions(), place=again)
    assert made.top == 9


def test_a_place_in_the_air_between_paragraphs_is_kept_to_the_line() -> None:
    made = column()
    blank = next(number for number, line in enumerate(made.lines) if not line.text)
    made.scroll(blank)
    assert made.place == ScrollAnchor(("body", 1), 0, 1)
    made.set(40, 10, LayoutOptions(), place=made.place)
    assert made.top == blank


def test_a_hit_is_brought_into_sight() -> None:
    made = column()
    made.show(Highlight(("body", 9), (0, 3)))
    shown = [line.block for line in made.lines[made.top : made.top + made.room]]
    assert ("body", 9) in shown
    before = made.top
    made.show(Highlight(("body", 9), (0, 3)))
    assert made.top == before


def test_the_passage_at_the_top() -> None:
    made = column()
    assert made.passage.startswith("The ferry Halcyon")
    made.scroll(10_000)
    assert "Halcyon at the northern yard" in made.passage or made.passage in shared_library().stories.get("ferryxxa").body
