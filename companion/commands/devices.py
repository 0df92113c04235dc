"""`companion devices`: what the registry knows of the devices that got credentials, and the owner's acts."""

from __future__ import annotations

import argparse

from companion.commands import interrupts, ownership, revoke, streams, transfer
from companion.commands.options import add_json, add_radio, registry_folder
from companion.commands.revoke import token_line
from companion.registry import open_registry
from companion.registry.records import CredentialRecord, DeviceRecord

DESCRIPTION = """\
Show the devices in the registry, and do what their owner may do.

actions:
  list                 every device (default)
  show DEVICE          one device with its credentials, receipts and runs
  reprovision DEVICE   give it other network details, name, room or endpoint, and a new certificate
  rotate DEVICE        give it a new certificate and nothing else
  query DEVICE         ask what it is, and finish a change whose end got lost
  reset DEVICE         set it free: nobody owns it afterwards, with or without a reset-lock
  transfer DEVICE      make a token for its next owner (--to or --bearer, --token); needs no radio
  tokens [DEVICE]      the transfer tokens that left, and where each of them stands
  cancel DEVICE        end its transfer tokens (--id ID: one); `query` then tells the device
  revoke DEVICE        believe its certificates no more, if it is lost or stolen (--reason); needs no radio
  accept FILE          take a device over with the token in FILE, a text or a picture of its QR code
"""
ACTIONS = ("list", "show", *ownership.ACTIONS, "transfer", *revoke.ACTIONS)


def configure(parser: argparse.ArgumentParser) -> None:
    """`devices [show | reprovision | rotate | query | reset | transfer | tokens | cancel |
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
        help="its id or the beginning of it, its serial or name; if several "
        "devices fit, nothing is done: then id:ID; accept: the token's FILE",
    )
    ownership.configure(parser)
    transfer.configure(parser)
    revoke.configure(parser)


def run(arguments: argparse.Namespace) -> int:
    """List the devices, show one, or act on one."""
    if arguments.action == "transfer":
        return transfer.run(arguments)
    if arguments.action in revoke.ACTIONS:
        return revoke.run(arguments)
    if arguments.action in ownership.ACTIONS:
        return interrupts.run(ownership.run(arguments))
    return _tell(arguments)


def _tell(arguments: argparse.Namespace) -> int:
    """List the devices, or show one with its credentials, receipts and runs."""
    registry = open_registry(registry_folder(arguments))
    try:
        if arguments.action == "list":
            listed = registry.devices()
            if arguments.json:
                streams.document({"devices": [device.as_json() for device in listed]})
            else:
                _print_list(listed)
        else:
            shown = registry.device(arguments.device or "")
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
        streams.say("No devices yet. `companion commission` adds one.")


def _state(device: DeviceRecord) -> str:
    """Its state, but for a device that nobody has taken over yet."""
    return "transfer open" if any(token.is_out for token in device.tokens) else device.state


def _print_device(device: DeviceRecord) -> None:
    streams.say(f"{device.name} ({_state(device)})")
    for label, value in (
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
        facts = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in credential.details.items())
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
