"""Who the device is: another one behind the label's advertisement, and requests for other keys."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion import errors
from companion.encoding import es256
from companion.identity import DeviceName, serial_of
from companion.model import DeviceIdentity
from companion.protocols import KnownDevice, Order
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.driver.transaction import open_transaction, serial_choice
from companion.protocols.rp1.handshake.attestation import Trust
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.transaction import csr
from companion.protocols.rp1.wire.results import Request
from companion.questions import SameSerial, SerialKnown
from companion.secret import Secret
from tests.adversary import broken
from tests.protocols.rp1.support.bench import PRODUCT
from tests.protocols.rp1.support.driver_bench import (
    DriverBench,
    FakeReporter,
    ListeningBench,
    label,
    with_code,
)

PSK = bytes(range(32))
OTHER = replace(PRODUCT, identity=es256.generate(), serial="RP1-0002", psks=((b"\xaa", Secret(PSK)),))


# --- a relay between the label of one device and another device -----------------------------------------


def relayed(method: str) -> DriverBench:
    """The user has device A's label and everything on the air says A; all of it is carried to B and back."""
    bench = with_code(order=Order(method=method, extra={"psk_id": "aa"}))
    bench.memory.put_secret("psk/aa", PSK)
    told = bench.advertisement()
    bench.device, bench.advertisement = ListeningBench(product=OTHER), lambda: told
    return bench


@pytest.mark.parametrize("method", ["nc", "psk"])
async def test_another_device_behind_the_labels_advertisement_gets_nothing(method):
    """Both ends agree on keys and numbers: only FACTS say that it is not the label's device."""
    bench = relayed(method)
    with pytest.raises(errors.WrongIdentity):
        await bench.commission()
    assert bench.device.machine.standing is Standing.UNOWNED
    assert bench.device.machine._state.slots.staging is None, "no CSR and no STAGE"


@pytest.mark.parametrize("method", ["nc", "psk"])
async def test_it_is_owned_by_a_commissioner_that_asks_the_handshake_alone(method, monkeypatch):
    monkeypatch.setattr(open_transaction, "TransactionMachine", broken.IgnoresTheLabel)
    bench = relayed(method)
    assert (await bench.commission()).confirmed
    assert bench.device.machine.standing is Standing.OWNED


# --- a key for a CA that was not in the session ---------------------------------------------------------

TX, EXPORT = b"transact", bytes(range(16))


def test_who_opened_a_session_gets_no_certificate_for_a_key_of_his_own():
    """He knows EXPORT and binds what he likes; the device's attestation is what he can't make."""
    his = es256.generate()
    request = csr.make(his, PRODUCT.serial, EXPORT)
    listed = Trust(known=frozenset({PRODUCT.fp}))
    theirs = csr.make(es256.generate(), PRODUCT.serial, EXPORT)
    by_the_device = es256.sign(PRODUCT.identity, csr.attested(TX, theirs))
    for attestation in (None, es256.sign(his, csr.attested(TX, request)), by_the_device):
        with pytest.raises(csr.BadCsr):
            csr.certifiable(TX, Request(request, attestation), PRODUCT.serial, PRODUCT.point, listed)
    assert csr.check(request, EXPORT) == es256.point(his), "a CA that takes the binding for a proof"


# --- a device that claims a known serial number ---------------------------------------------------------

CLAIMS = replace(OTHER, serial=PRODUCT.serial, r=Secret(PRODUCT.r.reveal()[::-1]))


async def claiming(same_serial: object = None) -> DriverBench:
    """The user owns PRODUCT; somebody's own device, label and all, says PRODUCT's serial number."""
    bench = with_code()
    await bench.commission()
    owned = DeviceIdentity("lamp", "Lamp", PRODUCT.model, PRODUCT.serial)
    bench.inventory = (KnownDevice(owned, PRODUCT.point),)
    bench.device = ListeningBench(product=CLAIMS)
    bench.code = label(bench.device)
    bench.reporter = FakeReporter(same_serial=same_serial)
    return bench


async def test_the_claimed_serial_gets_no_certificate_while_nobody_decides():
    bench = await claiming(errors.SerialInUse())
    with pytest.raises(errors.SerialInUse):
        await bench.commission()
    assert bench.device.machine.standing is Standing.UNOWNED


async def test_the_claimed_serial_is_certified_to_nobody_else_where_both_stay():
    bench = await claiming(SameSerial.OTHER)
    await bench.commission()
    leaf = bench.device.machine.settings.settings[ItemType.LDEVID].chain[0]
    assert serial_of(leaf) != PRODUCT.serial
    assert DeviceName.of(leaf).fp == CLAIMS.fp != PRODUCT.fp


async def test_it_is_certified_by_a_commissioner_that_takes_a_serial_for_an_identity(monkeypatch):
    monkeypatch.setattr(serial_choice, "settle", broken.believes_serials)
    bench = await claiming()
    await bench.commission()
    assert serial_of(bench.device.machine.settings.settings[ItemType.LDEVID].chain[0]) == PRODUCT.serial
    assert bench.reporter.asked and not any(isinstance(one, SerialKnown) for one in bench.reporter.asked)
