"""Making the proof of a device from what the registry holds, and the files that go with it."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from companion.errors import ProofImpossible
from companion.identity.log_key import LogKey
from companion.protocols.discovery import delegation_drivers, receipt_reader
from companion.registry.store.grants import DelegateEvidence
from companion.trust.proof.document import DeviceProof, vouch_for_root
from companion.trust.transparency.checkpoint import log_key, sign_checkpoint
from companion.trust.transparency.entries import read_head, sign_head
from companion.trust.transparency.proofs import (
    InclusionProof,
    cose_receipt,
    tlog_proof,
    vouch_for_log,
)

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.protocols.receipts import ReceiptReader
    from companion.registry import Registry
    from companion.registry.records import DeviceRecord, ReceiptRecord
    from companion.registry.transparency.witnesses import Sighting

VERIFIERS = ("verify_proof.py", "verify_signatures.py")
"""The program that checks a proof without Companion, and its part for signatures; both go beside each."""


def make_proof(registry: Registry, identity: Identity, device: DeviceRecord) -> DeviceProof:
    """The proof of a device (with its history), about its newest acknowledged receipt, at the log's head.

    Raises ProofImpossible if it acknowledged none or is another owner's, LogRewritten, StorageError.
    """
    reader = receipt_reader(device.protocol)
    key = device.identity_key
    if reader is None or key is None:
        raise ProofImpossible("the device acknowledged nothing")
    if device.owner_key not in (None, identity.owner.public):
        raise ProofImpossible("the device is another owner's")
    receipt = newest_receipt(registry, device)
    log, owner = LogKey.of(identity.vault), identity.owner
    included = registry.log.proof(receipt.run)
    head = sign_head(included.head, owner.sign)
    checkpoint = sign_checkpoint(included.head, log.sign, log.public)
    seen = _seen(registry, included.index)
    if seen:
        signed = read_head(seen[0][1].head, owner.public)
        included = registry.log.proof(receipt.run, signed)
        head = seen[0][1].head
        checkpoint = seen[0][1].checkpoint + "".join(f"{sighting.line}\n" for _, sighting in seen)
    by = _delegate(registry, reader, receipt, key)
    chain = by.certificates or _certificate(registry, device)
    return DeviceProof(
        protocol=device.protocol,
        owner=owner.public,
        identity_key=key,
        grants=by.grants,
        root=vouch_for_root(identity.ca.anchors[0], owner.sign) if chain else b"",
        chain=chain,
        entry=included.entry,
        index=included.index,
        path=included.path,
        head=head,
        log_key=vouch_for_log(included.head.origin, log.public, owner.sign),
        checkpoint=checkpoint,
        witnesses=tuple(key for key, _ in seen),
        taking=by.taking,
        revocations=_revocations(registry, identity, device.protocol),
    )


def newest_receipt(registry: Registry, device: DeviceRecord) -> ReceiptRecord:
    """The last one that the device acknowledged, whatever older one came home after it.

    Raises ProofImpossible without one.
    """
    for receipt in device.receipts:
        by = registry.grants.evidence(receipt.run)
        if receipt.final is not None and not (by is not None and by.superseded):
            return receipt
    raise ProofImpossible("the device acknowledged nothing")


def verifiers() -> dict[str, bytes]:
    """Name and content of each of `VERIFIERS`."""
    folder = files(__package__) / "verifier"
    return {name: (folder / name).read_bytes() for name in VERIFIERS}


def entry_files(proof: InclusionProof, identity: Identity) -> dict[str, bytes]:
    """Name and content of what proves one entry by itself, in the forms of C2SP and of RFC 9942: the entry,
    its proof in both, the head, and the log's key."""
    key, owner, origin = LogKey.of(identity.vault), identity.owner, proof.head.origin
    checkpoint = sign_checkpoint(proof.head, key.sign, key.public)
    return {
        "entry.cbor": proof.entry,
        "entry.tlog-proof": tlog_proof(proof, checkpoint).encode(),
        "entry-receipt.cose": cose_receipt(proof, owner.sign),
        "log-head.cose": sign_head(proof.head, owner.sign),
        "log.vkey": f"{log_key(origin, key.public)}\n".encode(),
        "log-key.cose": vouch_for_log(origin, key.public, owner.sign),
    }


def _seen(registry: Registry, index: int) -> list[tuple[str, Sighting]]:
    """The witnesses (vkeys) that signed the newest head with this entry that any of them signed."""
    all_seen = [(str(each.key), each.sighting) for each in registry.log.witnesses.all() if each.sighting]
    fitting = [each for each in all_seen if each[1].size > index]
    newest = max(fitting, key=lambda each: each[1].at, default=None)
    if newest is None:
        return []
    return [each for each in fitting if each[1].checkpoint == newest[1].checkpoint]


def _certificate(registry: Registry, device: DeviceRecord) -> tuple[bytes, ...]:
    """The device's current certificate and those above it, if they were kept: issued here, or brought home
    with an earlier receipt."""
    current = (each for each in device.credentials if each.kind == "ldevid" and each.replaced is None)
    prints = [str(each.details.get("fingerprint", "")) for each in current]
    issued = (registry.certificate(each) for each in prints)
    brought = (by.certificates for each in device.receipts if (by := registry.grants.evidence(each.run)))
    fitting = (chain for chain in brought if chain and sha256(chain[0]).hexdigest() in prints)
    return next((chain for chain in (*issued, *fitting) if chain), ())


def _delegate(
    registry: Registry, reader: ReceiptReader, receipt: ReceiptRecord, key: bytes
) -> DelegateEvidence:
    """What shows by whom it was set up. Raises ProofImpossible if that is not here."""
    assert receipt.final is not None, "it was chosen for that"
    if (kept := registry.grants.evidence(receipt.run)) is not None:
        return kept
    try:
        wanted = reader.receipt(receipt.signed, receipt.final, key).grants_sha256
    except ValueError as problem:
        raise ProofImpossible(f"its receipt does not hold: {problem}") from problem
    if wanted is None and not registry.grants.is_delegates(receipt.run):
        return DelegateEvidence(())
    for record in registry.grants.all():
        chain = reader.chain_of(record.text)
        if reader.digest(chain) == wanted:
            return DelegateEvidence(chain)
    raise ProofImpossible("the grants under which it was set up are not here")


def _revocations(registry: Registry, identity: Identity, protocol: str) -> bytes:
    driver = delegation_drivers().get(protocol)
    if driver is None:
        return b""
    return driver.signed_list(identity, registry.memory(protocol, identity.vault))
