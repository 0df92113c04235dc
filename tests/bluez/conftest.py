"""One guest for the session, restored from its snapshot; a fresh adapter for every test."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator

import pytest

from companion.virtual.air import Air
from tests.bluez.adapter import Adapter, Bluez
from tests.bluez.guest import QEMU, Guest
from tests.bluez.image import build
from tests.bluez.packages import PackagesMissing


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this room needs the guest, and one guest serves one worker."""
    for item in items:
        if item.nodeid.startswith("tests/bluez/"):
            item.add_marker(pytest.mark.bluez)
            item.add_marker(pytest.mark.xdist_group("bluez"))


@pytest.fixture(scope="session")
def guest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guest]:
    if shutil.which(QEMU) is None:
        pytest.skip(f"{QEMU} is not installed: apt-get install qemu-system-x86")
    try:
        build()
    except PackagesMissing as missing:
        pytest.skip(f"the guest with BlueZ can't be built here: {missing}")
    running = Guest.start(tmp_path_factory.mktemp("guest"))
    yield running
    running.stop()


@pytest.fixture
async def bluez(guest: Guest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bluez]:
    """BlueZ in the guest, which is also where bleak finds it. Afterwards its kernel must be unhurt."""
    address = f"tcp:host=127.0.0.1,port={guest.ports.bus}"
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
    reached = await Bluez.reach(guest.ports.bus)
    yield reached
    reached.close()
    assert "BUG" not in guest.shell("dmesg")


@pytest.fixture
async def air() -> AsyncIterator[Air]:
    async with Air() as made:
        yield made


@pytest.fixture
async def adapter(guest: Guest, bluez: Bluez, air: Air) -> AsyncIterator[Adapter]:
    async with Adapter(air, bluez, guest.ports.hci) as plugged:
        yield plugged
