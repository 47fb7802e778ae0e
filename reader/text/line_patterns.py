"""Patterns of single lines: bylines, timestamps, sources, captions and signatures of posts."""

from __future__ import annotations

import re
from functools import cache

from reader.text import wordlists
from reader.text.dates import MONTH, WEEKDAY, FoundDate, find_dates
from reader.text.tokens import is_stop

_NAME = r"[^\W\d_](?:[\w.'’]|-(?=\w)){0,25}"
_JOINED = rf"{_NAME}(?:(?:,? (?:and|&) |, | ){_NAME}){{0,7}}"
_BYLINE = re.compile(
    rf"(?:(?i:(?:written|posted|reported|published|story|words|text|report)\s?by|author|by)(?:\s?:\s?|\s))(?P<name>{_JOINED})"
    r"(?P<rest>\s?[|,•·/(–—-].{0,80}|\s(?:on|at|in|for|is|updated|published|posted)\b.{0,80})?"
)
_BYLINE_GLUED = re.compile(rf"By(?P<name>[A-Z][a-z]{_NAME[8:]}(?: {_NAME}){{1,3}})")
_WHOLE_NAME = r"[^\W\d_a-z][\w.'’-]{1,20}(?: (?:(?:de|der|van|von|del|di|da) )?[^\W\d_a-z][\w.'’-]{0,24}){1,3}"
_FOREIGN_BYLINE = re.compile(
    rf"(?:(?:[Vv]on|[Pp]ar|[Pp]or|[Dd]i|[Dd]oor|(?:Autor|Autorin|Auteur|Autore|Autora|Автор|Автори|Текст|Tekst|Text)\s?:)"
    rf" (?P<names>{_WHOLE_NAME}(?:(?:, | und | et | y | e | en | i | и ){_WHOLE_NAME}){{0,3}})"
    r"|(?:作者|记者|記者|撰文|文)\s?[：:/／・]\s?(?P<name>[\u3040-\u30ff\u4e00-\u9fff]{2,8}))"
)
"""A byline in other languages: a word and whole names, because `Von der Leyen` and `Di Maio` are names themselves."""
_JOINT = re.compile(r"(?:\s(?:on|at))?[\s,|•·–—-]{0,4}$")  # between a name and the date after it
_BYLINE_ALONE = re.compile(r"(?:(?:written|posted|reported|published|story|words)\s)?by\s?:?|authors?\s?:", re.IGNORECASE)
_NAME_PARTS = frozenset({"al", "and", "bin", "da", "de", "del", "der", "di", "dos", "el", "la", "le", "staff", "ter", "van", "von"})
_MAX_LENGTH = 140

_STAMP_WORDS = re.compile(
    rf"\b(?:date|dated|posted|published|publish|updated?|last|modified|created|first|originally|original|this|was|on|at|by|of|from|the"
    rf"|source|article|report|story|edition|comments?|gmt|utc|noon|[ecmp][sd]?t|bst|cet|ist|local|time|z|min(?:ute)?s?|hrs?|hours?|read"
    r"|publié|publiée|mis|mise|jour|modifié|le|à|veröffentlicht|aktualisiert|erstellt|stand|am|um|uhr|den|publicado|publicada|actualizado"
    r"|actualizada|el|las|hrs|pubblicato|aggiornato|il|alle|ore|atualizado|em|às|gepubliceerd|bijgewerkt|op|om|uur|opublikowano|publikacja"
    r"|aktualizacja|dnia|godz|опубликовано|обновлено|дата|публикации|года|мск"
    rf"|{WEEKDAY}|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b|(?:\b|(?<=\d))[ap]\.?m\b",
    re.IGNORECASE,
)
_DOMAIN = re.compile(
    r"\b(?:https?://)?(?:www\.)?(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.){1,3}[a-z]{2,12})\b(?!@)", re.IGNORECASE
)
_SOURCE = re.compile(
    r"\b(?:sources?\s{0,3}:|via\s{0,2}:|(?:originally |first )(?:published|appeared|posted) (?:at|by|in|on)\b)\s{0,4}"
    r"(?P<name>\S.{1,80})",
    re.IGNORECASE,
)
_POST = re.compile(r"^[—–-]{1,2} ?.{1,80}\(@\w{1,30}\)|\bpic\.twitter\.com/\w|\bhttps?://t\.co/\w")
_WORD = re.compile(r"[^\W\d_]{2,}")

_CAPTION_START = re.compile(
    r"(?:FILE(?: PHOTO)?\s?[:–—-]|(?:Caption|Image|Photo|Picture|Photograph|Illustration):|(?:Image|Media) caption\b|Credit[:.…]"
    r"|(?:In )?(?:[Tt]his|An?|The) (?:[^.]{0,40} )?(?:file|undated|handout|combination|aerial|satellite) (?:photo|picture|image)"
    r"|In this (?:photo|picture|image|frame)|File (?:photo|picture|image)\b|Pictured\b|(?:Illustration|Photo(?:graph)?s?) by\b)"
)
_PICTURE = re.compile(
    r"(?:photo(?:graph)?s?|image|picture|pic|illustration|screenshot|courtesy)(?: credit| courtesy)?s?\s?(?::|/|\bby\b)"
    r"|credit\s?:|\bcourtesy of\b|getty images|\bhandout\b|\bfile\)?$|afp photo|ap photo|file photo|photo\)$",
    re.IGNORECASE,
)
_CREDIT_ALONE = re.compile(r"\([^()]{3,60}/[^()]{2,60}\)")
_CREDIT_REACH = 110  # a credit is within the last characters of a caption
_MAX_CAPTION = 90  # words
_MAX_CREDITED = 60
_SIGN_OFF = re.compile(r"[.!?…][\"”’]?\s?\([^()]{0,40}\)$")
_SPEECH = re.compile(r"[\"“][^\"”]{30}")
_DAY_OF_PICTURE = re.compile(rf"\b(?:{WEEKDAY},\s{MONTH}\.?\s\d{{1,2}},|{MONTH}\.?\s\d{{1,2}},)\s\d{{4}}", re.IGNORECASE)


