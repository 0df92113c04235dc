"""Vectors of every suite and method, and of what must be refused, for other implementations too."""
