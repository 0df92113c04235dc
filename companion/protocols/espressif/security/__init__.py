"""Security schemes 0, 1 and 2: which to speak, and their sessions."""
