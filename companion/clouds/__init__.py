"""Clouds and brokers of others: profiles, and what a run does with them. See README.md in this folder."""
