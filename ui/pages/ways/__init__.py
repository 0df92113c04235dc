"""The ways to set a device up, side by side, before one of them is gone."""
