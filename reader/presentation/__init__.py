"""Views shared by the screen and the command line; nothing here knows Textual."""
