"""Text processing without input or output: cleaning, encodings, dates, words."""
