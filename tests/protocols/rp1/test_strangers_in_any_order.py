"""Both ends in front of strangers, who do anything in any order: none of them gets in."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from companion.encoding import es256
from companion.protocols.rp1.aborts import SessionAborted
from companion.protocols.rp1.device import session as sessions
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.handshake import (
    CommissionerHandshake,
    CommissionerTerms,
    DeviceHandshake,
    DeviceIdentityKey,
    Phase,
)
from companion.protocols.rp1.handshake.attestation import Trust
from companion.protocols.rp1.methods import Method, Standing
from companion.protocols.rp1.session.commissioner import Answered, Commissioner
from companion.protocols.rp1.session.states import SessionState
from companion.protocols.rp1.wire import fragment, info, messages
from companion.protocols.rp1.wire.record import Direction, RecordLayer, RecordType
from companion.secret import Secret
from tests.protocols.rp1.support.bench import (
    PRODUCT,
    DeviceBench,
)
from tests.protocols.rp1.support.handshake_pair import PSK_ID, Pair

MOVES = settings(max_examples=60, stateful_step_count=25, deadline=None)
GUESS = Secret(bytes(16))
messages_in_clear = st.binary(max_size=120) | st.sampled_from([b"\x84\x00", b"\x8a\x01\x01", b"\x83\x03"])


class StrangerAtDevice(RuleBasedStateMachine):
    """Somebody who has no secret, and a person who never says that the numbers match."""

    @initialize()
    def unpack(self) -> None:
        self.device = DeviceBench(button=None, product=replace(PRODUCT, psks=((PSK_ID, PRODUCT.r),)))
        self.handshake: CommissionerHandshake | None = None
        self.records: RecordLayer | None = None

    def say(self, message: bytes) -> bytes:
        """What the device answers."""
        self.device.notified.clear()
        for piece in fragment.split(message, 244):
            self.device.write(piece.data)
        assembled, answer = fragment.Reassembler(), b""
        for value in self.device.notified:
            answer = assembled.feed(value) or answer
        return answer

    @rule()
    def connect(self) -> None:
        self.device.connect()

    @rule()
    def disconnect(self) -> None:
        self.device.disconnect()

    @rule(value=st.binary(max_size=40))
    def write_anything(self, value: bytes) -> None:
        self.device.write(value)

    @rule(message=messages_in_clear)
    def say_anything(self, message: bytes) -> None:
        self.say(message)

    @rule(method=st.integers(0, 31), mode=st.integers(0, 6))
    def say_any_m1(self, method: int, mode: int) -> None:
        terms = CommissionerTerms(
            info.encode(replace(self.device.machine.info, state=info.InfoState.UNOWNED)), Method.NC
        )
        m1 = messages.decode_m1(CommissionerHandshake(terms).commit())
        served = self.device.machine.read_info()
        psk_id = PSK_ID if method & Method.PSK else None
        self.say(
            messages.encode_m1(
                replace(m1, method=method, mode=mode, psk_id=psk_id, info_digest=info.digest(served))
            )
        )

    @rule(method=st.sampled_from([Method.NC, Method.OOB, Method.PSK, Method.KEY]))
    def begin(self, method: Method) -> None:
        """A handshake as it should be, by somebody who guesses the secret."""
        self.handshake = self.records = None
        terms = CommissionerTerms(
            self.device.connect(),
            method,
            secret=GUESS if method & (Method.OOB | Method.PSK) else None,
            psk_id=PSK_ID if method & Method.PSK else None,
            trust=Trust(fp=PRODUCT.fp),
        )
        with suppress(SessionAborted):
            handshake = CommissionerHandshake(terms)
            handshake.receive_m2(self.say(handshake.commit()))
            self.handshake = handshake

    @precondition(lambda self: self.handshake is not None and self.handshake.phase is Phase.ANSWERED)
    @rule(spoilt=st.booleans())
    def go_on(self, spoilt: bool) -> None:
        assert self.handshake is not None
        m3 = self.handshake.open()
        with suppress(SessionAborted):
            agreed = self.handshake.receive_m4(self.say(m3[:-1] if spoilt else m3))
            self.records = RecordLayer(agreed.master, commissioner=True, max_msg=2048)

    @precondition(lambda self: self.records is not None)
    @rule(kind=st.sampled_from(sorted(RecordType)), plaintext=st.binary(max_size=30))
    def say_any_record(self, kind: RecordType, plaintext: bytes) -> None:
        assert self.records is not None and self.handshake is not None
        confirms = kind is RecordType.CONFIRM
        self.say(self.records.seal(kind, b"\x48" + self.handshake.sid if confirms else plaintext))

    @rule(press=st.sampled_from([Press.LONG, Press.RESET]))
    def press(self, press: Press) -> None:
        self.device.press(press)

    @rule(seconds=st.sampled_from([0.0, 1.0, 11.0, 61.0, 301.0]))
    def wait(self, seconds: float) -> None:
        self.device.tick(seconds)

    @rule()
    def power_cycle(self) -> None:
        self.device.boot()

    @invariant()
    def nothing_is_won(self) -> None:
        machine = self.device.machine
        assert machine.standing is Standing.UNOWNED and not machine.settings.settings
        assert machine.info.state in (info.InfoState.UNOWNED, info.InfoState.SESSION)
        session = machine._session
        if session is not None and not session.authority.voucher_only:
            assert session.phase is sessions.SessionPhase.COMPARING, "only a person's press leads on"
        assert machine._state.resumption.kept is None
        assert machine.next_tick >= 0


class StrangerAtCommissioner(RuleBasedStateMachine):
    """Somebody who has photographed the label, but is not the device."""

    @initialize()
    def dial(self) -> None:
        self.pair = Pair(Method.OOB)
        self.end = Commissioner(self.pair.c_terms, room=244)
        self.end.begin(0.0)
        self.now = 0.0
        thief = es256.generate()
        identity = DeviceIdentityKey(lambda message: es256.sign(thief, message), es256.point(thief))
        self.impostor = DeviceHandshake(replace(self.pair.d_terms, identity=identity))
        self.assembled = fragment.Reassembler()
        self.answers: list[bytes] = []

    def hear(self) -> None:
        """What the commissioner wrote, as far as the impostor understands it."""
        for piece in self.end.outgoing():
            message = self.assembled.feed(piece.data)
            with suppress(SessionAborted):
                if message is not None and self.impostor.phase is Phase.READY:
                    self.answers.append(self.impostor.receive_m1(message))
                elif message is not None and self.impostor.phase is Phase.COMMITMENT_HELD:
                    self.answers.append(self.impostor.receive_m3(message)[0])

    def notify(self, value: bytes) -> None:
        if self.end.state is SessionState.OVER:
            return
        with suppress(SessionAborted):
            for event in self.end.receive(value, self.now):
                assert isinstance(event, Answered)
                self.end.reveal(self.now)

    @rule(value=st.binary(max_size=40))
    def notify_anything(self, value: bytes) -> None:
        self.notify(value)

    @rule(message=messages_in_clear)
    def say(self, message: bytes) -> None:
        for piece in fragment.split(message, 244):
            self.notify(piece.data)

    @rule(flip=st.none() | st.integers(0, 200))
    def answer(self, flip: int | None) -> None:
        self.hear()
        if self.answers:
            message = bytearray(self.answers.pop(0))
            if flip is not None:
                message[flip % len(message)] ^= 1
            self.say(bytes(message))

    @rule(kind=st.sampled_from(sorted(RecordType)), plaintext=st.binary(max_size=30))
    def say_a_record(self, kind: RecordType, plaintext: bytes) -> None:
        key = self.pair.run()[1].master.traffic()[1]
        self.say(Direction(key).seal(kind, plaintext))

    @rule(seconds=st.sampled_from([0.0, 1.0, 11.0]))
    def wait(self, seconds: float) -> None:
        self.now += seconds
        with suppress(SessionAborted):
            self.end.tick(self.now)

    @invariant()
    def nothing_is_won(self) -> None:
        assert self.end.state in (
            SessionState.COMMITTED,
            SessionState.ANSWERED,
            SessionState.OPENED,
            SessionState.OVER,
        )
        assert (self.end.deadline is None) == (self.end.state is SessionState.OVER)


TestStrangerAtDevice = StrangerAtDevice.TestCase
TestStrangerAtCommissioner = StrangerAtCommissioner.TestCase
TestStrangerAtDevice.settings = TestStrangerAtCommissioner.settings = MOVES
