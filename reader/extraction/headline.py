"""Headlines of plain-text pages: the line that looks most like one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from msgspec import Struct

from reader.extraction.main_content import NEUTRAL, is_clean
from reader.extraction.page_lines import BODY, CAPTION, DOUBLED, NAVIGATION, PageLine
from reader.models import ExtractedField
from reader.text import wordlists
from reader.text.tokens import fold, sentences

_MOST_WORDS = 32
_LONGEST = 240
_ABOVE = 40  # number of lines above the prose that are examined
_TWICE = 3  # a line that occurs more often links to another story
_ENOUGH = 2.6
_MADE_LENGTH = 110
_CLAUSE = re.compile(r"(?:,|;|:)\s|\s[–—-]\s|\s(?=(?:but|after|while|which|who|because|although)\s)")
_SECTION = re.compile(r"(?P<section>[A-Z][\w ]{1,14}?)(?:\s(?=['‘“\"])|\s?[|»›]\s?)")
_SITE = re.compile(r"\s?(?:[|»•·–—-]|::)\s(?P<site>[^|»•·–—]{2,50})$")
_NO_HEADLINE = re.compile(r"[*+•–-]\s|\d{1,2}[.)]\s|\(.*\)$|#\w|@\w")


class Headline(Struct, frozen=True):
    """A headline: its line, its text with confidence, and the site named after it in the first line."""

    line: PageLine
    title: ExtractedField
    site: str | None = None


def find_headline(lines: list[PageLine], first: int, last: int) -> Headline | None:
    """Headline of a page, given the first and last line of the prose; None if no line looks like one."""
    opening = _opening(lines)
    if opening:
        return opening
    if sum(line.label == BODY for line in lines) < 2:
        return None
    evidence = _Evidence(lines, first, last)
    best: tuple[float, list[str], PageLine] | None = None
    for line in [*lines[: min(3, max(0, first - _ABOVE))], *lines[max(0, first - _ABOVE) : first + 2]]:
        if line.label in (BODY, DOUBLED) and 3 <= line.size <= _MOST_WORDS and len(line.text) <= _LONGEST:
            score, why = evidence.score(line)
            if best is None or score > best[0]:
                best = score, why, line
    if best is None or best[0] < _ENOUGH:
        return None
    score, why, line = best
    title = _trimmed(line.text)
    site = _SITE.search(lines[0].text)
    named = site is not None and evidence.confirms(line) and not title.endswith(site["site"])
    if line is lines[0] and site and len(title[: site.start()].split()) >= 4:
        title = title[: site.start()]
    sure = round(min(0.97, 0.1 + score / 10), 2)
    return Headline(line, ExtractedField(title, sure, "+".join(why)), site["site"] if site and named else None)


def made_title(body: Sequence[str]) -> ExtractedField:
    """Title made of the first sentence of the body, cut at a clause."""
    sentence = next((sentence for paragraph in body for sentence in sentences(paragraph)), "")
    if len(sentence) > _MADE_LENGTH:
        clause = [match.start() for match in _CLAUSE.finditer(sentence, _MADE_LENGTH // 2, _MADE_LENGTH)]
        sentence = sentence[: clause[-1]] if clause else sentence[:_MADE_LENGTH].rpartition(" ")[0] or sentence[:_MADE_LENGTH]
        sentence = sentence.rstrip(" ,;:–—-") + "…"
    return ExtractedField(sentence[:1].upper() + sentence[1:], 0.3, "first_words")


def cut_above(lines: list[PageLine], title: PageLine) -> None:
    """Label short lines above the headline, and repetitions of it."""
    for line in lines:
        if line.label in (BODY, DOUBLED) and line is not title and line.key == title.key:
            line.mark(DOUBLED, "repeats_headline")
        elif line.label == BODY and line.number < title.number and line.size < 12 and not line.ends:
            line.mark(NAVIGATION, "above_headline")


class _Evidence:
    """Evidence for a headline from the whole page: words of the prose, repeated lines, and the first line."""

    def __init__(self, lines: list[PageLine], first: int, last: int) -> None:
        self.lines = lines
        self.first = first
        self.stems = {stem for line in lines[first : last + 1] if line.label == BODY and line.is_prose for stem in line.stems}
        self.keys = Counter(line.key for line in lines)
        site = _SITE.search(lines[0].text)
        self.site = PageLine(site["site"], 0, apart=False).stems if site else frozenset[str]()
        self.upper_met = False

    def confirms(self, line: PageLine) -> bool:
        """Whether the first line of the page contains a headline and more, like a window title."""
        top = self.lines[0]
        return line is not top and line.size >= 4 and line.key in top.key

    def score(self, line: PageLine) -> tuple[float, list[str]]:
        """Score of a line as headline, and the reasons; lines must be scored in order."""
        why: list[str] = []
        shared = 0 if line.stems <= self.site else sum(stem in self.stems for stem in line.stems)
        share = shared / max(1, len(line.stems))
        score = 2.2 * share * min(1.0, shared / 3) - (1.0 if share < 0.25 else 0.0)
        if share >= 0.5:
            why.append(f"shares_words:{share:.0%}")
        score += self._shape(line, why) + self._place(line, why)
        if self.confirms(line):
            score += 2.2
            why.append("first_line_repeats")
        elif 1 < self.keys[line.key] <= _TWICE and shared >= 3 and not line.is_prose:
            score += 1.5
            why.append("stands_twice")
        if line is not self.lines[0] and self.lines[0].label == BODY:
            score += 1.5 * len(line.stems & self.lines[0].stems) / max(1, len(line.stems | self.lines[0].stems))
        if share >= 0.5 and shared >= 2 and not self.upper_met and not line.ends:
            score += 1.1
            self.upper_met = line is not self.lines[0]  # a window title is not the headline merely because it is first
            why.append("first_that_shares")
        return score, why

    def _shape(self, line: PageLine, why: list[str]) -> float:
        """Score of a line's form."""
        score = 0.4 if 5 <= line.size <= 20 else 0.0
        if not line.ends:
            score += 1.2
            why.append("no_full_stop")
        else:
            score += 0.6 if line.text[-1] in "?!" or self.confirms(line) else -1.8
        words = [word for word in line.text.split() if len(word) > 3]
        if sum(word[0].isupper() for word in words) > 0.65 * len(words):
            score += 0.6
        if _NO_HEADLINE.match(line.text) or line.text.endswith((":", ",", ";", "...", "…", "—")):
            score -= 1.5
        if " | " in line.text and line is not self.lines[0]:  # several headlines in one, or one of a section
            score -= 1.0
        return score

    def _place(self, line: PageLine, why: list[str]) -> float:
        """Score of a line's position: just above the prose, before a byline or date and not after one."""
        number = line.number
        score = max(-1.2, 0.6 - 0.05 * max(0, self.first - number)) + (0.4 if number == 0 else 0.0)
        if any(near.label in ("byline", "stamp") for near in self.lines[max(0, number - 5) : number]):
            score -= 1.0
        elif any(near.label in ("byline", "stamp") for near in self.lines[number + 1 : number + 5]):
            score += 0.9
            why.append("byline_follows")
        if number + 1 < len(self.lines) and self.lines[number + 1].label == CAPTION:
            score += 0.2
        return score


def _opening(lines: list[PageLine]) -> Headline | None:
    """First line, if it is short, not a sentence, set apart (or in a clean article), and followed by prose."""
    opening = list(takewhile(lambda line: line.label in (BODY, *NEUTRAL), lines))
    body = [line for line in opening if line.label == BODY][:2]
    if len(body) < 2:
        return None
    line, prose = body
    short = line.size <= _MOST_WORDS and len(line.text) <= _LONGEST and fold(line.text) not in _sections()
    sentence = line.text.rstrip("\"'”’").endswith((".", ":", ",", ";"))
    if not short or sentence or not prose.ends:
        return None
    if any(between.apart for between in lines[line.number + 1 : prose.number + 1]):
        return Headline(line, ExtractedField(_trimmed(line.text), 0.85, "first_line_apart"))
    if line.size >= 3 and is_clean(lines):
        return Headline(line, ExtractedField(_trimmed(line.text), 0.7, "first_line_short"))
    return None


def _trimmed(text: str) -> str:
    """Headline without the section name before it."""
    match = _SECTION.match(text)
    return text[match.end() :] if match and fold(match["section"]) in _sections() else text


@cache
def _sections() -> frozenset[str]:
    return frozenset(wordlists.entries("sections"))
