"""Kickers: the short name above the headline of a thread, made of a name and a happening that its headlines share."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from reader.clustering.terms import term
from reader.clustering.tfidf import idf
from reader.clustering.titles.candidates import TitleCandidate, belonging, candidates
from reader.clustering.titles.entities import entities
from reader.clustering.titles.event_phrases import EventPhrase, happenings, is_event, tells
from reader.clustering.titles.salience import presence
from reader.clustering.titles.shared_phrases import shared_phrases
from reader.clustering.titles.term_usage import TermUsageTable, key_of
from reader.text import wordlists

_KICKERS = 6  # kickers offered
_TITLES = 0.5  # share of the headlines that must hold a word of a kicker, two at least;
_STORIES = 0.6  # where no happening is in so many: share of the stories that must hold it, besides one headline,
_CLOSE = 0.66  # and the tie to the name that this headline must show
_AGREED_PLACE = 0.5  # share of the headlines that must hold a second place,
_AGREED = 0.8  # or two names of which one is no place
_NEARLY = 2.0  # how much worse a kicker may fit that a thread had before, or that no other thread has
_LONGEST = 4  # words of a kicker with two names

# Added to the logit of presence.
_TWO = 1.0  # a happening of two words
_SAID = -1.5  # a happening that is only said
_SHARED = 2.0  # the share of the headlines that hold a word
_TIED = 2.0  # the mean tie of the two over the headlines
_RARE = 0.2  # the rarity of the name in the news at large,
_RAREST = 8.0  # up to this
_SECOND = 0.3  # the presence of a second name

_AWAY = 5  # words that may stand between a name and what happened
_STEP = 0.25  # how much weaker each of them makes the tie
_OF_TIE, _OBJECT_TIE = 0.7, 0.6  # the tie of `strike at Aldport` and of `ousts mayor Quince`
_APART = frozenset("after against amid as because before despite for from if on over said say says that when while with".split())
_OF = frozenset("against at between by for from in near of on to with".split())
_PEOPLE = ("er", "ers", "or", "ors", "ist", "ists", "ian", "ians", "man", "men", "ee", "ees")
_FOLLOWERS = ("ist", "ists")


class _Headlines(NamedTuple):
    """The headlines of a thread as lists of terms, where a stop word stands as it is, and their terms in the possessive."""

    titles: list[list[str]]
    owners: list[frozenset[str]]

    def share(self, usages: TermUsageTable, key: str) -> float:
        """The share of the headlines that hold a term."""
        return usages.terms[key].titles / len(self.titles)

    def ties(self, name: str, happened: str) -> list[float]:
        """How closely each headline ties a name to what happened, from 0 to 1."""
        return [_tie(title, owners - {name}, name, happened) for title, owners in zip(self.titles, self.owners, strict=True)]


def kickers(usages: TermUsageTable) -> list[TitleCandidate]:
    """Find kickers for a thread of several stories, the best first; none where its headlines share no name and happening.

    In other languages than English they are the phrases that headlines share. Where only one story states a
    headline, the texts stand for the headlines.
    """
    if usages.language:
        return shared_phrases(usages)
    stated = [(title, owners) for title, owners in zip(usages.headlines, usages.owners, strict=True) if title]
    headlines = _Headlines(
        [[key_of(word) or word.text.lower() for word in title] for title, _ in stated], [owners for _, owners in stated]
    )
    if usages.stories < 2 or not headlines.titles:
        return []
    if len(headlines.titles) == 1:
        return candidates(usages)
    least = max(2, math.ceil(_TITLES * len(headlines.titles)))
    stories = max(2, math.ceil(_STORIES * usages.stories))
    shared = {key: presence(usages, usage) for key, usage in usages.terms.items() if usage.titles >= least}
    told = {key: presence(usages, usage) for key, usage in usages.terms.items() if usage.titles and usage.stories >= stories}
    for happened, close in ((shared, 0.0), (told, _CLOSE)):
        found = sorted(_kickers(usages, headlines, shared, happened, close), key=lambda kicker: (-kicker.score, kicker.text))
        if found:
            return list({kicker.text.lower(): kicker for kicker in reversed(found)}.values())[: -_KICKERS - 1 : -1]
    return []


def distinct(
    lists: Sequence[Sequence[TitleCandidate]], earlier: Sequence[str | None] = (), others: Iterable[str] = ()
) -> list[str]:
    """Choose a kicker for each thread from those it may have, so that no two are alike; empty where none is left.

    A thread keeps the one it had, as `earlier` states, while that fits nearly as well as its best. Then the thread whose best
    kicker fits best chooses first, whatever the order of `lists`. `others` are kickers that are taken already.
    """
    kept = [_kept(offered, had) for offered, had in itertools.zip_longest(lists, earlier)]
    chosen = [""] * len(lists)
    taken = {text.lower() for text in others}
    places = sorted(
        (place for place, offered in enumerate(lists) if offered),
        key=lambda place: (not kept[place], -lists[place][0].score, lists[place][0].text, place),
    )
    for place in places:
        best = lists[place][0].score
        offered = (kept[place], *(one.text for one in lists[place] if one.score >= best - _NEARLY))
        chosen[place] = next((text for text in offered if text and text.lower() not in taken), "")
        taken.add(chosen[place].lower())
    return chosen


def _kept(offered: Sequence[TitleCandidate], had: str | None) -> str:
    """The kicker that a thread had, if it may keep it; else empty."""
    return next((one.text for one in offered if one.text == had and one.score >= offered[0].score - _NEARLY), "")


def _kickers(
    usages: TermUsageTable, headlines: _Headlines, names: Mapping[str, float], happened: Mapping[str, float], close: float
) -> Iterator[TitleCandidate]:
    """Put names and happenings together that a headline ties as closely as this; both are given with their presence."""
    spelled = {key: full for key, full in entities(usages, names, titled=True).items() if not full.endswith(_FOLLOWERS)}
    words = {name: {name, *map(term, full.split())} for name, full in spelled.items()}
    for happening in happenings(usages, happened):
        *kind, noun = happening.text.split()
        if not _happens(usages, noun):
            continue
        own = {happening.key, happening.other, *map(term, happening.text.split())}
        fits = belonging(usages, happening.key, (name for name in spelled if own.isdisjoint(words[name])))
        ties = {name: headlines.ties(name, term(noun)) for name in fits}
        near = [name for name in fits if (most := max(ties[name])) and most >= close]
        said = not wordlists.words("speech_acts").isdisjoint((noun, noun.removesuffix("s")))
        value = happening.value + _TWO * bool(kind) + _SAID * said + _SHARED * headlines.share(usages, happening.key)
        for name in near:
            score = value + names[name] + fits[name] + _RARE * min(idf(name), _RAREST) + _SHARED * headlines.share(usages, name)
            score += _TIED * sum(ties[name]) / len(headlines.titles)
            second = _second(usages, headlines, name, [other for other in near if words[other].isdisjoint(words[name])])
            yield _worded(spelled, names, name, second, happening, score)


def _worded(
    spelled: Mapping[str, str], names: Mapping[str, float], name: str, second: str, happening: EventPhrase, score: float
) -> TitleCandidate:
    """Word a kicker, with the second name if it stays short."""
    pair = sorted(filter(None, (name, second)), key=lambda each: (-names[each], each))
    text = " ".join([*(spelled[each] for each in pair), happening.text])
    if second and len(text.split()) <= _LONGEST:
        return TitleCandidate(text, happening.text, score + _SECOND * names[second])
    return TitleCandidate(f"{spelled[name]} {happening.text}", happening.text, score)


def _second(usages: TermUsageTable, headlines: _Headlines, name: str, others: Sequence[str]) -> str:
    """Find a second name on which the headlines agree as on the first; empty where they do not."""

    def agreed(*pair: str) -> bool:
        least = _AGREED_PLACE if _places().issuperset(pair) else _AGREED
        return all(usages.terms[each].titles > 1 and headlines.share(usages, each) >= least for each in pair)

    return next((other for other in others if agreed(name, other)), "")


def _happens(usages: TermUsageTable, noun: str) -> bool:
    """Whether a noun may name what happened: it tells something, is nobody and no part of a name."""
    actors = wordlists.words("actors")
    if not tells(noun) or not actors.isdisjoint((noun, f"{noun}s")):
        return False
    written = [word.capital for title in usages.headlines for word in title if word.sure and key_of(word) == term(noun)]
    return 2 * sum(written) <= len(written) and (is_event(noun) or not noun.endswith(_PEOPLE))


def _tie(title: Sequence[str], owners: frozenset[str], name: str, happened: str) -> float:
    """Measure how closely a headline ties a name to what happened: `Aldport crews strike`, `strike at Aldport`, `ousts Quince`.

    What belongs to another one did not happen to the name: `Quince mourns brother's death`; `owners` are those others.
    """
    best = 0.0
    for at, key in enumerate(title):
        if key != happened:
            continue
        before, after = title[max(0, at - _AWAY - 1) : at], title[at + 1 : at + _AWAY]
        if name in before:
            between = before[len(before) - before[::-1].index(name) :]
            apart = not _APART.isdisjoint(between) or not owners.isdisjoint(between)
            best = max(best, 0.0 if apart else 1 / (1 + _STEP * len(between)))
        if name in after:
            between = after[: after.index(name)]
            of = between and between[0] in _OF
            best = max(best, _OF_TIE if of else _OBJECT_TIE if _APART.isdisjoint(between) else 0.0)
    return best


@cache
def _places() -> frozenset[str]:
    """The terms of the places that have a word for their people."""
    return frozenset({*map(term, wordlists.pairs("demonyms").values()), "us"})
