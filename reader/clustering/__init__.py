"""Which stories belong together: vectors, events, storylines, their names, and what is near; pure, no input or output."""
