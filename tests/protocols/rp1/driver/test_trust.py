"""Who the device is, and whose: what the driver refuses, and what it says then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion import errors
from companion.identity.owner import OwnerKey
from companion.protocols import Order
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.methods import Standing
from companion.secret import Secret
from tests.protocols.rp1.support.bench import IDENTITY, PRODUCT
from tests.protocols.rp1.support.desk import (
    HOME,
    Desk,
    FakeIdentity,
    FakeStory,
    ListeningBench,
    desk,
    label,
    without_code,
)
from tests.protocols.rp1.support.run_kills import Killed, killed_at_verify

PSK = bytes(range(32))


async def test_a_wrong_secret():
    table = desk()
    table.code = label(table.device, r=Secret(PRODUCT.r.reveal()[::-1]))
    with pytest.raises(errors.WrongSetupSecret):
        await table.commission()
    assert table.device.machine.standing is Standing.UNOWNED


async def test_an_impostor_under_the_label():
    table = desk()
    impostor = replace(PRODUCT, identity=OwnerKey.generate()._key)
    table.advertisement, real = Desk.advertisement, table.advertisement()
    table.device = ListeningBench(product=impostor)
    table.advertisement = lambda: real
    with pytest.raises(errors.WrongIdentity):
        await table.commission()
    assert table.device.machine.standing is Standing.UNOWNED


@pytest.mark.parametrize("method", ["nc", "psk"])
async def test_a_device_that_is_not_the_labels_whatever_the_method(method):
    """FACTS say so before CSR or STAGE; the device hears abort 9, and takes a run with its own label."""
    table = desk(order=Order(method=method, extra={"psk_id": "aa"}))
    table.memory.put_secret("psk/aa", PSK)
    psks = ((b"\xaa", Secret(PSK)),)
    table.device = ListeningBench(product=replace(PRODUCT, identity=OwnerKey.generate()._key, psks=psks))
    real = desk().advertisement()
    own, table.advertisement = table.advertisement, lambda: real
    with pytest.raises(errors.WrongIdentity):
        await table.commission()
    assert table.dialer.counts.operations and table.device.machine.standing is Standing.UNOWNED
    assert table.device.machine._state.slots.staging is None
    table.advertisement, table.code = own, label(table.device)
    assert (await table.commission()).method == method


async def test_what_was_decided_for_one_device_is_not_for_another_that_advertises_as_it():
    """Its transaction is found by what it advertises, which anybody can repeat who ever saw its key."""
    table = without_code(order=Order(method="nc"))
    with pytest.raises(Killed):
        await killed_at_verify(table)
    first, real = table.device, table.advertisement()
    table.device = ListeningBench(product=replace(PRODUCT, identity=OwnerKey.generate()._key))
    table.advertisement = lambda: real
    with pytest.raises(errors.WrongIdentity):
        await table.commission()
    assert table.device.machine._state.slots.staging is None
    first.trial = lambda trial: None
    table.device, table.story = first, FakeStory(networks=[])
    assert (await table.commission()).confirmed


@pytest.mark.parametrize("r", [bytes(16), bytes(range(16)), bytes(range(16, 0, -1))])
async def test_a_uniform_secret_is_refused_before_anything_is_sent(r):
    table = desk()
    table.code = label(table.device, r=Secret(r))
    with pytest.raises(errors.SecretPredictable):
        await table.commission()
    assert table.dialer.dialled == 0


async def test_a_secret_that_a_whole_batch_shares():
    table = desk()
    await table.commission()
    twin = ListeningBench(product=replace(PRODUCT, identity=OwnerKey.generate()._key))
    with pytest.raises(errors.SecretPredictable):
        await desk(device=twin, memory=table.memory).commission()
    assert twin.machine.standing is Standing.UNOWNED


async def test_the_same_device_again_is_no_batch():
    table = desk()
    await table.commission()
    table.device.press(Press.RESET)
    table.story.networks = [HOME]
    assert (await table.commission()).confirmed


@pytest.mark.parametrize("by_label", [True, False], ids=["by its label", "by its advertisement"])
async def test_a_device_that_is_the_users_own_already(by_label):
    table = desk()
    await table.commission()
    if not by_label:
        table.code = None
    with pytest.raises(errors.AlreadyYours) as refused:
        await table.commission()
    assert f"companion devices reset rp1-{PRODUCT.fp.hex()}" in refused.value.advice_text
    assert refused.value.exit_status == 5


async def test_a_device_that_belongs_to_someone():
    table = desk()
    await table.commission()
    stranger = desk(device=table.device, identity=FakeIdentity())
    with pytest.raises(errors.NotAuthorised):
        await stranger.commission()


@pytest.mark.parametrize(
    ("promise", "leaf"),
    [({"suites": (1, 2)}, errors.DowngradeRefused), ({"methods": 63}, errors.DowngradeRefused)],
)
async def test_a_device_that_offers_less_than_its_label(promise, leaf):
    table = desk()
    table.code = label(table.device, **promise)
    with pytest.raises(leaf):
        await table.commission()


METHODS = {
    "unknown": ("telepathy", True),
    "owner": ("owner", True),
    "oob without a label": ("oob", False),
    "psk without a key": ("psk", True),
}


@pytest.mark.parametrize(("method", "coded"), METHODS.values(), ids=METHODS.keys())
async def test_a_method_that_can_not_be(method, coded):
    table = desk(order=Order(method=method))
    table.code = table.code if coded else None
    with pytest.raises(errors.MethodUnavailable):
        await table.commission()


async def test_a_device_without_display_needs_its_label():
    table = without_code(device=ListeningBench(product=replace(PRODUCT, methods=30)))
    with pytest.raises(errors.MethodUnavailable):
        await table.commission()
    table.order = Order(method="nc")
    with pytest.raises(errors.MethodUnavailable):
        await table.commission()


async def test_a_locked_device_asks_for_its_button():
    table = without_code()
    for _ in range(10):
        table.device.machine._state.anti_rollback.count_comparison()
    with pytest.raises(errors.LockedOut) as raised:
        await table.commission()
    assert "button" in raised.value.advice_text


async def test_a_chain_that_names_another_device():
    from tests.protocols.rp1.handshake import test_attestation as makers

    assert makers.IDENTITY is not IDENTITY
    chain = (makers.leaf(IDENTITY), makers.INTERMEDIATE)
    table = desk(device=ListeningBench(product=replace(PRODUCT, chain=chain)))
    table.memory.put("makers", [makers.ROOT.hex()])
    with pytest.raises(errors.AttestationFailed):
        await table.commission()
    genuine = ListeningBench(product=replace(PRODUCT, chain=chain, serial="l-1"))
    assert (await desk(device=genuine, memory=table.memory).commission()).confirmed, "without case"
