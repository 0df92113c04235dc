"""`companion devices list`, `show` and `rename`: what the registry knows of the devices."""

from __future__ import annotations

import argparse
from collections.abc import Container, Iterable, Sequence
from itertools import islice
from typing import Any

from companion.administration import AdministrationOperation, Request
from companion.commands.arguments.services import offline_services
from companion.commands.devices import filters
from companion.commands.devices.administration import administer_on_terminal
from companion.commands.devices.tokens import token_line
from companion.commands.terminal import interrupts, streams
from companion.commands.terminal.step_printer import facts_of
from companion.model import Verdict
from companion.registry.lookup import by_id
from companion.registry.records import CredentialRecord, DeviceRecord

_MARKS = {Verdict.PASSED: "✓", Verdict.REMARK: "!", Verdict.FAILED: "✗", Verdict.NOT_KNOWN: "?"}


def run(arguments: argparse.Namespace) -> int:
    """List the devices, rename one, or show one with its credentials, receipts and runs."""
    renames = arguments.action == "rename"
    if renames and arguments.name is None and arguments.room is None:
        streams.print_error("companion: devices rename needs --name or --room")
        return 2
    with offline_services(arguments, reads=not renames) as services:
        registry = services.registry
        if arguments.action == "list":
            listed = islice(registry.lists.every_device(filters.query(arguments)), arguments.limit)
            virtual = registry.lists.virtual_devices()
            _print_list(listed, virtual, as_json=arguments.json, searched=filters.is_filtered(arguments))
            return 0
        device = registry.device(arguments.device or "")
        if renames:
            registry.rename(by_id(device.id), name=arguments.name, room=arguments.room)
            device = registry.device(by_id(device.id))
        is_virtual = device.id in registry.lists.virtual_devices()
    if renames and arguments.on_device and arguments.name:
        arguments.device = by_id(device.id)
        request = Request(AdministrationOperation.RENAME, name=arguments.name, fabric=arguments.fabric)
        return interrupts.run(administer_on_terminal(arguments, request))
    if arguments.json:
        streams.print_json({**device.as_json(), "virtual": is_virtual})
    else:
        _print_device(device, is_virtual=is_virtual)
    return 0


def _print_list(
    devices: Iterable[DeviceRecord], virtual: Container[str], *, as_json: bool, searched: bool
) -> None:
    """Print them one by one as they are read. virtual: the ids of virtual ones"""
    if as_json:
        streams.print_json_list({}, "devices", (_as_json(device, virtual) for device in devices))
        return
    device = None
    for device in devices:
        known_as = device.serial or device.id
        streams.print_line(
            f"{device.name:<24} {_state(device):<13} {device.protocol:<10} {known_as:<24} "
            f"{device.updated:%Y-%m-%d}{'  virtual' if device.id in virtual else ''}"
        )
    if device is None:
        nothing = "No matching devices." if searched else "No devices. Add one with `companion commission`."
        streams.print_line(nothing)


def _as_json(device: DeviceRecord, virtual: Container[str]) -> dict[str, Any]:
    """One device in a list: without its receipts and runs, which are not read for a list."""
    told = device.as_json()
    del told["receipts"], told["runs"]
    return {**told, "virtual": device.id in virtual}


def _edited(device: DeviceRecord) -> str:
    """When its owner's words were changed, and by whom; "" where nobody said who."""
    if device.edited is None or not device.editor:
        return ""
    return f"{device.edited:%Y-%m-%d %H:%M} UTC by {device.editor}"


def _state(device: DeviceRecord) -> str:
    """Its state, but for a device that nobody has taken over yet."""
    return "transfer pending" if any(token.is_out for token in device.tokens) else device.state


def _print_device(device: DeviceRecord, *, is_virtual: bool) -> None:
    streams.print_line(f"{device.name} ({_state(device)}{', virtual' if is_virtual else ''})")
    for label, value in (
        ("room", device.room),
        ("id", device.id),
        ("model", device.model),
        ("serial", device.serial),
        ("firmware", device.firmware),
        ("protocol", f"{device.protocol}, {device.method}"),
        ("since", f"{device.created:%Y-%m-%d %H:%M} UTC"),
        ("edited", _edited(device)),
    ):
        if value:
            streams.print_line(f"  {label + ':':<12} {value}")
    for credential in device.credentials:
        if credential.replaced is None:
            _print_credential(credential)
    for token in device.tokens:
        streams.print_line(f"  {'token:':<12} {token_line(token)}")
    for check in device.checks:
        streams.print_line(f"  {_MARKS[check.verdict]} {check.claim}: {check.reason}")
    _print_replaced(device.credentials)
    streams.print_line(f"  {'receipts:':<12} {len(device.receipts)}")
    streams.print_line(f"  {'runs:':<12} {', '.join(device.runs)}")


def _print_replaced(credentials: Sequence[CredentialRecord]) -> None:
    """What the device had before, newest first: what was replaced together stands together."""
    moments = sorted({each.replaced for each in credentials if each.replaced is not None}, reverse=True)
    for moment in moments:
        streams.print_line(f"  replaced {moment:%Y-%m-%d %H:%M} UTC:")
        for credential in credentials:
            if credential.replaced == moment:
                _print_credential(credential, indent=4)


def _print_credential(credential: CredentialRecord, *, indent: int = 2) -> None:
    facts = facts_of(credential.details, in_full=True)
    streams.print_line(f"{' ' * indent}{credential.kind + ':':<12} {facts}{_revocation(credential)}")


def _revocation(credential: CredentialRecord) -> str:
    """Since when a certificate is revoked and why, in brackets; "" if it is not."""
    if credential.revoked is None:
        return ""
    return f" (revoked {credential.revoked:%Y-%m-%d %H:%M} UTC, {credential.reason})"
