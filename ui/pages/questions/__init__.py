"""The pages on which a run asks its user something."""
