"""The Bluetooth adapters of this computer: which there are, what they are, and what is wrong with them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from companion.errors import AdapterMissing, NoBluetoothService
from companion.plain_text import plain
from companion.radio.guard import bounded

SYSFS, RFKILL = Path("/sys/class/bluetooth"), Path("/sys/class/rfkill")
ANSWER_SECONDS = 5.0
MOST = 16
"""Adapters that are looked at."""
MOST_NAME = 60
_INTERFACE = "org.bluez.Adapter1"
# Bluetooth Assigned Numbers, 2.1: Core Specification versions.
_VERSIONS = {
    6: "4.0", 7: "4.1", 8: "4.2", 9: "5.0", 10: "5.1", 11: "5.2", 12: "5.3", 13: "5.4", 14: "6.0",
}  # fmt: skip
# Bluetooth Assigned Numbers, 7.1: companies that make controllers.
_MAKERS = {
    2: "Intel",
    10: "Qualcomm",
    13: "Texas Instruments",
    15: "Broadcom",
    29: "Qualcomm",
    70: "MediaTek",
    89: "Nordic Semiconductor",
    93: "Realtek",
    305: "Cypress",
    741: "Espressif",
}


class AdapterState(StrEnum):
    """Whether an adapter can be used, and if not, why."""

    READY = "ready"
    OFF = "off"
    BLOCKED = "blocked"
    """By software: `rfkill unblock`."""
    SWITCHED_OFF = "switched-off"
    """By a switch or key of the computer."""
    NO_CENTRAL = "no-central"
    """It can't connect to Bluetooth LE devices."""


@dataclass(frozen=True)
class Adapter:
    """id: "hci0", as a radio's specification names it ("os:hci0"); chip: who made it and what it says it is
    version: of Bluetooth, "" if the system does not tell; is_usual: "os" takes it; is_removable: plugged in
    """

    id: str
    name: str
    address: str
    state: AdapterState
    chip: str = ""
    version: str = ""
    is_usual: bool = False
    is_removable: bool = False


async def adapters() -> tuple[Adapter, ...]:
    """Those that BlueZ knows, in its order; () on systems that name none. Raises NoBluetoothService."""
    if sys.platform != "linux":
        return ()
    try:
        objects = await bounded(_managed_objects(), ANSWER_SECONDS)
    except Exception as problem:
        raise NoBluetoothService(type(problem).__name__) from problem
    return found_in(objects)


async def adapter_at(address: str) -> str:
    """What the adapter with this address is called now ("hci1"): the next start may number them anew.

    Raises AdapterMissing, NoBluetoothService.
    """
    for each in await adapters():
        if each.address.upper() == address:
            return each.id
    raise AdapterMissing


def found_in(
    objects: Mapping[str, Mapping[str, Mapping[str, Any]]], *, sysfs: Path = SYSFS, rfkill: Path = RFKILL
) -> tuple[Adapter, ...]:
    """The adapters among BlueZ's objects: path, interface, property and its value."""
    found: list[Adapter] = []
    for path, interfaces in objects.items():
        properties = interfaces.get(_INTERFACE)
        if properties is None or len(found) == MOST:
            continue
        id = path.rpartition("/")[2]
        state = _state(properties, _block(rfkill, id))
        # The first one that is on, as bleak takes it.
        is_usual = state is AdapterState.READY and not any(each.is_usual for each in found)
        found.append(
            Adapter(
                id,
                _plain(properties.get("Alias")) or id,
                _plain(properties.get("Address")),
                state,
                _chip(properties, sysfs / id),
                _VERSIONS.get(properties.get("Version", -1), ""),
                is_usual,
                _read(sysfs / id / "device" / ".." / "removable") == "removable",
            )
        )
    return tuple(found)


def _state(properties: Mapping[str, Any], block: AdapterState | None) -> AdapterState:
    if "central" not in properties.get("Roles", ["central"]):
        return AdapterState.NO_CENTRAL
    if properties.get("Powered"):
        return AdapterState.READY
    return block or AdapterState.OFF


def _chip(properties: Mapping[str, Any], folder: Path) -> str:
    """What the USB device says it is, else who made the controller."""
    device = folder / "device" / ".."
    told = [_plain(_read(device / name)) for name in ("manufacturer", "product")]
    words = " ".join(dict.fromkeys(each for each in told if each))
    return words or _MAKERS.get(properties.get("Manufacturer", -1), "")


def _block(rfkill: Path, id: str) -> AdapterState | None:
    for each in rfkill.glob("rfkill*"):
        if _read(each / "name") == id:
            if _read(each / "hard") == "1":
                return AdapterState.SWITCHED_OFF
            if _read(each / "soft") == "1":
                return AdapterState.BLOCKED
    return None


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(256).decode(errors="replace").strip()
    except OSError:
        return ""


def _plain(text: object) -> str:
    return plain(str(text or "")).strip()[:MOST_NAME]


async def _managed_objects() -> dict[str, dict[str, dict[str, Any]]]:
    from bleak.backends.bluezdbus.utils import get_dbus_authenticator
    from dbus_fast import BusType, Message, MessageType
    from dbus_fast.aio import MessageBus

    bus = MessageBus(bus_type=BusType.SYSTEM, auth=get_dbus_authenticator())
    await bus.connect()
    try:
        reply = await bus.call(
            Message(
                destination="org.bluez",
                path="/",
                interface="org.freedesktop.DBus.ObjectManager",
                member="GetManagedObjects",
            )
        )
        if reply is None or reply.message_type is MessageType.ERROR:
            raise RuntimeError(reply.error_name if reply else "no reply")
        return {
            path: {name: {key: each.value for key, each in told.items()} for name, told in interfaces.items()}
            for path, interfaces in reply.body[0].items()
        }
    finally:
        bus.disconnect()
