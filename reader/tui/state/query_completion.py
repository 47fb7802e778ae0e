"""Completion of field values in a query as it is typed: `outlet:co` → Coast Courier."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from reader.models import FieldValue
from reader.tui.widgets.line_editor import LineEditor

_TYPED = re.compile(
    r"""(?:^|[\s(-])(?P<field>outlet|author|tag|thread|is|date|after|before):(?:"(?P<quoted>[^"]*)|(?P<bare>[^\s"()]*))$""", re.I
)
_PLAIN = re.compile(r'[^\s"“”()*:]+')
"""A value that needs no quotation marks."""


class CompletionRequest(Struct, frozen=True):
    """A value being typed: its field, the typed part, and the place where it starts, at its quotation mark if it has one."""

    field: str
    typed: str
    start: int


def completion_at(edit: LineEditor) -> CompletionRequest | None:
    """The value being typed, if the cursor is at the end of one."""
    found = _TYPED.search(edit.text[: edit.cursor])
    if found is None or not re.match(r'"?(?:[\s)]|$)', edit.text[edit.cursor :]):
        return None
    field = found["field"].lower()
    quoted = found["quoted"]
    typed = found["bare"] if quoted is None else quoted
    return CompletionRequest(
        "date" if field in ("after", "before") else field, typed, found.end() - len(typed) - (quoted is not None)
    )


def suggestions(request: CompletionRequest, values: Sequence[FieldValue]) -> list[FieldValue]:
    """The values that match: those that start with the typed part, then those with a word that does; none for a complete value."""
    typed = request.typed.casefold()
    folded = [(value.text.casefold(), value) for value in values]
    if any(text == typed for text, _ in folded):
        return []
    begin = [value for text, value in folded if text.startswith(typed)]
    within = [value for text, value in folded if f" {typed}" in text and not text.startswith(typed)]
    return begin + within


def remainder(request: CompletionRequest, value: FieldValue) -> str:
    """The part of a value that is not typed yet; empty if the value does not start with the typed part."""
    return value.text[len(request.typed) :] if value.text.casefold().startswith(request.typed.casefold()) else ""


def accept(edit: LineEditor, request: CompletionRequest, value: FieldValue) -> None:
    """Replace the typed part by a value, in quotation marks if it needs them."""
    text = value.text.replace('"', " ")
    after = edit.text[edit.cursor :].removeprefix('"' if edit.text[request.start : request.start + 1] == '"' else "")
    before = edit.text[: request.start] + (text if _PLAIN.fullmatch(text) else f'"{text}"')
    edit.replace(before + after, len(before))
