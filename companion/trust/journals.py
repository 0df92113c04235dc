"""Delegates' logs come home: exported by who acted, merged by whose devices they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import JournalForked, JournalInvalid, LogHeadInvalid
from companion.protocols import (
    Acknowledged,
    GrantLink,
    ReceiptReader,
    delegation_drivers,
    installed,
    receipt_reader,
)
from companion.registry.store.grants import ReportedReceipt
from companion.trust.anomalies.records import Ending, Onboarding, receipt_name
from companion.trust.grants.names import key_id
from companion.trust.grants.terms import RECEIPT_RIGHTS
from companion.trust.transparency import split
from companion.trust.transparency.entries import LogHead, read_receipt_entry
from companion.trust.transparency.journal import (
    MOST_ENTRIES,
    Forked,
    Journal,
    JournalEntry,
    decode,
    follow,
)
from companion.trust.transparency.merkle import leaf_hash
from companion.trust.witness.local_witness import keep_evidence

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.registry import Registry


@dataclass(frozen=True)
class Merged:
    """What a delegate's journal brought. size: entries of its log; new: since the last time

    onboarded: serials of the owner's devices in the new entries; late: those after their grant had ended;
    undated: whose device has no clock; uncovered: under no grant of the owner, or one not for setting up
    others: entries that are somebody else's
    under:  whose grant from here the holder works under: keys from there to the holder's issuer; empty where
            the grant is from here, or there is none
    """

    holder: bytes
    size: int
    new: int
    onboarded: tuple[str, ...]
    late: tuple[str, ...]
    undated: tuple[str, ...]
    uncovered: tuple[str, ...]
    others: int
    under: tuple[bytes, ...] = ()


def export_journal(registry: Registry, identity: Identity, owner: bytes, begin: int = 0) -> Journal:
    """This computer's log for an owner (point) whose devices it set up; of others' entries the hashes alone.

    begin: how many entries the owner has already. Raises JournalInvalid for more than 100,000 entries.
    """
    head = registry.log.signed_head(identity.owner.sign)
    readers = _readers()
    held = [each for each in registry.grants.all(held=True) if each.owner == owner]
    chains = {chain for each in held for read in readers if (chain := _chain_of(read, each.text))}
    takings: dict[bytes, bytes] = {}
    for protocol, driver in delegation_drivers().items():
        takings.update(driver.takings(registry.memory(protocol, identity.vault)))
    entries = []
    for entry, key in registry.log.journals.rows(begin):
        said = _said(entry, key, readers)
        is_theirs = said is not None and said.owner_sha256 == sha256(owner).digest()
        leaf = leaf_hash(entry)
        if is_theirs:
            taking = takings.get(read_receipt_entry(entry)[0], b"")
            entries.append(JournalEntry(leaf, entry, key or b"", taking))
        else:
            entries.append(JournalEntry(leaf))
        if len(entries) > MOST_ENTRIES:
            raise JournalInvalid("it has more than 100,000 entries: export it from a later one on")
    return Journal(identity.owner.public, head, begin, tuple(entries), tuple(sorted(chains)))


def merge_journal(
    content: bytes,
    registry: Registry,
    identity: Identity,
    folder: Path,
    *,
    forked: Callable[[bytes], None] = lambda holder: None,
) -> Merged:
    """Take a delegate's journal into the owner's log.

    folder: where evidence is kept; forked: called with the key (point) of a delegate whose log does not
    continue, once the evidence is kept. Raises JournalInvalid for another file, or of a delegate that never
    had a grant from here, and JournalForked.
    """
    try:
        journal = decode(content)
        kept = registry.log.journals.last(journal.holder)
        links = _links(journal, identity.owner.public)
        _check_known(journal, links, registry)
        head, end = follow(journal, kept[1] if kept is not None else None)
    except Forked as problem:
        assert kept is not None, "a first log has nothing to part from"
        evidence = split.Evidence(journal.holder, kept[1].head, journal.head)
        file = keep_evidence(folder, evidence)
        forked(journal.holder)
        raise JournalForked(f"{problem}: {file.name}") from problem
    except LogHeadInvalid as problem:
        raise JournalInvalid(problem.detail) from problem
    except ValueError as problem:
        raise JournalInvalid(str(problem)) from problem
    if kept is not None and kept[0] != head.origin:
        raise JournalInvalid("it is another log of the same delegate")
    report = _report(journal, links, identity.owner.public, kept[1].size if kept is not None else 0)
    registry.log.bring_home(journal.holder, head.origin, end)
    _feed_alerts(journal, head, links, registry, identity.owner.public)
    return report


def _report(journal: Journal, links: dict[bytes, tuple[GrantLink, ...]], owner: bytes, known: int) -> Merged:
    readers = _readers()
    fresh = journal.entries[max(0, known - journal.begin) :]
    onboarded: list[str] = []
    late: list[str] = []
    undated: list[str] = []
    uncovered: list[str] = []
    others = 0
    for each in fresh:
        said = _said(each.entry, each.key, readers) if each.entry is not None else None
        if said is None or said.owner_sha256 != sha256(owner).digest():
            others += 1
            continue
        onboarded.append(said.serial)
        chain = _chain_for(each, said, links, journal)
        if (
            chain is None
            or chain[-1].holder != journal.holder
            or RECEIPT_RIGHTS.isdisjoint(chain[-1].terms.rights)
        ):
            uncovered.append(said.serial)
        elif said.at is None:
            undated.append(said.serial)
        elif said.at >= chain[-1].terms.until:
            late.append(said.serial)
    return Merged(
        holder=journal.holder,
        size=journal.begin + len(journal.entries),
        new=len(fresh),
        onboarded=tuple(onboarded),
        late=tuple(late),
        undated=tuple(undated),
        uncovered=tuple(uncovered),
        others=others,
        under=_above(journal.holder, links),
    )


def _above(holder: bytes, links: dict[bytes, tuple[GrantLink, ...]]) -> tuple[bytes, ...]:
    """Through whose hands a grant from here came to this holder (point), by the shortest way."""
    chains = [[link.holder for link in chain] for chain in links.values()]
    ways = [tuple(chain[: chain.index(holder)]) for chain in chains if holder in chain]
    return min(ways, key=len, default=())


def _links(journal: Journal, owner: bytes) -> dict[bytes, tuple[GrantLink, ...]]:
    """The chains of the owner's grants in the journal, by the digest that receipts name."""
    found: dict[bytes, tuple[GrantLink, ...]] = {}
    for chain in journal.chains:
        for reader in _readers():
            try:
                links = reader.grants(chain, owner)
            except ValueError:
                continue
            if (digest := reader.digest(chain)) is not None:
                found[digest] = links
    return found


