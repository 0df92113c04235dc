"""`companion doctor`: what this computer lacks to commission devices, and how to fix it."""

from __future__ import annotations

import argparse

from companion.commands.arguments.options import add_json
from companion.commands.terminal import streams
from companion.doctor import Check, CheckName, CheckState, check, exit_status

MARKS = {CheckState.GOOD: "✓", CheckState.LACKING: "!", CheckState.BLOCKING: "✗", CheckState.UNKNOWN: "?"}
NAMES = {
    CheckName.KERNEL: "Kernel",
    CheckName.DBUS: "D-Bus",
    CheckName.SERVICE: "Bluetooth service",
    CheckName.ADAPTER: "Adapter",
    CheckName.PERMISSION: "Permission",
    CheckName.PROFILE: "Profile",
    CheckName.BLUETOOTH: "bluetooth",
    CheckName.CAMERA: "Camera",
    CheckName.MICROPHONE: "Microphone",
    CheckName.ZBAR: "zbar",
    CheckName.FONTS: "Fonts",
    CheckName.KEYSTORE: "Key store",
    CheckName.HSM: "Hardware",
    CheckName.NFC: "NFC",
    CheckName.FOLDER: "Data folder",
    CheckName.ENDPOINT: "Endpoint",
    CheckName.REVOCATION_LIST: "Revoked",
    CheckName.REGISTRY: "Registry",
    CheckName.CLOCK: "Clock",
    CheckName.VERSIONS: "Versions",
    CheckName.UPDATES: "Updates",
    CheckName.PLUGIN: "Plug-in",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """`doctor [--json]`."""
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Check and print. Exit status 0 if devices can be commissioned, else that of what prevents it."""
    checks = check(arguments.data_dir)
    status = exit_status(checks)
    if arguments.json:
        document = {"possible": status == 0, "checks": [found.as_json() for found in checks]}
        streams.print_json(document)
        return status
    for found in checks:
        _print(found)
    if status:
        streams.print_line(
            "This computer can't commission devices yet. `companion demo` works without a radio."
        )
    else:
        streams.print_line("This computer can commission devices.")
    return status


def _print(found: Check) -> None:
    streams.print_line(f"{MARKS[found.state]} {NAMES[found.name]:<18} {found.sentence}")
    if found.remedy is not None:
        streams.print_line(f"{'':21}→ {found.remedy}")
