"""CASE: a session of two nodes of a fabric, by their certificates (core 4.14.2)."""
