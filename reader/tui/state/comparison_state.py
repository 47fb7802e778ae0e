"""The comparison marks while they are on: of which stories, which passages are shown, and the one the reader is at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reader.models import Story
from reader.presentation.comparison_loader import LoadedComparison, window
from reader.presentation.comparison_summary import PassageFilter
from reader.presentation.comparison_view import ComparisonView, MarkedPassage
from reader.presentation.passage_groups import Spot
from reader.tui.state.reading_position import ReadingPosition


@dataclass
class ComparisonState:
    """The marks. `stories` are those compared, frozen while they last; `lit` is the passage the reader is at, story and number.

    `wishes` are what the keys asked for before the comparison was there, `texts` the stories as they were marked.
    """

    on: bool = False
    shown: PassageFilter = "all"
    level: bool = False
    faint: bool = False
    stories: tuple[str, ...] = ()
    collated: LoadedComparison | None = None
    lit: Spot | None = None
    guests: set[str] = field(default_factory=set)
    wishes: list[Callable[[], None]] = field(default_factory=list)
    texts: dict[str, Story] = field(default_factory=dict)

    @property
    def pending(self) -> bool:
        """Whether the comparison has not come yet."""
        return self.on and self.collated is None

    @property
    def compared(self) -> ComparisonView | None:
        """The stories as they are marked; None before they are, and where nothing is to be marked."""
        return self.collated.compared if self.on and self.collated else None

    @property
    def why(self) -> str:
        """Why nothing is marked, in words."""
        return self.collated.why if self.on and self.collated else ""

    def begin(self, reading: ReadingPosition) -> tuple[str, ...]:
        """Forget what was compared; gives the stories to compare for a reading."""
        self.stories = window([head.id for head in reading.heads[: reading.own]], reading.at)
        self.collated, self.lit = None, None
        self.guests = set()
        return self.stories

    def holds(self, reading: ReadingPosition) -> bool:
        """Whether what is compared are a reading's stories, the one being read among them."""
        own = [head.id for head in reading.heads[: reading.own]]
        if len(own) == len(self.stories):
            return set(own) == set(self.stories)
        return (
            set(self.stories) < set(own) and bool(self.stories) and (reading.at >= reading.own or own[reading.at] in self.stories)
        )

    def fitting(self, story: str, text: Story) -> Sequence[MarkedPassage]:
        """The marked passages of a story if they are those of this text, else none."""
        noted = self.compared.of(story) if self.compared else ()
        return noted if all(_stands(each, text) for each in noted) else ()


def _stands(noted: MarkedPassage, text: Story) -> bool:
    passage = noted.passage
    if passage.paragraph >= len(text.body):
        return False
    return text.body[passage.paragraph][passage.start : passage.end].replace("\n", " ") == passage.text
