"""The layout of stories by their structure."""

from __future__ import annotations

from reader.extraction.html_fragments import read
from reader.models import Media, Story
from reader.presentation.text_layout import width
from reader.tui.widgets.story_layout import LayoutOptions, body_lines
from tests.support.stories import story

BASE = "https://coast.example/1"


def made(html: str, media: tuple[Media, ...] = ()) -> Story:
    found = read(html, BASE)
    return story(
        body=[fragment.text for fragment in found.fragments],
        blocks=tuple(fragment.block for fragment in found.fragments),
        media=media or found.media,
    )


def shown(html: str, size: int = 40) -> list[str]:
    lines = body_lines(made(html), size, LayoutOptions())
    assert all(width(line.text) <= size for line in lines)
    return ["".join(text for text, _ in line.text).rstrip() for line in lines]


def test_items_hang_behind_their_markers() -> None:
    html = "<ul><li>The mean of thirty days and more of them</li><li>The swell<ol start=9><li>nine</li></ol></li></ul>"
    assert shown(html, 24) == ["• The mean of thirty", "  days and more of them", "• The swell", "  9. nine"]


def test_quotations_have_a_bar_on_every_line() -> None:
    html = "<blockquote>A tide is a wave that nobody sees<blockquote>Nor hears</blockquote></blockquote>"
    assert shown(html, 20) == ["│ A tide is a wave", "│ that nobody sees", "", "│ │ Nor hears"]


def test_code_is_shown_as_written() -> None:
    assert shown("<pre>def a():\n\treturn 1\n\nb()</pre>") == ["  def a():", "      return 1", "", "  b()"]


def test_lines_of_a_verse_stand_close_and_a_rule_parts() -> None:
    assert shown("<p>One<br>Two</p><hr><p>Three") == ["One", "Two", "", "─" * 12, "", "Three"]


TABLE = """<table><tr><th>Port</th><th>High water</th><th>m</th></tr><tr><td>North Quay</td><td>04:12</td><td>3.4</td></tr>
<tr><td>Old <a href='/pier'>Pier</a></td><td>05:01</td><td>12.9</td></tr></table>"""


def test_a_table_is_aligned_if_it_fits() -> None:
    assert shown(TABLE) == [
        "Port        High water     m",
        "North Quay       04:12   3.4",
        "Old Pier         05:01  12.9",
    ]


def test_cells_of_a_wide_table_are_wrapped_in_their_columns() -> None:
    lines = shown("<table><tr><td>A long first cell here</td><td>Another long cell</td></tr></table>", 24)
    assert [line.split("  ")[0] for line in lines] == ["A long", "first cell", "here"]
    assert [line[13:] for line in lines] == ["Another", "long cell", ""]


def test_a_table_that_cannot_fit_has_its_cells_below_each_other() -> None:
    assert shown(TABLE, 12)[:9] == ["Port", "High water", "m", "", "Port: North", "      Quay", "04:12", "m: 3.4", ""]


def test_every_line_knows_its_characters() -> None:
    html = f"<ul><li>The mean of thirty days and more</li></ul><blockquote>Said twice over and again</blockquote>{TABLE}"
    told = made(html)
    lines = [line for line in body_lines(told, 18, LayoutOptions()) if line.block]
    for (_, number), line in ((line.block, line) for line in lines if line.block):
        words = told.body[number][line.start : line.end]
        assert words in "".join(text for text, _ in line.text) or told.blocks[number].kind == "row"
    assert {line.block for line in lines} == {("body", number) for number in range(len(told.body))}


def test_pictures_stand_in_their_places_with_their_texts() -> None:
    html = "<p>One</p><img src=/a.png alt='A boat' title='Hover'><p>Two</p><img src=/chart.png>"
    assert shown(html) == ["One", "", "Picture  A boat · Hover", "", "Two", "", "Picture  chart.png"]


def test_links_are_underlined_and_carry_their_address() -> None:
    (line,) = body_lines(made("<p>See <a href='/log'>the log</a></p>"), 40, LayoutOptions())
    assert line.text == [("See ", "ink"), ("the log", "link+underline https://coast.example/log")]


def test_thousands_of_rows_and_deep_levels_are_laid_out() -> None:
    rows = shown("<table>" + "<tr><td>a</td><td>b</td></tr>" * 1000 + "</table>", 20)
    assert len(rows) == 2999
    assert shown("<blockquote>" * 200 + "deep", 20)[-1].endswith("deep")
    assert shown("<ul><li>" * 100 + "deep", 20)[-1].endswith("deep")
