"""Newsloom, a terminal news reader that sets the stories of one event side by side."""

__version__ = "0.2.0"
