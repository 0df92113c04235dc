"""The runs, and what happened in them."""
