"""What the commissioner knows of one transaction, in a form that survives the death of the app.

The snapshot goes into the sealed store: digests of a Wi-Fi item would let anyone who reads them guess its
passphrase offline. It holds no passphrase itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from companion.encoding import cbor, shape
from companion.encoding.cbor import MalformedCbor, Value
from companion.protocols.rp1.credentials import item_signatures
from companion.protocols.rp1.credentials.items import TX_SIZE, ItemType, manifest
from companion.protocols.rp1.transaction.plan import Plan
from companion.protocols.rp1.wire import results
from companion.protocols.rp1.wire.results import Facts, Request, TxState

_VERSION = 6
_FIELDS = {3: 15, 4: 16, 5: 17, 6: 18}
"""By version that can be read: the length of a snapshot. 3 knows no `listed`, 3 and 4 no `item_epoch`, none
before 6 any grants."""
MOST_CHAINS = 4


@dataclass(frozen=True)
class KnownTransaction:
    """One transaction as the commissioner knows it. Every change makes a new value.

    transcripts: th5 of all its sessions in their order, for the receipt tells in which one the device
                 committed; with each the digest of the grants by which it acted, None for none
    chains:      the encoded chains of grants by which something of it was sent, the latest last
    facts:       the device's, proven in one of these sessions
    state:       the device's last word on the transaction
    request:     the device's certificate request, with what attests it to whoever was not in the session
    chain:       the certificate that was issued for the transaction's key, DER, leaf first
    sent:        by item type, every digest of which a chunk may have been sent
    offsets:     by item type, how far the device has the digest that was sent last
    totals:      by item type, the size of that item
    cloud:       SHA-256 of item 5 as it was sent last, apart from its claim
    spared:      VERIFIED counts again as soon as the device has this item 5 whole
    receipt, acknowledgement: what the device signed, checked
    listed:      counter of the owner's list that the device holds, in mode 0 for this transaction's FINAL;
                 that of the flip, for this is in the receipt; None: it did not say
    item_epoch:  the epoch of item 6 as it was sent last
    """

    tx: bytes
    transcripts: Mapping[bytes, bytes | None] = field(default_factory=dict)
    facts: Facts | None = None
    state: TxState = TxState.UNKNOWN
    request: Request | None = None
    chain: tuple[bytes, ...] = ()
    sent: Mapping[int, tuple[bytes, ...]] = field(default_factory=dict, repr=False)
    offsets: Mapping[int, int] = field(default_factory=dict)
    totals: Mapping[int, int] = field(default_factory=dict)
    cloud: bytes | None = None
    spared: bool = False
    committing: bool = False
    receipt: bytes | None = None
    acknowledgement: bytes | None = None
    listed: int | None = None
    item_epoch: int | None = None
    chains: tuple[tuple[bytes, ...], ...] = ()

    @property
    def epoch(self) -> int | None:
        """The device's once this is final (section 9.2); None where an older snapshot does not tell."""
        assert self.facts is not None
        if ItemType.OWNER not in self.staged():
            return self.facts.epoch
        return None if self.item_epoch is None else max(self.facts.epoch, self.item_epoch)

    def staged(self) -> dict[int, bytes]:
        """Digests of the items that the device has whole, by type."""
        return {
            kind: digests[-1]
            for kind, digests in self.sent.items()
            if kind in self.totals and self.offsets.get(kind) == self.totals[kind]
        }

    @property
    def manifest(self) -> bytes:
        """The manifest of what the device has whole."""
        return manifest(self.staged())

    def with_session(self, th5: bytes, plan: Plan, *, resumed: bool) -> KnownTransaction:
        """A session has begun. A resumed one has the rights of the one before, whatever the plan says now."""
        digest = item_signatures.grants_digest(plan.session_grants)
        if resumed and self.transcripts:
            digest = list(self.transcripts.values())[-1]
        chain = plan.session_grants or plan.taking_grants
        others = tuple(each for each in self.chains if each != chain)
        chains = (*others, chain)[-MOST_CHAINS:] if chain else self.chains
        return replace(self, transcripts={**self.transcripts, th5: digest}, chains=chains)

    def with_item(self, kind: int, digest: bytes, total: int, cloud: bytes | None = None) -> KnownTransaction:
        """An item of this digest is about to be sent from its beginning, unless it is under way.

        cloud: see there, for item 5. A device that has tried it keeps VERIFIED if only the claim changes.
        """
        digests = self.sent.get(kind, ())
        if digests and digests[-1] == digest:
            return self
        others = tuple(one for one in digests if one != digest)
        verified = self.state is TxState.VERIFIED or self.spared
        return replace(
            self,
            sent={**self.sent, kind: (*others, digest)},
            offsets={**self.offsets, kind: 0},
            totals={**self.totals, kind: total},
            cloud=cloud if kind == ItemType.CLOUD else self.cloud,
            spared=verified and kind == ItemType.CLOUD and cloud is not None and cloud == self.cloud,
            state=min(self.state, TxState.STAGED),
        )

    def with_offset(self, kind: int, offset: int) -> KnownTransaction:
        """The device has the item up to `offset`."""
        whole = self.spared and kind == ItemType.CLOUD and offset == self.totals[kind]
        state = TxState.VERIFIED if whole else max(self.state, TxState.STAGED)
        return replace(
            self, offsets={**self.offsets, kind: offset}, state=state, spared=self.spared and not whole
        )

    def without(self, *kinds: int) -> KnownTransaction:
        """These items must be sent again from the beginning, and tried again: STAGE may undo VERIFY."""
        state = TxState.STAGED if self.state is TxState.VERIFIED else self.state
        return replace(self, offsets={**self.offsets, **dict.fromkeys(kinds, 0)}, state=state, spared=False)

    def with_answer(self, state: TxState, offsets: Mapping[int, int]) -> KnownTransaction:
        """What QUERY said. An offset counts only for a type of which one digest was ever sent.

        A device does not say which bytes it has: after two versions of an item it could be either. After
        COMMIT it names none, and has what was staged; after VERIFY it need not name what it tried.
        """
        if state in (TxState.PROVISIONAL, TxState.FINAL):
            return replace(self, state=state)
        if state is TxState.VERIFIED:
            offsets = {**{kind: self.totals[kind] for kind in self.staged()}, **offsets}
        trusted = {kind: offsets.get(kind, 0) for kind, digests in self.sent.items() if len(digests) == 1}
        kept = {
            kind: offset if offsets.get(kind) == offset == self.totals[kind] else 0
            for kind, offset in self.offsets.items()
        }
        on_its_way = offsets.get(ItemType.CLOUD, 0) < self.totals.get(ItemType.CLOUD, 0)
        spared = self.spared and state is TxState.STAGED and on_its_way
        return replace(self, state=state, offsets={**kept, **trusted}, spared=spared)


