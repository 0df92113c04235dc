"""CASE between both of our ends, its keys held against a recorded session, and against ends that cheat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.encoding.ccm import AesCcm
from companion.encoding.es256 import verify
from companion.errors import FabricUnknown, NodeIdentityInvalid, ProtocolViolation
from companion.protocols.matter import tlv
from companion.protocols.matter.case import messages, schedule
from companion.protocols.matter.case.initiator import CaseInitiator
from companion.protocols.matter.case.messages import Proof, Signed
from companion.protocols.matter.case.responder import CaseResponder
from companion.protocols.matter.case.schedule import Schedule
from companion.protocols.matter.certificates.certificate import Certificate
from companion.protocols.matter.establishment.outcome import (
    EstablishmentFailed,
    Outgoing,
    Reason,
    Resumption,
)
from companion.protocols.matter.establishment.parameters import SessionParameters
from companion.protocols.matter.fabric.authority import FabricAuthority
from companion.protocols.matter.fabric.credentials import NodeCredentials
from companion.protocols.matter.messages import status
from companion.protocols.matter.messages.message import Message, Opcode
from companion.protocols.matter.messages.session import SecureSession
from companion.secret import Secret
from tests.protocols.matter import vectors
from tests.protocols.matter.certificates.builders import NOW, VALIDITY, key
from tests.protocols.matter.establishment.handshakes import assert_one_session, talk

RECORDED = vectors.load("case")["vectors"]
HOME = FabricAuthority.found(key(1), VALIDITY)
DELEGATE = HOME.delegated(HOME.intermediate(key(2).public, VALIDITY), key(2))
OTHER = FabricAuthority.found(key(11), VALIDITY)
CONTROLLER = HOME.admit(key(3), 100, VALIDITY, (0x10001,))
LIGHT = DELEGATE.admit(key(4), 200, VALIDITY)
LIGHT_ELSEWHERE = OTHER.admit(key(5), 200, VALIDITY)


def initiator(
    resumption: Resumption | None = None,
    credentials: NodeCredentials = CONTROLLER,
    peer: int = 200,
    at: int | None = NOW,
) -> CaseInitiator:
    return CaseInitiator(
        credentials, peer, 0x1111, parameters=SessionParameters(idle=700), resumption=resumption, at=at
    )


def responder(
    held: Resumption | None = None, *fabrics: NodeCredentials, at: int | None = NOW
) -> CaseResponder:
    return CaseResponder(
        fabrics or (LIGHT_ELSEWHERE, LIGHT),
        0x2222,
        parameters=SessionParameters(active=200),
        resumptions=lambda asked: held if held is not None and held.id == asked else None,
        at=at,
    )


def octets(group: str, name: str) -> bytes:
    return bytes.fromhex(RECORDED[group][name])


def recorded(group: str, ipk: str) -> Schedule:
    shared = Secret(octets(group, "sharedSecret"))
    return Schedule(shared, Secret(octets(group, ipk)), octets(group, "sigma1Bytes"))


def test_a_recorded_sigma2() -> None:
    noc, signature = octets("sigma2", "noc"), octets("sigma2", "signature")
    signed = messages.SIGNED.encode(Signed(noc, octets("sigma2", "pubKey"), octets("sigma2", "peerPubKey")))
    assert signed == octets("sigma2", "signed")
    assert verify(octets("sigma2", "fabricPubKey"), signature, signed)
    plaintext = messages.PROOF2.encode(Proof(noc, signature, None, octets("sigma2", "resumption")))
    assert plaintext == octets("sigma2", "plaintext")
    key2 = recorded("sigma2", "ipk").key2(octets("sigma2", "random"), octets("sigma2", "pubKey"))
    assert key2 == Secret(octets("sigma2", "key"))
    assert AesCcm(key2.reveal()).seal(schedule.NONCE2, plaintext) == octets("sigma2", "encrypted")


def test_a_recorded_sigma3_and_the_session_of_it() -> None:
    keys = recorded("sigma3", "identityProtectionKey")
    sigma2, sigma3 = octets("sigma3", "sigma2Bytes"), octets("sigma3", "sigma3Bytes")
    key3 = keys.key3(sigma2)
    assert key3 == Secret(octets("sigma3", "key"))
    sealed = messages.SIGMA3.decode(sigma3).sealed
    plaintext = AesCcm(key3.reveal()).unseal(schedule.NONCE3, sealed)
    assert plaintext == octets("sigma3", "plaintext")
    proof = messages.PROOF3.decode(plaintext)
    own, other = octets("sigma3", "peerEcdhPublicKey"), octets("sigma3", "ecdhPublicKey")
    signed = messages.SIGNED.encode(Signed(proof.noc, own, other, proof.icac))
    assert signed == octets("sigma3", "signed")
    assert verify(Certificate.of_tlv(proof.noc).public_key, proof.signature, signed)
    assert keys.session_keys(sigma2, sigma3).initiator == Secret(octets("sigma3", "sessionKey"))
    sigma1 = messages.SIGMA1.decode(octets("sigma3", "sigma1Bytes"))
    assert sigma1.share == own and sigma1.parameters is not None and sigma1.parameters.active == 300


def test_both_ends_have_one_session_that_carries_messages() -> None:
    here, there = initiator(), responder()
    said = talk(here, there)
    assert [message.opcode for message in said] == [0x30, 0x31, 0x32, 0x40]
    ours, theirs = assert_one_session(here, there)
    assert (ours.ends.own_node, ours.ends.peer_node) == (100, 200)
    assert ours.resumption is not None and theirs.resumption is not None
    assert (ours.resumption.peer.node, theirs.resumption.peer.cats) == (200, (0x10001,))
    assert ours.resumption.fabric == theirs.resumption.fabric == HOME.identity
    assert (ours.resumption.id, ours.resumption.shared) == (theirs.resumption.id, theirs.resumption.shared)
    assert ours.parameters == SessionParameters(active=200)
    sealed = SecureSession(theirs.keys, theirs.ends).seal(Message(1, False, 1, 5, b"report"))
    assert SecureSession(ours.keys, ours.ends).open(sealed).payload == b"report"


def test_without_parameters_the_usual_ones_hold() -> None:
    here, there = CaseInitiator(CONTROLLER, 200, 1), CaseResponder([LIGHT], 2)
    talk(here, there)
    ours, theirs = assert_one_session(here, there)
    assert ours.parameters == theirs.parameters == SessionParameters()


def first_session() -> tuple[Resumption, Resumption]:
    here, there = initiator(), responder()
    talk(here, there)
    ours, theirs = assert_one_session(here, there)
    assert ours.resumption is not None and theirs.resumption is not None
    return ours.resumption, theirs.resumption


def test_a_session_is_resumed_again_and_again() -> None:
    ours, theirs = first_session()
    seen = set()
    for _ in range(3):
        here, there = initiator(ours), responder(theirs)
        said = talk(here, there)
        assert [message.opcode for message in said] == [0x30, 0x33, 0x40]
        again, at_theirs = assert_one_session(here, there)
        assert again.resumed and again.resumption is not None and at_theirs.resumption is not None
        assert again.resumption.id == at_theirs.resumption.id != ours.id
        seen.add(again.keys.initiator)
        ours, theirs = again.resumption, at_theirs.resumption
    assert len(seen) == 3


def test_what_cannot_be_resumed_is_begun_anew() -> None:
    ours, theirs = first_session()
    forgotten = responder(None)
    other_secret = responder(replace(theirs, shared=Secret(bytes(32))))
    fabric_gone = responder(replace(theirs, fabric=OTHER.identity), LIGHT)
    holds_nothing = CaseResponder([LIGHT], 0x2222)
    for there in (forgotten, other_secret, fabric_gone, holds_nothing):
        here = initiator(ours)
        assert [message.opcode for message in talk(here, there)] == [0x30, 0x31, 0x32, 0x40]
        assert not assert_one_session(here, there)[0].resumed


def test_the_session_of_other_nodes_is_not_resumed() -> None:
    """It would make a session with the wrong peer under the right one's name."""
    ours, _ = first_session()
    others = (
        replace(ours, peer=replace(ours.peer, node=201)),
        replace(ours, own_node=101),
        replace(ours, fabric=OTHER.identity),
    )
    for held in others:
        here, there = initiator(held), responder(held)
        assert [message.opcode for message in talk(here, there)] == [0x30, 0x31, 0x32, 0x40]


