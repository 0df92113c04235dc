"""Ownership operations over a radio that gives nothing back, and corners that the usual ones leave out."""

from __future__ import annotations

import pytest

from companion import errors
from companion.encoding import cbor, es256
from companion.protocols import OwnedDevice, OwnershipOperation
from companion.protocols.rp1.device import session as sessions
from companion.protocols.rp1.driver import Driver
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.ownership import transfer_offer
from companion.protocols.rp1.wire.record import RecordType
from tests.protocols.rp1.support.bench import PRODUCT
from tests.protocols.rp1.support.driver_bench import DriverBench, with_code
from tests.protocols.rp1.support.handshake_pair import OWNER


async def owned() -> DriverBench:
    bench = with_code()
    await bench.commission()
    return bench


async def test_a_device_that_drops_every_link_at_once_ends_the_act():
    bench = await owned()
    bench.spoil = lambda kind: kind == "read"
    with pytest.raises(errors.LinkLostError):
        await bench.operate(OwnershipOperation.QUERY)


async def test_a_device_that_drops_every_session_ends_the_act():
    """Each link lives until the handshake is over."""
    bench = await owned()
    bench.spoil = lambda kind: bench.device.machine._session is not None and kind == "write"
    with pytest.raises(errors.LinkLostError):
        await bench.operate(OwnershipOperation.QUERY)
    assert bench.device.machine.standing is Standing.OWNED


async def test_progress_that_nobody_waits_for_is_passed_over(monkeypatch):
    answer = sessions.DeviceSession._request

    def chatty(self, plaintext):
        return [self._seal(RecordType.PROGRESS, cbor.encode([1, 1])), *answer(self, plaintext)]

    bench = await owned()
    monkeypatch.setattr(sessions.DeviceSession, "_request", chatty)
    assert (await bench.operate(OwnershipOperation.QUERY)).device.firmware == "1.0"


async def test_a_device_is_recognised_by_its_own_key_only():
    bench = await owned()
    seen = bench.advertisement()
    assert Driver().recognise(seen, OwnedDevice("Lamp", PRODUCT.point, PRODUCT.serial)) is not None
    assert Driver().recognise(seen, OwnedDevice("Lamp", es256.point(OWNER), PRODUCT.serial)) is None


@pytest.mark.parametrize("text", ["", "RP1:000", "rp1t:000"])
def test_a_text_without_the_prefix_is_no_offer(text):
    with pytest.raises(transfer_offer.BadOffer):
        transfer_offer.parse(text)
