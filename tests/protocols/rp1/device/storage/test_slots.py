"""The slots against a model, with power cuts anywhere: what is active is one whole state, never two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.crypto import sha256
from companion.protocols.rp1.device.storage.entries import OwnerTerms
from companion.protocols.rp1.device.storage.flash import FaultyFlash, Flash, PowerCut, RamFlash
from companion.protocols.rp1.device.storage.pages import Cell, Log
from companion.protocols.rp1.device.storage.slots import Slots

KINDS = st.sampled_from([ItemType.LDEVID, ItemType.WIFI, ItemType.OWNER, ItemType.LABEL])


@dataclass(frozen=True)
class Model:
    """What a device is: its final items, the provisional ones over them, and what is staged."""

    final: dict[int, bytes] = field(default_factory=dict)
    owner: OwnerTerms | None = None
    provisional: tuple[dict[int, bytes], OwnerTerms | None] | None = None
    staged: dict[int, bytes] | None = None

    @property
    def active(self) -> dict[int, bytes]:
        return self.provisional[0] if self.provisional else self.final


def open_slots(flash: Flash) -> Slots:
    return Slots((Log(flash, 6), Log(flash, 7)), Cell(flash, 2))


class SlotMachine(RuleBasedStateMachine):
    """Each rule may be hit by a power cut at one of its flash operations."""

    @initialize()
    def power_on(self) -> None:
        self.flash = RamFlash()
        self.slots = open_slots(self.flash)
        self.model = Model()
        self.tx = 0

    def do(self, step: Callable[[Slots], None], after: Model, cut: tuple[int, float] | None) -> None:
        if cut is None:
            step(self.slots)
            self.model = after
            return
        slots = open_slots(FaultyFlash(self.flash, None))
        faulty = FaultyFlash(self.flash, cut[0], torn=cut[1])
        try:
            slots = open_slots(faulty)
            step(slots)
        except PowerCut:
            self.slots = open_slots(self.flash)
            self.model = self.recognise(after)
        else:
            self.slots, self.model = open_slots(self.flash), after

    def recognise(self, after: Model) -> Model:
        """Old or new; what was only staged may also be gone or partly there."""
        slots, before = self.slots, self.model
        for model in (after, before):
            if self.fits(model):
                staged = slots.staging.whole if slots.staging else {}
                for kind, data in staged.items():
                    assert data in ((before.staged or {}).get(kind), (after.staged or {}).get(kind))
                return replace(model, staged=staged)
        raise AssertionError(f"mixed: {dict(slots.active.items)}, before {before}, after {after}")

    def fits(self, model: Model) -> bool:
        slots = self.slots
        return (
            slots.active.items == model.active
            and slots.is_provisional == (model.provisional is not None)
            and slots.base.items == model.final
            and slots.base.owner == model.owner
        )

    CUT = st.none() | st.tuples(st.integers(1, 6), st.floats(0.0, 1.0))

    @precondition(lambda self: self.model.provisional is None)
    @rule(kind=KINDS, data=st.binary(min_size=1, max_size=9), cut=CUT)
    def stage(self, kind: int, data: bytes, cut: tuple[int, float] | None) -> None:
        def step(slots: Slots) -> None:
            if slots.staging is None:
                self.tx += 1
                slots.open(self.tx.to_bytes(8, "big"))
            slots.begin_item(kind, len(data), sha256(data), data)

        self.do(step, replace(self.model, staged={**(self.model.staged or {}), kind: data}), cut)

    @precondition(lambda self: self.model.provisional is None and self.slots.staging is not None)
    @rule(cut=CUT)
    def make_a_key(self, cut: tuple[int, float] | None) -> None:
        staged = {k: v for k, v in (self.model.staged or {}).items() if k != ItemType.LDEVID}
        self.do(lambda slots: slots.add_key(bytes(31) + b"\1"), replace(self.model, staged=staged), cut)

    @precondition(lambda self: self.model.staged and self.model.provisional is None)
    @rule(cut=CUT, owner=st.binary(min_size=65, max_size=65))
    def commit(self, cut: tuple[int, float] | None, owner: bytes) -> None:
        record = OwnerTerms(owner)
        merged = {**self.model.final, **(self.model.staged or {})}

        def step(slots: Slots) -> None:
            slots.commit(receipt=b"receipt", owner=record, r_used=True, epoch=1, boots=1)

        self.do(step, replace(self.model, provisional=(merged, record), staged=None), cut)

    @precondition(lambda self: self.model.provisional is not None)
    @rule(cut=CUT)
    def finalise(self, cut: tuple[int, float] | None) -> None:
        assert self.model.provisional is not None
        items, owner = self.model.provisional
        self.do(lambda slots: slots.finalise(b"ack"), Model(items, owner), cut)

    @precondition(lambda self: self.model.provisional is not None)
    @rule(cut=CUT)
    def revert(self, cut: tuple[int, float] | None) -> None:
        self.do(Slots.revert, replace(self.model, provisional=None, staged=None), cut)

    @precondition(lambda self: self.model.provisional is None)
    @rule(cut=CUT)
    def abandon(self, cut: tuple[int, float] | None) -> None:
        self.do(Slots.abandon, replace(self.model, staged=None), cut)

    @precondition(lambda self: self.model.provisional is None)
    @rule(cut=CUT, owner=st.none() | st.binary(min_size=65, max_size=65))
    def reset(self, cut: tuple[int, float] | None, owner: bytes | None) -> None:
        record = OwnerTerms(owner) if owner is not None else None
        kept = {k: v for k, v in self.model.final.items() if k == ItemType.OWNER}
        self.do(
            lambda slots: slots.replace(kept, record, epoch=1, boots=1),
            Model(kept, record),
            cut,
        )

    @rule()
    def reboot(self) -> None:
        self.slots = open_slots(self.flash)

    @invariant()
    def is_whole(self) -> None:
        if hasattr(self, "model"):
            assert self.fits(self.model)
            staged = self.slots.staging.whole if self.slots.staging else {}
            assert staged == (self.model.staged or {})

    @invariant()
    def keeps_no_key_that_nobody_names(self) -> None:
        if hasattr(self, "slots"):
            slots = open_slots(self.flash)
            named = {slots.active.key_id, slots.previous.key_id}
            named |= {slots.staging.key_id} if slots.staging else set()
            from companion.protocols.rp1.device.storage import entries

            kept = entries.decode_keys(Cell(self.flash, 2).value)
            assert kept.keys() <= named


SlotMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
TestSlots = SlotMachine.TestCase
