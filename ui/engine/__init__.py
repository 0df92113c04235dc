"""The one thread crossing: bridge, messages, and what lives on the engine thread."""
