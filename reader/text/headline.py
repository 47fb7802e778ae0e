"""The headline of a page: the line that most looks like one."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from reader.model import Fact
from reader.text import tables
from reader.text.page import BODY, Line
from reader.text.words import fold, sentences

_MOST_WORDS = 32
_ABOVE = 25  # lines above the prose among which a headline is looked for
_ENOUGH = 2.6
_MADE_LENGTH = 110
_CLAUSE = re.compile(r"(?:,|;|:)\s|\s[–—-]\s|\s(?=(?:but|after|while|which|who|because|although)\s)")
_SECTION_GLUED = re.compile(r"(?P<section>[A-Z][\w ]{1,14}?)(?:\s(?=['‘“\"])|\s?[|»›:]\s?)")
_SITE_SUFFIX = re.compile(r"\s(?:[|»–—-]|::)\s(?P<site>[^|»–—]{2,40})$")


def find_headline(lines: list[Line], first: int, last: int) -> tuple[Line, Fact] | None:
    """The headline's line and its text, given the first and the last line of the prose; None where no line looks like one."""
    opening = _opening(lines)
    if opening:
        return opening, Fact(_trimmed(opening.text), 0.85, "a short first line, a blank line, then prose")
    body = [line for line in lines[first : last + 1] if line.label == BODY and line.size >= 12]
    stems = Counter(stem for line in body for stem in line.stems)
    keys = Counter(line.key for line in lines)
    candidates = [line for line in lines[max(0, first - _ABOVE) : first + 2] if line.label == BODY]
    candidates += [line for line in lines[:3] if line.label == BODY and line.number < first - _ABOVE]
    scored = [(*_score(line, lines, first, stems, keys), line) for line in candidates if _may_be(line)]
    if not scored:
        return None
    score, why, line = max(scored, key=lambda entry: entry[0])
    if score < _ENOUGH:
        return None
    return line, Fact(_trimmed(line.text), round(min(0.97, 0.1 + score / 8), 2), ", ".join(why))


def made_title(body: list[str]) -> Fact:
    """A title made from the first sentence of the body, cut at a clause."""
    said = next((sentence for paragraph in body for sentence in sentences(paragraph)), "")
    if len(said) > _MADE_LENGTH:
        clause = [match.start() for match in _CLAUSE.finditer(said, _MADE_LENGTH // 2, _MADE_LENGTH)]
        said = said[: clause[-1]] if clause else said[:_MADE_LENGTH].rpartition(" ")[0] or said[:_MADE_LENGTH]
        said = said.rstrip(" ,;:–—-") + " …"
    return Fact(said[:1].upper() + said[1:], 0.3, "made from the first words; the page gives no headline")


def cut_above(lines: list[Line], title: Line) -> None:
    """Label short lines above the headline, and the lines that say it again."""
    for line in lines:
        if line.label in (BODY, "doubled") and line is not title and line.key == title.key:
            line.mark("doubled", "says the headline again")
        elif line.label == BODY and line.number < title.number and line.size < 12 and not line.ends:
            line.mark("navigation", "stands above the headline")


def _opening(lines: list[Line]) -> Line | None:
    """The first line where it is short, stands alone, is no sentence and prose follows."""
    if len(lines) < 2:
        return None
    line, following = lines[0], lines[1]
    alone = line.label == BODY and line.size <= _MOST_WORDS and len(line.text) <= 200 and following.apart
    sentence = line.text.rstrip("\"'”’").endswith((".", ":", ",", ";"))
    return line if alone and not sentence and following.label == BODY and following.size > max(line.size, 8) else None


def _may_be(line: Line) -> bool:
    """Whether a line has the size of a headline."""
    return 3 <= line.size <= _MOST_WORDS and len(line.text) <= 240


def _score(line: Line, lines: list[Line], first: int, stems: Counter[str], keys: Counter[str]) -> tuple[float, list[str]]:
    """How much a line looks like the headline, and why."""
    score, why = 0.0, []
    if not line.ends:
        score += 1.2
        why.append("no full stop")
    else:
        score += 0.6 if line.text[-1] in "?!" else -1.8
    score += max(-1.2, 0.6 - 0.05 * max(0, first - line.number)) + (0.4 if line.number == 0 else 0.0)
    if keys[line.key] > 1:
        score += 1.5
        why.append("stands twice")
    shared = sum(stem in stems for stem in line.stems) / max(1, len(line.stems))
    score += 2.2 * shared - (1.0 if shared < 0.25 else 0.0)
    if shared >= 0.5:
        why.append(f"shares {shared:.0%} of its words with the prose")
    if 5 <= line.size <= 20:
        score += 0.4
    if any(near.label in ("byline", "stamp") for near in lines[line.number + 1 : line.number + 4]):
        score += 0.7
        why.append("a byline or a date follows")
    if line.text.endswith(":"):
        score -= 1.0
    return score, why


def _trimmed(text: str) -> str:
    """A headline without the name of its section before it and of the site after it."""
    match = _SECTION_GLUED.match(text)
    if match and fold(match["section"]) in _sections():
        text = text[match.end() :]
    return text


@cache
def _sections() -> frozenset[str]:
    return frozenset(tables.entries("sections"))
