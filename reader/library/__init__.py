"""The library: sources in, threads and answers out; the screen and the command line talk to nothing else."""

from reader.comparison.results import Comparison, Disagreement, Passage, PassagePair, SharedPassage
from reader.library.comparison import Brief
from reader.library.library import Library
from reader.library.reading_history import Freshness
from reader.sources.url_policy import bare_host as host

__all__ = ["Brief", "Comparison", "Disagreement", "Freshness", "Library", "Passage", "PassagePair", "SharedPassage", "host"]
