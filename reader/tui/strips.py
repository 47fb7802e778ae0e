"""Lines of styled text as Textual strips."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from reader.presentation.text_layout import Piece, Span, pad

if TYPE_CHECKING:
    from rich.segment import Segment
    from textual.strip import Strip

    from reader.tui.theming.theme import Theme

PIECES = 2048
"""Finished parts of rows that are kept, those of some screens: a column that scrolls stands beside others that do not."""


def strip(line: Sequence[Span], size: int, theme: Theme, ground: str = "ground") -> Strip:
    """What the terminal gets for a line: exactly `size` cells on a ground of the theme."""
    return strip_of([(line, size, ground)], theme)


def strip_of(pieces: Sequence[Piece], theme: Theme) -> Strip:
    """What the terminal gets for a line put together of pieces, each exactly as wide as it says and on its own ground."""
    from textual.strip import Strip

    segments = [segment for line, size, ground in pieces for segment in _segments(tuple(line), size, ground, theme)]
    return Strip(segments, sum(max(0, size) for _, size, _ in pieces))


@lru_cache(PIECES)
def _segments(line: tuple[Span, ...], size: int, ground: str, theme: Theme) -> list[Segment]:
    from rich.segment import Segment

    return [Segment(text, theme.style(role, ground)) for text, role in pad(line, size)] if size > 0 else []
