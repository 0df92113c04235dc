"""Devices of others, commissioned by the layers of ours."""
