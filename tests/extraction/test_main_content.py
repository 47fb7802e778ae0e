"""Where on a page the story stands."""

from __future__ import annotations

from reader.extraction.main_content import cut_authors, cut_end, cut_outside, find_block, is_clean
from reader.extraction.page_lines import BODY, labelled, split

PROSE = "The quick brown fox jumped over the lazy dog in the park while nobody was looking at it."
MENU = "World\nPolitics of the day\nBusiness\nThe arts"


def test_the_stretch_with_most_prose_is_found() -> None:
    lines = split(f"{MENU}\n{PROSE}\n{PROSE} Twice.\nSub-heading\n{PROSE} Thrice.\n{MENU}")
    assert find_block(lines) == (4, 7)


def test_a_page_without_prose_is_one_block() -> None:
    assert find_block(split("one\ntwo")) == (0, 1)


def test_digests_that_stand_alone_weigh_less_than_a_story() -> None:
    story = "\n".join(f"{PROSE} Part {number}." for number in range(4))
    digests = "\n".join(f"{MENU}\n{MENU}\n{PROSE} {PROSE} Other story {number}." for number in range(6))
    lines = split(f"{story}\n{digests}")
    assert find_block(lines) == (0, 3)


def test_what_stands_outside_is_cut_but_for_paragraphs_hard_by() -> None:
    lines = split(f"{MENU}\n{PROSE}\nNote\n{PROSE} Twice.\n{MENU}")
    cut_outside(lines, 4, 4)
    assert [line.number for line in labelled(lines, BODY)] == [4, 6]


def test_what_follows_the_last_paragraph_is_cut() -> None:
    paragraph = PROSE + " It ran away."
    lines = split(f"{paragraph}\n{paragraph} Twice.\nIt is over now, he said at last.\nAnother headline follows here")
    cut_end(lines)
    assert [line.label for line in lines] == [BODY, BODY, BODY, "end"]


def test_comments_are_cut_once_the_story_has_been_told() -> None:
    story = "\n".join(f"{PROSE} It ran away, part {number}." for number in range(8))
    lines = split(f"{story}\n3 Comments\n{PROSE} I do not believe it.\nLovely story.")
    lines[8].mark("comments", "belongs to the reader comments")
    cut_end(lines)
    assert [line.label for line in lines[7:]] == [BODY, "comments", "end", "end"]


def test_a_link_to_the_comments_above_the_story_cuts_nothing() -> None:
    lines = split(f"Leave a comment\n{PROSE}\n{PROSE} Twice.")
    lines[0].mark("comments", "belongs to the reader comments")
    cut_end(lines)
    assert [line.label for line in lines[1:]] == [BODY, BODY]


def test_who_the_author_is_is_cut_from_the_end() -> None:
    story = "\n".join(f"{PROSE} Part {number}." for number in range(7))
    lines = split(f"By Jane Doe\n{story}\nJane Doe is a reporter who covers parks.")
    lines[0].mark("byline", "says who wrote the story")
    cut_authors(lines)
    assert lines[-1].label == "author"
    assert {line.label for line in lines[1:-1]} == {BODY}


def test_a_bare_article_is_told_from_a_page() -> None:
    assert is_clean(split(f"Headline\n\n{PROSE}\n\n{PROSE} Twice."))
    assert not is_clean(split(f"{MENU}\n{MENU}\n{PROSE}"))
    lines = split(f"Headline\n\n{PROSE}\n\nShare")
    lines[-1].mark("share", "offers to share")
    assert not is_clean(lines)
