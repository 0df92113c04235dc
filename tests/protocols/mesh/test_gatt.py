"""The link of a provisioning: what is none of it gains no time."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from companion.errors import OperationTimeout, ServiceMissing
from companion.protocols.mesh.bearer import PROVISIONING_IN, PROVISIONING_OUT
from companion.protocols.mesh.driver.gatt import GattPeer


class Chatter:
    """A link over which network PDUs come without an end."""

    def __init__(self, *characteristics: str) -> None:
        self.characteristics = dict.fromkeys(characteristics)

    async def subscribe(self, uuid: str) -> Chatter:
        return self

    async def get(self, *, timeout: float) -> bytes:
        await asyncio.sleep(0)
        return b"\x00\x01"


async def test_a_device_that_talks_of_other_things_is_not_waited_for() -> None:
    link: Any = Chatter(PROVISIONING_IN, PROVISIONING_OUT)
    peer = GattPeer(link)
    await peer.open()
    with pytest.raises(OperationTimeout):
        await peer.receive(0.01)


async def test_a_device_without_the_service_is_another_one() -> None:
    link: Any = Chatter(PROVISIONING_OUT)
    with pytest.raises(ServiceMissing):
        await GattPeer(link).open()
