"""The clusters of virtual devices: a module each, or for a few that belong together."""