def byline(text: str) -> str | None:
    """Names in a byline; None for any other line."""
    if len(text) > _MAX_LENGTH:
        return None
    if foreign := _FOREIGN_BYLINE.fullmatch(text):
        return str(foreign["names"] or foreign["name"])
    dates = find_dates(text)
    start = _JOINT.sub("", text[: dates[0].start]) if dates else text
    match = _BYLINE.fullmatch(start) or _BYLINE_GLUED.fullmatch(start)
    if match is None:
        return None
    name = str(match["name"]).rstrip(" ,-")
    if not name.endswith(("Jr.", "Sr.")):
        name = name.rstrip(".")
    if not is_name(name):
        name = name.partition(",")[0]  # `Jane Doe, The Paper`
    return name if is_name(name) else None


def is_byline_start(text: str) -> bool:
    """Whether a line is only "By", so that the next one has the name."""
    return bool(_BYLINE_ALONE.fullmatch(text))


def is_name(text: str) -> bool:
    """Whether a text can be the names of one or several people: all words capitalized, no days or months."""
    words = re.split(r"[\s,&]+", text)
    return (
        len(text) <= 100
        and 0 < len(words) <= 12
        and all(word in _NAME_PARTS or (word[:1].isupper() and not is_stop(word)) for word in words if word)
    )


def timestamps(text: str) -> list[FoundDate]:
    """Dates of a line that contains little else than the time of publication; empty for any other line."""
    if len(text) > _MAX_LENGTH:
        return []
    dates = find_dates(text)
    if not dates:
        return []
    rest = text
    for date in reversed(dates):
        rest = rest[: date.start] + " " + rest[date.end :]
    source = _SOURCE.search(rest)
    rest = rest[: source.start()] if source else rest
    rest = _DOMAIN.sub(" ", _STAMP_WORDS.sub(" ", rest))
    words = _WORD.findall(rest)
    if (len(words) <= 3 and not any(word.islower() for word in words)) or _names_before(text, dates[0]):
        return dates
    return []


def is_post_signature(text: str) -> bool:
    """Whether a line is the signature of an embedded social media post: `— Name (@name) December 19, 2023`."""
    return len(text) <= _MAX_LENGTH and bool(_POST.search(text))


def source(text: str) -> str | None:
    """Outlet or address in a source line; None for any other line."""
    match = _SOURCE.search(text) if len(text) <= 2 * _MAX_LENGTH else None
    if match is None:
        return None
    domain = _DOMAIN.match(match["name"])
    if domain:
        return str(domain["host"]).lower()
    name = re.split(r"[|•·;(.]|\s[–—-]\s", match["name"])[0].strip(" ,:\"'“”")
    named = 0 < len(name.split()) <= 6 and name[0].isupper() and (match.start() == 0 or "ource" not in match.group())
    return name if named else None


def is_caption(text: str) -> bool:
    """Whether a line describes or credits a picture."""
    size = len(text.split())
    if size > _MAX_CAPTION and "©" not in text:
        return False
    if "©" in text or _CAPTION_START.match(text) or _CREDIT_ALONE.fullmatch(text):
        return True
    if _SPEECH.search(text):
        return False
    end = text[-_CREDIT_REACH:]
    if _PICTURE.search(end) and size <= _MAX_CREDITED and not text.endswith("."):
        return True
    # `he said. (AP)` ends a story, `troops march. (AP)` a caption: only the date of the picture distinguishes them.
    return bool(_agency_sign().search(end)) and (bool(_DAY_OF_PICTURE.search(text)) or not _SIGN_OFF.search(text))


def is_picture_credit(text: str) -> bool:
    """Whether a line in brackets says nothing but who took a picture."""
    return len(text) <= _CREDIT_REACH and text.startswith("(") and text.endswith(")") and bool(_PICTURE.search(text))


def _names_before(text: str, date: FoundDate) -> bool:
    """Whether only names precede the date that ends a line: `Jane Doe, Reporter - Dec 20, 2023`."""
    before, after = text[: date.start], text[date.end :]
    names = before.replace(" and ", " ").split()
    apart = any(mark in before for mark in ",/|•·–—-") or not before[-1:].isspace()
    return apart and 0 < len(names) <= 10 and all(not name[0].islower() for name in names) and len(_WORD.findall(after)) <= 3


@cache
def _agency_sign() -> re.Pattern[str]:
    """An agency as credited for pictures: `(AP)`, `/ AFP`, `REUTERS/Jane Doe`."""
    names = "|".join(re.escape(name) for name in sorted(wordlists.entries("agencies"), key=len, reverse=True))
    return re.compile(
        rf"\((?:{names})(?:\s?/[^()]{{1,60}}|\sphoto[^()]{{0,60}})?\)\s?\.?$|/\s?(?:{names})\b|\b(?:{names})/\s?\w", re.IGNORECASE
    )
