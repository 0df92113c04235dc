"""Who the device is, and whose: what the driver refuses, and what it says then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion import errors
from companion.claims import Evidence
from companion.events import Secured
from companion.identity.owner import OwnerKey
from companion.model import ShownBy
from companion.protocols import Order
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.wire.info import Caps
from companion.secret import Secret
from tests.protocols.rp1.support.bench import IDENTITY, PRODUCT
from tests.protocols.rp1.support.driver_bench import (
    HOME,
    DriverBench,
    FakeIdentity,
    FakeReporter,
    ListeningBench,
    label,
    with_code,
    without_code,
)
from tests.protocols.rp1.support.run_kills import Killed, killed_at_verify

PSK = bytes(range(32))


async def test_a_wrong_secret():
    bench = with_code()
    bench.code = label(bench.device, r=Secret(PRODUCT.r.reveal()[::-1]))
    with pytest.raises(errors.WrongSetupSecret):
        await bench.commission()
    assert bench.device.machine.standing is Standing.UNOWNED


async def test_an_impostor_under_the_label():
    bench = with_code()
    impostor = replace(PRODUCT, identity=OwnerKey.generate()._key)
    bench.advertisement, real = DriverBench.advertisement, bench.advertisement()
    bench.device = ListeningBench(product=impostor)
    bench.advertisement = lambda: real
    with pytest.raises(errors.WrongIdentity):
        await bench.commission()
    assert bench.device.machine.standing is Standing.UNOWNED


@pytest.mark.parametrize("method", ["nc", "psk"])
async def test_a_device_that_is_not_the_labels_whatever_the_method(method):
    """FACTS say so before CSR or STAGE; the device hears abort 9, and takes a run with its own label."""
    bench = with_code(order=Order(method=method, extra={"psk_id": "aa"}))
    bench.memory.put_secret("psk/aa", PSK)
    psks = ((b"\xaa", Secret(PSK)),)
    bench.device = ListeningBench(product=replace(PRODUCT, identity=OwnerKey.generate()._key, psks=psks))
    real = with_code().advertisement()
    own, bench.advertisement = bench.advertisement, lambda: real
    with pytest.raises(errors.WrongIdentity):
        await bench.commission()
    assert bench.dialer.counts.operations and bench.device.machine.standing is Standing.UNOWNED
    assert bench.device.machine._state.slots.staging is None
    bench.advertisement, bench.code = own, label(bench.device)
    assert (await bench.commission()).method == method


async def test_what_was_decided_for_one_device_is_not_for_another_that_advertises_as_it():
    """Its transaction is found by what it advertises, which anybody can repeat who ever saw its key."""
    bench = without_code(order=Order(method="nc"))
    with pytest.raises(Killed):
        await killed_at_verify(bench)
    first, real = bench.device, bench.advertisement()
    bench.device = ListeningBench(product=replace(PRODUCT, identity=OwnerKey.generate()._key))
    bench.advertisement = lambda: real
    with pytest.raises(errors.WrongIdentity):
        await bench.commission()
    assert bench.device.machine._state.slots.staging is None
    first.trial = lambda trial: None
    bench.device, bench.reporter = first, FakeReporter(networks=[])
    assert (await bench.commission()).confirmed


@pytest.mark.parametrize("r", [bytes(16), bytes(range(16)), bytes(range(16, 0, -1))])
async def test_a_uniform_secret_is_refused_before_anything_is_sent(r):
    bench = with_code()
    bench.code = label(bench.device, r=Secret(r))
    with pytest.raises(errors.SecretPredictable):
        await bench.commission()
    assert bench.dialer.dialled == 0


async def test_a_secret_that_a_whole_batch_shares():
    bench = with_code()
    await bench.commission()
    twin = ListeningBench(product=replace(PRODUCT, identity=OwnerKey.generate()._key))
    with pytest.raises(errors.SecretPredictable):
        await with_code(device=twin, memory=bench.memory).commission()
    assert twin.machine.standing is Standing.UNOWNED


async def test_the_same_device_again_is_no_batch():
    bench = with_code()
    await bench.commission()
    bench.device.press(Press.RESET)
    bench.reporter.networks = [HOME]
    assert (await bench.commission()).confirmed


@pytest.mark.parametrize("by_label", [True, False], ids=["by its label", "by its advertisement"])
async def test_a_device_that_is_the_users_own_already(by_label):
    bench = with_code()
    await bench.commission()
    if not by_label:
        bench.code = None
    with pytest.raises(errors.AlreadyYours) as refused:
        await bench.commission()
    assert f"companion devices reset rp1-{PRODUCT.fp.hex()}" in refused.value.advice_text
    assert refused.value.exit_status == 5


async def test_a_device_that_belongs_to_someone():
    bench = with_code()
    await bench.commission()
    stranger = with_code(device=bench.device, identity=FakeIdentity())
    with pytest.raises(errors.NotAuthorised):
        await stranger.commission()


@pytest.mark.parametrize(
    ("promise", "leaf"),
    [({"suites": (1, 2)}, errors.DowngradeRefused), ({"methods": 63}, errors.DowngradeRefused)],
)
async def test_a_device_that_offers_less_than_its_label(promise, leaf):
    bench = with_code()
    bench.code = label(bench.device, **promise)
    with pytest.raises(leaf):
        await bench.commission()


METHODS = {
    "unknown": ("telepathy", True),
    "owner": ("owner", True),
    "oob without a label": ("oob", False),
    "psk without a key": ("psk", True),
}


@pytest.mark.parametrize(("method", "coded"), METHODS.values(), ids=METHODS.keys())
async def test_a_method_that_can_not_be(method, coded):
    bench = with_code(order=Order(method=method))
    bench.code = bench.code if coded else None
    with pytest.raises(errors.MethodUnavailable):
        await bench.commission()


async def test_a_device_without_display_needs_its_label():
    bench = without_code(device=ListeningBench(product=replace(PRODUCT, methods=30)))
    with pytest.raises(errors.MethodUnavailable):
        await bench.commission()
    bench.order = Order(method="nc")
    with pytest.raises(errors.MethodUnavailable):
        await bench.commission()


@pytest.mark.parametrize(
    ("coded", "shown_by", "proved"),
    [
        (True, ShownBy.LIGHT, Evidence.LABEL_KEY),
        (False, ShownBy.LIGHT, Evidence.SHOWN_SECRET),
        (False, ShownBy.SOUND, Evidence.HEARD_SECRET),
        (False, ShownBy.SCREEN, Evidence.SCREEN_SECRET),
    ],
    ids=["with the label", "by light", "by sound", "a screen"],
)
async def test_a_fresh_secret_that_the_device_shows_opens_it_and_the_labels_no_more(coded, shown_by, proved):
    device = ListeningBench(product=replace(PRODUCT, caps=PRODUCT.caps | Caps.SIGHT))
    bench = with_code(device=device) if coded else without_code(device=device)
    shown = bench.device.machine.open_window()
    if coded:
        with pytest.raises(errors.CompanionError):
            await bench.commission()
    bench.order = Order(shown=shown, shown_by=shown_by)
    done = await bench.commission()
    assert done.method == "oob"
    # Only a label's fingerprint says which device it is; else whoever saw the light may be in between.
    said = [event for event in bench.reporter.told if isinstance(event, Secured)]
    assert said[-1].session.evidence == {proved}


async def test_a_device_that_sees_nothing_is_told_before_the_handshake():
    bench = without_code()
    bench.order = Order(shown=bench.device.machine.open_window(), shown_by=ShownBy.SCREEN)
    with pytest.raises(errors.MethodUnavailable, match="camera"):
        await bench.commission()


async def test_a_shown_secret_that_can_be_guessed_is_refused():
    bench = without_code(order=Order(shown=Secret(bytes(16))))
    with pytest.raises(errors.SecretPredictable):
        await bench.commission()


async def test_a_device_without_the_method_takes_no_shown_secret():
    """Never another method in its place by itself."""
    bench = without_code(device=ListeningBench(product=replace(PRODUCT, methods=29)))
    bench.order = Order(shown=Secret(bytes([7, 1] * 8)))
    with pytest.raises(errors.MethodUnavailable):
        await bench.commission()


async def test_a_locked_device_asks_for_its_button():
    bench = without_code()
    for _ in range(10):
        bench.device.machine._state.anti_rollback.count_comparison()
    with pytest.raises(errors.LockedOut) as raised:
        await bench.commission()
    assert "button" in raised.value.advice_text


async def test_a_chain_that_names_another_device():
    from tests.protocols.rp1.handshake import test_attestation as makers

    assert makers.IDENTITY is not IDENTITY
    chain = (makers.leaf(IDENTITY), makers.INTERMEDIATE)
    bench = with_code(device=ListeningBench(product=replace(PRODUCT, chain=chain)))
    bench.memory.put("makers", [makers.ROOT.hex()])
    with pytest.raises(errors.AttestationFailed):
        await bench.commission()
    genuine = ListeningBench(product=replace(PRODUCT, chain=chain, serial="l-1"))
    assert (await with_code(device=genuine, memory=bench.memory).commission()).confirmed, "without case"
