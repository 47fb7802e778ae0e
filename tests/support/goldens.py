"""Golden texts: what a screen or a command prints, kept in a file and compared as a whole.

Wording is asserted here only. `pytest --update-goldens` writes the files of the tests that it runs; read the diff
before it is committed.
"""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent


class Goldens:
    """The golden files of the tests, at `tests/ROOM/goldens/NAME.txt`; written instead of compared while `updating` is set."""

    def __init__(self) -> None:
        self.updating = False

    def compare(self, name: str, text: str, room: str = "tui") -> None:
        """Assert that a text equals a golden file."""
        path = TESTS / room / "goldens" / f"{name}.txt"
        if self.updating:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{path.relative_to(TESTS)} is missing; write it with --update-goldens"
        assert text == path.read_text(encoding="utf-8")


GOLDENS = Goldens()
