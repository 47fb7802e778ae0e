"""The commands: each calls the library and prints the answer."""
