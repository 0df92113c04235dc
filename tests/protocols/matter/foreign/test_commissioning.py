"""CircuitMatter, a device of others, commissioned by our layers over datagrams that stay in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.protocols.matter.certificates.authority import Validity
from companion.protocols.matter.fabric.authority import FabricAuthority
from tests.protocols.matter.certificates.builders import VALIDITY, key
from tests.protocols.matter.foreign.circuitmatter_device import Device, factory_new
from tests.protocols.matter.foreign.commissioning import (
    by_certificate,
    by_passcode,
    complete,
    hand_over,
)

pytest.importorskip("circuitmatter", reason="circuitmatter is not installed")

NODE, CONTROLLER = 200, 100


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    with factory_new(tmp_path) as made:
        yield made


@pytest.mark.parametrize("delegated", [False, True], ids=["by the root", "by a delegate"])
def test_it_is_commissioned_and_called_by_certificate(device: Device, delegated: bool) -> None:
    home = FabricAuthority.found(key(1), VALIDITY)
    issuer = home.delegated(home.intermediate(key(2).public, VALIDITY), key(2)) if delegated else home
    hand_over(by_passcode(device.link, device.passcode), issuer, NODE, CONTROLLER)
    me = issuer.admit(key(3), CONTROLLER, Validity(VALIDITY.since), (0x10001,))
    session = by_certificate(device.link, me, NODE, 0x1002)
    assert session.resumption is not None and session.resumption.peer.node == NODE
    complete(device.link, session)
