"""Usage: how the stories of one thread use their words, counted for finding a name."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeVar

from reader.clustering.spellings import Spellings
from reader.clustering.terms import ClusteringWord, read, term
from reader.models import StoryText
from reader.text import wordlists
from reader.text.tokens import fold, sentences

_TITLE_WEIGHT = 3.0  # what a word in a title counts
_BODY_WEIGHT = 0.15  # what a word counts however deep it stands in a body,
_LEAD_WEIGHT = 0.85  # what it counts on top at the very beginning,
_LEAD_TERMS = 100  # and the terms after which that has fallen to 1/e
_BODY_CHARACTERS = 8000  # characters read of a body
_FIRST = 2  # sentences that a name must begin where it stands nowhere else

_BEFORE_NOUNS = frozenset("the a an his her their its this of for over about against in on by with no any first new".split())
_BEFORE_VERBS = frozenset("to will would could can may might should must not they who he she it we i".split())
_POSSESSIVE = re.compile(r"([^\W\d_]+)['’]s\b")
_ENDS_OF_VERBS = ("ed", "ize", "izes", "ise", "ises")


Key = TypeVar("Key")


class TermCounts(dict[Key, int]):
    """How often each thing was met, as `collections.Counter` tells it, which takes six times as long to make."""

    __slots__ = ()

    def __missing__(self, key: Key) -> int:
        return 0

    def total(self) -> int:
        """Add all counts up."""
        return sum(self.values())


_NONE: TermCounts[Any] = TermCounts()  # stands for each count that is empty, so that none is made for nothing; never added to


class _Reading(NamedTuple):
    """What a word is counted as: its term, empty where it counts for nothing, as folded, and as written."""

    term: str
    form: str
    written: str


class TermUsage:
    """How one term is used.

    `weight` counts it by where it stands, `stories` and `titles` in how many stories and titles it stands at all, `front` adds one
    over its place in each title, `capital` and `lower` count how it is written where a capital is no accident, and `first` how
    often it begins a sentence that is not in capitals throughout. By form: `forms` counts it as written in lower case, `nouns`
    after an article or the like, `verbs` after "to" or the like, `heads` at the end of a group of nouns, `groups` it and the noun
    it stands before. `written` are the spellings, `before` and `after` the names that stand beside it.
    """

    __slots__ = "weight stories titles front capital lower first forms nouns verbs heads groups written before after".split()

    def __init__(self) -> None:
        self.weight = self.front = 0.0
        self.stories = self.titles = self.capital = self.lower = self.first = 0
        self.forms: TermCounts[str] = TermCounts()
        self.written: TermCounts[str] = TermCounts()
        self.nouns: TermCounts[str] = _NONE
        self.verbs: TermCounts[str] = _NONE
        self.heads: TermCounts[str] = _NONE
        self.groups: TermCounts[tuple[str, str]] = _NONE
        self.before: TermCounts[str] = _NONE
        self.after: TermCounts[str] = _NONE

    @property
    def is_name(self) -> bool:
        """Whether it is mostly written with a capital, or always where it only begins sentences."""
        if self.capital or self.lower:
            return self.capital > self.lower
        actors = wordlists.words("actors")
        return self.first >= _FIRST and all(text[0].isupper() for text in self.written) and actors.isdisjoint(self.forms)


class TermUsageTable:
    """The usage of every term in some stories, and which terms stand together in a sentence or side by side."""

    def __init__(self, tellings: Sequence[StoryText]) -> None:
        self.stories = len(tellings)
        self.language = Counter(telling.language for telling in tellings).most_common(1)[0][0] if tellings else ""
        self.terms: defaultdict[str, TermUsage] = defaultdict(TermUsage)
        self.headlines: list[list[ClusteringWord]] = []
        self.titles = [telling.title for telling in tellings if telling.title]
        self.owners: list[frozenset[str]] = []
        """The terms of each headline that stand in the possessive."""
        self.together: list[tuple[set[str], float]] = []
        self.beside: defaultdict[tuple[str, str], float] = defaultdict(float)
        self.spellings = Spellings(self.language)
        for telling in tellings:
            self._read(telling)

    def _read(self, telling: StoryText) -> None:
        # Words about a word tell less in titles, which are often written in capitals; where there is nothing else, they must do.
        headline = read(telling.title, telling.language)
        self.headlines.append(headline)
        self.owners.append(frozenset(_reading(owner, owner[0].isupper()).term for owner in _POSSESSIVE.findall(telling.title)))
        in_title = self._sentence(telling.title, headline, _TITLE_WEIGHT, bare=bool(telling.body))
        in_story = set(in_title)
        position = 0
        for sentence in sentences("\n".join(telling.body)[:_BODY_CHARACTERS]):
            weight = _BODY_WEIGHT + _LEAD_WEIGHT * math.exp(-position / _LEAD_TERMS)
            found = self._sentence(sentence, read(sentence, telling.language), weight)
            position += len(found)
            in_story.update(found)
        for each in in_story:
            self.terms[each].stories += 1
        for place, each in enumerate(dict.fromkeys(in_title), 1):
            self.terms[each].titles += 1
            self.terms[each].front += 1 / place

    def _sentence(self, sentence: str, words: Sequence[ClusteringWord], weight: float, *, bare: bool = False) -> list[str]:
        """Count the words of one sentence, without those about each if `bare`, and list its terms."""
        self.spellings.add(words)
        found = []
        previous = ""
        for place, word in enumerate(words):
            key, form, written = _reading(word.text, word.capital, self.language)
            if not key:
                previous = ""
                continue
            usage = self.terms[key]
            usage.weight += weight
            usage.forms[form] += 1
            usage.written[written] += 1
            if word.sure and not bare:
                self._context(usage, form, words, place, sentence)
            elif not place and len(words) > 1 and words[1].sure:
                usage.first += 1
            if previous:
                self.beside[previous, key] += weight
                self.beside[key, previous] += weight
            previous = key
            found.append(key)
        self.together.append((set(found), weight))
        return found

    def _context(self, usage: TermUsage, form: str, words: Sequence[ClusteringWord], place: int, sentence: str) -> None:
        """Count what the words around one tell of it, of which a capital or a small letter is no accident."""
        text = words[place].text
        before = words[place - 1].text if place else ""
        after = words[place + 1] if place + 1 < len(words) else None
        is_noun = after is not None and _is_noun(after.text)
        joined = after is not None and (is_noun or after.capital) and f"{text} {after.text}" in sentence
        if joined and after and is_noun:
            usage.groups = usage.groups or TermCounts()
            usage.groups[form, fold(after.text)] += 1
        if text[0].isupper():
            usage.capital += 1
            if before[:1].isupper() and f"{before} {text}" in sentence:
                usage.before = usage.before or TermCounts()
                usage.before[before] += 1
            if joined and after and after.capital:
                usage.after = usage.after or TermCounts()
                usage.after[after.text] += 1
            return
        usage.lower += 1
        leading = fold(before)
        if leading in _BEFORE_VERBS:
            usage.verbs = usage.verbs or TermCounts()
            usage.verbs[form] += 1
        if not (joined and is_noun) and f"{text}-" not in sentence:
            usage.heads = usage.heads or TermCounts()
            usage.heads[form] += 1
            if leading in _BEFORE_NOUNS:
                usage.nouns = usage.nouns or TermCounts()
                usage.nouns[form] += 1


def key_of(word: ClusteringWord) -> str:
    """Give the term that a word is counted as: of a people its place, of a verb its noun; empty where it counts for nothing."""
    return _reading(word.text, word.capital).term


@lru_cache(maxsize=1 << 16)
def _reading(text: str, capital: bool, language: str = "") -> _Reading:
    """Read one word; a people or a language stands for its place, a verb for its noun, where the tables have it."""
    if language:
        return _Reading(term(text, language), fold(text), text)
    place = wordlists.pairs("demonyms").get(fold(text)) if text[0].isupper() else None
    noun = place or ("" if capital else _nouns_of_verbs().get(term(text), ""))
    key = "" if text[0].isdigit() else term(noun or text)
    return _Reading(key, fold(noun or text), noun or text)


@lru_cache(maxsize=1 << 16)
def _is_noun(text: str) -> bool:
    """Whether a word may be the noun that the one before it belongs to, by its looks."""
    return bool(term(text)) and text[0].islower() and not is_verbal(text) and not text.endswith(("ly", "ing"))


def is_verbal(form: str) -> bool:
    """Say whether a word looks like a form of a verb."""
    return form.endswith(_ENDS_OF_VERBS)


@cache
def _nouns_of_verbs() -> dict[str, str]:
    """The nouns of verbs whose stem is another one, by the term of the verb."""
    return {term(verb): noun for verb, noun in wordlists.pairs("verb_nouns").items() if term(verb)}
