"""Names of keys: as the user writes them, as Textual names them, and as they are shown."""

from __future__ import annotations

import re
import string
import unicodedata

_SHOWN = {"space": "Space", "enter": "Enter", "escape": "Esc", "tab": "Tab", "down": "↓", "up": "↑", "left": "←", "right": "→"}
_SHOWN |= {"pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End", "delete": "Del", "insert": "Ins"}
_SHOWN |= {"backspace": "Backspace"}
_OTHER_NAMES = {"return": "enter", "cr": "enter", "esc": "escape", "pgdn": "pagedown", "pgup": "pageup", "del": "delete"}
_OTHER_NAMES |= {"ins": "insert", "spc": "space", "page_down": "pagedown", "page_up": "pageup"}
_RENAMED = {"solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus"}
_RENAMED |= {"plus_sign": "plus", "low_line": "underscore"}
_SENT_AS = {"ctrl+i": "Tab", "ctrl+m": "Enter", "ctrl+h": "Backspace", "ctrl+left_square_bracket": "Esc", "ctrl+j": "Enter"}
"""Keys that a terminal sends as other keys."""
_FUNCTION = re.compile(r"f([1-9]|1[0-9]|2[0-4])")


def _of_character(character: str) -> str:
    """Textual's name of the key that types a character."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _RENAMED.get(name, name)


_CHARACTERS = {_of_character(character): character for character in string.punctuation}


def shown(key: str) -> str:
    """The key as it is shown: `/` for `slash`, `ctrl+x` as it is."""
    head, plus, last = key.rpartition("+")
    return head + plus + (_SHOWN.get(last) or _CHARACTERS.get(last) or last)


def types_text(key: str) -> bool:
    """Whether the key types a character into a line of text."""
    return key in _CHARACTERS or len(key) == 1 or key == "space"


def key_of(written: str) -> str:
    """Textual's name of a key as the user writes it: `/`, `Space`, `ctrl+x`, `f5`. Raises ValueError with what is wrong."""
    text = written.strip()
    if len(text) == 1 and text.isprintable():
        return _of_character(text)
    *modifiers, last = [*text[:-1].split("+"), text[-1]] if text.endswith("+") and len(text) > 1 else text.split("+")
    modifiers = sorted(each.lower() for each in modifiers if each)
    if "alt" in modifiers or "meta" in modifiers:
        raise ValueError(f"“{written}” cannot be used: terminals send Alt as Esc and the letter")
    known = _known(last)
    if known is None or any(each not in ("ctrl", "shift") for each in modifiers):
        raise ValueError(f"“{written}” is not a key; write a character, a name such as Space, Enter or F5, or ctrl+ and a letter")
    if modifiers == ["shift"] and len(known) == 1 and known.isalpha():
        return known.upper()
    key = "+".join([*modifiers, known.lower() if "ctrl" in modifiers and len(known) == 1 else known])
    if key in _SENT_AS:
        raise ValueError(f"“{written}” cannot be used: terminals send it as {_SENT_AS[key]}")
    if key == "ctrl+c":
        raise ValueError("“ctrl+c” cannot be used: it interrupts")
    return key


def _known(last: str) -> str | None:
    """Textual's name of a key without modifiers, None if there is no such key."""
    if len(last) == 1 and last.isprintable():
        return _of_character(last)
    name = _OTHER_NAMES.get(last.lower(), last.lower())
    return name if name in _SHOWN or name in _CHARACTERS or _FUNCTION.fullmatch(name) else None
