"""A new network, and a changed one. Every value is checked, and a change makes a later dataset."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from companion.errors import ThreadDatasetUnusable
from companion.model import Text
from companion.networks.thread import pskc
from companion.networks.thread.dataset import BROADCAST_PAN_ID, MESH_LOCAL, Dataset, Entry
from companion.networks.thread.values import (
    CHANNELS,
    LEAST_ROTATION,
    MOST_ROTATION,
    PAGE_2_4_GHZ,
    Channel,
    ChannelMask,
    SecurityPolicy,
    Timestamp,
)
from companion.secret import Secret

USUAL_CHANNELS = range(11, 26)
"""A new network is put on one of these: many radios send with less power on 26."""


@dataclass(frozen=True)
class Changes:
    """What is to be different; None stays.

    channels: that the network may move to. passphrase: the PSKc is made of it, with the name and extended PAN
    id that the dataset has then. rotation: hours. allow: names of `values.FLAGS`, each allowed or not
    """

    name: str | None = None
    channel: int | None = None
    channels: frozenset[int] | None = None
    pan_id: int | None = None
    extended_pan_id: bytes | None = None
    prefix: bytes | None = None
    key: Secret | None = field(default=None, repr=False)
    pskc: Secret | None = field(default=None, repr=False)
    passphrase: Secret | None = field(default=None, repr=False)
    rotation: int | None = None
    allow: Mapping[str, bool] = field(default_factory=dict)


def new_network(changes: Changes) -> Dataset:
    """A dataset of a network that is nowhere yet: what is not given is random, or usual.

    Raises ThreadDatasetUnusable for a value that can't be.
    """
    extended = secrets.token_bytes(8)
    made = Dataset()
    for kind, value in (
        (Entry.ACTIVE_TIMESTAMP, Timestamp(1).octets),
        (Entry.CHANNEL, Channel(PAGE_2_4_GHZ, secrets.choice(USUAL_CHANNELS)).octets),
        (Entry.CHANNEL_MASK, ChannelMask.of(CHANNELS).octets),
        (Entry.EXTENDED_PAN_ID, extended),
        (Entry.MESH_LOCAL_PREFIX, bytes((MESH_LOCAL,)) + secrets.token_bytes(7)),
        (Entry.NETWORK_KEY, secrets.token_bytes(16)),
        (Entry.NETWORK_NAME, f"Thread-{extended[:2].hex()}".encode()),
        (Entry.PAN_ID, secrets.randbelow(BROADCAST_PAN_ID).to_bytes(2, "big")),
        (Entry.PSKC, secrets.token_bytes(16)),
        (Entry.SECURITY_POLICY, SecurityPolicy().octets),
    ):
        made = made.with_entry(kind, value)
    return _with(made, changes)


def changed(dataset: Dataset, changes: Changes) -> Dataset:
    """The dataset with the changes and a later timestamp. Raises ThreadDatasetUnusable."""
    made = _with(dataset, changes)
    if made == dataset:
        return dataset
    before = dataset.active or Timestamp(0)
    if before.raised <= before:
        raise ThreadDatasetUnusable(missing=Text("The dataset's timestamp can't be raised any more."))
    return made.with_entry(Entry.ACTIVE_TIMESTAMP, before.raised.octets)


def _with(dataset: Dataset, changes: Changes) -> Dataset:
    made = dataset
    for kind, value in (
        (Entry.NETWORK_NAME, changes.name.encode() if changes.name is not None else None),
        (Entry.CHANNEL, _channel(changes.channel)),
        (Entry.CHANNEL_MASK, _mask(changes.channels)),
        (Entry.PAN_ID, _pan_id(changes.pan_id)),
        (Entry.EXTENDED_PAN_ID, changes.extended_pan_id),
        (Entry.MESH_LOCAL_PREFIX, _prefix(changes.prefix)),
        (Entry.NETWORK_KEY, _reveal(changes.key)),
        (Entry.PSKC, _reveal(changes.pskc)),
        (Entry.SECURITY_POLICY, _policy(dataset, changes)),
    ):
        made = made.with_entry(kind, value) if value is not None else made
    made.check()
    if changes.passphrase is not None:
        made = made.with_entry(Entry.PSKC, _pskc(made, changes.passphrase))
    made.check()
    return made


def _channel(number: int | None) -> bytes | None:
    if number is None:
        return None
    if number not in CHANNELS:
        raise ThreadDatasetUnusable(
            missing=Text("The dataset's channel is {channel}. Thread uses 11 to 26.", {"channel": number})
        )
    return Channel(PAGE_2_4_GHZ, number).octets


def _mask(numbers: frozenset[int] | None) -> bytes | None:
    if numbers is None:
        return None
    if not numbers or not numbers <= frozenset(CHANNELS):
        raise ThreadDatasetUnusable(missing=Text("A channel mask names channels from 11 to 26."))
    return ChannelMask.of(numbers).octets


def _pan_id(number: int | None) -> bytes | None:
    if number is None:
        return None
    if not 0 <= number < BROADCAST_PAN_ID:
        raise ThreadDatasetUnusable(missing=Text("A PAN ID is a number from 0000 to FFFE."))
    return number.to_bytes(2, "big")


def _prefix(prefix: bytes | None) -> bytes | None:
    if prefix is not None and prefix[:1] != bytes((MESH_LOCAL,)):
        raise ThreadDatasetUnusable(missing=Text("A mesh-local prefix starts with fd."))
    return prefix


def _policy(dataset: Dataset, changes: Changes) -> bytes | None:
    if changes.rotation is None and not changes.allow:
        return None
    policy = (dataset.policy or SecurityPolicy()).allowing(**changes.allow)
    rotation = policy.rotation if changes.rotation is None else changes.rotation
    if not LEAST_ROTATION <= rotation <= MOST_ROTATION:
        raise ThreadDatasetUnusable(missing=Text("Keys are rotated after 2 to 65535 hours."))
    return SecurityPolicy(rotation, policy.flags).octets


def _pskc(dataset: Dataset, passphrase: Secret) -> bytes:
    name, extended = dataset.value(Entry.NETWORK_NAME), dataset.extended_pan_id
    if name is None or extended is None:
        raise ThreadDatasetUnusable(
            missing=Text(
                "A PSKc is derived from passphrase, network name and extended PAN ID. One is missing."
            )
        )
    if len(passphrase) not in pskc.PASSPHRASE:
        raise ThreadDatasetUnusable(missing=Text("A commissioner's passphrase has 6 to 255 bytes."))
    return pskc.pskc_of(passphrase, name, extended).reveal()


def _reveal(secret: Secret | None) -> bytes | None:
    return None if secret is None else secret.reveal()
