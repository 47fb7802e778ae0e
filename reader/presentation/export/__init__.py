"""Comparisons and briefs as text, Markdown, HTML and JSON."""
