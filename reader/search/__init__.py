"""The full-text index: Whoosh and NumPy, derived from the store and rebuilt at any time.

Both packages are slow to load, so import this package only when something is first searched.
"""

import os
import warnings

# Whoosh 2.7.4 predates these warnings, and users can do nothing about them
for _category in (SyntaxWarning, DeprecationWarning):
    warnings.filterwarnings("ignore", category=_category, module=r"(.*[/\\])?whoosh\b")

# one thread is enough for arrays of this size; starting more takes longer than they save
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
