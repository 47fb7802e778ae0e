"""The command table: keys, help, palette text and the method that runs."""
