"""VERIFY takes time, and sometimes the radio."""

from __future__ import annotations

from dataclasses import replace

from companion.encoding import cbor
from companion.protocols.rp1.aborts import Abort, VerifyFailure, WifiRefusal
from companion.protocols.rp1.device import effects
from companion.protocols.rp1.session.commissioner import Received
from companion.protocols.rp1.wire import results
from companion.protocols.rp1.wire.info import Caps
from companion.protocols.rp1.wire.operations import Commit, Op
from companion.protocols.rp1.wire.results import TxState, decode_transaction
from tests.protocols.rp1.support.bench import PRODUCT
from tests.protocols.rp1.support.raw_session import (
    SlowTrial,
    begin_trial,
    told,
)


def test_progress_is_told_every_five_seconds() -> None:
    device = SlowTrial()
    session, _, reqid = begin_trial(device)
    device.tick(5)
    assert told(session) == [], "nothing is known yet"
    device.machine.progress(1)
    device.tick(4)
    (first,) = told(session)
    device.machine.progress(4)
    device.tick(5)
    (second,) = told(session)
    assert cbor.decode(first.plaintext) == [reqid, 1]  # type: ignore[attr-defined]
    assert cbor.decode(second.plaintext) == [reqid, 4]  # type: ignore[attr-defined]
    device.do(device.machine.verified(None))
    (reply,) = told(session)
    assert isinstance(reply, Received)
    assert results.decode_reply(reply.plaintext).status == 0


def test_a_trial_may_take_ninety_seconds() -> None:
    device = SlowTrial()
    session, _, reqid = begin_trial(device)
    device.tick(89)
    assert told(session) == []
    device.tick(1)
    (reply,) = told(session)
    assert isinstance(reply, Received)
    late = results.decode_reply(reply.plaintext)
    assert (late.reqid, late.status) == (reqid, Abort.TIMEOUT)
    assert effects.CancelVerify() in device.seen
    assert device.machine.verified(None) == [], "a late result is nobody's"


def test_a_device_may_know_more_of_a_network_that_refused_it() -> None:
    device = SlowTrial()
    session, _, _ = begin_trial(device)
    device.do(device.machine.verified(VerifyFailure.WIFI_AUTH, WifiRefusal.SERVER_NAME))
    (heard,) = told(session)
    assert isinstance(heard, Received)
    reply = results.decode_reply(heard.plaintext)
    assert (reply.status, reply.detail, reply.cause) == (18, 1, WifiRefusal.SERVER_NAME)


def test_only_query_is_answered_during_a_trial() -> None:
    device = SlowTrial()
    session, manifest, _ = begin_trial(device)
    session.reqid += 1
    assert decode_transaction(session.ask(Op.QUERY).result).state is TxState.STAGED
    assert session.ask(Op.COMMIT, Commit(manifest)).status == Abort.BUSY
    device.do(device.machine.verified(None))
    (reply,) = told(session)
    assert isinstance(reply, Received)
    assert results.decode_reply(reply.plaintext).op == Op.VERIFY


def test_link_loss_cancels_a_trial() -> None:
    device = SlowTrial()
    session, _, _ = begin_trial(device)
    device.disconnect()
    assert effects.CancelVerify() in device.seen
    session.reopen()
    assert decode_transaction(session.ask(Op.QUERY).result).state is TxState.STAGED


def test_a_device_with_one_radio_comes_back_with_the_result() -> None:
    product = replace(PRODUCT, caps=PRODUCT.caps & ~Caps.BLE_DURING_VERIFY)
    device = SlowTrial(product=product)
    session, _, _ = begin_trial(device)
    assert not device.is_up
    assert not device.machine.is_advertising
    device.do(device.machine.verified(1, 2))
    assert device.machine.is_advertising
    session.reopen()
    reply = session.ask(Op.QUERY)
    assert (reply.status, reply.detail, reply.cause) == (Abort.VERIFY_FAILED, 1, 2)
    assert decode_transaction(reply.result).state is TxState.STAGED
    assert session.stage(8, b"\xa2\x01\x61a\x02\x61b") == 0
    assert session.ask(Op.QUERY).status == 0, "until the next STAGE"


def test_a_device_with_one_radio_is_back_after_ninety_seconds_whatever_came_of_it() -> None:
    product = replace(PRODUCT, caps=PRODUCT.caps & ~Caps.BLE_DURING_VERIFY)
    device = SlowTrial(product=product)
    session, _, _ = begin_trial(device)
    assert device.machine.next_tick <= 90
    device.tick(89)
    assert device.machine.is_away
    assert device.machine.next_tick == 90
    device.tick(1)
    assert not device.machine.is_away and device.machine.is_advertising
    assert effects.CancelVerify() in device.seen
    assert device.machine.verified(None) == [], "a late result is nobody's"
    session.reopen()
    reply = session.ask(Op.QUERY)
    assert (reply.status, reply.detail) == (Abort.TIMEOUT, None)
    assert decode_transaction(reply.result).state is TxState.STAGED


def test_progress_gives_a_trial_no_more_time() -> None:
    device = SlowTrial()
    session, _, _ = begin_trial(device)
    for _ in range(17):
        device.machine.progress(1)
        device.tick(5)
        told(session)
    device.machine.progress(1)
    device.tick(5)
    (reply,) = told(session)
    assert isinstance(reply, Received) and results.decode_reply(reply.plaintext).status == Abort.TIMEOUT
