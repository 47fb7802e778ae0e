"""The library: sources in, threads and answers out; the screen and the command line talk to nothing else."""

from reader.library.facade import Library
from reader.sources.addresses import bare_host as host

__all__ = ["Library", "host"]
