"""Made-up news for the tests of threads: vectors on a few topics, and stories that tell of them."""

from __future__ import annotations

import itertools
from pathlib import Path

from reader.clustering.cluster import Member
from reader.clustering.clusterer import Clusterer
from reader.clustering.storylines import storylines
from reader.clustering.tfidf import Vector, unit
from reader.models import Story, StoryText
from reader.sources.dispatch import read
from reader.sources.files import read_bytes

SEEDS = Path(__file__).resolve().parent.parent.parent / "seeds"
TOPICS = (("ferry", "strike", "harbour", "crew"), ("tram", "airport", "tunnel", "opening"), ("school", "roof", "storm", "council"))


def topical(topic: int, *own: str) -> Vector:
    """A vector on one topic, with words of its own."""
    return unit(dict.fromkeys(TOPICS[topic], 1.0) | dict.fromkeys(own, 0.6), 80)


def samples() -> list[Story]:
    """The five sample stories, 000 to 004."""
    found = (read(read_bytes(path), source=path.name, address=str(path)) for path in sorted(SEEDS.glob("*.txt")))
    return [story for story in found if isinstance(story, Story)]


def telling(story: Story) -> StoryText:
    """A story as threads read it."""
    return StoryText("" if story.title_made else story.title.value or "", story.body)


def threads_of(clusterer: Clusterer) -> list[list[str]]:
    """The stories of each storyline, sorted."""
    return sorted(sorted(itertools.chain(*(clusterer.events[number].stories for number in line))) for line in storylines(clusterer))


def restored(clusterer: Clusterer) -> Clusterer:
    """Another clusterer with the members of this one, as a new process has it."""
    from reader.clustering.cluster import pack_member, unpack_member

    members: dict[str, Member] = {story: unpack_member(pack_member(member)) for story, member in clusterer.members.items()}
    other = Clusterer(clusterer.parameters)
    other.restore(members, clusterer.totals)
    return other
