"""Usage: how the stories of one thread use their words, counted for finding a name."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from reader.text.words import fold, sentences
from reader.threads import tables
from reader.threads.terms import Word, read, term

_TITLE_WEIGHT = 3.0  # what a word in a title counts
_BODY_WEIGHT = 0.15  # what a word counts however deep it stands in a body,
_LEAD_WEIGHT = 0.85  # what it counts on top at the very beginning,
_LEAD_TERMS = 100  # and the terms after which that has fallen to 1/e
_BODY_CHARACTERS = 8000  # characters read of a body

_BEFORE_NOUNS = frozenset("the a an his her their its this of for over about against in on by with no any first new".split())
_BEFORE_VERBS = frozenset("to will would could can may might should must not they who he she it we i".split())
_ENDS_OF_VERBS = ("ed", "ize", "izes", "ise", "ises")


@dataclass(frozen=True, slots=True)
class Telling:
    """What a name is found in: a story's title, empty where none was stated, and its body, one string a paragraph."""

    title: str
    body: Sequence[str]


@dataclass(slots=True)
class Usage:
    """How one term is used.

    `weight` counts it by where it stands, `stories` and `titles` in how many stories and titles it stands at all, `front` adds one
    over its place in each title, `capital` and `lower` count how it is written where a capital is no accident. By form: `forms`
    counts it as written in lower case, `nouns` after an article or the like, `verbs` after "to" or the like, `heads` at the end of
    a group of nouns, `groups` it and the noun it stands before. `written` are the spellings, `before` and `after` the names that
    stand beside it.
    """

    weight: float = 0.0
    stories: int = 0
    titles: int = 0
    front: float = 0.0
    capital: int = 0
    lower: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    nouns: Counter[str] = field(default_factory=Counter)
    verbs: Counter[str] = field(default_factory=Counter)
    heads: Counter[str] = field(default_factory=Counter)
    groups: Counter[tuple[str, str]] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)

    @property
    def is_name(self) -> bool:
        """Whether it is mostly written with a capital."""
        return self.capital > self.lower


class Usages:
    """The usage of every term in some stories, and which terms stand together in a sentence or side by side."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        self.stories = len(tellings)
        self.terms: defaultdict[str, Usage] = defaultdict(Usage)
        self.together: list[tuple[set[str], float]] = []
        self.beside: defaultdict[tuple[str, str], float] = defaultdict(float)
        self._spelled: dict[bool, defaultdict[str, Counter[str]]] = {sure: defaultdict(Counter) for sure in (True, False)}
        for telling in tellings:
            self._read(telling)

    def spelling(self, term: str) -> str:
        """Spell a term as the stories mostly do, by words whose capital or small letter is no accident where there are any."""
        for sure in (True, False):
            if written := self._spelled[sure].get(term):
                return written.most_common(1)[0][0]
        return term

    def _read(self, telling: Telling) -> None:
        # Words about a word tell less in titles, which are often written in capitals; where there is nothing else, they must do.
        in_title = self._sentence(telling.title, _TITLE_WEIGHT, bare=bool(telling.body))
        in_story = set(in_title)
        position = 0
        for sentence in sentences("\n".join(telling.body)[:_BODY_CHARACTERS]):
            weight = _BODY_WEIGHT + _LEAD_WEIGHT * math.exp(-position / _LEAD_TERMS)
            found = self._sentence(sentence, weight)
            position += len(found)
            in_story.update(found)
        for each in in_story:
            self.terms[each].stories += 1
        for place, each in enumerate(dict.fromkeys(in_title), 1):
            self.terms[each].titles += 1
            self.terms[each].front += 1 / place

    def _sentence(self, sentence: str, weight: float, *, bare: bool = False) -> list[str]:
        """Count the words of one sentence, without those about each if `bare`, and list its terms."""
        words = read(sentence)
        found = []
        previous = ""
        for place, word in enumerate(words):
            if word.term:
                self._spelled[word.sure][word.term][word.text] += 1
            noun = _stands_for(word)
            key = term(noun) if noun else word.term
            if not key or word.text[0].isdigit():
                previous = ""
                continue
            usage = self.terms[key]
            form = fold(noun or word.text)
            usage.weight += weight
            usage.forms[form] += 1
            usage.written[noun or word.text] += 1
            if not bare:
                self._context(usage, form, words, place, sentence)
            if previous:
                self.beside[previous, key] += weight
                self.beside[key, previous] += weight
            previous = key
            found.append(key)
        self.together.append((set(found), weight))
        return found

    def _context(self, usage: Usage, form: str, words: Sequence[Word], place: int, sentence: str) -> None:
        """Count what the words around one tell of it."""
        word = words[place]
        before = words[place - 1] if place else None
        after = words[place + 1] if place + 1 < len(words) else None
        leading = fold(before.text) if before else ""
        if word.capital:
            usage.capital += 1
            if before and before.text[0].isupper() and f"{before.text} {word.text}" in sentence:
                usage.before[before.text] += 1
            if after and after.capital and f"{word.text} {after.text}" in sentence:
                usage.after[after.text] += 1
            if after and _is_noun(after) and f"{word.text} {after.text}" in sentence:
                usage.groups[form, fold(after.text)] += 1
            return
        if not word.sure:
            return
        usage.lower += 1
        if leading in _BEFORE_VERBS:
            usage.verbs[form] += 1
        if after and _is_noun(after) and f"{word.text} {after.text}" in sentence:
            usage.groups[form, fold(after.text)] += 1
        elif f"{word.text}-" not in sentence:
            usage.heads[form] += 1
            usage.nouns[form] += leading in _BEFORE_NOUNS


def _is_noun(word: Word) -> bool:
    """Whether a word may be the noun that the one before it belongs to, by its looks."""
    return bool(word.term) and word.text[0].islower() and not is_verbal(word.text) and not word.text.endswith(("ly", "ing"))


def is_verbal(form: str) -> bool:
    """Say whether a word looks like a form of a verb."""
    return form.endswith(_ENDS_OF_VERBS)


def _stands_for(word: Word) -> str:
    """The place whose people or language a word names, or the noun of a verb; empty if it stands for itself."""
    if word.text[0].isupper() and (place := tables.pairs("demonyms").get(fold(word.text))):
        return place
    return "" if word.capital else _nouns_of_verbs().get(word.term, "")


@cache
def _nouns_of_verbs() -> dict[str, str]:
    """The nouns of verbs whose stem is another one, by the term of the verb."""
    return {term(verb): noun for verb, noun in tables.pairs("verb_nouns").items() if term(verb)}
