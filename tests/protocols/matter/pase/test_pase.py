"""PASE between both of our ends, and against ends that do not do as they should."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import DeviceBusy, DeviceError, ProtocolViolation, WrongSetupSecret
from companion.protocols.matter import tlv
from companion.protocols.matter.crypto.spake2plus import Passcode, Pbkdf
from companion.protocols.matter.establishment.outcome import EstablishmentFailed, Outgoing, Reason
from companion.protocols.matter.establishment.parameters import SessionParameters
from companion.protocols.matter.messages import status
from companion.protocols.matter.messages.message import Message, Opcode
from companion.protocols.matter.messages.session import SecureSession
from companion.protocols.matter.pase.commissioner import PaseCommissioner
from companion.protocols.matter.pase.device import PaseDevice
from companion.secret import Secret
from tests.protocols.matter.establishment.handshakes import assert_one_session, talk

PBKDF = Pbkdf(1000, b"SPAKE2P Key Salt")
VERIFIER = Passcode.of(34567890, PBKDF).verifier()
SLEEPY = SessionParameters(idle=5000, active=300, threshold=4000, specification=0x01040000)


def commissioner(passcode: str = "34567890") -> PaseCommissioner:
    return PaseCommissioner(Secret(passcode), 0x1111, SessionParameters(idle=700))


def device() -> PaseDevice:
    return PaseDevice(VERIFIER, PBKDF, 0x2222, SLEEPY)


def test_both_ends_have_one_session_that_carries_messages() -> None:
    here, there = commissioner(), device()
    said = talk(here, there)
    assert [message.opcode for message in said] == [0x20, 0x21, 0x22, 0x23, 0x24, 0x40]
    ours, theirs = assert_one_session(here, there)
    assert (ours.parameters, theirs.parameters) == (SLEEPY, SessionParameters(idle=700))
    assert (ours.ends.own, ours.ends.peer, ours.resumption) == (0x1111, 0x2222, None)
    assert ours.parameters.timing.idle == 5.0 and SessionParameters().timing.active == 0.3
    sealed = SecureSession(ours.keys, ours.ends).seal(Message(1, True, 1, 8, b"arm"))
    assert SecureSession(theirs.keys, theirs.ends).open(sealed).payload == b"arm"


def test_the_sizes_of_the_messages_are_those_that_others_send() -> None:
    """A commissioner of the Matter SDK needs one BTP segment for each at MTU 247."""
    here = PaseCommissioner(Secret("34567890"), 0x1111)
    said = talk(here, PaseDevice(VERIFIER, PBKDF, 0x2222))
    assert [len(message.payload) for message in said] == [46, 102, 70, 105, 37, 8]


def test_sessions_differ() -> None:
    keys = []
    for _ in range(2):
        here = commissioner()
        talk(here, device())
        assert here.established is not None
        keys.append(here.established.keys)
    assert keys[0].initiator != keys[1].initiator


def test_a_wrong_passcode_shows_before_the_device_sees_a_proof() -> None:
    here, there = commissioner("34567891"), device()
    with pytest.raises(EstablishmentFailed) as caught:
        talk(here, there)
    assert caught.value.reason is Reason.PASSCODE
    assert isinstance(caught.value.leaf, WrongSetupSecret)
    assert caught.value.reply == Outgoing.report(status.INVALID_PARAMETER)
    assert here.established is None and there.established is None
    with pytest.raises(EstablishmentFailed) as told:
        there.receive(caught.value.reply.opcode, caught.value.reply.payload)
    assert told.value.reason is Reason.REFUSED and told.value.reply is None


def test_a_guesser_who_goes_on_is_noticed_by_the_device() -> None:
    with pytest.raises(EstablishmentFailed) as caught:
        talk(commissioner(), device(), changed(4, Opcode.PASE_PAKE3, 1, tlv.octets(1, bytes(32))))
    assert caught.value.reason is Reason.PASSCODE


def changed(number: int, opcode: Opcode, tag: int, *members: tlv.Element):
    """Replaces the members from a tag on in one message."""

    def meddle(at: int, message: Outgoing) -> Outgoing:
        if at != number:
            return message
        whole = tlv.decode(message.payload)
        kept = [member for member in whole.members if member.tag not in {tag, *(m.tag for m in members)}]
        held = sorted([*kept, *members], key=lambda member: int(str(member.tag)))
        return Outgoing(opcode, tlv.encode(tlv.structure(None, *held)))

    return meddle


REQUEST, RESPONSE = Opcode.PBKDF_PARAM_REQUEST, Opcode.PBKDF_PARAM_RESPONSE
PAKE1, PAKE2, PAKE3 = Opcode.PASE_PAKE1, Opcode.PASE_PAKE2, Opcode.PASE_PAKE3


def pbkdf(iterations: int, salt: int) -> tlv.Element:
    return tlv.structure(4, tlv.unsigned(1, iterations), tlv.octets(2, bytes(salt)))


WRONG = {
    "another passcode id": (changed(0, REQUEST, 3, tlv.unsigned(3, 1)), Reason.PARAMETERS),
    "session 0 of the commissioner": (changed(0, REQUEST, 2, tlv.unsigned(2, 0)), Reason.PARAMETERS),
    "random short": (changed(0, REQUEST, 1, tlv.octets(1, bytes(31))), Reason.MALFORMED),
    "no random": (changed(0, REQUEST, 1), Reason.MALFORMED),
    "a request changed on its way": (changed(0, REQUEST, 2, tlv.unsigned(2, 0x3333)), Reason.PASSCODE),
    "another opcode first": (changed(0, PAKE1, 9), Reason.UNEXPECTED),
    "another request's answer": (changed(1, RESPONSE, 1, tlv.octets(1, bytes(32))), Reason.ECHO),
    "no parameters": (changed(1, RESPONSE, 4), Reason.PARAMETERS),
    "session 0 of the device": (changed(1, RESPONSE, 3, tlv.unsigned(3, 0)), Reason.PARAMETERS),
    "few iterations": (changed(1, RESPONSE, 4, pbkdf(999, 16)), Reason.MALFORMED),
    "endless iterations": (changed(1, RESPONSE, 4, pbkdf(2**32 - 1, 16)), Reason.MALFORMED),
    "salt short": (changed(1, RESPONSE, 4, pbkdf(1000, 15)), Reason.MALFORMED),
    "salt long": (changed(1, RESPONSE, 4, pbkdf(1000, 33)), Reason.MALFORMED),
    "an answer changed on its way": (changed(1, RESPONSE, 3, tlv.unsigned(3, 7)), Reason.PASSCODE),
    "another opcode second": (changed(1, PAKE2, 9), Reason.UNEXPECTED),
    "a point off the curve to the device": (changed(2, PAKE1, 1, tlv.octets(1, bytes(65))), Reason.POINT),
    "a point short": (changed(2, PAKE1, 1, tlv.octets(1, bytes(64))), Reason.MALFORMED),
    "another opcode third": (changed(2, PAKE3, 9), Reason.UNEXPECTED),
    "a point off the curve": (changed(3, PAKE2, 1, tlv.octets(1, bytes(65))), Reason.POINT),
    "another proof": (changed(3, PAKE2, 2, tlv.octets(2, bytes(32))), Reason.PASSCODE),
    "another opcode fourth": (changed(3, RESPONSE, 9), Reason.UNEXPECTED),
    "another opcode fifth": (changed(4, PAKE1, 9), Reason.UNEXPECTED),
}


@pytest.mark.parametrize("case", WRONG)
def test_every_wrong_message_ends_it_with_a_reason(case: str) -> None:
    meddle, reason = WRONG[case]
    here, there = commissioner(), device()
    with pytest.raises(EstablishmentFailed) as caught:
        talk(here, there, meddle)
    assert caught.value.reason is reason
    assert caught.value.reply == Outgoing.report(status.INVALID_PARAMETER)
    assert here.established is None


@pytest.mark.parametrize("at", range(5))
def test_octets_that_are_no_tlv(at: int) -> None:
    with pytest.raises(EstablishmentFailed) as caught:
        talk(
            commissioner(),
            device(),
            lambda number, message: Outgoing(message.opcode, b"\xff") if number == at else message,
        )
    assert caught.value.reason is Reason.MALFORMED
    assert isinstance(caught.value.leaf, ProtocolViolation)


def refused_with(report: status.StatusReport | bytes) -> EstablishmentFailed:
    here = commissioner()
    here.begin()
    with pytest.raises(EstablishmentFailed) as caught:
        here.receive(Opcode.STATUS_REPORT, report if isinstance(report, bytes) else report.encode())
    assert caught.value.reply is None and here.established is None
    return caught.value


def test_what_a_device_reports_is_told_apart() -> None:
    busy = refused_with(status.busy(4500))
    assert (busy.reason, busy.retry_after) == (Reason.BUSY, 4.5)
    assert isinstance(busy.leaf, DeviceBusy)
    refused = refused_with(status.INVALID_PARAMETER)
    assert refused.reason is Reason.REFUSED and isinstance(refused.leaf, DeviceError)
    assert refused_with(b"").reason is Reason.MALFORMED
    assert refused_with(status.ESTABLISHED).reason is Reason.UNEXPECTED


def test_success_is_reported_once_and_nothing_follows() -> None:
    here, there = commissioner(), device()
    said = talk(here, there)
    for late in (said[5], said[3], said[1]):
        with pytest.raises(EstablishmentFailed) as caught:
            here.receive(late.opcode, late.payload)
        assert caught.value.reason is Reason.UNEXPECTED
    for late in (said[4], said[0], Outgoing.report(status.ESTABLISHED)):
        with pytest.raises(EstablishmentFailed) as caught:
            there.receive(late.opcode, late.payload)
        assert caught.value.reason is Reason.UNEXPECTED


def test_a_device_leaves_parameters_out_that_are_known() -> None:
    answer: list[tlv.Element] = []

    def meddle(at: int, message: Outgoing) -> Outgoing:
        if at == 0:
            return changed(0, REQUEST, 4, tlv.boolean(4, True))(0, message)
        answer.append(tlv.decode(message.payload))
        return message

    with pytest.raises(EstablishmentFailed):
        talk(commissioner(), device(), meddle)
    assert answer[0].find(4) is None


def test_nothing_secret_prints() -> None:
    here = commissioner()
    talk(here, device())
    assert here.established is not None
    shown = f"{here.established!r}{here!r}{here.begin()!r}"
    for secret in (here.established.keys.initiator, here.established.keys.attestation):
        assert repr(secret.reveal())[2:-1] not in shown
    assert "34567890" not in shown


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 255), st.binary(max_size=200)), max_size=4))
def test_whatever_comes_both_ends_end_well(messages: list[tuple[int, bytes]]) -> None:
    def feed() -> Iterator[PaseCommissioner | PaseDevice]:
        yield commissioner()
        yield device()

    for end in feed():
        for opcode, payload in messages:
            try:
                end.receive(opcode, payload)
            except EstablishmentFailed:
                break
        assert end.established is None
