"""The commissioner's machine against a whole device: comparison, deadlines, rekeying, foreign records."""

from __future__ import annotations

import pytest

from companion.encoding import cbor
from companion.protocols.rp1 import aborts
from companion.protocols.rp1.aborts import Abort, AbortMessage, LocalAbort, PeerAbort, SessionAborted
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.handshake import CommissionerTerms
from companion.protocols.rp1.handshake.attestation import Trust
from companion.protocols.rp1.methods import Method
from companion.protocols.rp1.session.commissioner import (
    HANDSHAKE_SECONDS,
    SESSION_SECONDS,
    USER_SECONDS,
    Answered,
    Commissioner,
    NumberShown,
    PeerConfirmed,
    Progressed,
    Received,
    Secure,
)
from companion.protocols.rp1.session.states import SessionState
from companion.protocols.rp1.wire import fragment, operations, results
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.record import KeyLife, RecordLayer, RecordType
from tests.protocols.rp1.support.bench import DeviceBench

TX = bytes(range(8))


class Meeting:
    """A machine under test and a device, with the wire between them in the test's hands."""

    def __init__(
        self, method: Method = Method.NC, *, life: KeyLife | None = None, fp: bytes | None = None, **device
    ) -> None:
        self.device = DeviceBench(button=None, **device)
        value = self.device.connect()
        oob = method & Method.OOB
        terms = CommissionerTerms(
            value,
            method,
            secret=self.device.product.r if oob else None,
            trust=Trust(fp=fp or (self.device.product.fp if oob else None)),
        )
        self.machine = Commissioner(terms, room=244, life=life)
        self.now = 0.0

    def flush(self) -> None:
        """Deliver what this side has to say."""
        for piece in self.machine.outgoing():
            self.device.write(piece.data)

    def hear(self) -> list:
        """Deliver both ways until both are silent; the events."""
        heard: list = []
        self.flush()
        while self.device.notified:
            heard += self.machine.receive(self.device.notified.pop(0), self.now)
            self.flush()
        return heard

    def begin(self) -> list:
        self.machine.begin(self.now)
        return self.hear()

    def meet(self) -> list:
        """Up to M4."""
        assert self.begin() == [Answered()]
        self.machine.reveal(self.now)
        return self.hear()

    def say(self, message: bytes) -> list:
        """Something else than the device's answer arrives."""
        heard: list = []
        for piece in fragment.split(message, 244):
            heard += self.machine.receive(piece.data, self.now)
        return heard

    def device_records(self) -> RecordLayer:
        """The device's record layer, for records that a device of ours would not send."""
        return self.device.machine._session._records

    def say_sealed(self, kind: RecordType, plaintext: bytes) -> list:
        return self.say(self.device_records().seal(kind, plaintext))

    def ends(self, call, *given) -> SessionAborted:
        with pytest.raises(SessionAborted) as raised:
            call(*given)
        assert self.machine.state is SessionState.OVER
        assert self.machine.deadline is None
        return raised.value


def secure(**kinds) -> Meeting:
    meeting = Meeting(Method.OOB, **kinds)
    (event,) = meeting.meet()
    assert isinstance(event, Secure)
    return meeting


# --- comparison -----------------------------------------------------------------------------------------


def test_both_sides_see_one_number_and_press():
    meeting = Meeting()
    (shown,) = meeting.meet()
    assert shown == NumberShown(meeting.device.shown)
    assert meeting.machine.confirm() == []
    assert meeting.hear() == []
    meeting.device.press(Press.SHORT)
    confirmed, event = meeting.hear()
    assert confirmed == PeerConfirmed() and isinstance(event, Secure)


def test_the_device_may_be_pressed_first():
    meeting = Meeting()
    meeting.meet()
    meeting.device.press(Press.SHORT)
    assert meeting.hear() == [PeerConfirmed()]
    assert meeting.machine.state is SessionState.PEER_CONFIRMED
    (event,) = meeting.machine.confirm()
    assert isinstance(event, Secure)


def test_no_request_before_both_presses():
    meeting = Meeting()
    meeting.meet()
    meeting.machine.confirm()
    with pytest.raises(RuntimeError):
        meeting.machine.request(b"", 1.0)


