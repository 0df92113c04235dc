"""The Thread network around virtual devices: what of it they see, and the dataset with which they join."""

from __future__ import annotations

from companion.networks.thread import Dataset
from companion.networks.thread.changes import Changes, new_network
from companion.secret import Secret

NAME, CHANNEL, PAN_ID = "Hafen 12", 15, 0x1234
EXTENDED_PAN_ID = bytes.fromhex("dead00beef00cafe")
NETWORK_KEY = bytes.fromhex("5ea1c0ffee5ea1c0ffee5ea1c0ffee00")


def dataset(key: bytes = NETWORK_KEY, extended: bytes = EXTENDED_PAN_ID) -> Dataset:
    """The dataset of that network, or one that differs."""
    return new_network(
        Changes(
            name=NAME,
            channel=CHANNEL,
            pan_id=PAN_ID,
            extended_pan_id=extended,
            prefix=bytes.fromhex("fd0db8cafe000000"),
            key=Secret(key),
            passphrase=Secret("seven gulls at noon"),
        )
    )
