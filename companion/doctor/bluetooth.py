"""Bluetooth as a run would meet it: the radio is asked, and what lies below it explains the answer."""

from __future__ import annotations

import asyncio
import errno
import os
import platform
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

from companion.doctor.checks import Check, CheckName, CheckState
from companion.doctor.remedies import remedy, this_system
from companion.errors import (
    AdapterOff,
    CompanionError,
    NoAdapter,
    NoBluetoothService,
    PermissionDenied,
    RadioError,
)
from companion.model import Text

SYSTEM_BUS = "unix:path=/run/dbus/system_bus_socket"
RFKILL, ADAPTERS = Path("/sys/class/rfkill"), Path("/sys/class/bluetooth")
CONNECT_SECONDS = 0.5
NO_ADDRESS = "no address"
BLOCKS = {
    "hard": (Text("Bluetooth is blocked by a hardware switch"), "adapter-switch"),
    "soft": (Text("Bluetooth is blocked by software"), "adapter-blocked"),
}
"""What blocks a radio: its sentence, and what fixes it."""
ANSWERED = (AdapterOff, NoAdapter, PermissionDenied)
"""Errors that only a Bluetooth service which runs can tell."""


def examine() -> Iterator[Check]:
    """Kernel, D-Bus and service where they are, then adapter and permission.

    Each rests on the one before: only the first that is missing has a remedy, for the others may be there.
    """
    blocked = False
    for found in _each():
        if blocked and found.state is CheckState.BLOCKING:
            yield Check(found.name, CheckState.UNKNOWN, Text("Not checked: it needs the part above"))
        else:
            yield found
        blocked = blocked or found.state is CheckState.BLOCKING


def _is_adapter(fault: CompanionError | None) -> bool:
    """True if an adapter was reached, on or off."""
    return fault is None or isinstance(fault, AdapterOff | PermissionDenied)


def _each() -> Iterator[Check]:
    fault = _ask_radio()
    if this_system() == "linux":
        yield kernel(platform.release(), _kernel_speaks_bluetooth(), works=_is_adapter(fault))
        yield dbus(_bus_fault(os.environ.get("DBUS_SYSTEM_BUS_ADDRESS", SYSTEM_BUS)))
        yield service(fault)
    yield adapter(fault)
    yield permission(fault)
    if this_system() == "macos":
        yield profile()


def silent() -> tuple[Check, ...]:
    """What is said when the radio gave no answer in time."""
    found = Text("Bluetooth does not respond")
    return (Check(CheckName.ADAPTER, CheckState.BLOCKING, found, remedy("adapter"), NoBluetoothService),)


def kernel(release: str, speaks_bluetooth: bool, *, works: bool) -> Check:
    """`works`: Bluetooth was reached, wherever its kernel may be."""
    facts = {"release": release}
    if not speaks_bluetooth and not works:
        missing = Text("Linux {release}: Bluetooth module not loaded", facts)
        return Check(CheckName.KERNEL, CheckState.BLOCKING, missing, remedy("kernel"), NoAdapter)
    if release.startswith("6.1."):
        risky = Text("Linux {release} may crash if a paired device loses its keys", facts)
        return Check(CheckName.KERNEL, CheckState.LACKING, risky, remedy("kernel-bonds"))
    return Check(CheckName.KERNEL, CheckState.GOOD, Text("Linux {release}", facts))


def dbus(fault: str) -> Check:
    """`fault`: why the system bus can't be reached, "" if it can."""
    if not fault:
        return Check(CheckName.DBUS, CheckState.GOOD, Text("System bus available"))
    missing = Text("Can't connect to the system bus ({fault})", {"fault": fault})
    if fault == NO_ADDRESS:
        missing = Text("No system bus address")
    return Check(CheckName.DBUS, CheckState.BLOCKING, missing, remedy("dbus"), NoBluetoothService)


def service(fault: CompanionError | None) -> Check:
    if fault is None or isinstance(fault, ANSWERED):
        return Check(CheckName.SERVICE, CheckState.GOOD, Text("bluetoothd is running"))
    missing = Text("bluetoothd does not respond")
    return Check(CheckName.SERVICE, CheckState.BLOCKING, missing, remedy("service"), NoBluetoothService)


