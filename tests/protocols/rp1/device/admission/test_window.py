"""Dynamic out-of-band data: while the device shows a secret, no other one counts (section 5)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.protocols.rp1.aborts import Abort, PeerAbort
from companion.protocols.rp1.handshake import CommissionerTerms
from companion.protocols.rp1.methods import Method
from companion.protocols.rp1.wire.operations import Op
from companion.secret import Secret
from tests.protocols.rp1.support.bench import PRODUCT, DeviceBench, Requester


def try_with(device: DeviceBench, secret: Secret) -> int:
    """0, or the code with which the device refuses this secret."""
    session = Requester(device)
    terms = session.terms(device.connect())
    try:
        session.secure(replace(terms, secret=secret))
    except PeerAbort as refused:
        return refused.code
    finally:
        device.disconnect()
    return 0


def test_the_shown_secret_counts_once_and_the_label_does_not() -> None:
    device = DeviceBench()
    shown = device.machine.open_window()
    assert device.machine.window == shown
    assert try_with(device, PRODUCT.r) == Abort.NOT_AUTHENTIC
    assert try_with(device, shown) == 0
    assert device.machine.window is None
    assert try_with(device, shown) == Abort.NOT_AUTHENTIC
    assert try_with(device, PRODUCT.r) == 0


def test_a_secret_that_it_read_counts_as_one_that_it_showed() -> None:
    device, read = DeviceBench(), Secret(bytes(range(16)))
    device.machine.read_screen(read)
    assert try_with(device, PRODUCT.r) == Abort.NOT_AUTHENTIC
    assert try_with(device, read) == 0
    assert try_with(device, read) == Abort.NOT_AUTHENTIC


def test_three_failures_close_the_window() -> None:
    device = DeviceBench()
    shown = device.machine.open_window()
    for _ in range(3):
        assert try_with(device, Secret(bytes(16))) == Abort.NOT_AUTHENTIC
    assert device.machine.window is None
    assert try_with(device, shown) == Abort.NOT_AUTHENTIC


def test_five_minutes_close_the_window_and_each_one_has_its_own_secret() -> None:
    device = DeviceBench()
    shown = device.machine.open_window()
    device.tick(299)
    assert device.machine.window == shown
    device.tick(1)
    assert device.machine.window is None
    assert device.machine.open_window() != shown


def test_other_failures_are_not_guesses_at_the_secret() -> None:
    device = DeviceBench()
    shown = device.machine.open_window()
    for _ in range(4):
        info = device.connect()
        with pytest.raises(PeerAbort) as refused:
            Requester(device).secure(
                CommissionerTerms(info, Method.PSK, secret=Secret(bytes(16)), psk_id=b"nobody")
            )
        assert refused.value.code == Abort.NOT_AUTHENTIC
        device.disconnect()
    assert device.machine.window == shown


def test_a_factory_key_lets_in_whoever_has_it() -> None:
    key = Secret(bytes(range(16)))
    device = DeviceBench(product=replace(PRODUCT, psks=((b"line-7", key),)))
    session = Requester(device, method=Method.PSK)
    info = device.connect()
    session.secure(CommissionerTerms(info, Method.PSK, secret=key, psk_id=b"line-7"))
    assert session.ask(Op.FACTS).status == 0
