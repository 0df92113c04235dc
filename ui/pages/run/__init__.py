"""How a run goes and how it ends."""
