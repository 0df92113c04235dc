"""Both ends in front of anything, in any order: no stranger gets in, and no device is ever mixed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from companion.encoding import es256
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import PeerAbort, SessionAborted
from companion.protocols.rp1.credentials import certificates, items
from companion.protocols.rp1.credentials.items import ItemType
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
from companion.protocols.rp1.methods import KEY_OWNER, Method, Standing
from companion.protocols.rp1.session.commissioner import Answered, Commissioner
from companion.protocols.rp1.session.states import State
from companion.protocols.rp1.transaction import plan as transaction_plan
from companion.protocols.rp1.transaction import receipt
from companion.protocols.rp1.wire import fragment, info, messages
from companion.protocols.rp1.wire.operations import Args, Commit, Csr, Final, Op, RevokeState, Stage, Verify
from companion.protocols.rp1.wire.record import Direction, RecordLayer, RecordType
from companion.protocols.rp1.wire.results import Reply
from companion.secret import Secret
from tests.identity.requests import NAME
from tests.protocols.rp1.support.bench import (
    CA,
    CHOSEN,
    OWNER,
    PLAN,
    PRODUCT,
    DeviceBench,
    LinkCut,
    Requester,
)
from tests.protocols.rp1.support.handshake_pair import PSK_ID, Pair
from tests.protocols.rp1.support.owner_lists import NO_TX, a_list, record_of

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
            info.encode(replace(self.device.machine.info, state=info.State.UNOWNED)), Method.NC
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
        assert machine.info.state in (info.State.UNOWNED, info.State.SESSION)
        session = machine._session
        if session is not None and not session.authority.voucher_only:
            assert session.phase is sessions.Phase.COMPARING, "only a person's press leads on"
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
        if self.end.state is State.OVER:
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
        assert self.end.state in (State.COMMITTED, State.ANSWERED, State.OPENED, State.OVER)
        assert (self.end.deadline is None) == (self.end.state is State.OVER)


class OwnerAtDevice(RuleBasedStateMachine):
    """A commissioner with every right, who does everything in any order while power and links go."""

    @initialize()
    def unpack(self) -> None:
        self.device = DeviceBench()
        self.session: Requester | None = None
        self.first: Requester | None = None
        self.tx, self.staged = b"tx000000", {}
        self.sets: list[dict[int, bytes]] = [{}]
        self.receipt = b""
        self.counter = self.told = 0

    def ask(self, op: Op, args: Args = None, *, tx: bytes | None = None) -> Reply | None:
        """The reply; None where there is no session, or it ended."""
        if self.session is None:
            return None
        try:
            return self.session.ask(op, args, self.tx if tx is None else tx)
        except (PeerAbort, LinkCut):
            self.lose_link()
            return None

    @rule()
    def open(self) -> None:
        owned = self.device.machine.standing is not Standing.UNOWNED
        session = Requester(self.device, method=KEY_OWNER if owned else Method.OOB)
        session.identity_key = PRODUCT.point
        self.session = self.first = session.open()

    @precondition(lambda self: self.first is not None)
    @rule()
    def resume(self) -> None:
        assert self.first is not None
        self.lose_link()
        made = Requester(self.device)
        made.rpsk = self.first.rpsk
        with suppress(PeerAbort):
            self.session = made.reopen()

    @rule()
    def lose_link(self) -> None:
        self.session = None
        self.device.disconnect()

    @rule()
    def new_transaction(self) -> None:
        self.tx, self.staged = crypto.sha256(self.tx)[:8], {}

    @rule()
    def csr(self) -> None:
        reply = self.ask(Op.CSR, Csr())
        if reply is not None and not reply.status:
            chain = CA.issue(reply.result[1], serial=PRODUCT.serial, name=NAME).chain
            self.stage(transaction_plan.certificate_items(PLAN, chain))

    @rule()
    def stage_the_rest(self) -> None:
        epoch = self.device.machine._state.lifelong.now.epoch
        self.stage(
            {
                **transaction_plan.owner_items(PLAN, PRODUCT.fp, self.tx, epoch),
                **transaction_plan.chosen_items(CHOSEN),
            }
        )

    @rule(kind=st.sampled_from(sorted(ItemType)), broken=st.booleans())
    def stage_one(self, kind: ItemType, broken: bool) -> None:
        label = items.encode(items.Label("Lamp", str(len(self.staged))))
        self.stage({ItemType.LABEL: label} if not broken else {kind: b"\xa0"})

    def stage(self, wanted: dict[ItemType, bytes]) -> None:
        for kind, data in wanted.items():
            self.ask(Op.STAGE, Stage(kind, 0, data, len(data), crypto.sha256(data)))

    @property
    def manifest(self) -> bytes:
        staging = self.device.machine._state.slots.staging
        return staging.manifest if staging is not None else bytes(32)

    @rule(bits=st.sampled_from([0, 1, 4, 5]), works=st.booleans())
    def verify(self, bits: int, works: bool) -> None:
        self.device.trial = lambda trial: None if works else 5
        self.ask(Op.VERIFY, Verify(self.manifest, bits))

    @rule()
    def commit(self) -> None:
        merged = dict(self.device.machine._state.slots.merged())
        reply = self.ask(Op.COMMIT, Commit(self.manifest))
        if reply is not None and not reply.status:
            self.sets.append(merged)
            self.receipt = reply.result[1]

    @rule()
    def finish(self) -> None:
        reply = self.ask(Op.FINAL, Final(crypto.sha256(self.receipt)))
        if reply is not None and not reply.status:
            self.told = max(self.told, receipt.read(self.receipt, PRODUCT.point).list_counter)

    @rule(newer=st.booleans())
    def hand_in_a_list(self, newer: bool) -> None:
        """Before item 6 it waits for FINAL, on an owned device it holds when the reply says so."""
        self.counter = max(1, self.counter + newer)
        reply = self.ask(Op.REVOKE_STATE, RevokeState(a_list(self.counter)), tx=NO_TX)
        owned = self.device.machine._state.slots.base.owner is not None
        if reply is not None and not reply.status and owned:
            self.told = self.counter

    @rule(steps=st.integers(2, 7))
    def go_straight_on(self, steps: int) -> None:
        """The usual order, up to somewhere: chance alone seldom gets as far as COMMIT."""
        usual = (
            self.open,
            self.csr,
            self.stage_the_rest,
            lambda: self.verify(5, True),
            self.commit,
            self.finish,
            lambda: self.hand_in_a_list(True),
        )
        for step in usual[:steps]:
            step()

    @rule(op=st.sampled_from([Op.FACTS, Op.QUERY, Op.ABORT_TX]))
    def ask_simply(self, op: Op) -> None:
        self.ask(op)

    @rule(seconds=st.sampled_from([1.0, 61.0, 601.0]))
    def wait(self, seconds: float) -> None:
        self.device.tick(seconds)
        if not self.device.is_up:
            self.session = None

    @rule()
    def power_cycle(self) -> None:
        self.session = None
        self.device.boot()

    @rule()
    def reset(self) -> None:
        self.session = None
        self.device.press(Press.RESET)

    @invariant()
    def the_device_is_whole(self) -> None:
        slots = self.device.machine._state.slots
        active = dict(slots.active.items)
        assert active in self.sets, "old or new, never a mix"
        owned = slots.active.owner is not None
        assert owned == (ItemType.OWNER in active)
        if owned:
            assert slots.active.owner.key == OWNER.public
        if ItemType.LDEVID in active:
            chain = items.decode(ItemType.LDEVID, active[ItemType.LDEVID])
            scalar = slots.key(slots.active.key_id)
            assert certificates.leaf_key(chain) == es256.point(es256.private_key(scalar)), (
                "its certificate has its key"
            )
        assert self.device.machine.standing in Standing

    @invariant()
    def what_the_owner_was_told_holds(self) -> None:
        """As long as the device is the owner's; and of no owner's word anything is left to nobody."""
        state, record = self.device.machine._state, record_of(self.device)
        if state.slots.base.owner is None:
            self.told = 0
            assert record is None
        else:
            assert state.owner_terms.held.counter >= self.told
            assert record is None or record.key == OWNER.public


TestStrangerAtDevice = StrangerAtDevice.TestCase
TestStrangerAtCommissioner = StrangerAtCommissioner.TestCase
TestOwnerAtDevice = OwnerAtDevice.TestCase
TestStrangerAtDevice.settings = TestStrangerAtCommissioner.settings = TestOwnerAtDevice.settings = MOVES
