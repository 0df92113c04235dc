"""What survives link loss: the last reply, and the right to go on."""

from __future__ import annotations

import pytest

from companion.protocols.rp1.aborts import Abort, PeerAbort
from companion.protocols.rp1.handshake import CommissionerTerms
from companion.protocols.rp1.methods import Method, Mode
from companion.protocols.rp1.wire import operations
from companion.protocols.rp1.wire.operations import Csr, Op
from companion.secret import Secret
from tests.protocols.rp1.support.bench import TX, Requester, requester
from tests.protocols.rp1.support.raw_session import (
    OTHER_TX,
)


def lost_csr(session: Requester) -> bytes:
    """A CSR whose reply never arrives, because the link goes."""
    plaintext = operations.encode_request(Op.CSR, session.reqid + 1, TX, Csr())
    session.machine.request(plaintext, 1e9)
    session._flush()
    session.device.disconnect()
    return plaintext


def test_a_resumed_session_gets_the_lost_reply_byte_for_byte() -> None:
    session = requester()
    plaintext = lost_csr(session)
    first = session.reopen().send(plaintext)
    session.device.disconnect()
    assert session.reopen().send(plaintext) == first
    session.reqid = first.reqid
    assert session.ask(Op.QUERY).status == 0


def test_any_other_handshake_empties_the_cache() -> None:
    session = requester()
    plaintext = lost_csr(session)
    first = session.reopen().send(plaintext)
    again = Requester(session.device).open()
    assert again.send(plaintext).result != first.result, "a new key, bound to the new session"


def refused_resume(session: Requester) -> int:
    with pytest.raises(PeerAbort) as refused:
        session.reopen()
    session.device.disconnect()
    return refused.value.code


def opened() -> Requester:
    session = requester()
    assert session.ask(Op.CSR, Csr()).status == 0
    return session


def test_nothing_is_resumed_before_a_transaction_is_open() -> None:
    session = requester()
    session.ask(Op.FACTS)
    assert refused_resume(session) == Abort.NOT_AUTHENTIC


def test_a_resumed_session_serves_its_transaction_only() -> None:
    session = opened()
    assert session.ask(Op.QUERY, tx=OTHER_TX).status == 0, "in the session that opened it"
    session.device.disconnect()
    session.reopen()
    assert session.ask(Op.QUERY, tx=OTHER_TX).status == Abort.NOT_AUTHORISED
    assert session.ask(Op.QUERY).status == session.ask(Op.FACTS, tx=OTHER_TX).status == 0
    assert session.ask(Op.CSR, Csr(), OTHER_TX).status == Abort.NOT_AUTHORISED
    assert session.ask(Op.CSR, Csr()).status == 0


def test_a_resumption_survives_power_cuts_and_ends_after_ten_minutes() -> None:
    session = opened()
    device = session.device
    device.disconnect()
    for _ in range(9):
        device.tick(60)
    device.clock.now = 0.0
    device.boot()
    device.tick(59)
    session.reopen()
    device.disconnect()
    for _ in range(9):
        device.tick(60)
    session.reopen()
    device.disconnect()
    for _ in range(10):
        device.tick(60)
    assert refused_resume(session) == Abort.NOT_AUTHENTIC


def test_power_cuts_do_not_prolong_a_resumption() -> None:
    session = opened()
    device = session.device
    device.disconnect()
    for _ in range(5):
        for _ in range(2):
            device.tick(61)
        device.clock.now = 0.0
        device.boot()
    assert refused_resume(session) == Abort.NOT_AUTHENTIC


@pytest.mark.parametrize(("code", "ends"), [(9, True), (10, True), (11, True), (6, False), (22, False)])
def test_an_abort_that_ends_trust_ends_resumption(code: int, ends: bool) -> None:
    session = opened()
    session.machine.abort(Abort(code))
    session._flush()
    session.device.disconnect()
    if ends:
        assert refused_resume(session) == Abort.NOT_AUTHENTIC
    else:
        assert session.reopen().ask(Op.QUERY).status == 0


def test_failed_resumes_change_nothing() -> None:
    session = opened()
    assert session.rpsk is not None
    rpsk, psk_id = session.rpsk
    for _ in range(3):
        info = session.device.connect()
        terms = CommissionerTerms(info, Method.PSK, Mode.RESUME, secret=Secret(bytes(32)), psk_id=psk_id)
        with pytest.raises(PeerAbort):
            session.secure(terms)
        session.device.disconnect()
    session.rpsk = rpsk, psk_id
    assert session.reopen().ask(Op.QUERY).status == 0


def test_abort_tx_and_final_end_resumption() -> None:
    session = opened()
    session.ask(Op.ABORT_TX)
    assert refused_resume(session) == Abort.NOT_AUTHENTIC
    session = requester()
    session.own()
    assert refused_resume(session) == Abort.NOT_AUTHENTIC


def test_a_resumed_session_makes_no_resumption_of_its_own() -> None:
    session = opened()
    kept = session.rpsk
    session.reopen()
    assert session.ask(Op.CSR, Csr()).status == 0
    own = session.machine._agreed
    assert own is not None
    session.rpsk = own.master.resumption()
    assert refused_resume(session) == Abort.NOT_AUTHENTIC
    session.rpsk = kept
    assert session.reopen().ask(Op.QUERY).status == 0
