"""Whoosh, and nothing but here: an index of the shelf's stories that can be thrown away and made again.

Whoosh and NumPy take a while to load, so import this package when something is first searched.
"""

import os
import warnings

# Whoosh 2.7.4 is older than these warnings; they tell a reader of news nothing
for _category in (SyntaxWarning, DeprecationWarning):
    warnings.filterwarnings("ignore", category=_category, module=r"(.*[/\\])?whoosh\b")

# one thread is enough for what is asked here, and many take longer to start than they save
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
