"""Devices on the network: how they are, who controls them, how others join, what leaving means."""
