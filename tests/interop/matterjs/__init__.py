"""A light and a commissioner by matter.js, on a virtual air and on loopback."""
