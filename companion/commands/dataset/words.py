"""A dataset on a terminal: what it means, in lines."""

from __future__ import annotations

from collections.abc import Iterator

from companion.commands.terminal import streams
from companion.networks.thread import Dataset
from companion.networks.thread.document import as_json, pan_id, prefix, unusable
from companion.networks.thread.entry import as_text
from companion.networks.thread.values import Timestamp
from companion.secret import Secret

_NAMES = {
    "obtain_network_key": "obtaining the network key",
    "native_commissioning": "commissioning with the PSKc",
    "legacy_routers": "routers of Thread 1.1",
    "external_commissioning": "external commissioners",
    "beacons": "beacons of Thread 1.1",
    "commercial_commissioning": "commercial commissioning",
    "autonomous_enrollment": "autonomous enrolment",
    "network_key_provisioning": "network key provisioning",
    "toble_link": "Thread over Bluetooth",
    "non_ccm_routers": "routers without commercial commissioning",
}


def print_dataset(dataset: Dataset, *, as_json: bool, reveal: bool) -> None:
    """One dataset. reveal: with its secrets."""
    if as_json:
        streams.print_json(_document(dataset, reveal=reveal))
        return
    streams.print_line(dataset.name or "A dataset without a name")
    for name, value in _lines(dataset, reveal=reveal):
        streams.print_line(f"  {name:<18} {value}")
    for remark in dataset.remarks:
        streams.print_line(f"! {remark}")
    if (lacking := unusable(dataset)) is not None:
        streams.print_line(f"✗ {lacking}")


def print_list(datasets: tuple[Dataset, ...], *, as_json: bool) -> None:
    """All that are kept, without their secrets."""
    if as_json:
        streams.print_json({"datasets": [_document(each) for each in datasets]})
        return
    for each in datasets:
        channel = each.channel.number if each.channel else "?"
        extended = (each.extended_pan_id or b"").hex()
        streams.print_line(f"{each.name or '':<18} channel {channel}  PAN ID {pan_id(each)}  {extended}")
    if not datasets:
        streams.print_line("No saved Thread networks. `companion dataset import` saves one.")


def _document(dataset: Dataset, *, reveal: bool = False) -> dict[str, object]:
    return as_json(dataset, reveal=reveal)


def _lines(dataset: Dataset, *, reveal: bool) -> Iterator[tuple[str, str]]:
    channel, channels, policy = dataset.channel, dataset.channels, dataset.policy
    if channel is not None:
        page = f" of page {channel.page}" if channel.page else ""
        yield "channel", f"{channel.number}{page}"
    if channels is not None:
        yield "channel mask", _ranges(channels.numbers)
    if dataset.pan_id is not None:
        yield "PAN ID", pan_id(dataset) or ""
    if dataset.extended_pan_id is not None:
        yield "extended PAN ID", dataset.extended_pan_id.hex()
    if dataset.prefix is not None:
        yield "mesh-local prefix", prefix(dataset) or ""
    for name, stamp in (("active timestamp", dataset.active), ("pending timestamp", dataset.pending)):
        if stamp is not None:
            yield name, _stamp(stamp)
    if dataset.delay is not None:
        yield "delay", f"{dataset.delay} ms"
    if policy is not None:
        yield "key rotation", f"every {policy.rotation} hours"
        yield "allowed", ", ".join(_NAMES[name] for name in policy.allowed) or "nothing"
        if policy.version_threshold:
            yield "routers from", f"Thread version {policy.version_threshold + 3}"
    for name, secret in (("network key", dataset.key), ("PSKc", dataset.pskc)):
        if secret is not None:
            yield name, _shown(secret, reveal=reveal)
    if dataset.others:
        yield "unknown entries", ", ".join(str(kind) for kind in dataset.others)
    if reveal:
        yield "dataset", as_text(dataset).reveal_text()


def _shown(secret: Secret, *, reveal: bool) -> str:
    return secret.reveal().hex() if reveal else "hidden (--reveal shows it)"


def _stamp(stamp: Timestamp) -> str:
    ticks = f" and {stamp.ticks} ticks" if stamp.ticks else ""
    return f"{stamp.seconds}{ticks}{', authoritative' if stamp.authoritative else ''}"


def _ranges(numbers: tuple[int, ...]) -> str:
    """11-14, 20"""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{first}-{last}" if last > first else f"{first}" for first, last in runs) or "none"
