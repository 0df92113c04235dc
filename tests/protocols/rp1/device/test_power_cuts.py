"""A device that loses power at any flash write is what it was or what it was to become, never a mix."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.encoding import es256
from companion.protocols.rp1.credentials import certificates, items
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device.authority import Trial
from companion.protocols.rp1.device.storage.flash import FaultyFlash, PowerCut, RamFlash
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.transaction.machine import TransactionMachine
from companion.protocols.rp1.transaction.plan import Keeping
from tests.protocols.rp1.support.bench import (
    CHOSEN,
    OWNER,
    PLAN,
    CommissionerBench,
    DeviceBench,
    owner_session,
    with_password,
)

TORN = (0.0, 0.37, 1.0)


def owned_device() -> RamFlash:
    """The flash of a device that was commissioned once."""
    device = DeviceBench()
    CommissionerBench(device).run()
    return device.flash  # type: ignore[return-value]  # the bench's own default


def writes_of(run: object, flash: RamFlash) -> int:
    counted = FaultyFlash(flash, None)
    run(DeviceBench(counted))  # type: ignore[operator]  # called with a bench
    return counted.operations


def onboard(device: DeviceBench) -> None:
    CommissionerBench(device).run()


def reprovision(device: DeviceBench) -> None:
    """The owner gives an owned device another passphrase."""
    machine = TransactionMachine(
        replace(PLAN, ownership=Keeping(OWNER.public)), with_password(CHOSEN, "other word")
    )
    made = owner_session(device, machine)
    made.reprovisions = True
    made.run()


def passphrase(settings: Trial) -> str | None:
    wifi = settings.settings.get(ItemType.WIFI)
    assert wifi is None or isinstance(wifi, items.WifiNetwork)
    return wifi.passphrase.reveal_text() if wifi and wifi.passphrase else None


def is_whole(device: DeviceBench) -> bool:
    """What the device lives with is one whole set, with the key of its certificate."""
    settings = device.machine.settings
    if not settings.settings:
        return settings.key is None
    wanted = {t for t in ItemType if t is not ItemType.THREAD}
    chain = settings.settings[ItemType.LDEVID]
    assert isinstance(chain, items.LdevidChain) and settings.key is not None

    key = es256.point(es256.private_key(settings.key))
    return set(settings.settings) == wanted and certificates.leaf_key(chain) == key


@pytest.mark.beside_the_gate
@pytest.mark.parametrize("torn", TORN)
def test_a_power_cut_at_any_write_of_an_onboarding_leaves_old_or_new(torn: float) -> None:
    total = writes_of(onboard, RamFlash())
    ends = set()
    for cut_at in range(1, total + 1):
        flash = RamFlash()
        with pytest.raises(PowerCut):
            onboard(DeviceBench(FaultyFlash(flash, cut_at, torn=torn)))
        device = DeviceBench(flash)
        assert is_whole(device), f"mixed after write {cut_at}"
        ends.add(device.machine.standing)
        finish(device)
        assert device.machine.standing is Standing.OWNED
        assert passphrase(device.machine.settings) == "correct horse"
    assert total > 15
    assert ends == set(Standing)


@pytest.mark.parametrize("torn", TORN)
def test_a_power_cut_at_any_write_of_a_reprovisioning_leaves_old_or_new(torn: float) -> None:
    before = owned_device()
    total = writes_of(reprovision, before.copy())
    for cut_at in range(1, total + 1):
        flash = before.copy()
        with pytest.raises(PowerCut):
            reprovision(DeviceBench(FaultyFlash(flash, cut_at, torn=torn)))
        device = DeviceBench(flash)
        assert is_whole(device), f"mixed after write {cut_at}"
        assert device.machine.standing in (Standing.OWNED, Standing.PROVISIONAL)
        assert passphrase(device.machine.settings) in ("correct horse", "other word")
    assert total > 10


def finish(device: DeviceBench) -> None:
    """A fresh app, which knows nothing of the first one, does what the device's state allows."""
    if device.machine.standing is Standing.UNOWNED:
        CommissionerBench(device).run()
    elif device.machine.standing is Standing.PROVISIONAL:
        for _ in range(3):
            device.boot()
        assert device.machine.standing is Standing.UNOWNED, "without FINAL the flip is taken back"
        CommissionerBench(device).run()
