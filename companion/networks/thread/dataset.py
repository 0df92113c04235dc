"""A dataset as a list of entries with meaning: read from octets, written, and what is wrong with one.

What decides is held to the specification: lengths, an entry that stands twice, a channel or PAN id that can't
be. Everything else is kept as it came, unknown entries included, so that writing gives the octets that were
read. Source: Thread 1.3, 8.10.1 (MeshCoP TLVs); OpenThread takes no extended lengths and at most 254 octets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

from companion.errors import ThreadDatasetUnusable
from companion.model import Text
from companion.networks.thread.values import Channel, ChannelMask, SecurityPolicy, Timestamp
from companion.secret import Secret

MOST_OCTETS = 254
BROADCAST_PAN_ID = 0xFFFF
MESH_LOCAL = 0xFD
"""First octet of every mesh-local prefix: fd00::/8 (RFC 4193)."""


class Entry(IntEnum):
    """Entries that are known here."""

    CHANNEL = 0
    PAN_ID = 1
    EXTENDED_PAN_ID = 2
    NETWORK_NAME = 3
    PSKC = 4
    NETWORK_KEY = 5
    MESH_LOCAL_PREFIX = 7
    SECURITY_POLICY = 12
    ACTIVE_TIMESTAMP = 14
    PENDING_TIMESTAMP = 51
    DELAY_TIMER = 52
    CHANNEL_MASK = 53


@dataclass(frozen=True)
class _Rule:
    """lengths: that a value may have, in octets; wrong: what to say of any other"""

    lengths: range
    wrong: Text


def _exactly(length: int) -> range:
    return range(length, length + 1)


_RULES: Mapping[int, _Rule] = {
    Entry.CHANNEL: _Rule(_exactly(3), Text("The channel in the dataset is damaged.")),
    Entry.PAN_ID: _Rule(_exactly(2), Text("The PAN ID in the dataset is damaged.")),
    Entry.EXTENDED_PAN_ID: _Rule(_exactly(8), Text("The extended PAN ID in the dataset is damaged.")),
    Entry.NETWORK_NAME: _Rule(range(1, 17), Text("The network name in the dataset is empty or too long.")),
    Entry.PSKC: _Rule(_exactly(16), Text("The PSKc in the dataset does not have 16 bytes.")),
    Entry.NETWORK_KEY: _Rule(_exactly(16), Text("The network key in the dataset does not have 16 bytes.")),
    Entry.MESH_LOCAL_PREFIX: _Rule(_exactly(8), Text("The mesh-local prefix in the dataset is damaged.")),
    Entry.SECURITY_POLICY: _Rule(range(3, 255), Text("The security policy in the dataset is damaged.")),
    Entry.ACTIVE_TIMESTAMP: _Rule(_exactly(8), Text("The active timestamp in the dataset is damaged.")),
    Entry.PENDING_TIMESTAMP: _Rule(_exactly(8), Text("The pending timestamp in the dataset is damaged.")),
    Entry.DELAY_TIMER: _Rule(_exactly(4), Text("The delay timer in the dataset is damaged.")),
    Entry.CHANNEL_MASK: _Rule(range(2, 255), Text("The channel mask in the dataset is damaged.")),
}  # fmt: skip
_NEEDED = {
    Entry.NETWORK_KEY: Text("The dataset has no network key, so no device can join with it."),
    Entry.EXTENDED_PAN_ID: Text("The dataset has no extended PAN ID, so no device can join with it."),
    Entry.PAN_ID: Text("The dataset has no PAN ID, so no device can join with it."),
    Entry.CHANNEL: Text("The dataset has no channel, so no device can join with it."),
    Entry.NETWORK_NAME: Text("The dataset has no network name, so no device can join with it."),
}
"""Without these OpenThread takes a device for one that has no network."""


@dataclass(frozen=True)
class Dataset:
    """entries: types and values in their order, each type once. What is absent is None."""

    entries: tuple[tuple[int, Secret], ...] = ()

    # --- what it says ------------------------------------------------------------------------------------

    @property
    def name(self) -> str | None:
        value = self.value(Entry.NETWORK_NAME)
        return None if value is None else value.decode(errors="replace")

    @property
    def channel(self) -> Channel | None:
        value = self.value(Entry.CHANNEL)
        return None if value is None else Channel.read(value)

    @property
    def channels(self) -> ChannelMask | None:
        value = self.value(Entry.CHANNEL_MASK)
        return None if value is None else ChannelMask.read(value)

    @property
    def pan_id(self) -> int | None:
        return self._number(Entry.PAN_ID)

    @property
    def extended_pan_id(self) -> bytes | None:
        return self.value(Entry.EXTENDED_PAN_ID)

    @property
    def prefix(self) -> bytes | None:
        """Mesh-local prefix, the first 8 octets of an IPv6 address."""
        return self.value(Entry.MESH_LOCAL_PREFIX)

    @property
    def key(self) -> Secret | None:
        """Network key, 16 octets."""
        return self._entry(Entry.NETWORK_KEY)

    @property
    def pskc(self) -> Secret | None:
        """What a commissioner proves to the network, 16 octets."""
        return self._entry(Entry.PSKC)

    @property
    def policy(self) -> SecurityPolicy | None:
        value = self.value(Entry.SECURITY_POLICY)
        return None if value is None else SecurityPolicy.read(value)

    @property
    def active(self) -> Timestamp | None:
        value = self.value(Entry.ACTIVE_TIMESTAMP)
        return None if value is None else Timestamp.read(value)

    @property
    def pending(self) -> Timestamp | None:
        value = self.value(Entry.PENDING_TIMESTAMP)
        return None if value is None else Timestamp.read(value)

    @property
    def delay(self) -> int | None:
        """Milliseconds after which a pending dataset becomes the active one."""
        return self._number(Entry.DELAY_TIMER)

    @property
    def others(self) -> tuple[int, ...]:
        """Types of entries that are not known here."""
        return tuple(kind for kind, _ in self.entries if kind not in _RULES)

    @property
    def remarks(self) -> tuple[Text, ...]:
        """What is odd about it and keeps no device from joining."""
        return tuple(_remarks(self))

    @property
    def secret(self) -> Secret:
        """The octets. At most MOST_OCTETS."""
        parts = ((kind, value.reveal()) for kind, value in self.entries)
        return Secret(b"".join(bytes((kind, len(value))) + value for kind, value in parts))

    def value(self, kind: int) -> bytes | None:
        """The octets of an entry."""
        found = self._entry(kind)
        return None if found is None else found.reveal()

    # --- what can be made of it --------------------------------------------------------------------------

    def with_entry(self, kind: int, value: bytes | None) -> Dataset:
        """With another value in its place, or behind all others; None takes it out."""
        if value is None:
            return replace(self, entries=tuple(each for each in self.entries if each[0] != kind))
        ours = (kind, Secret(value))
        if self._entry(kind) is None:
            return replace(self, entries=(*self.entries, ours))
        return replace(self, entries=tuple(ours if each[0] == kind else each for each in self.entries))

    def check(self) -> None:
        """Raises ThreadDatasetUnusable for what breaks a rule of the specification."""
        for kind, secret in self.entries:
            value, rule = secret.reveal(), _RULES.get(kind)
            if rule is not None and len(value) not in rule.lengths:
                raise ThreadDatasetUnusable(missing=rule.wrong)
        self._check_values()
        if len(self.secret) > MOST_OCTETS:
            raise ThreadDatasetUnusable(missing=Text("The dataset has more than 254 bytes."))

    def check_joinable(self) -> None:
        """Raises ThreadDatasetUnusable for one with which no device can join."""
        for kind, sentence in _NEEDED.items():
            if self._entry(kind) is None:
                raise ThreadDatasetUnusable(missing=sentence)

    def _check_values(self) -> None:
        if self.channel is not None and not self.channel.is_possible:
            raise ThreadDatasetUnusable(
                missing=Text("The dataset's channel is {channel}. Thread uses 11 to 26.",
                             {"channel": self.channel.number})
            )  # fmt: skip
        if self.pan_id == BROADCAST_PAN_ID:
            raise ThreadDatasetUnusable(missing=Text("The dataset's PAN ID is FFFF, which no network has."))
        if self._entry(Entry.CHANNEL_MASK) is not None and self.channels is None:
            raise ThreadDatasetUnusable(missing=_RULES[Entry.CHANNEL_MASK].wrong)
        name = self.value(Entry.NETWORK_NAME)
        if name is not None and not _is_text(name):
            raise ThreadDatasetUnusable(missing=Text("The network name in the dataset is not text."))

    def _entry(self, kind: int) -> Secret | None:
        return next((value for found, value in self.entries if found == kind), None)

    def _number(self, kind: int) -> int | None:
        value = self.value(kind)
        return None if value is None else int.from_bytes(value, "big")


def read(octets: Secret) -> Dataset:
    """A dataset of its octets. Raises ThreadDatasetUnusable, whose words never hold the content."""
    content, at = octets.reveal(), 0
    entries: dict[int, Secret] = {}
    if not content:
        raise ThreadDatasetUnusable(missing=Text("The dataset is empty."))
    if len(content) > MOST_OCTETS:
        raise ThreadDatasetUnusable(missing=Text("The dataset has more than 254 bytes."))
    while at < len(content):
        end = at + 2 + content[at + 1] if at + 1 < len(content) else len(content) + 1
        if end > len(content):
            raise ThreadDatasetUnusable(
                missing=Text("The dataset ends in the middle of an entry. Copy all of it.")
            )
        if content[at] in entries:
            raise ThreadDatasetUnusable(
                missing=Text("The dataset has the entry {type} twice.", {"type": content[at]})
            )
        entries[content[at]] = Secret(content[at + 2 : end])
        at = end
    dataset = Dataset(tuple(entries.items()))
    dataset.check()
    return dataset


def _remarks(dataset: Dataset) -> Iterator[Text]:
    channel, channels, prefix = dataset.channel, dataset.channels, dataset.prefix
    if (
        channel is not None
        and channels is not None
        and channel.number not in channels.numbers
        and not channel.page
    ):
        yield Text("The channel is not in the channel mask.")
    if prefix is not None and prefix[0] != MESH_LOCAL:
        yield Text("The mesh-local prefix does not start with fd.")
    if dataset.active is None and dataset.pending is None:
        yield Text("It has no timestamp, so it is unknown whether another dataset is newer.")
    if dataset.pending is not None:
        yield Text("This is a pending dataset: it becomes valid after its delay.")


def _is_text(name: bytes) -> bool:
    try:
        return "\0" not in name.decode()
    except UnicodeDecodeError:
        return False
