"""Peers that others wrote, commissioned by us and commissioning ours."""
