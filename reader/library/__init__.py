"""The library: sources in, threads and answers out; the screen and the command line talk to nothing else."""

from reader.compare.records import Comparison, Disagreement, Pair, Passage, Told
from reader.library.comparing import Brief
from reader.library.facade import Library
from reader.library.remembering import Freshness
from reader.sources.addresses import bare_host as host

__all__ = ["Brief", "Comparison", "Disagreement", "Freshness", "Library", "Pair", "Passage", "Told", "host"]
