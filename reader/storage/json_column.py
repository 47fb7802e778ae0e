"""JSON columns: decoded with an error that names the row instead of a traceback."""

from __future__ import annotations

import json
from typing import Any

from reader.errors import StorageError


def read_json(text: str, row: str) -> Any:
    """Decode a column of a row, named like "story abc"; raises `StorageError` if it is damaged."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise StorageError(f"the stored {row} is damaged; newsloom check lists all damage") from error
