"""Views shared by the screen and the command line, without Textual."""
