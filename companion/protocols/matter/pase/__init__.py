"""PASE: a session for those who know the passcode (core 4.14.1)."""