def test_they_differ_here():
    meeting = Meeting()
    meeting.meet()
    assert meeting.machine.abort(Abort.NUMBERS_DIFFER).code == Abort.NUMBERS_DIFFER
    assert meeting.hear() == []
    assert meeting.device.machine._session is None


def test_they_differ_on_the_device():
    meeting = Meeting()
    meeting.meet()
    meeting.device.press(Press.LONG)
    assert isinstance(meeting.ends(meeting.hear), PeerAbort)


def test_two_minutes_are_enough():
    meeting = Meeting()
    meeting.meet()
    meeting.machine.tick(USER_SECONDS - 1)
    assert meeting.ends(meeting.machine.tick, USER_SECONDS).code == Abort.TIMEOUT


@pytest.mark.parametrize("kind", [RecordType.APP, RecordType.KEYUPDATE, RecordType.PROGRESS])
def test_nothing_but_confirm_and_abort_before_both_presses(kind):
    meeting = Meeting()
    meeting.meet()
    assert meeting.ends(meeting.say_sealed, kind, b"").code == Abort.ORDER


def test_a_confirm_of_another_session():
    meeting = Meeting()
    meeting.meet()
    assert meeting.ends(meeting.say_sealed, RecordType.CONFIRM, cbor.encode(bytes(8))).code == Abort.ORDER


def test_a_confirm_that_nobody_waits_for():
    meeting = Meeting()
    meeting.meet()
    meeting.device.press(Press.SHORT)
    meeting.hear()
    again = cbor.encode(meeting.machine._handshake.sid)
    assert meeting.ends(meeting.say_sealed, RecordType.CONFIRM, again).code == Abort.ORDER
    other = secure()
    assert other.ends(other.say_sealed, RecordType.CONFIRM, again).code == Abort.ORDER


def test_one_press_is_one_press():
    meeting = Meeting()
    meeting.meet()
    meeting.machine.confirm()
    with pytest.raises(RuntimeError):
        meeting.machine.confirm()


# --- deadlines --------------------------------------------------------------------------------------------


def test_a_device_that_is_silent_after_m1():
    meeting = Meeting()
    meeting.machine.begin(5.0)
    assert meeting.machine.deadline == 5.0 + HANDSHAKE_SECONDS
    meeting.machine.tick(14.9)
    assert meeting.ends(meeting.machine.tick, 15.0).code == Abort.TIMEOUT


def test_a_device_that_is_silent_after_m3():
    meeting = Meeting()
    meeting.begin()
    meeting.machine.reveal(20.0)
    assert meeting.ends(meeting.machine.tick, 30.0).code == Abort.TIMEOUT


def test_a_reply_that_does_not_come():
    meeting = secure()
    meeting.machine.request(b"\x80", 10.0)
    meeting.machine.extend(40.0)
    meeting.machine.tick(39.0)
    assert meeting.ends(meeting.machine.tick, 40.0).code == Abort.TIMEOUT


def test_a_session_has_an_end():
    meeting = secure()
    meeting.machine.extend(None)
    assert meeting.machine.deadline == SESSION_SECONDS
    assert meeting.ends(meeting.machine.tick, SESSION_SECONDS).code == Abort.TIMEOUT


# --- requests and keys --------------------------------------------------------------------------------------


def facts(meeting: Meeting, reqid: int) -> list:
    meeting.machine.request(operations.encode_request(Op.FACTS, reqid, TX), 1e9)
    return meeting.hear()


def test_a_request_has_its_reply():
    meeting = secure()
    (event,) = facts(meeting, 1)
    assert isinstance(event, Received)
    assert results.decode_reply(event.plaintext).reqid == 1


def test_progress_is_passed_on():
    meeting = secure()
    assert meeting.say_sealed(RecordType.PROGRESS, b"\x82\x01\x01") == [Progressed(b"\x82\x01\x01")]


def test_new_keys_come_before_the_next_request():
    meeting = secure(life=KeyLife(records=4))
    keys = set()
    for reqid in range(1, 8):
        assert len(facts(meeting, reqid)) == 1
        keys.add(meeting.machine._records._master.secret)
    assert len(keys) == 4


def test_the_device_may_ask_for_new_keys():
    meeting = secure()
    assert meeting.say_sealed(RecordType.KEYUPDATE, b"\x01") == []
    before = meeting.machine._records._master
    assert len(facts(meeting, 1)) == 1
    assert meeting.machine._records._master == before.rekeyed()
    assert len(facts(meeting, 2)) == 1
    assert meeting.machine._records._master == before.rekeyed()


