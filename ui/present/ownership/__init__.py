"""Ownership operations: their forms, their words while they run, how they went."""
