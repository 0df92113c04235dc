"""The transaction of a run: the state of its machine, the settings, and their copy on disk."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from companion.claims import Channel, SessionFacts
from companion.encoding.cbor import MalformedCbor
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.store.commissioner_store import CommissionerStore
from companion.protocols.rp1.store.saved_transaction import Naming, SavedTransaction
from companion.protocols.rp1.transaction.machine import TransactionMachine
from companion.protocols.rp1.transaction.plan import owner_items
from companion.protocols.rp1.wire.info import SERVICE_UUID, recognise
from companion.protocols.rp1.wire.operations import Op

if TYPE_CHECKING:
    from companion.model import Advertisement, DeviceSettings
    from companion.protocols.rp1.schedule import Master
    from companion.protocols.rp1.transaction.plan import Plan


class Transaction:
    """What is handed over in this run, as long as it takes.

    method:      name of the method of its first session, "" before that
    naming:      under which serial number the device is certified, None before it was decided
    settings:      what the user decided, None before that
    first:       its first session, as it was measured in this run or an earlier one; None before that
    commit_sent: the device may have switched over
    """

    def __init__(
        self,
        plan: Plan,
        store: CommissionerStore,
        fp: bytes | None,
        pending: SavedTransaction | None,
        operation: str = "",
        *,
        expected: bytes | None = None,
    ) -> None:
        """fp: as known or guessed; operation, expected: see `SavedTransaction`, `TransactionMachine`."""
        self.rpsk = pending.resumable(time.time()) if pending is not None else None
        self.plan = _as_begun(plan, pending) if pending is not None and self.rpsk is not None else plan
        self.operation = operation
        self.machine = _take_up(self.plan, pending, expected)
        self.method = pending.method if pending is not None else ""
        self.naming: Naming | None = pending.naming if pending is not None else None
        self.settings: DeviceSettings | None = pending.settings if pending is not None else None
        self.continues = bool(self.machine.known.transcripts)
        self.commit_sent = self.machine.known.committing
        self.first: SessionFacts | None = None
        if pending is not None and pending.evidence:
            self.first = SessionFacts(pending.method, Channel.SEALED, pending.evidence, owned=pending.owned)
        self._last_endpoint = pending.endpoint if pending is not None else ""
        self._store = store
        self._fp = fp
        self._kept = pending is not None
        self._master: Master | None = None

    @classmethod
    def take_up(
        cls,
        plan: Plan,
        store: CommissionerStore,
        advertisement: Advertisement,
        fp: bytes | None,
        operation: str = "",
    ) -> Transaction:
        """The device's open transaction if it is of this operation, or a new one.

        fp: what the label or the inventory says. Without one the advertisement leads to an open transaction,
        which goes on with its own device only: what the user decided for one is not for another.
        """
        expected = fp
        if fp is None:
            beacon = advertisement.service_data.get(SERVICE_UUID, b"")
            fp = next((one for one in store.fingerprints() if recognise(beacon, one)), None)
        pending = store.recall(fp) if fp is not None else None
        if pending is not None and pending.operation == operation:
            return cls(plan, store, fp, pending, operation, expected=fp)
        return cls(plan, store, fp, None, operation, expected=expected)

    @property
    def fp(self) -> bytes | None:
        """The fingerprint of the device's identity key, if it is known."""
        key = self.identity_key
        return crypto.fingerprint(key) if key is not None else self._fp

    @property
    def identity_key(self) -> bytes | None:
        """The device's, once it proved it (point, 65 octets)."""
        facts = self.machine.known.facts
        return facts.identity_key if facts is not None else None

    @property
    def given(self) -> Plan:
        """The plan, with the endpoint that the device really has, and the grants by which it was taken.

        A run that was killed near its end leaves a device that already goes to the endpoint of that run.
        """
        plan = self._as_taken
        endpoint = plan.endpoint
        if endpoint is None or self.machine.has_planned_endpoint or not self._last_endpoint:
            return plan
        return replace(plan, endpoint=replace(endpoint, address=self._last_endpoint))

    @property
    def _as_taken(self) -> Plan:
        known, plan = self.machine.known, self.plan
        digest = known.staged().get(ItemType.OWNER)
        if plan.taking is None or known.facts is None or digest is None:
            return plan
        for chain in known.chains if plan.taking_grants else ():
            taken = plan.under(chain)
            owner = owner_items(taken, known.facts.fp, known.tx, known.facts.epoch)[ItemType.OWNER]
            if crypto.sha256(owner) == digest:
                return taken
        return plan

    @property
    def is_open(self) -> bool:
        """True if the device may know the transaction: one of its requests left, in this run or before."""
        return self.rpsk is not None or self.continues

    def opened_by(self, master: Master, first: SessionFacts) -> None:
        """A full handshake succeeded: its RPSK is the one that may be kept once the transaction is open."""
        self._master, self.rpsk, self.method, self.first = master, None, first.method, first

    def about_to_send(self, op: Op | None) -> None:
        """A request is about to leave: CSR and STAGE open the transaction, COMMIT may end it."""
        if op in (Op.CSR, Op.STAGE) and self._master is not None:
            self.rpsk, _ = self._master.resumption()
            self._master = None
            self.keep()
        self.commit_sent = self.commit_sent or op is Op.COMMIT

    def keep(self) -> None:
        """Write down what is known of a device that proved who it is. On disk when this returns."""
        key = self.identity_key
        assert key is not None
        self._fp = crypto.fingerprint(key)
        now = int(time.time())
        snapshot = self.machine.snapshot()
        told = self.plan.taking.now if self.plan.taking is not None else 0
        endpoint = self.given.endpoint
        self._last_endpoint = endpoint.address if endpoint is not None else ""
        pending = SavedTransaction(
            self.method,
            snapshot,
            self.rpsk,
            now,
            self.settings,
            self.operation,
            told,
            self.naming,
            self._last_endpoint,
            self.first.evidence if self.first is not None else frozenset(),
            self.first is not None and self.first.owned,
        )
        self._store.keep(self._fp, pending)
        self._kept = True

    def restart(self) -> None:
        """The device reverted or forgot: nothing of the old transaction may be resumed."""
        self.rpsk = None
        self.commit_sent = self.continues = False

    def forget(self) -> None:
        """The transaction is over, and so is its copy on disk; another operation's copy stays."""
        self.rpsk = None
        if self._fp is not None and self._kept:
            self._store.forget(self._fp)


def _as_begun(plan: Plan, pending: SavedTransaction) -> Plan:
    """The plan with the time that the device may have staged: another one would undo what it has tried."""
    if plan.taking is None:
        return plan
    return replace(plan, ownership=replace(plan.taking, now=pending.time))


def _take_up(plan: Plan, pending: SavedTransaction | None, fp: bytes | None) -> TransactionMachine:
    if pending is not None:
        try:
            return TransactionMachine(plan, saved=pending.snapshot, fp=fp)
        except MalformedCbor:
            pass  # written by another version: the device is asked anew
    return TransactionMachine(plan, fp=fp)
