"""What a commissioner believes of replies (section 9): nothing that is not signed for this session."""

from __future__ import annotations

from companion.encoding import es256
from companion.encoding.cbor import MalformedCbor
from companion.errors import (
    CsrRefused,
    ProtocolViolation,
    ReceiptInvalid,
    RequestNameUnsupported,
    WrongIdentity,
)
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.transaction import csr
from companion.protocols.rp1.transaction import receipt as receipts
from companion.protocols.rp1.transaction.events import Session
from companion.protocols.rp1.transaction.plan import Plan
from companion.protocols.rp1.transaction.state import KnownTransaction
from companion.protocols.rp1.wire import results
from companion.protocols.rp1.wire.results import Facts, Reply, Request


def same_device(session: Session, known: KnownTransaction) -> None:
    """A further session is with the transaction's own device. Raises WrongIdentity."""
    proven, facts = session.identity_key, known.facts
    if proven is not None and facts is not None and proven != facts.identity_key:
        raise WrongIdentity("another identity key than in the session before")


def progress(plaintext: bytes) -> tuple[int, int]:
    """Request id and phase of a PROGRESS. Raises ProtocolViolation."""
    try:
        return results.decode_progress(plaintext)
    except MalformedCbor as error:
        raise ProtocolViolation(f"RP1 progress: {error}") from error


def facts(reply: Reply, session: Session, fp: bytes | None) -> Facts:
    """The device's facts. fp: see `TransactionMachine`. Raises WrongIdentity and MalformedCbor."""
    said = results.decode_facts(reply.result)
    if not said.proven(session.master.th5):
        raise WrongIdentity("FACTS are not signed by their identity key for this session")
    if session.identity_key not in (None, said.identity_key):
        raise WrongIdentity("FACTS name another identity key than the handshake")
    if fp not in (None, crypto.fingerprint(said.identity_key)):
        raise WrongIdentity("FACTS name another identity key than the label or the inventory")
    return said


def request(reply: Reply, session: Session, known: KnownTransaction, name: str) -> Request:
    """The certificate request of this session's device. name: that was asked for, "" for none.

    Raises CsrRefused, RequestNameUnsupported, WrongIdentity, MalformedCbor.
    """
    assert known.facts is not None
    made = results.decode_csr(reply.result)
    try:
        csr.check(made.der, session.master.export("csr", known.tx, csr.BINDING_SIZE), name)
    except csr.BadName as error:
        raise RequestNameUnsupported(str(error), name=name) from error
    except csr.BadCsr as error:
        raise CsrRefused(str(error)) from error
    if made.attestation is not None:
        # The binding is proof enough here; who was no end of this session has the attestation alone.
        message = csr.attested(known.tx, made.der)
        if not es256.verify(known.facts.identity_key, made.attestation, message):
            raise WrongIdentity("the request is attested by another identity key")
    return made


def receipt(signed: bytes, known: KnownTransaction, plan: Plan) -> None:
    """It is the device's, for this transaction and its owner (section 9.3).

    Raises ReceiptInvalid and ProtocolViolation.
    """
    assert known.facts is not None
    try:
        receipts.check(
            signed,
            known.facts.identity_key,
            tx=known.tx,
            manifest=known.manifest,
            transcripts=known.transcripts,
            serial=known.facts.serial,
            epoch=known.epoch,
            owner_sha256=crypto.sha256(plan.ownership.owner),
            list_counter=known.listed,
        )
    except receipts.BadReceipt as error:
        raise _bad_receipt(error) from error


def acknowledgement(signed: bytes, known: KnownTransaction) -> None:
    """It is the device's, for the receipt that is known. Raises ReceiptInvalid and ProtocolViolation."""
    assert known.facts is not None and known.receipt is not None
    try:
        receipts.check_acknowledgement(signed, known.facts.identity_key, tx=known.tx, receipt=known.receipt)
    except receipts.BadReceipt as error:
        raise _bad_receipt(error) from error


def _bad_receipt(error: receipts.BadReceipt) -> ReceiptInvalid | ProtocolViolation:
    """What is malformed is not yet a lie."""
    if error.code is Abort.MALFORMED:
        return ProtocolViolation(f"RP1 receipt: {error}")
    return ReceiptInvalid(str(error))
