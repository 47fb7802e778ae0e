"""The screen: the only room that knows Textual."""

import os

# Textual waits up to two frames before it paints what a key changed; read when it is imported, so it is set before.
os.environ.setdefault("TEXTUAL_FPS", "250")
