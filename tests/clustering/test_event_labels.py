"""What the events of a thread are called."""

from __future__ import annotations

from collections import defaultdict

from reader.clustering.titles.event_labels import labels
from reader.clustering.titles.term_usage import TermUsage, TermUsageTable
from reader.models import StoryText

STRIKE = StoryText(
    "Northern Ferry crews begin strike",
    ["The crews of the Northern Ferry began a strike on Monday. The strike of the Northern Ferry stops every crossing."],
)
SINKING = StoryText(
    "Northern Ferry boat sinks",
    ["A boat of the Northern Ferry sank in the storm. The sinking of the Northern Ferry boat was seen from the pier."],
)
TRIAL = StoryText(
    "Northern Ferry captain on trial",
    ["The trial of Captain Quill of the Northern Ferry began. The Quill trial will last a month, and Quill denies all."],
)


def labelled(*events: list[StoryText]) -> list[str]:
    return labels([TermUsageTable(event) for event in events])


def test_each_event_is_called_by_what_the_others_have_not() -> None:
    strike, trial = labelled([STRIKE], [TRIAL])
    assert strike.endswith("strike")
    assert trial == "Quill trial", "who is told of in this event alone comes before who is told of in all"


def test_where_nobody_is_of_one_event_alone_it_has_who_is_told_of_in_all() -> None:
    assert labelled([STRIKE], [SINKING]) == ["Northern Ferry strike", "Northern Ferry sinking"]


def test_a_thread_of_one_event_needs_no_label() -> None:
    assert labelled([STRIKE, SINKING]) == [""]
    assert labelled() == []


def test_no_two_are_called_alike() -> None:
    found = labelled([STRIKE], [SINKING], [TRIAL])
    assert len({label.lower() for label in found}) == 3
    assert all(found)


def test_events_that_tell_the_very_same_have_no_label() -> None:
    assert labelled([STRIKE], [STRIKE]) == ["", ""]


def test_an_event_without_a_noun_for_it_has_the_words_of_its_titles() -> None:
    told = StoryText("Northern Ferry late again", ["The Northern Ferry was late again."])
    late, _ = labelled([told], [STRIKE])
    assert "late" in late.split()


class CountedTerms(defaultdict[str, TermUsage]):
    """Terms of an event that count how often they are looked up."""

    looked_up = 0

    def __contains__(self, key: object) -> bool:
        CountedTerms.looked_up += 1
        return super().__contains__(key)


def test_the_work_for_labels_grows_with_the_number_of_events_only() -> None:
    counts = []
    for number in (10, 40):
        CountedTerms.looked_up = 0
        events = [TermUsageTable([STRIKE, SINKING]) for _ in range(number)]
        for usages in events:
            usages.terms = CountedTerms(TermUsage, usages.terms)
        labels(events)
        counts.append(CountedTerms.looked_up)
    assert counts[1] <= 5 * counts[0]
