"""The screens: each holds the state of what the reader does there, and asks the library."""
