"""The items of a transaction at the commissioner: made once, sent chunk by chunk (section 9.1)."""

from __future__ import annotations

from dataclasses import replace

from companion.protocols.rp1.credentials import items
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.crypto import sha256
from companion.protocols.rp1.transaction import plan as transaction_plan
from companion.protocols.rp1.transaction.events import Session
from companion.protocols.rp1.transaction.plan import ChosenItems, Plan
from companion.protocols.rp1.transaction.state import KnownTransaction
from companion.protocols.rp1.wire import operations
from companion.protocols.rp1.wire.operations import Stage
from companion.secret import Secret


class ItemQueue:
    """What the device is to have. chosen: what was decided in the run, None before that."""

    def __init__(self, plan: Plan, chosen: ChosenItems | None) -> None:
        self._plan = plan
        self.chosen = chosen
        self._made: dict[ItemType, bytes] = {}

    @property
    def lacks_claim(self) -> bool:
        """True if item 5 waits for a claim."""
        endpoint = self._plan.endpoint
        return endpoint is not None and endpoint.has_claim and ItemType.CLOUD not in self._made

    def choose(self, chosen: ChosenItems) -> None:
        """Decided for the first time, or after a network that failed: a claim is fetched for each try."""
        self.chosen = chosen
        if self._plan.endpoint is not None and self._plan.endpoint.has_claim:
            self._made.pop(ItemType.CLOUD, None)

    def claim(self, claim: Secret | None, chain: tuple[bytes, ...]) -> None:
        """Item 5 has this claim from here on; None: it waits for another one."""
        assert self._plan.endpoint is not None
        self._made.pop(ItemType.CLOUD, None)
        if claim is not None:
            self._made[ItemType.CLOUD] = self._cloud(self._plan.endpoint, chain, claim)

    def is_planned(self, known: KnownTransaction) -> bool:
        """False if the device was given another item 5 than the plan's, in a run before this one."""
        endpoint = self._plan.endpoint
        if endpoint is None or known.cloud is None:
            return True
        return known.cloud == sha256(self._cloud(endpoint, known.chain))

    def forget(self) -> None:
        """The transaction is over: the next one's items are signed anew."""
        self._made.clear()

    def forget_certificate(self) -> None:
        """Items 1 and 5, which goes by it, are other ones from here on."""
        for kind in (ItemType.LDEVID, ItemType.CLOUD):
            self._made.pop(kind, None)

    def announced(self, known: KnownTransaction, session: Session | None) -> KnownTransaction:
        """The transaction with every item named, so that a later run knows again what the device has."""
        for kind, data in self._wanted(known, session).items():
            known = _about_to_send(known, kind, data)
        return known

    def next_chunk(self, known: KnownTransaction, session: Session) -> tuple[KnownTransaction, Stage | None]:
        """The next chunk of the first item that the device lacks, and the transaction once it is sent."""
        wanted = self._wanted(known, session)
        staged = known.staged()
        for kind in sorted(wanted):
            data = wanted[kind]
            digest = sha256(data)
            if staged.get(kind) == digest:
                continue
            known = _about_to_send(known, kind, data)
            if kind is ItemType.OWNER and session.delivery is not None and session.onboards:
                # Section 10.6: with another item 6 a device drops the list that came before it.
                known = replace(known, listed=0)
                session.delivery.renew()
            offset = known.offsets[kind]
            rest = Stage(kind, offset, data[offset:], len(data), digest)
            return known, operations.fitting(rest, known.tx, session.max_msg)
        return known, None

    def _wanted(self, known: KnownTransaction, session: Session | None) -> dict[ItemType, bytes]:
        """Every item of the plan, encoded and signed once for the transaction."""
        facts = known.facts
        assert facts is not None and self.chosen is not None
        if ItemType.LDEVID not in self._made:
            client_id = self.chosen.client_id
            self._made |= transaction_plan.certificate_items(self._plan, known.chain, client_id)
        if ItemType.OWNER not in self._made:
            floor = session.delivery.floor if session is not None and session.delivery is not None else 0
            self._made |= transaction_plan.owner_items(self._plan, facts.fp, known.tx, facts.epoch, floor)
        return {**self._made, **transaction_plan.chosen_items(self.chosen)}

    def _cloud(
        self, endpoint: transaction_plan.Endpoint, chain: tuple[bytes, ...], claim: Secret | None = None
    ) -> bytes:
        client_id = self.chosen.client_id if self.chosen is not None else None
        return transaction_plan.cloud_item(endpoint, chain, client_id, claim)


def _about_to_send(known: KnownTransaction, kind: ItemType, data: bytes) -> KnownTransaction:
    cloud = sha256(items.without_claim(data)) if kind is ItemType.CLOUD else None
    if kind is ItemType.OWNER:
        owner = items.decode(kind, data)
        assert isinstance(owner, items.Owner)
        known = replace(known, item_epoch=owner.epoch)
    return known.with_item(kind, sha256(data), len(data), cloud)