def test_the_device_asks_once_per_key():
    meeting = secure()
    assert meeting.say_sealed(RecordType.KEYUPDATE, b"\x01") == []
    assert len(facts(meeting, 1)) == 1
    assert meeting.say_sealed(RecordType.KEYUPDATE, b"\x01") == [], "these keys are other ones"
    assert meeting.ends(meeting.say_sealed, RecordType.KEYUPDATE, b"\x01").code == Abort.ORDER


@pytest.mark.parametrize("plaintext", [b"", b"\x02"])
def test_new_keys_that_nobody_asked_for(plaintext):
    meeting = secure()
    assert meeting.ends(meeting.say_sealed, RecordType.KEYUPDATE, plaintext).code == Abort.ORDER


def test_one_request_at_a_time_while_new_keys_are_made():
    meeting = secure(life=KeyLife(records=0))
    meeting.machine.request(b"\x80", 10.0)
    with pytest.raises(RuntimeError):
        meeting.machine.request(b"\x80", 10.0)


# --- aborts -------------------------------------------------------------------------------------------------


def clear(code: int, sid: bytes = bytes(8)) -> bytes:
    return aborts.encode(AbortMessage(sid, code))


def test_an_abort_in_clear_counts_until_m4_and_not_after():
    for meeting in (Meeting(), Meeting()):
        meeting.machine.begin(0.0)
    assert meeting.ends(meeting.say, clear(Abort.BUSY)).code == Abort.BUSY
    opened = Meeting()
    opened.begin()
    opened.machine.reveal(0.0)
    assert opened.ends(opened.say, clear(Abort.NOT_AUTHENTIC, opened.machine._handshake.sid)).code == 9
    after = secure()
    assert after.say(clear(Abort.CANCELLED)) == []
    assert after.machine.state is SessionState.SECURE


def test_an_abort_of_another_session_ends_nothing():
    meeting = Meeting()
    meeting.machine.begin(0.0)
    assert meeting.say(clear(Abort.BUSY, b"\xff" * 8)) == []
    assert meeting.hear() == [Answered()]


def test_an_abort_before_anything_is_revealed():
    meeting = Meeting()
    meeting.begin()
    assert meeting.ends(meeting.say, clear(Abort.TIMEOUT)).code == Abort.TIMEOUT


def test_a_broken_abort_is_a_defect_of_its_own():
    meeting = Meeting()
    meeting.machine.begin(0.0)
    assert meeting.ends(meeting.say, cbor.encode([0, bytes(3), 3])).code == Abort.MALFORMED
    other = secure()
    assert other.ends(other.say_sealed, RecordType.ABORT, b"\x80").code == Abort.MALFORMED


def test_what_nobody_asked_for():
    meeting = Meeting()
    meeting.begin()
    assert meeting.ends(meeting.say, bytes(30)).code == Abort.ORDER
    other = secure()
    assert other.ends(other.say, cbor.encode([2, bytes(8)])).code == Abort.ORDER


def test_the_device_is_told_why_in_clear_or_sealed():
    meeting = Meeting()
    meeting.begin()
    meeting.machine.abort(Abort.CANCELLED)
    meeting.flush()
    assert meeting.device.machine._opening is None
    other = secure()
    other.machine.abort(Abort.CANCELLED)
    other.flush()
    assert other.device.machine._session is None


def test_a_device_with_another_identity_is_told_under_the_keys_it_has():
    meeting = Meeting(Method.OOB, fp=bytes(16))
    meeting.begin()
    meeting.machine.reveal(0.0)
    assert meeting.ends(meeting.hear).code == Abort.NOT_AUTHENTIC
    meeting.flush()
    assert meeting.device.machine._session is None


def test_an_end_is_told_once():
    meeting = secure()
    meeting.machine.abort(Abort.CANCELLED)
    assert len(meeting.machine.outgoing()) == 1
    meeting.machine.abort(Abort.CANCELLED)
    assert meeting.machine.outgoing() == []


def test_terms_that_info_forbids():
    device = DeviceBench()
    terms = CommissionerTerms(device.connect(), Method.OOB, promised_suites=(1, 2))
    with pytest.raises(LocalAbort):
        Commissioner(terms, room=244)
