"""Feed lists in any format: feeds, searches, and rejected entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from reader.errors import SourceError
from reader.models import FeedCandidate, SavedSearch, SourceFailure
from reader.sources.url_policy import check, host
from reader.text.sanitize import clean_line

MOST = 10_000
"""Maximum number of feeds per list."""
_TAGS = 12  # kept of one feed


class SubscriptionList(Struct, frozen=True):
    """Feeds and searches of a list, and rejected entries with reasons."""

    feeds: tuple[FeedCandidate, ...]
    refused: tuple[SourceFailure, ...] = ()
    searches: tuple[SavedSearch, ...] = ()


def candidate(address: str, where: str, name: str | None, tags: Iterable[str]) -> FeedCandidate | SourceFailure:
    """Feed of a list, or a failure for an invalid address. Private hosts are checked by the library."""
    try:
        plain = check(address, (host(address),))
    except SourceError as fault:
        return SourceFailure(where, fault.why, fault.remedy)
    cleaned = (clean_line(tag.strip("/"))[:80] for tag in tags)
    kept = tuple(dict.fromkeys(tag for tag in cleaned if tag))[:_TAGS]
    return FeedCandidate(plain, (clean_line(name)[:200] if name else None) or None, kept)


def feed_address(stated: str) -> str:
    """The address of a feed as a list of feeds gives it; one that may not be fetched stays as it is stated."""
    try:
        return check(stated, (host(stated),))
    except SourceError:
        return clean_line(stated)


def subscription_list(
    taken: Sequence[FeedCandidate | SourceFailure], source: str, named: int, searches: Sequence[SavedSearch] = ()
) -> SubscriptionList:
    """Combine entries: each feed once, with its first name and the tags of all its entries; `named` is the number of entries."""
    feeds: dict[str, FeedCandidate] = {}
    for entry in taken:
        if isinstance(entry, FeedCandidate):
            first = feeds.setdefault(entry.address, entry)
            tags = tuple(dict.fromkeys((*first.tags, *entry.tags)))[:_TAGS]
            feeds[entry.address] = FeedCandidate(entry.address, first.name or entry.name, tags)
    refused = [entry for entry in taken if isinstance(entry, SourceFailure)]
    if named > MOST:
        refused.append(SourceFailure(source, f"contains {named:,} feeds; the first {MOST:,} were taken", "split the list"))
    return SubscriptionList(tuple(feeds.values()), tuple(refused), tuple(searches[:MOST]))
