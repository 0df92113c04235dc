"""How a virtual device takes a dataset: of the network in range, of another one, or of none."""

from __future__ import annotations

from companion.errors import ThreadDatasetUnusable
from companion.networks.thread import Dataset, read
from companion.protocols.matter.clusters.network_commissioning import NetworkStatus
from companion.secret import Secret
from companion.virtual.thread_network import EXTENDED_PAN_ID, NETWORK_KEY


def join(given: Secret) -> NetworkStatus:
    """How joining by a dataset ends."""
    dataset = taken(given)
    if dataset is None or dataset.extended_pan_id != EXTENDED_PAN_ID:
        return NetworkStatus.NETWORK_NOT_FOUND
    return NetworkStatus.SUCCESS if dataset.key == Secret(NETWORK_KEY) else NetworkStatus.AUTH_FAILURE


def taken(given: Secret | None) -> Dataset | None:
    """The dataset, None for what is none."""
    try:
        return None if given is None else read(given)
    except ThreadDatasetUnusable:
        return None