def test_a_resumption_of_another_end_is_refused() -> None:
    ours, theirs = first_session()
    cases: list[tuple[int, tlv.Element, Reason]] = [
        (1, tlv.octets(2, bytes(16)), Reason.NOT_AUTHENTIC),
        (1, tlv.octets(1, bytes(16)), Reason.NOT_AUTHENTIC),
        (1, tlv.unsigned(3, 0), Reason.PARAMETERS),
        (1, tlv.octets(1, b""), Reason.MALFORMED),
    ]
    for at, member, reason in cases:
        failed = fails(initiator(ours), responder(theirs), changed(at, member))
        assert failed.reason is reason


def changed(
    number: int, member: tlv.Element | None, tag: int | None = None
) -> Callable[[int, Outgoing], Outgoing]:
    """Replaces one member of one message, or leaves out that of a tag."""
    which = tag if member is None else member.tag

    def meddle(at: int, message: Outgoing) -> Outgoing:
        if at != number:
            return message
        kept = [each for each in tlv.decode(message.payload).members if each.tag != which]
        held = sorted(kept if member is None else [*kept, member], key=lambda each: int(str(each.tag)))
        return Outgoing(message.opcode, tlv.encode(tlv.structure(None, *held)))

    return meddle


def fails(
    here: CaseInitiator, there: CaseResponder, meddle: Callable[[int, Outgoing], Outgoing]
) -> EstablishmentFailed:
    with pytest.raises(EstablishmentFailed) as caught:
        talk(here, there, meddle)
    assert here.established is None and there.established is None
    return caught.value


