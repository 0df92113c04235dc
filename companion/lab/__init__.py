"""A flow many times over a world of virtual devices, or over real ones: how often it fails, where, and why.

`scenario` says what is done with which devices, `lab` does it, `results` tells what came of it.
"""
