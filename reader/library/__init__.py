"""The library: everything that the screen and the command line use of the lower layers."""

from reader.comparison.results import Comparison, Disagreement, Passage, PassagePair, SharedPassage
from reader.library.comparison import Brief
from reader.library.library import Library
from reader.library.reading_history import Freshness
from reader.sources.failures import texts as failure_texts
from reader.sources.url_policy import bare_host as host

__all__ = [
    "Brief",
    "Comparison",
    "Disagreement",
    "Freshness",
    "Library",
    "Passage",
    "PassagePair",
    "SharedPassage",
    "failure_texts",
    "host",
]
