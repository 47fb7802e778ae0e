"""Recipes: version numbers of everything derived from stories. Data of another recipe is rebuilt."""

from __future__ import annotations

THREADS = 11
"""Incremented whenever clustering, naming or dating changes."""

INDEX = 5
"""Incremented whenever the index schema or tokenization changes."""

RECIPES = {"threads": THREADS, "index": INDEX}
"""Current recipes, by the name of their state in the store."""
