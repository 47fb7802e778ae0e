"""Sanitizing of all text from outside: no control sequences, no invisible characters, no mojibake."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from html import unescape
from html.entities import html5

_MAX_PASSES = 8
_LONGEST_LINE = 20_000

_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

# Whole sequences (ECMA-48), so that nothing of a window title set by a story is left. An unterminated string loses only its first
# two characters. Eight-bit introducers count only without another high character before them: `”` decoded wrongly ends in the
# byte that starts a command string.
_STRING = "[^\x07\x1b\x90\x98\x9b-\x9f\n]{0,4096}+"
_SEQUENCE = re.compile(
    f"(?:\x1b[\\]PX^_]|(?<![\x80-\xff])[\x90\x98\x9d-\x9f]){_STRING}(?:\x07|\x1b\\\\|\x9c)"
    "|(?:\x1b\\[|(?<![\x80-\xff])\x9b)[0-?]{0,64}+[ -/]{0,16}+[@-~]?+"
    "|\x1b[ -/]{0,4}+[0-~]?+"
)

_INVISIBLE_SET = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls
    "\xad\u034f\u061c\u180e"  # soft hyphen, joiner of graphemes, Arabic letter mark, Mongolian vowel separator
    "\u115f\u1160\u3164\uffa0"  # Hangul fillers
    "\u200b\u200e\u200f\u202a-\u202e"  # zero width space, marks, embeddings and overrides of direction
    "\u2060-\u206f\ufeff\ufff9-\ufffb"  # word joiner, isolates, byte-order mark, interlinear notes
    "\ud800-\udfff"  # halves of characters
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f"  # musical format, tags
)
_LOOSE_JOINER = re.compile("(?<![^\\s\u200c])\u200c+|\u200c+(?![^\\s\u200c])")
"""Zero-width joiners that join nothing: newsletters pad their first line with them."""
# The flag of a part of a country, such as Scotland: a black flag and the code of the part in tags (UTS 51, emoji tag sequence). Six
# tags at most and a flag that is seen leave no room to hide text.
_REGION_FLAG = "\U0001f3f4[\U000e0061-\U000e007a]{2}[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,4}\U000e007f"
_INVISIBLE = re.compile(f"(?P<flag>{_REGION_FLAG})|[{_INVISIBLE_SET}]+")

_MARK = (
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1"
    "\u0eb4-\u0ebc\u0ec8-\u0ece\u0f71-\u0f84\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\U000e0100-\U000e01ef]"
)
_PILED_ACCENTS = re.compile(f"({_MARK}{{5}}+){_MARK}++")

# Two adjacent characters that were one in UTF-8 before it was decoded byte by byte.
_MOJIBAKE = re.compile("[\x80-\xff][\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|вЂ|[\x80-\x9f]")
_NOT_PLAIN = re.compile("[^\t\n -%'-~\u0100-\u02ff\u2010-\u2027\u2030-\u205f\u20a0-\u20bf]")
_CHANGED = re.compile(f"{_LOOSE_JOINER.pattern}|[{_INVISIBLE_SET}\x0b-\r\u2028\u2029&]|{_MOJIBAKE.pattern}|{_MARK}{{6}}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def clean(text: str) -> str:
    r"""Sanitize text of several lines; idempotent.

    Escape sequences (ECMA-48) are removed, as are control, direction and filler characters, tags outside of flags, and accents
    after the fifth on one letter. Line breaks become `\n`, entities and mojibake are decoded, and the result is NFC.
    """
    return text if _is_ordinary(text) else _until_stable(text, _pass)


def clean_line(text: str) -> str:
    """Sanitize text as `clean` does, and collapse all white space so that it is one line."""
    return " ".join(text.split()) if _is_ordinary(text) else _until_stable(text, lambda rough: " ".join(_pass(rough).split()))


def _is_ordinary(text: str) -> bool:
    """Whether a text needs no cleaning: a fast test that nearly all plain English passes."""
    return not _NOT_PLAIN.search(text) or (not _CHANGED.search(text) and unicodedata.is_normalized("NFC", text))


def _until_stable(text: str, step: Callable[[str], str]) -> str:
    """Apply `step` until the text no longer changes."""
    for _ in range(_MAX_PASSES):
        better = step(text)
        if better == text:
            return text
        text = better
    # only malicious text nests this deeply: without `&` and high characters nothing is left to decode
    return step(text.encode("ascii", "ignore").decode("ascii").replace("&", " "))


def _pass(text: str) -> str:
    """One pass: line breaks, escape sequences, entities, mojibake, invisible characters, normal form, accents."""
    text = _SEQUENCE.sub("", _BREAK.sub("\n", text))
    if "&" in text:
        text = _ENTITY.sub(_character, text)
    if not text.isascii() and _MOJIBAKE.search(text):
        text = "\n".join(_repair_line(line) for line in text.split("\n"))
    text = _INVISIBLE.sub(lambda match: match["flag"] or "", _BREAK.sub("\n", text))
    if "\u200c" in text:
        text = _LOOSE_JOINER.sub("", text)
    if text.isascii():
        return text
    return _PILED_ACCENTS.sub(r"\1", unicodedata.normalize("NFC", text))


def _repair_line(line: str) -> str:
    """Line with mojibake repaired; a line too long for prose stays unchanged."""
    return _mojibake_repair()(line) if len(line) <= _LONGEST_LINE and _MOJIBAKE.search(line) else line


def _character(match: re.Match[str]) -> str:
    """Character of an entity; unknown names stay as written."""
    entity = match.group()
    return unescape(entity) if entity.startswith("&#") or entity[1:] in html5 else entity


@cache
def _mojibake_repair() -> Callable[[str], str]:
    """Repair of mojibake that leaves quotation marks, character width and ligatures unchanged."""
    from ftfy import TextFixerConfig, fix_text

    config = TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )
    return lambda text: fix_text(text, config)
