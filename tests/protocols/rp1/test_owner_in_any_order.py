"""An owner's device in front of anything, in any order, power and links going: it is never mixed."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from companion.encoding import es256
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import PeerAbort
from companion.protocols.rp1.credentials import certificates, items
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.methods import KEY_OWNER, Method, Standing
from companion.protocols.rp1.transaction import plan as transaction_plan
from companion.protocols.rp1.transaction import receipt
from companion.protocols.rp1.wire.operations import Args, Commit, Csr, Final, Op, RevokeState, Stage, Verify
from companion.protocols.rp1.wire.results import Reply
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
from tests.protocols.rp1.support.owner_lists import NO_TX, a_list, record_of

MOVES = settings(max_examples=60, stateful_step_count=25, deadline=None)


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
        epoch = self.device.machine._state.anti_rollback.now.epoch
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


TestOwnerAtDevice = OwnerAtDevice.TestCase
TestOwnerAtDevice.settings = MOVES
