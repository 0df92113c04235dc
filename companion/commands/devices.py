"""`companion devices`: what the registry knows of the devices that got credentials from here."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from companion.commands.options import add_json, add_radio, radios
from companion.radio import RadioSpec
from companion.registry import open_registry
from companion.registry.records import DeviceRecord
from companion.workplace import data_folder


def configure(parser: argparse.ArgumentParser) -> None:
    """`devices [show DEVICE]`."""
    add_radio(parser)
    add_json(parser)
    parser.add_argument("action", nargs="?", choices=("list", "show"), default="list")
    parser.add_argument("device", nargs="?", metavar="DEVICE", help="its id, serial or name")


def run(arguments: argparse.Namespace) -> int:
    """List the devices, or show one with its credentials, receipts and runs."""
    registry = open_registry(registry_folder(arguments))
    try:
        if arguments.action == "list":
            listed = registry.devices()
            if arguments.json:
                print(json.dumps({"devices": [device.as_json() for device in listed]}, ensure_ascii=False))
            else:
                _print_list(listed)
        else:
            shown = registry.device(arguments.device or "")
            if arguments.json:
                print(json.dumps(shown.as_json(), ensure_ascii=False))
            else:
                _print_device(shown)
    finally:
        registry.close()
    return 0


def registry_folder(arguments: argparse.Namespace) -> Path:
    """The data folder of the radio asked for: the virtual world has its own."""
    return data_folder(arguments.data_dir, virtual=RadioSpec.parse(radios(arguments)[0]).is_virtual)


def _print_list(devices: list[DeviceRecord]) -> None:
    for device in devices:
        known_as = device.serial or device.id
        print(
            f"{device.name:<24} {device.state:<13} {device.protocol:<10} {known_as:<24} "
            f"{device.updated:%Y-%m-%d}"
        )
    if not devices:
        print("No devices yet. `companion commission` adds one.")


def _print_device(device: DeviceRecord) -> None:
    print(f"{device.name} ({device.state})")
    for label, value in (
        ("id", device.id),
        ("model", device.model),
        ("serial", device.serial),
        ("firmware", device.firmware),
        ("protocol", f"{device.protocol}, {device.method}"),
        ("since", f"{device.created:%Y-%m-%d %H:%M} UTC"),
    ):
        if value:
            print(f"  {label + ':':<12} {value}")
    for credential in device.credentials:
        facts = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in credential.details.items())
        print(f"  {credential.kind + ':':<12} {facts}{' (replaced)' if credential.replaced else ''}")
    print(f"  {'receipts:':<12} {len(device.receipts)}")
    print(f"  {'runs:':<12} {', '.join(device.runs)}")
