"""Made-up news for the tests of the comparison: one strike at a harbour, told by three outlets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reader.comparison.alignment import PassageLink, align_stories
from reader.comparison.parameters import ComparisonParameters
from reader.comparison.preprocess import PreprocessedStory, prepare
from reader.comparison.results import Passage
from reader.comparison.weighting import WeightedPassage, weigh
from reader.models import NOT_STATED, ExtractedField, Story

SEEDS = Path(__file__).resolve().parent.parent.parent / "seeds"

HERALD = (
    "Ferry crews in Norhavn walked out on Monday over a plan to cut the night service, and up to 30 ferries stayed in port.",
    "“As every guest has a claim to a crew that is rested, we will not sail at night,” said Ana Berg, who leads the union.",
    "The harbour council offered talks with a mediator from the capital for the end of the week.",
    "A fishmonger on the quay threw away forty crates of herring because no lorry could cross the sound.",
)
COURIER = (
    "Crews of the ferries in Norhavn walked out on Monday because of the plan to cut the night service.",
    'Berg said: "As every guest has the claim to a crew that is rested, we will not sail at night."',
    "Some 80 ferries stayed in port in Norhavn, according to the owners of the line.",
    "Schools on the islands taught their pupils over the radio, as they had done in the winter of the great storm.",
)
GAZETTE = (
    "The harbour council has offered talks with a mediator from the capital at the end of the week, a letter shows.",
    "Tourists slept in a gymnasium beside the lighthouse and were given soup by the volunteers of a choir.",
)
ELSEWHERE = (
    "A comet that was last seen in the days of the sailing ships will pass the planet in May, astronomers at the observatory said.",
    "Its tail may be seen without a telescope shortly before sunrise, low above the eastern horizon.",
)


def story(
    name: str, body: Sequence[str], *, outlet: str | None = None, published: str | None = None, title: str | None = None
) -> Story:
    """A story by its id, with no headline unless one is given."""
    return Story(
        id=name,
        source=name,
        address=name,
        title=ExtractedField(title),
        title_made=title is None,
        outlet=ExtractedField(outlet) if outlet else NOT_STATED,
        published=ExtractedField(published) if published else NOT_STATED,
        body=tuple(body),
    )


def ready(name: str, body: Sequence[str], *, outlet: str | None = None, published: str | None = None) -> PreprocessedStory:
    """A prepared story."""
    return prepare(story(name, body, outlet=outlet, published=published))


def passage(text: str) -> Passage:
    """A passage by its text alone."""
    return Passage("a", 0, 0, 0, len(text), text)


def weighed(*bodies: Sequence[str]) -> list[list[WeightedPassage]]:
    """Stories weighed against each other."""
    return weigh([ready(str(number), body) for number, body in enumerate(bodies)], ComparisonParameters())


def links(*bodies: Sequence[str]) -> tuple[PassageLink, ...]:
    """The links between stories."""
    return align_stories(weighed(*bodies), ComparisonParameters()).links
