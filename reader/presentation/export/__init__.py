"""Threads, stories and briefs as text, Markdown and HTML documents."""
