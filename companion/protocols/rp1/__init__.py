"""RP1, the reference commissioning profile: see README.md in this folder."""
