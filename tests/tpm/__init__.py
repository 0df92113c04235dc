"""TPMs in software."""
