"""Nodes of our fabric in use."""
