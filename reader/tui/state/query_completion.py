"""What a field of a query can be asked for, offered while it is typed: `outlet:co` → Coast Courier."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reader.models import FieldValue
from reader.tui.widgets.line_editor import LineEditor

_TYPED = re.compile(
    r"""(?:^|[\s(-])(?P<field>outlet|author|tag|thread|is|date|after|before):(?:"(?P<quoted>[^"]*)|(?P<bare>[^\s"()]*))$""", re.I
)
_PLAIN = re.compile(r'[^\s"“”()*:]+')
"""A value that needs no quotation marks."""


@dataclass(frozen=True, slots=True)
class CompletionRequest:
    """A value being typed: of which field, what of it stands there, and where it begins, at its quotation mark if it has one."""

    field: str
    typed: str
    start: int


def wish(edit: LineEditor) -> CompletionRequest | None:
    """The value that is being typed at the cursor, if it is at the end of one."""
    found = _TYPED.search(edit.text[: edit.cursor])
    if found is None or not re.match(r'"?(?:[\s)]|$)', edit.text[edit.cursor :]):
        return None
    field = found["field"].lower()
    quoted = found["quoted"]
    typed = found["bare"] if quoted is None else quoted
    return CompletionRequest(
        "date" if field in ("after", "before") else field, typed, found.end() - len(typed) - (quoted is not None)
    )


def offers(wished: CompletionRequest, values: Sequence[FieldValue]) -> list[FieldValue]:
    """The values that may be meant: those that begin so, then those of which a word does; none where one stands there whole."""
    typed = wished.typed.casefold()
    folded = [(value.text.casefold(), value) for value in values]
    if any(text == typed for text, _ in folded):
        return []
    begin = [value for text, value in folded if text.startswith(typed)]
    within = [value for text, value in folded if f" {typed}" in text and not text.startswith(typed)]
    return begin + within


def rest(wished: CompletionRequest, value: FieldValue) -> str:
    """What is still to be typed of a value; nothing where it does not begin with what stands there."""
    return value.text[len(wished.typed) :] if value.text.casefold().startswith(wished.typed.casefold()) else ""


def take(edit: LineEditor, wished: CompletionRequest, value: FieldValue) -> None:
    """Put a value in the place of what was typed of it, in quotation marks where it needs them."""
    text = value.text.replace('"', " ")
    after = edit.text[edit.cursor :].removeprefix('"' if edit.text[wished.start : wished.start + 1] == '"' else "")
    before = edit.text[: wished.start] + (text if _PLAIN.fullmatch(text) else f'"{text}"')
    edit.text, edit.cursor = before + after, len(before)