WRONG = {
    "session 0 of the initiator": (changed(0, tlv.unsigned(2, 0)), Reason.PARAMETERS),
    "for another node": (changed(0, tlv.octets(3, bytes(32))), Reason.NO_SHARED_ROOT),
    "another random": (changed(0, tlv.octets(1, bytes(32))), Reason.NO_SHARED_ROOT),
    "point off the curve": (changed(0, tlv.octets(4, bytes(65))), Reason.POINT),
    "point short": (changed(0, tlv.octets(4, bytes(64))), Reason.MALFORMED),
    "half a resumption": (changed(0, tlv.octets(6, bytes(16))), Reason.MALFORMED),
    "no destination": (changed(0, None, 3), Reason.MALFORMED),
    "changed on its way": (changed(0, tlv.unsigned(2, 0x3333)), Reason.NOT_AUTHENTIC),
    "another random of the responder": (changed(1, tlv.octets(1, bytes(32))), Reason.NOT_AUTHENTIC),
    "another point of the responder": (changed(1, tlv.octets(3, key(9).public)), Reason.NOT_AUTHENTIC),
    "point of the responder off the curve": (changed(1, tlv.octets(3, bytes(65))), Reason.POINT),
    "nothing sealed": (changed(1, tlv.octets(4, bytes(16))), Reason.NOT_AUTHENTIC),
    "sealed is short": (changed(1, tlv.octets(4, bytes(15))), Reason.MALFORMED),
    "session 0 of the responder": (changed(1, tlv.unsigned(2, 0)), Reason.IDENTITY),
    "another session of the responder": (changed(1, tlv.unsigned(2, 7)), Reason.NOT_AUTHENTIC),
    "nothing sealed by the initiator": (changed(2, tlv.octets(1, bytes(16))), Reason.NOT_AUTHENTIC),
    "sigma3 without anything": (changed(2, None, 1), Reason.MALFORMED),
}


@pytest.mark.parametrize("case", WRONG)
def test_every_wrong_message_ends_it_with_a_reason(case: str) -> None:
    meddle, reason = WRONG[case]
    failed = fails(initiator(), responder(), meddle)
    assert failed.reason is reason
    no_root = reason is Reason.NO_SHARED_ROOT
    told = status.NO_SHARED_TRUST_ROOTS if no_root else status.INVALID_PARAMETER
    assert failed.reply == Outgoing.report(told)


def test_a_replayed_sigma2_is_worth_nothing() -> None:
    earlier = talk(initiator(), responder())[1]
    failed = fails(initiator(), responder(), lambda at, message: earlier if at == 1 else message)
    assert failed.reason is Reason.NOT_AUTHENTIC
    assert isinstance(failed.leaf, NodeIdentityInvalid)


def test_a_replayed_sigma3_is_worth_nothing() -> None:
    earlier = talk(initiator(), responder())[2]
    failed = fails(initiator(), responder(), lambda at, message: earlier if at == 2 else message)
    assert failed.reason is Reason.NOT_AUTHENTIC


def nothing(_: int, message: Outgoing) -> Outgoing:
    return message


def test_who_has_no_fabric_in_common_is_told_so() -> None:
    here, there = initiator(), responder(None, LIGHT_ELSEWHERE)
    failed = fails(here, there, nothing)
    assert failed.reason is Reason.NO_SHARED_ROOT and failed.reply is not None
    with pytest.raises(EstablishmentFailed) as told:
        here.receive(failed.reply.opcode, failed.reply.payload)
    assert isinstance(told.value.leaf, FabricUnknown)