def encode(known: KnownTransaction) -> bytes:
    """The snapshot, to be kept sealed."""
    value: list[Value] = [
        _VERSION,
        known.tx,
        [[th5, digest] for th5, digest in known.transcripts.items()],
        results.encode_facts(known.facts) if known.facts else None,
        int(known.state),
        results.encode_csr(known.request) if known.request else None,
        list(known.chain),
        {kind: list(digests) for kind, digests in known.sent.items()},
        dict(known.offsets),
        dict(known.totals),
        known.cloud,
        known.spared,
        known.committing,
        known.receipt,
        known.acknowledgement,
        known.listed,
        known.item_epoch,
        [list(chain) for chain in known.chains],
    ]
    return cbor.encode(value)


def decode(snapshot: bytes) -> KnownTransaction:
    """The transaction in a snapshot. Raises MalformedCbor, also for snapshots of other versions."""
    version, *rest = shape.array(cbor.decode(snapshot), min(_FIELDS.values()), max(_FIELDS.values()))
    if not isinstance(version, int) or _FIELDS.get(version) != 1 + len(rest):
        raise MalformedCbor("a snapshot of another version")
    tx, transcripts, facts, state, request, chain, sent, offsets, totals, *more = rest
    cloud, spared, committing, receipt, ack, *since = more
    none: list[Value] = [None, None, []]
    listed, item_epoch, chains, *_ = *since, *none[len(since) :]
    return KnownTransaction(
        tx=shape.octets(tx, TX_SIZE),
        transcripts=dict(_session(each) for each in shape.array(transcripts, 0, 4096)),
        facts=results.decode_facts(facts) if isinstance(facts, dict) else None,
        state=TxState(shape.uint(state, max(TxState))),
        request=results.decode_csr(request) if isinstance(request, dict) else None,
        chain=tuple(shape.octets(der, 1, cbor.MAX_SIZE) for der in shape.array(chain, 0, 16)),
        sent={
            kind: tuple(shape.octets(one, 32) for one in shape.array(digests, 1, 4096))
            for kind, digests in _map(sent).items()
        },
        offsets={kind: shape.uint(at) for kind, at in _map(offsets).items()},
        totals={kind: shape.uint(total) for kind, total in _map(totals).items()},
        cloud=None if cloud is None else shape.octets(cloud, 32),
        spared=shape.flag(spared),
        committing=shape.flag(committing),
        receipt=None if receipt is None else shape.octets(receipt, 1, cbor.MAX_SIZE),
        acknowledgement=None if ack is None else shape.octets(ack, 1, cbor.MAX_SIZE),
        listed=None if listed is None else shape.uint(listed),
        item_epoch=None if item_epoch is None else shape.uint(item_epoch),
        chains=tuple(_chain(each) for each in shape.array(chains, 0, MOST_CHAINS)),
    )


def _session(value: Value) -> tuple[bytes, bytes | None]:
    """th5, and by which grants. Before version 6 it stood alone."""
    th5, digest = (value, None) if isinstance(value, bytes) else shape.array(value, 2)
    return shape.octets(th5, 32), None if digest is None else shape.octets(digest, 32)


def _chain(value: Value) -> tuple[bytes, ...]:
    return tuple(shape.octets(each, 1, cbor.MAX_SIZE) for each in shape.array(value, 1, 8))


def _map(value: Value) -> dict[int, Value]:
    if not isinstance(value, dict):
        raise MalformedCbor("not a map")
    return value
