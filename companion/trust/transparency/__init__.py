"""The transparency log without its storage: the tree, signed heads, and proofs that others check."""
