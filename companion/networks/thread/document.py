"""A dataset for programs: JSON with its meaning, and with its secrets only where they are asked for."""

from __future__ import annotations

from typing import Any

from companion.errors import ThreadDatasetUnusable
from companion.networks.thread.dataset import Dataset
from companion.networks.thread.entry import as_text
from companion.networks.thread.values import SecurityPolicy, Timestamp


def as_json(dataset: Dataset, *, reveal: bool = False) -> dict[str, Any]:
    """What it says. None: it does not say so. reveal: with network key, PSKc and the dataset itself."""
    key, pskc = dataset.key, dataset.pskc
    document: dict[str, Any] = {
        "name": dataset.name,
        "channel": dataset.channel.number if dataset.channel else None,
        "channel_page": dataset.channel.page if dataset.channel else None,
        "channels": list(dataset.channels.numbers) if dataset.channels else None,
        "pan_id": pan_id(dataset),
        "extended_pan_id": dataset.extended_pan_id.hex() if dataset.extended_pan_id else None,
        "mesh_local_prefix": prefix(dataset),
        "active_timestamp": _timestamp(dataset.active),
        "pending_timestamp": _timestamp(dataset.pending),
        "delay_ms": dataset.delay,
        "security_policy": _policy(dataset.policy),
        "has_network_key": key is not None,
        "has_pskc": pskc is not None,
        "unknown_entries": list(dataset.others),
        "remarks": [str(remark) for remark in dataset.remarks],
        "unusable": unusable(dataset),
    }
    if reveal:
        document["network_key"] = key.reveal().hex() if key else None
        document["pskc"] = pskc.reveal().hex() if pskc else None
        document["dataset"] = as_text(dataset).reveal_text()
    return document


def pan_id(dataset: Dataset) -> str | None:
    """Four hexadecimal digits."""
    return None if dataset.pan_id is None else f"{dataset.pan_id:04X}"


def prefix(dataset: Dataset) -> str | None:
    """The mesh-local prefix as people write it: fd00:db8:0:0::/64."""
    if dataset.prefix is None:
        return None
    groups = (int.from_bytes(dataset.prefix[at : at + 2], "big") for at in range(0, 8, 2))
    return ":".join(f"{group:x}" for group in groups) + "::/64"


def unusable(dataset: Dataset) -> str | None:
    """Why no device can join with it; None where one can."""
    try:
        dataset.check_joinable()
    except ThreadDatasetUnusable as lacking:
        return lacking.advice_text
    return None


def _timestamp(stamp: Timestamp | None) -> dict[str, Any] | None:
    if stamp is None:
        return None
    return {"seconds": stamp.seconds, "ticks": stamp.ticks, "authoritative": stamp.authoritative}


def _policy(policy: SecurityPolicy | None) -> dict[str, Any] | None:
    if policy is None:
        return None
    return {
        "rotation_hours": policy.rotation,
        "allowed": list(policy.allowed),
        "version_threshold": policy.version_threshold,
    }
