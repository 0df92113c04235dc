"""It was made for another version of what it needs."""

raise AttributeError("module 'bleak' has no attribute 'discover'")
