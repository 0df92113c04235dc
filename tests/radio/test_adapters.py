"""The adapters of this computer, as BlueZ, the kernel and USB describe them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from companion.errors import AdapterMissing, RadioSpecError
from companion.radio import open_radio
from companion.radio.adapters import Adapter, AdapterState, adapter_at, found_in
from companion.radio.spec import RadioSpec


def bluez(**more: Any) -> dict[str, dict[str, Any]]:
    properties = {"Address": "00:1A:7D:DA:71:13", "Alias": "workshop", "Powered": True, "Roles": ["central"]}
    return {"org.bluez.Adapter1": properties | more}


def test_each_adapter_is_told_with_its_chip_and_state(tmp_path: Path) -> None:
    usb = tmp_path / "devices" / "1-3"
    (usb / "1-3:1.0" / "bluetooth").mkdir(parents=True)
    for name, words in (
        ("manufacturer", "Realtek\n"),
        ("product", "Bluetooth\x1b Radio\n"),
        ("removable", "removable\n"),
    ):
        (usb / name).write_text(words)
    sysfs, rfkill = tmp_path / "bluetooth", tmp_path / "rfkill"
    (sysfs / "hci1").mkdir(parents=True)
    (sysfs / "hci1" / "device").symlink_to(usb / "1-3:1.0")
    for number, hard in ((0, "0"), (3, "1")):
        (rfkill / f"rfkill{number}").mkdir(parents=True)
        for name, words in (("name", f"hci{number}"), ("hard", hard), ("soft", "1")):
            (rfkill / f"rfkill{number}" / name).write_text(words)
    objects = {
        "/org/bluez": {"org.bluez.AgentManager1": {}},
        "/org/bluez/hci0": bluez(Powered=False, Version=11, Manufacturer=2),
        "/org/bluez/hci1": bluez(),
        "/org/bluez/hci2": bluez(Alias=""),
        "/org/bluez/hci3": bluez(Powered=False),
        "/org/bluez/hci4": bluez(Roles=["peripheral"]),
        "/org/bluez/hci5": bluez(Powered=False),
    }
    found = found_in(objects, sysfs=sysfs, rfkill=rfkill)
    states = (AdapterState.BLOCKED, AdapterState.READY, AdapterState.READY)
    others = (AdapterState.SWITCHED_OFF, AdapterState.NO_CENTRAL, AdapterState.OFF)
    assert tuple(each.state for each in found) == states + others
    assert (found[0].chip, found[0].version) == ("Intel", "5.2")
    address = "00:1A:7D:DA:71:13"
    plugged = Adapter(
        "hci1", "workshop", address, AdapterState.READY, "Realtek Bluetooth� Radio", "", True, True
    )
    assert found[1] == plugged
    assert found[2].name == "hci2" and not found[2].is_usual


async def test_a_specification_names_an_adapter() -> None:
    assert RadioSpec.parse("os:hci1").adapter == "hci1" and not RadioSpec.parse("os").adapter
    for wrong in ("os:", "os:hci", "os:eth0", "virtual+os:hci1"):
        with pytest.raises(RadioSpecError):
            RadioSpec.parse(wrong)
    async with await open_radio("os:hci7") as radio:
        assert radio.spec == "os:hci7" and radio._scanner._adapter == "hci7"


async def test_an_address_names_an_adapter_whatever_it_is_called_today(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = "00:1A:7D:DA:71:13"
    assert RadioSpec.parse(f"os:{address}").adapter == address
    objects = {"/org/bluez/hci0": bluez(Address="3C:6A:A7:10:22:41"), "/org/bluez/hci3": bluez()}

    async def here() -> tuple[Adapter, ...]:
        return found_in(objects)

    monkeypatch.setattr("companion.radio.adapters.adapters", here)
    assert await adapter_at(address) == "hci3"
    objects.popitem()
    async with await open_radio(f"os:{address}") as radio:
        with pytest.raises(AdapterMissing):
            await radio.check()
