"""The transparency log of acknowledged receipts, and proofs that others check."""
