"""By which recipes things are made of the stories. What another one made is made again."""

from __future__ import annotations

THREADS = 6
"""Raised whenever stories would be tied, named or dated otherwise."""

INDEX = 4
"""Raised whenever the schema or the cutting of terms changes."""

RECIPES = {"threads": THREADS, "index": INDEX}
"""The recipes of today, by the name under which the store keeps the state of what they made."""
