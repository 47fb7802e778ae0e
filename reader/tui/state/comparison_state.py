"""The comparison on the screen: its stories, the passages shown, and the selected passage."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from reader.models import Story
from reader.presentation.comparison_loader import LoadedComparison, window
from reader.presentation.comparison_summary import PassageFilter
from reader.presentation.comparison_view import ComparisonView, MarkedPassage
from reader.presentation.passage_groups import Spot
from reader.tui.state.reading_position import ReadingPosition

if TYPE_CHECKING:
    from reader.library import Comparison


class ComparisonState:
    """A comparison from the key that starts it to the key that ends it.

    `stories` are the compared ones, `shown` the passages shown, `selected` the selected passage. `loaded` is None until the
    comparison has been computed; what keys ask for meanwhile waits in a queue. `aligned` columns have matching passages at one
    height; with `uncertain`, matches below the threshold are marked too.
    """

    def __init__(self, on: bool = False) -> None:
        self.on = on
        self.shown: PassageFilter = "all"
        self.aligned = False
        self.uncertain = False
        self.stories: tuple[str, ...] = ()
        self.loaded: LoadedComparison | None = None
        self.selected: Spot | None = None
        self._guests: set[str] = set()
        self._waiting: list[Callable[[], None]] = []
        self._texts: dict[str, Story] = {}

    @property
    def pending(self) -> bool:
        """Whether the comparison has not been computed yet."""
        return self.on and self.loaded is None

    @property
    def view(self) -> ComparisonView | None:
        """The compared stories with their marks; None before they are computed, and where nothing can be compared."""
        return self.loaded.compared if self.on and self.loaded else None

    @property
    def problem(self) -> str:
        """Why nothing can be compared, as text."""
        return self.loaded.why if self.on and self.loaded else ""

    def begin(self, reading: ReadingPosition) -> tuple[str, ...]:
        """Drop the results; returns the ids of the stories to compare for a position."""
        self.stories = window([head.id for head in reading.heads[: reading.own]], reading.at)
        self.loaded, self.selected = None, None
        self._guests = set()
        return self.stories

    def finish(self, loaded: LoadedComparison) -> list[Callable[[], None]]:
        """Take the results; returns what keys asked for meanwhile, in order."""
        self.loaded = loaded
        waiting, self._waiting = self._waiting, []
        return waiting

    def wait(self, action: Callable[[], None]) -> None:
        """Queue an action until the results are there."""
        self._waiting.append(action)

    def select(self, passage: Spot | None) -> None:
        """Select a passage: its story's id and its number."""
        self.selected = passage

    def show(self, shown: PassageFilter) -> None:
        """Choose which passages are shown."""
        self.shown = shown

    def toggle_aligned(self) -> None:
        """Align matching passages, or lay out each story by itself."""
        self.aligned = not self.aligned

    def toggle_uncertain(self) -> None:
        """Mark uncertain matches too, or only sure ones."""
        self.uncertain = not self.uncertain
        if self.loaded is not None:
            self.loaded = self.loaded.marked(faint=self.uncertain, guests=self.loaded.guests)

    def new_guests(self, stories: Sequence[str]) -> list[str]:
        """Which of the visible stories still have to be compared with the others; they count as requested from now on."""
        if self.view is None or self.loaded is None:
            return []
        noted = self.view.passages
        new = [story for story in stories if story not in noted and story not in self._guests and story not in self.loaded.left_out]
        self._guests |= set(new)
        return new

    def add_guests(self, found: Mapping[str, Comparison]) -> None:
        """Mark stories that are not part of the thread."""
        if self.loaded is not None:
            self.loaded = self.loaded.marked(faint=self.uncertain, guests={**self.loaded.guests, **found})

    def note_text(self, story: str, text: Story) -> bool:
        """Remember the text of a story as it was marked; returns whether it is another one than before."""
        before = self._texts.setdefault(story, text)
        self._texts[story] = text
        return before != text

    @property
    def known_texts(self) -> Collection[str]:
        """The ids of the stories whose marked text is remembered."""
        return self._texts.keys()

    def covers(self, reading: ReadingPosition) -> bool:
        """Whether the compared stories are those of a position, the one being read among them."""
        own = [head.id for head in reading.heads[: reading.own]]
        if len(own) == len(self.stories):
            return set(own) == set(self.stories)
        return (
            set(self.stories) < set(own) and bool(self.stories) and (reading.at >= reading.own or own[reading.at] in self.stories)
        )

    def passages(self, story: str, text: Story) -> Sequence[MarkedPassage]:
        """The marked passages of a story; none if they are those of another text."""
        marked = self.view.of(story) if self.view else ()
        return marked if all(_matches(each, text) for each in marked) else ()


def _matches(marked: MarkedPassage, text: Story) -> bool:
    passage = marked.passage
    if passage.paragraph >= len(text.body):
        return False
    return text.body[passage.paragraph][passage.start : passage.end].replace("\n", " ") == passage.text
