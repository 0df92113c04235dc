"""A fabric: who belongs together, the authority that decides it, and who may do what."""
