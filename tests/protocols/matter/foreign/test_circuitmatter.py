"""CircuitMatter, a device of others, commissioned by our layers over datagrams that stay in memory."""

from __future__ import annotations

import socket
import sys
from collections import deque
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from companion.protocols.matter.certificates.issuing import Validity
from companion.protocols.matter.establishment.outcome import EstablishmentFailed, Reason
from companion.protocols.matter.fabric.authority import FabricAuthority
from tests.protocols.matter.certificates.making import VALIDITY, key
from tests.protocols.matter.foreign.commissioning import (
    by_certificate,
    by_passcode,
    complete,
    hand_over,
)

pytest.importorskip("circuitmatter", reason="circuitmatter is not installed")

NODE, CONTROLLER = 200, 100
HERE = ("::1", 5550, 0, 0)


class Datagrams:
    """A socket, and the module that makes it, for one device and one peer."""

    AF_INET6, SOCK_DGRAM = socket.AF_INET6, socket.SOCK_DGRAM

    def __init__(self) -> None:
        self.to_device: deque[bytes] = deque()
        self.from_device: deque[bytes] = deque()

    def socket(self, *_: object) -> Datagrams:
        return self

    def bind(self, address: object) -> None: ...

    def setblocking(self, flag: bool) -> None: ...

    def recvfrom_into(self, buffer: memoryview, size: int) -> tuple[int, Any]:
        if not self.to_device:
            raise BlockingIOError
        data = self.to_device.popleft()
        buffer[: len(data)] = data
        return len(data), HERE

    def sendto(self, data: bytes, address: object) -> int:
        self.from_device.append(bytes(data))
        return len(data)


class Silent:
    """In place of mDNS."""

    def advertise_service(self, *_: object, **__: object) -> None: ...


def fresh() -> Any:
    """Its package as if never imported: its devices share state in their classes."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "circuitmatter"]:
        del sys.modules[name]
    return import_module("circuitmatter")


class Device:
    """The device and the link to it."""

    def __init__(self, folder: Path) -> None:
        self.datagrams = Datagrams()
        self.device = fresh().CircuitMatter(
            socketpool=self.datagrams, mdns_server=Silent(), state_filename=str(folder / "state.json")
        )
        self.passcode = f"{self.device.nonvolatile['passcode']:08}"

    def link(self, data: bytes | None) -> bytes | None:
        if data is not None:
            self.datagrams.to_device.append(data)
            return None
        self.device.process_packets()
        return self.datagrams.from_device.popleft() if self.datagrams.from_device else None


@pytest.fixture
def device(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Device:
    return Device(tmp_path)


@pytest.mark.parametrize("delegated", [False, True], ids=["by the root", "by a delegate"])
def test_it_is_commissioned_and_called_by_certificate(device: Device, delegated: bool) -> None:
    home = FabricAuthority.found(key(1), VALIDITY)
    issuer = home.delegated(home.intermediate(key(2).public, VALIDITY), key(2)) if delegated else home
    hand_over(by_passcode(device.link, device.passcode), issuer, NODE, CONTROLLER)
    me = issuer.admit(key(3), CONTROLLER, Validity(VALIDITY.since), (0x10001,))
    session = by_certificate(device.link, me, NODE, 0x1002)
    assert session.resumption is not None and session.resumption.peer.node == NODE
    complete(device.link, session)


def test_it_is_told_of_a_wrong_passcode(device: Device) -> None:
    wrong = "20202021" if device.passcode != "20202021" else "20202022"
    with pytest.raises(EstablishmentFailed) as caught:
        by_passcode(device.link, wrong)
    assert caught.value.reason is Reason.PASSCODE
