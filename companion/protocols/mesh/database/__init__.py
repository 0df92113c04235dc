"""A network as a Mesh Configuration Database, the file that nRF Mesh and others exchange."""
