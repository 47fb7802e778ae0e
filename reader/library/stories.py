"""Stories of a library, their origins and flags."""

from __future__ import annotations

from collections.abc import Sequence

from reader.models import Explanation, Origin, RelatedStory, Story, StoryHeader, Version
from reader.storage.store import Store
from reader.text.sanitize import clean_line


class Stories:
    """Stories by id."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, id: str) -> Story:
        """Return a story with its text; raises KeyError for an unknown id."""
        return self._store.stories.get(id)

    def header(self, id: str) -> StoryHeader:
        """Return a story without its text; raises KeyError for an unknown id."""
        for header in self._store.stories.headers(ids=[id]):
            return header
        raise KeyError(id)

    def find_ids(self, prefix: str) -> list[str]:
        """Return the ids with a prefix, which may be any text."""
        return self._store.stories.find_ids(clean_line(prefix))

    def count(self) -> int:
        """Return the number of stories."""
        return self._store.stories.count()

    def unread(self) -> int:
        """Return the number of unread stories."""
        return self._store.flags.unread_count()

    def versions(self, story: str) -> list[Version]:
        """Return the earlier versions of a story, latest first."""
        return self._store.stories.versions(story)

    def origins(self, story: str) -> list[Origin]:
        """Return the origins of a story: feeds and addresses."""
        return self._store.stories.origins(story)

    def copies(self, story: str) -> list[StoryHeader]:
        """Return the other stories with identical text."""
        return self._store.stories.headers(ids=self._store.stories.copies(story))

    def related(self, story: str, limit: int = 10) -> list[RelatedStory]:
        """Return the most similar stories of any thread, best first, with what each shares with the story."""
        from reader.library.related import nearest, related, vectors

        own = vectors(self._store, [story]).get(story)
        return [] if own is None else related(self._store, story, nearest(self._store, own, limit, without={story}))

    def explain(self, story: str, other: str) -> Explanation:
        """Explain what two stories share; raises KeyError for an unknown id."""
        from reader.library.related import explain

        return explain(self._store, story, other)

    def explain_thread(self, story: str) -> Explanation:
        """Explain what a story shares with its thread; raises KeyError for an unknown id."""
        from reader.library.related import explain_thread

        return explain_thread(self._store, story)

    # flags

    def mark_seen(self, ids: Sequence[str]) -> None:
        """Mark stories as seen in a followed thread: they no longer count as new there."""
        self._store.flags.set_seen(ids)