def _feed_alerts(
    journal: Journal,
    head: LogHead,
    links: dict[bytes, tuple[GrantLink, ...]],
    registry: Registry,
    owner: bytes,
) -> None:
    """What the delegate reported already is held against its log; the rest comes in from there."""
    readers, reported = _readers(), registry.grants.reported()
    by_receipt = {each.signed: each.run for each in reported}
    logged: set[str] = set()
    new: list[Onboarding] = []
    for entry in journal.entries:
        said = _said(entry.entry, entry.key, readers) if entry.entry is not None else None
        if entry.entry is None or said is None or said.owner_sha256 != sha256(owner).digest():
            continue
        receipt, _ = read_receipt_entry(entry.entry)
        if receipt in by_receipt:
            logged.add(by_receipt[receipt])
        else:
            chain = _chain_for(entry, said, links, journal)
            new.append(_onboarding(entry, receipt, said, chain, journal.holder))
    registry.alerts.take_in(new)
    registry.alerts.note_logged(logged, logged=True)
    missing = [
        each.run
        for each in reported
        if each.run not in logged and _belongs(each, journal.holder, head.time, readers, owner)
    ]
    registry.alerts.note_logged(missing, logged=False)


def _onboarding(
    entry: JournalEntry,
    receipt: bytes,
    said: Acknowledged,
    chain: tuple[GrantLink, ...] | None,
    holder: bytes,
) -> Onboarding:
    """What the anomaly rules see of an entry that nobody reported."""
    return Onboarding(
        run=receipt_name(receipt),
        time=said.at or datetime.now(UTC),
        ending=Ending.ONBOARDED if entry.taking or chain is None else Ending.OTHER,
        actor=key_id(chain[0].holder if chain else holder),
        identity_key=entry.key,
        serial=said.serial,
        owner_key=said.owner_sha256.hex(),
        grant=chain[0].id if chain else "",
        receipt=True,
        logged=True,
    )


def _belongs(
    reported: ReportedReceipt, holder: bytes, until: datetime, readers: list[ReceiptReader], owner: bytes
) -> bool:
    """Whether this delegate reported the receipt, and its log of then must hold it: the device says so."""
    for reader in readers:
        try:
            by = reader.grants(reported.grants, owner)[-1].holder
            at = reader.receipt(reported.signed, reported.final, reported.identity_key).at
        except ValueError:
            continue
        return by == holder and at is not None and at < until
    return False


def _chain_for(
    entry: JournalEntry, said: Acknowledged, links: dict[bytes, tuple[GrantLink, ...]], journal: Journal
) -> tuple[GrantLink, ...] | None:
    """The grants under which the device was used: those that its receipt names, or by which it was taken."""
    if not entry.taking or entry.entry is None:
        return links.get(said.grants_sha256 or b"")
    receipt, _ = read_receipt_entry(entry.entry)
    for chain in journal.chains:
        for reader in _readers():
            found = links.get(reader.digest(chain) or b"")
            try:
                reader.check_taking(entry.taking, receipt, entry.key, chain, journal.holder)
            except ValueError:
                continue
            return found
    return None


def _check_known(journal: Journal, links: dict[bytes, tuple[GrantLink, ...]], registry: Registry) -> None:
    """A stranger's log has no place here. Raises ValueError."""
    holders = {link.holder for chain in links.values() for link in chain}
    if journal.holder not in holders and not registry.grants.of_holder(journal.holder):
        raise ValueError("whoever signed it never had a grant from here")


def _said(entry: bytes, key: bytes | None, readers: list[ReceiptReader]) -> Acknowledged | None:
    """What a device acknowledged; None if the entry is none of a device, or does not hold."""
    for reader in readers if key else ():
        try:
            receipt, final = read_receipt_entry(entry)
            return reader.receipt(receipt, final, key or b"")
        except ValueError:
            continue
    return None


def _chain_of(reader: ReceiptReader, text: str) -> tuple[bytes, ...]:
    try:
        return reader.chain_of(text)
    except ValueError:
        return ()


def _readers() -> list[ReceiptReader]:
    """Of all protocols whose devices sign receipts."""
    return [read for name in installed().protocols if (read := receipt_reader(name)) is not None]
