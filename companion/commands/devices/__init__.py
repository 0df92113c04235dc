"""`companion devices`: what the registry knows of the devices that got credentials, and the owner's acts."""

from __future__ import annotations

import argparse

from companion.commands.arguments.options import add_json, add_radio, registry_folder
from companion.commands.devices import ownership, revocation, transfer
from companion.commands.devices.revocation import token_line
from companion.commands.terminal import interrupts, streams
from companion.commands.terminal.step_printer import fact
from companion.registry import open_registry
from companion.registry.lookup import by_id
from companion.registry.records import CredentialRecord, DeviceRecord

DESCRIPTION = """\
List and manage the devices you own.

actions:
  list                 list all devices (default)
  show DEVICE          show a device with its credentials, receipts and runs
  rename DEVICE        change its name and room here (--name, --room); works offline
  reprovision DEVICE   change its network, name, room or endpoint, and renew its certificate
  rotate DEVICE        renew its certificate only
  query DEVICE         check its status, and complete a pending change
  reset DEVICE         reset it and remove its owner, regardless of its reset lock
  transfer DEVICE      create a transfer token for its next owner (--to or --bearer, --token); works offline
  tokens [DEVICE]      list issued transfer tokens and their state
  cancel DEVICE        cancel its transfer tokens (--id ID: only this one); takes effect with `query`
  revoke DEVICE        revoke the certificates of a lost or stolen device (--reason); works offline
  accept FILE          take over a device with the transfer token in FILE (text or image of its QR code)
"""
ACTIONS = ("list", "show", "rename", *ownership.ACTIONS, "transfer", *revocation.ACTIONS)


def configure(parser: argparse.ArgumentParser) -> None:
    """`devices [show | rename | reprovision | rotate | query | reset | transfer | tokens | cancel |
    revoke DEVICE]`, `devices accept FILE`.
    """
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    add_radio(parser)
    add_json(parser, lines=True)
    parser.add_argument("action", nargs="?", choices=ACTIONS, default="list", metavar="ACTION")
    parser.add_argument(
        "device",
        nargs="?",
        metavar="DEVICE",
        help="id (or its beginning), serial number or name; if several devices match, use id:ID; accept: "
        "FILE with the token",
    )
    ownership.configure(parser)
    transfer.configure(parser)
    revocation.configure(parser)


def run(arguments: argparse.Namespace) -> int:
    """List the devices, show one, or act on one."""
    if arguments.action == "transfer":
        return transfer.run(arguments)
    if arguments.action in revocation.ACTIONS:
        return revocation.run(arguments)
    if arguments.action in ownership.ACTIONS:
        return interrupts.run(ownership.run(arguments))
    return _tell(arguments)


def _tell(arguments: argparse.Namespace) -> int:
    """List the devices, rename one, or show one with its credentials, receipts and runs."""
    registry = open_registry(registry_folder(arguments))
    renamed = None
    try:
        if arguments.action == "rename":
            if arguments.name is None and arguments.room is None:
                streams.complain("companion: devices rename needs --name or --room")
                return 2
            renamed = registry.device(arguments.device or "")
            registry.rename(by_id(renamed.id), name=arguments.name, room=arguments.room)
        if arguments.action == "list":
            listed = registry.devices()
            if arguments.json:
                streams.document({"devices": [device.as_json() for device in listed]})
            else:
                _print_list(listed)
        else:
            shown = registry.device(by_id(renamed.id) if renamed is not None else arguments.device or "")
            if arguments.json:
                streams.document(shown.as_json())
            else:
                _print_device(shown)
    finally:
        registry.close()
    return 0


def _print_list(devices: list[DeviceRecord]) -> None:
    for device in devices:
        known_as = device.serial or device.id
        streams.say(
            f"{device.name:<24} {_state(device):<13} {device.protocol:<10} {known_as:<24} "
            f"{device.updated:%Y-%m-%d}"
        )
    if not devices:
        streams.say("No devices. Add one with `companion commission`.")


def _state(device: DeviceRecord) -> str:
    """Its state, but for a device that nobody has taken over yet."""
    return "transfer pending" if any(token.is_out for token in device.tokens) else device.state


def _print_device(device: DeviceRecord) -> None:
    streams.say(f"{device.name} ({_state(device)})")
    for label, value in (
        ("room", device.room),
        ("id", device.id),
        ("model", device.model),
        ("serial", device.serial),
        ("firmware", device.firmware),
        ("protocol", f"{device.protocol}, {device.method}"),
        ("since", f"{device.created:%Y-%m-%d %H:%M} UTC"),
    ):
        if value:
            streams.say(f"  {label + ':':<12} {value}")
    for credential in device.credentials:
        facts = ", ".join(fact(name, value) for name, value in credential.details.items())
        streams.say(f"  {credential.kind + ':':<12} {facts}{_standing(credential)}")
    for token in device.tokens:
        streams.say(f"  {'token:':<12} {token_line(token)}")
    streams.say(f"  {'receipts:':<12} {len(device.receipts)}")
    streams.say(f"  {'runs:':<12} {', '.join(device.runs)}")


def _standing(credential: CredentialRecord) -> str:
    """What a credential is no more, in brackets; nothing for one that holds."""
    past = ["replaced"] if credential.replaced else []
    if credential.revoked is not None:
        past.append(f"revoked {credential.revoked:%Y-%m-%d %H:%M} UTC, {credential.reason}")
    return f" ({', '.join(past)})" if past else ""
