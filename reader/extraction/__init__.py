"""Extraction of stories from single documents: plain text, web pages, feed HTML and mail."""
