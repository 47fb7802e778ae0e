"""Bytes of one document to a Story: articles, web pages, feed HTML, mail."""