def adapter(fault: CompanionError | None) -> Check:
    blocked = _rfkill_block()
    if fault is None or isinstance(fault, PermissionDenied):
        return Check(CheckName.ADAPTER, CheckState.GOOD, Text("Bluetooth adapter ready"))
    if blocked:
        found, fault_name = BLOCKS[blocked]
        return Check(CheckName.ADAPTER, CheckState.BLOCKING, found, remedy(fault_name), AdapterOff)
    if isinstance(fault, AdapterOff):
        off = Text("Bluetooth is turned off")
        return Check(CheckName.ADAPTER, CheckState.BLOCKING, off, remedy("adapter-off"), AdapterOff)
    if isinstance(fault, NoAdapter) or (isinstance(fault, NoBluetoothService) and not _plugged_in()):
        none = Text("No working Bluetooth adapter")
        return Check(CheckName.ADAPTER, CheckState.BLOCKING, none, remedy("adapter"), NoAdapter)
    if isinstance(fault, NoBluetoothService):
        return Check(CheckName.ADAPTER, CheckState.UNKNOWN, Text("Adapter found, but no service uses it"))
    failed = Text("Bluetooth failed ({code})", {"code": fault.code})
    return Check(CheckName.ADAPTER, CheckState.BLOCKING, failed, remedy("adapter"), RadioError)


def permission(fault: CompanionError | None) -> Check:
    if isinstance(fault, PermissionDenied):
        denied = Text("No permission to use Bluetooth")
        return Check(
            CheckName.PERMISSION, CheckState.BLOCKING, denied, remedy("permission"), PermissionDenied
        )
    if fault is None or isinstance(fault, AdapterOff):
        return Check(CheckName.PERMISSION, CheckState.GOOD, Text("Companion is allowed to use Bluetooth"))
    return Check(CheckName.PERMISSION, CheckState.UNKNOWN, Text("Permission not checked"))


def profile() -> Check:
    """That it is needed is all there is to say: no program can see whether it is installed."""
    needed = Text("Matter devices that are set up over Bluetooth need Apple's developer profile on a Mac")
    return Check(CheckName.PROFILE, CheckState.UNKNOWN, needed, remedy("profile"))


def _ask_radio() -> CompanionError | None:
    """What a run would end with before it began, or None."""
    from companion.radio import open_radio

    async def ask() -> None:
        async with await open_radio("os") as radio:
            await radio.check()

    try:
        asyncio.run(ask())
    except CompanionError as fault:
        return fault
    return None


def _kernel_speaks_bluetooth() -> bool:
    family = getattr(socket, "AF_BLUETOOTH", None)
    if family is None:
        return ADAPTERS.exists()
    try:
        socket.socket(family, socket.SOCK_RAW, getattr(socket, "BTPROTO_HCI", 1)).close()
    except OSError as error:
        return error.errno != errno.EAFNOSUPPORT
    return True


def _bus_fault(address: str) -> str:
    """Why nobody answers at a D-Bus address, "" if somebody does at one of its alternatives."""
    fault = NO_ADDRESS
    for alternative in address.split(";"):
        transport, _, rest = alternative.partition(":")
        keys = dict(pair.partition("=")[::2] for pair in rest.split(","))
        try:
            _connect(transport, keys)
        except (OSError, KeyError, ValueError) as error:
            fault = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
        else:
            return ""
    return fault


def _connect(transport: str, keys: dict[str, str]) -> None:
    if transport == "tcp":
        socket.create_connection((keys["host"], int(keys["port"])), timeout=CONNECT_SECONDS).close()
        return
    if sys.platform == "win32":
        raise OSError("this system has no sockets in the file system")
    path = keys["path"] if "path" in keys else "\0" + keys["abstract"]
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as channel:
        channel.settimeout(CONNECT_SECONDS)
        channel.connect(path)


def _plugged_in() -> bool:
    """True if the kernel knows an adapter."""
    return any(ADAPTERS.glob("hci*"))


def _rfkill_block() -> str:
    """ "hard" (a switch), "soft" (software), or "" if no Bluetooth radio is blocked (Linux's rfkill)."""
    for radio in RFKILL.glob("rfkill*"):
        try:
            if (radio / "type").read_text().strip() != "bluetooth":
                continue
            if (radio / "hard").read_text().strip() == "1":
                return "hard"
            if (radio / "soft").read_text().strip() == "1":
                return "soft"
        except OSError:
            continue
    return ""
