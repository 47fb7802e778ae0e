"""Whoosh, and nothing but here: an index of the shelf's stories that can be thrown away and made again.

Whoosh takes a while to load, so import this package when something is first searched.
"""

import warnings

# Whoosh 2.7.4 is older than these warnings; they tell a reader of news nothing
for _category in (SyntaxWarning, DeprecationWarning):
    warnings.filterwarnings("ignore", category=_category, module=r"(.*[/\\])?whoosh\b")
