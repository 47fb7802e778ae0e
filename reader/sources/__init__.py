"""Sources of documents: feeds, HTTP, files, and lists of feeds."""