def test_a_node_that_is_another_one_than_it_was_called() -> None:
    """It knows the fabric's IPK, so it can answer for anybody; its certificate can't."""
    impostor = HOME.admit(key(6), 201, VALIDITY)
    as_light = replace(impostor)
    as_light.__dict__["identity"] = LIGHT.identity
    failed = fails(initiator(), responder(None, as_light), nothing)
    assert failed.reason is Reason.IDENTITY


def test_a_node_with_the_certificate_of_another_and_not_its_key() -> None:
    thief = replace(LIGHT, key=key(6))
    failed = fails(initiator(), responder(None, thief), nothing)
    assert failed.reason is Reason.SIGNATURE and isinstance(failed.leaf, NodeIdentityInvalid)
    failed = fails(initiator(credentials=replace(CONTROLLER, key=key(6))), responder(), nothing)
    assert failed.reason is Reason.SIGNATURE


def test_a_node_below_another_root_that_knows_the_fabric() -> None:
    foreign = FabricAuthority.found(key(12), VALIDITY, HOME.number).admit(key(6), 200, VALIDITY)
    forged = replace(LIGHT, noc=foreign.noc, icac=None, key=foreign.key)
    failed = fails(initiator(), responder(None, forged), nothing)
    assert failed.reason is Reason.CERTIFICATE
    failed = fails(initiator(credentials=replace(CONTROLLER, noc=foreign.noc)), responder(), nothing)
    assert failed.reason is Reason.CERTIFICATE


def test_certificates_out_of_their_time() -> None:
    assert fails(initiator(at=VALIDITY.until + 1), responder(), nothing).reason is Reason.CERTIFICATE
    assert fails(initiator(), responder(at=VALIDITY.since - 1), nothing).reason is Reason.CERTIFICATE
    here, there = initiator(at=None), responder(at=None)
    talk(here, there)
    assert_one_session(here, there)


@pytest.mark.parametrize("at", range(3))
def test_octets_that_are_no_tlv(at: int) -> None:
    failed = fails(
        initiator(),
        responder(),
        lambda number, message: Outgoing(message.opcode, b"\xff") if number == at else message,
    )
    assert failed.reason is Reason.MALFORMED and isinstance(failed.leaf, ProtocolViolation)


@pytest.mark.parametrize(
    ("at", "opcode"),
    [
        (0, Opcode.CASE_SIGMA3),
        (1, Opcode.CASE_SIGMA1),
        (1, Opcode.CASE_SIGMA2_RESUME),
        (2, Opcode.CASE_SIGMA1),
    ],
)
def test_messages_that_do_not_come_then(at: int, opcode: Opcode) -> None:
    failed = fails(
        initiator(),
        responder(),
        lambda number, message: Outgoing(opcode, message.payload) if number == at else message,
    )
    assert failed.reason is Reason.UNEXPECTED


def test_success_comes_once_and_nothing_follows() -> None:
    ours, theirs = first_session()
    for here, there in ((initiator(), responder()), (initiator(ours), responder(theirs))):
        said = talk(here, there)
        for end in (here, there):
            for late in (*said, Outgoing.report(status.ESTABLISHED)):
                with pytest.raises(EstablishmentFailed) as caught:
                    end.receive(late.opcode, late.payload)
                assert caught.value.reason is Reason.UNEXPECTED


def test_success_too_early() -> None:
    report = Outgoing.report(status.ESTABLISHED)
    for end in (initiator(), responder()):
        with pytest.raises(EstablishmentFailed) as caught:
            end.receive(report.opcode, report.payload)
        assert caught.value.reason is Reason.UNEXPECTED


def test_either_end_can_refuse() -> None:
    report = Outgoing.report(status.INVALID_PARAMETER)
    for end in (initiator(), responder()):
        with pytest.raises(EstablishmentFailed) as caught:
            end.receive(report.opcode, report.payload)
        assert caught.value.reason is Reason.REFUSED and caught.value.reply is None


def test_nothing_secret_prints() -> None:
    ours, _ = first_session()
    shown = f"{ours!r}{initiator(ours)!r}{responder()!r}"
    assert repr(ours.shared.reveal())[2:-1] not in shown


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 255), st.binary(max_size=300)), max_size=4))
def test_whatever_comes_both_ends_end_well(incoming: list[tuple[int, bytes]]) -> None:
    for end in (initiator(), responder()):
        for opcode, payload in incoming:
            try:
                end.receive(opcode, payload)
            except EstablishmentFailed:
                break
        assert end.established is None
