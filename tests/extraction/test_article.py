"""A page to a story: the samples field by field, clean text, hostile text."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from reader.extraction.article import NotAStory, read_page
from reader.extraction.page_lines import split
from reader.models import ExtractedField, Story

PROSE = "The quick brown fox jumped over the lazy dog in the park, and nobody was looking at the fox or the dog at all."
OTHER = "Witnesses in the park said the fox had come from the river, and that the dog slept through all of it."


class Truth(Struct, frozen=True):
    """What a careful person reads off a sample."""

    starts: str
    ends: str
    title: str | None = None
    outlet: str | None = None
    agency: str | None = None
    byline: str | None = None
    place: str | None = None
    published: str | None = None
    captions: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


TRUTHS = {
    "000": Truth(
        title="US Defense Secretary James Mattis Resigns Over Differences With Trump",
        byline="PH",
        starts="US Defense Secretary James Mattis has resigned, pointing to differences",
        ends="for the effectiveness of US support for the Afghan armed forces.",
        absent=("Written by PH", "Leave a Reply", "Your email address", "Manchester United", "Siamese Sisters"),
    ),
    "001": Truth(
        outlet="Kazinform",
        agency="Kyodo News",
        place="Washington",
        published="2018-12-21",
        starts="U.S. Defense Secretary Jim Mattis said Thursday he will step down",
        ends='I greatly thank Jim for his service!"',
        absent=("date 2018-12-21", "KAZINFORM"),
    ),
    "002": Truth(
        title="U.S. Seeks To Keep Its Coalition Active After Ensuring Troops Will Stay In Syria",
        starts="The U.S. is working to maintain its “international coalition”",
        ends="believe that the U.S. should withdraw from Syria, at least.",
        captions=("US forces drive their armoured vehicles near the northern Syrian village of Darbasiyah",),
        absent=("0 $", "2,500 $", "5,000 $", "1,333 $", "More on this topic:", "Do you like this content? Consider helping us!"),
    ),
    "003": Truth(
        starts="On Wednesday, the White House announced that the United States began withdrawing",
        ends="Daesh (also known as ISIS/ISIL/IS) is a terrorist group banned in Russia.",
        absent=("READ MORE", "Erdogan Reportedly Vowed", "Stab in the Back"),
    ),
    "004": Truth(
        title="'Policy has not changed': Mark Esper denies Iraqi claim that signed withdrawal letter was sent",
        outlet="washingtonexaminer.com",
        published="2020-01-07T23:09",
        starts="Secretary of Defense Mark Esper pushed back on claims from the Iraqi prime minister",
        ends="Soleimani’s death has “had a material impact on the ability to engage ISIS.”",
        captions=("Mourners gather during a funeral procession for Abu Mahdi al-Muhandis",),
        absent=(
            "Trump urges Iraqi PM",
            "Secretary of Defense Mark Esper told reporters earlier",
            "letter.U.S.-led coalition",
            "U.S.-led coalition says it will withdraw",
            "It appeared to have been sent by Brig Gen William H Seely",
            "AG Barr",
            "Share news",
            "Topical videos:",
            "usr: 1",
            "This is interesting!",
        ),
    ),
}


def flat(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def read(text: str) -> Story:
    return read_page(text, source="story.txt", address="/stories/story.txt")


@pytest.fixture(params=sorted(TRUTHS))
def sample(request: pytest.FixtureRequest, seeds: list[Path]) -> tuple[Story, Truth]:
    path = next(seed for seed in seeds if seed.name.startswith(request.param))
    story = read_page(path.read_text(encoding="utf-8"), source=path.name, address=str(path))
    return story, TRUTHS[request.param]


def test_a_samples_fields(sample: tuple[Story, Truth]) -> None:
    story, truth = sample
    assert story.outlet.value == truth.outlet
    assert story.agency.value == truth.agency
    assert story.byline.value == truth.byline
    assert story.place.value == truth.place
    assert story.published.value == truth.published


def test_a_samples_title(sample: tuple[Story, Truth]) -> None:
    story, truth = sample
    assert story.title_made == (truth.title is None)
    assert story.title.value is not None
    if truth.title is None:
        assert flat(truth.starts)[:40] == flat(story.title.value)[:40]
        assert story.title.sure < 0.5
    else:
        assert flat(story.title.value) == truth.title


def test_a_samples_body_from_its_first_to_its_last_words(sample: tuple[Story, Truth]) -> None:
    story, truth = sample
    body = flat(" ".join(story.body))
    assert body.startswith(flat(truth.starts))
    assert body.endswith(flat(truth.ends))
    assert not [absent for absent in truth.absent if flat(absent) in body]


def test_a_samples_captions_stand_apart_and_once(sample: tuple[Story, Truth]) -> None:
    story, truth = sample
    assert len(story.captions) == len(truth.captions)
    for caption, start in zip(story.captions, truth.captions, strict=True):
        assert flat(caption).startswith(start)
        assert flat(caption).count(start) == 1
        assert start not in flat(" ".join(story.body))


def test_every_line_of_a_sample_is_kept_somewhere(sample: tuple[Story, Truth], seeds: list[Path]) -> None:
    story, _ = sample
    page = next(seed for seed in seeds if seed.name == story.source).read_text(encoding="utf-8")
    assert_nothing_is_lost(page, story)


def assert_nothing_is_lost(page: str, story: Story) -> None:
    kept = {*story.body, *(line.text for line in story.removed)}
    datelines = [line.text for line in story.removed if line.label == "dateline"]
    for line in split(page):
        whole = line.text in kept or any(line.text.startswith(caption) for caption in story.captions)
        filed = any(f"{dateline} {paragraph}" == line.text for dateline in datelines for paragraph in story.body)
        assert whole or filed or (not story.title_made and (story.title.value or "") in line.text), line.text


def test_removed_lines_know_why_and_where() -> None:
    story = read(f"Fox jumps over dog\n\n{PROSE}\n\nREAD MORE: Cat jumps over mouse in town\n\n{OTHER}\n\nLeave a Reply")
    assert story.body == (PROSE, OTHER)
    assert [(line.label, line.before) for line in story.removed] == [("related", 1), ("comments", 2)]
    assert all(line.why for line in story.removed)


CLEAN = [
    "Fox jumps over dog",
    PROSE,
    "He left.",
    "The second part",
    OTHER,
    "“We saw it,” she said.",
    "The fox is banned in several parks.",
    "It ended there",
]


@pytest.mark.parametrize("between", ["\n\n", "\n", "\r\n\r\n"])
def test_clean_text_comes_through_whole(between: str) -> None:
    story = read(between.join([CLEAN[0], *(f"{PROSE} {OTHER} {number}." for number in range(4)), *CLEAN[1:]]))
    assert story.title.value == CLEAN[0]
    assert not story.title_made
    assert story.body[4:] == tuple(CLEAN[1:])
    assert (story.removed, story.captions) == ((), ())


def test_a_hostile_title_is_shown_literally() -> None:
    story = read(f"[/b] \x1b]0;owned\x07 [@click=app.quit]x[/]\n\n{PROSE}\n\n{OTHER}")
    assert story.title.value == "[/b] [@click=app.quit]x[/]"
    assert not story.title_made
    assert story.body == (PROSE, OTHER)


def test_a_headline_that_is_known_is_taken_and_not_said_again() -> None:
    page = f"Menu\nFoxes\nKnown headline of a fox\nBy Ann Fox\nDecember 21, 2018\n\n{PROSE}\n\n{OTHER}\n\nKnown headline of a fox"
    story = read_page(page, source="x", address="/x", title=ExtractedField("Known headline of a Fox", 0.9, "known"))
    assert story.title == ExtractedField("Known headline of a Fox", 0.9, "known")
    assert (story.title_made, story.published.value, story.body) == (False, "2018-12-21", (PROSE, OTHER))
    unsaid = read_page(f"A short line\n\n{PROSE}\n\n{OTHER}", source="x", address="/x", title=ExtractedField("Known", 0.9, "known"))
    assert (unsaid.title.value, unsaid.body) == ("Known", ("A short line", PROSE, OTHER))


def test_no_break_spaces_become_spaces() -> None:
    assert read(f"Fox\xa0jumps over dog\n\n{PROSE.replace(' ', chr(0xA0))}").body == (PROSE,)


def test_the_next_storys_headline_after_the_end_goes() -> None:
    long = f"{PROSE} {OTHER}"
    story = read(f"Fox jumps over dog\n\n{long}\n\nShare this article\n\nCat jumps over mouse in the big town")
    assert story.body == (long,)


@pytest.mark.parametrize("page", ["", " \n\n", "Menu\nHome\nNews", "x" * 50, "[]"])
def test_a_page_without_prose_is_no_story(page: str) -> None:
    with pytest.raises(NotAStory):
        read(page)


PIECES = [
    PROSE,
    OTHER,
    "Fox jumps over dog",
    "By Jane Doe",
    "By",
    "21 Dec 2018",
    "Share",
    "READ MORE: Cat and mouse",
    "0 $",
    "",
    "",
]
SIGNS = [
    "ROME (AP) — It rained.",
    "date 2018-12-21 ROME. EXAMPLE It rained.",
    "Source: example.com",
    "— A (@a) x",
    "Leave a Reply",
    "©",
    "A .",
]


@given(st.lists(st.sampled_from(PIECES + SIGNS) | st.text(max_size=30), max_size=14).map("\n".join))
@settings(max_examples=300)
def test_any_page_is_a_story_of_which_nothing_is_lost_or_no_story(page: str) -> None:
    try:
        story = read(page)
    except NotAStory:
        return
    assert story.title.value
    assert story.body
    assert "\x1b" not in "".join(story.body)
    assert_nothing_is_lost(page, story)


@pytest.mark.parametrize(
    "unit",
    [
        "a ",
        "word\n",
        f"{PROSE}\n",
        "By Jane Doe\n",
        "2018-12-21 ",
        "the The ",
        "A heading of it\nA heading of it goes on and on, and on.\n",
    ],
)
def test_long_repetitive_text_is_read_to_the_end(unit: str) -> None:
    page = f"{PROSE}\n\n{unit * (60_000 // len(unit))}"
    assert read(page).body
