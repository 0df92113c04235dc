"""What a commissioner never accepts of a device, whatever it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from companion.encoding import cbor, cose, es256
from companion.errors import CsrRefused, ProtocolViolation, ReceiptInvalid, WrongIdentity
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.methods import Method, Standing
from companion.protocols.rp1.session.plan import SessionKind
from companion.protocols.rp1.transaction import state as transaction_state
from companion.protocols.rp1.transaction.events import Session
from companion.protocols.rp1.transaction.machine import TransactionMachine
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.results import Reply, RequestRefused
from tests.protocols.rp1.support.bench import (
    CHOSEN,
    OWNER,
    PLAN,
    PRODUCT,
    TX,
    CommissionerBench,
    DeviceBench,
)
from tests.protocols.rp1.transaction.test_machine import MASTER, asked, only, twisted, watched


def signed_by(sign: cose.Signer, label: str) -> bytes:
    """Signed, but with a key that no version knows."""
    return cose.sign(sign, cbor.encode({1: TX, 2: bytes(32), 99: 0}), label)


@pytest.mark.parametrize(
    ("twist", "error"),
    [
        (only(Op.FACTS, result={1: "x"}), ProtocolViolation),
        (only(Op.CSR, result={1: b"no csr"}), CsrRefused),
        (only(Op.STAGE, result={1: 1}), ProtocolViolation),
        (only(Op.STAGE, result={}), ProtocolViolation),
        (only(Op.COMMIT, result={1: b"no receipt"}), ProtocolViolation),
        (only(Op.COMMIT, result={1: signed_by(OWNER.sign, "rp1 receipt")}), ReceiptInvalid),
        (only(Op.COMMIT, result={1: signed_by(PRODUCT.sign, "rp1 receipt")}), ProtocolViolation),
        (only(Op.COMMIT, result={1: signed_by(PRODUCT.sign, "rp1 final")}), ReceiptInvalid),
        (only(Op.FINAL, result={1: b"no acknowledgement"}), ProtocolViolation),
        (only(Op.FINAL, result={1: signed_by(OWNER.sign, "rp1 final")}), ReceiptInvalid),
        (only(Op.FINAL, result={1: signed_by(PRODUCT.sign, "rp1 final")}), ProtocolViolation),
        (only(Op.FACTS, status=Abort.INTERNAL), RequestRefused),
        (only(Op.CSR, status=Abort.NO_SPACE), RequestRefused),
    ],
)
def test_a_reply_that_does_not_hold_ends_the_run(
    twist: Callable[[bytes], bytes], error: type[Exception]
) -> None:
    app = CommissionerBench(DeviceBench(), twist=twist)
    with pytest.raises(error):
        app.run()


def test_facts_of_another_key_than_the_handshakes_are_an_impostors() -> None:
    app = CommissionerBench(DeviceBench())
    app.secure(app.terms(app.device.connect()))
    session = app.transaction._session
    assert session is not None
    app.transaction._session = replace(session, identity_key=es256.point(es256.generate()))
    with pytest.raises(WrongIdentity):
        app.hand_over()


def test_facts_that_the_key_did_not_sign_are_forged() -> None:
    def forge(reply: Reply) -> Reply:
        if reply.op != Op.FACTS:
            return reply
        return replace(reply, result={**reply.result, 9: bytes(64)})

    app = CommissionerBench(DeviceBench(), twist=twisted(forge))
    with pytest.raises(WrongIdentity):
        app.run()


@pytest.mark.parametrize("method", [Method.NC, Method.OOB])
def test_facts_of_another_device_than_the_labels_end_it_before_csr_or_stage(method: Method) -> None:
    app = watched()
    app.transaction, app.method = TransactionMachine(PLAN, CHOSEN, fp=bytes(16)), method
    with pytest.raises(WrongIdentity):
        app.run()
    assert asked(app) == {Op.FACTS: 1}
    app = watched()
    app.transaction, app.method = TransactionMachine(PLAN, CHOSEN, fp=PRODUCT.fp), method
    app.run()
    assert app.transaction.done


def test_the_request_is_kept_with_its_attestation() -> None:
    app = CommissionerBench(DeviceBench())
    app.run()
    have = transaction_state.decode(app.transaction.snapshot())
    assert have.request is not None and have.request.attestation is not None
    message = b"rp1 csr" + have.tx + crypto.sha256(have.request.der)
    assert es256.verify(PRODUCT.point, have.request.attestation, message)


def test_a_wrong_attestation_is_another_devices_and_none_is_an_older_device() -> None:
    def without(reply: Reply) -> Reply:
        return replace(reply, result={1: reply.result[1]}) if reply.op == Op.CSR else reply

    def forged(reply: Reply) -> Reply:
        return replace(reply, result={**reply.result, 2: bytes(64)}) if reply.op == Op.CSR else reply

    app = CommissionerBench(DeviceBench(), twist=twisted(without))
    app.run()
    assert app.transaction.done and app.transaction.known.request is not None
    assert app.transaction.known.request.attestation is None
    app = CommissionerBench(DeviceBench(), twist=twisted(forged))
    with pytest.raises(WrongIdentity):
        app.run()
    assert app.device.machine.standing is Standing.UNOWNED


def test_another_device_does_not_take_up_the_transaction() -> None:
    app = CommissionerBench(DeviceBench())
    app.run()
    with pytest.raises(WrongIdentity):
        app.transaction.begin(
            Session(SessionKind.RESUMED, MASTER, identity_key=es256.point(es256.generate()))
        )
