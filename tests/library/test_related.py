"""Related stories, found without loading all others."""

from __future__ import annotations

from reader.library import Library

FERRY = "The strike of the northern ferry crews ended on Monday, the harbour council said. "
TRAM = "The new tram line to the airport opened on Friday after nine years under the old town. "


def add(library: Library, name: str, text: str) -> str:
    file = library.folder.parent / f"{name}.txt"
    file.write_text(text)
    (story,) = library.importer.add([str(file)]).added
    return story


def test_related_stories_are_sorted_and_unrelated_ones_excluded(library: Library) -> None:
    asked = add(library, "asked", "Ferry strike ends\n\n" + FERRY * 2)
    near = add(library, "near", "Ferry strike is over\n\n" + FERRY + "The council thanked the crews and the harbour master. ")
    far = add(library, "far", "Ferry boat repaired\n\n" + "A boat of the northern line was repaired in the yard by the river. " * 2)
    add(library, "stranger", "Tram opens\n\n" + TRAM * 2)
    found = library.stories.related(asked)
    assert [related.head.id for related in found] == [near, far]
    assert 1 >= found[0].score > found[1].score > 0
    assert "strike" in found[0].why
    assert library.stories.related(asked, limit=1) == found[:1]


def test_an_unclustered_story_has_no_related_stories(library: Library) -> None:
    assert library.stories.related("unknown") == []
