"""Checking a proof, each check in words. Works without registry, keys or network.

Whose proof it is, nobody can tell from the file alone: it names its owner's key, and people compare that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import TypeVar

from companion.errors import LogHeadInvalid
from companion.identity.names import DeviceName
from companion.model import Check, Text, Verdict
from companion.protocols.delegation import GrantLink
from companion.protocols.receipts import Acknowledged, ReceiptReader
from companion.trust.grants.terms import RECEIPT_RIGHTS, Places, Right
from companion.trust.proof.certificates import check_chain, check_name
from companion.trust.proof.document import DeviceProof, decode, read_root
from companion.trust.transparency import merkle
from companion.trust.transparency.checkpoint import checkpoint_of, cosigned_at, log_key, verify_log
from companion.trust.transparency.entries import LogHead, read_head, read_receipt_entry
from companion.trust.transparency.note import COSIGNATURES, Note, VerifierKey, read_key, read_note
from companion.trust.transparency.proofs import read_log_key

Reader = Callable[[str], ReceiptReader | None]
"""A protocol's name in, what reads its receipts out."""
T = TypeVar("T")
Facts = dict[str, str | int | float]
_SHOWN = "%Y-%m-%d %H:%M UTC"

FORM = Text("The file is a complete proof")
NO_FORM = Text("The file is not a complete proof")
OWNER = Text("The owner is the one you expect")
GRANTS = Text("The owner's grants lead to the holder who set up the device")
PLACE = Text("The grant covers the device")
REVOKED = Text("No grant in the chain is revoked")
BOUNDS = Text("The grant covers the setup of the device")
CERTIFICATE = Text("The owner's CA issued the device's certificate")
NAME = Text("The certificate names this device and this owner")
RECEIPT = Text("The device signed its receipt and its final acknowledgement")
NAMED = Text("The receipt names this owner")
HEAD = Text("The owner signed the head of the log")
ENTRY = Text("The log contains the receipt")
CHECKPOINT = Text("The log's own key signed the same head")
WITNESS = Text("A witness signed that log head")


@dataclass(frozen=True)
class Checked:
    """What came of a proof.

    proof: None where the file is none. said: what the device accepted, if that is proved; links: the grants;
    head: of the log; valid: from when until when the certificate is good; seen: by whom and when
    """

    checks: tuple[Check, ...]
    proof: DeviceProof | None = None
    said: Acknowledged | None = None
    links: tuple[GrantLink, ...] = ()
    head: LogHead | None = None
    valid: tuple[datetime, datetime] | None = None
    seen: tuple[tuple[str, datetime], ...] = ()

    @property
    def holds(self) -> bool:
        """True if no check failed."""
        return all(each.verdict is not Verdict.FAILED for each in self.checks)


class _Failed(Exception):
    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


def check_proof(
    content: bytes,
    reader: Reader,
    *,
    owner: bytes | None = None,
    expected: Sequence[VerifierKey] = (),
    known: Sequence[VerifierKey] = (),
) -> Checked:
    """Every check of a proof. owner: the key (point) that its owner should have; None: people compare it.

    expected: keys of witnesses that have to be among those that signed; known: of others that are witnesses.
    The file names its own, and whoever made it may have made these, under any name: nobody knows of another
    key whether it is a witness's.
    """
    try:
        proof = decode(content)
        read = reader(proof.protocol)
        if read is None:
            raise ValueError("nobody here reads its protocol")
        note = read_note(proof.checkpoint)
        witnesses = [read_key(each) for each in proof.witnesses]
        if any(key.kind not in COSIGNATURES for key in witnesses):
            raise ValueError("the key of a witness is one of another kind")
    except (ValueError, LogHeadInvalid) as problem:
        reason = Text("It is damaged, or a different kind of file: {why}", {"why": _why(problem)})
        return Checked((_failed("form", NO_FORM, reason),))
    return _Checker(proof, read, note, owner, expected, known).run()


class _Checker:
    """Goes through one proof. What a check found out is for the next ones, and for who shows it."""

    def __init__(
        self,
        proof: DeviceProof,
        read: ReceiptReader,
        note: Note,
        owner: bytes | None,
        expected: Sequence[VerifierKey],
        known: Sequence[VerifierKey],
    ) -> None:
        self._proof = proof
        self._read = read
        self._note = note
        self._owner = owner
        self._expected = expected
        self._trusted = (*expected, *known)
        self._said: Acknowledged | None = None
        self._links: tuple[GrantLink, ...] = ()
        self._head: LogHead | None = None
        self._valid: tuple[datetime, datetime] | None = None
        self._seen: list[tuple[str, datetime]] = []

    def run(self) -> Checked:
        return Checked(
            tuple(self._checks()),
            self._proof,
            self._said,
            self._links,
            self._head,
            self._valid,
            tuple(self._seen),
        )

    def _checks(self) -> Iterator[Check]:
        form = Text("Version 1, {protocol}", {"protocol": self._proof.protocol})
        yield Check("form", FORM, form, Verdict.PASSED)
        yield self._whose()
        if self._proof.grants:
            yield _tried("grants", GRANTS, self._check_grants)
        yield _tried("receipt", RECEIPT, self._check_receipt)
        yield _tried("receipt-owner", NAMED, self._check_named)
        yield self._revoked()
        if self._links:
            yield _tried("bounds", BOUNDS, self._check_bounds)
            yield self._place()
        if self._proof.chain:
            yield _tried("certificate", CERTIFICATE, self._check_certificate)
            yield _tried("certificate-name", NAME, self._check_name)
        else:
            yield self._no_certificate()
        yield _tried("head", HEAD, self._check_head)
        yield _tried("entry", ENTRY, self._check_entry)
        yield _tried("checkpoint", CHECKPOINT, self._check_checkpoint)
        yield from self._witnesses()

    def _whose(self) -> Check:
        mark = {"mark": fingerprint(self._proof.owner)}
        if self._owner is None:
            reason = Text("Compare the fingerprint of its key: {mark}", mark)
            return Check("owner", OWNER, reason, Verdict.NOT_KNOWN)
        if self._owner != self._proof.owner:
            return _failed("owner", OWNER, Text("The proof belongs to another owner: {mark}", mark))
        return Check("owner", OWNER, Text("Key {mark}", mark), Verdict.PASSED)

    def _check_grants(self) -> Text:
        self._links = self._read.grants(self._proof.grants, self._proof.owner)
        last = self._links[-1]
        facts: Facts = {"count": len(self._links), "until": f"{last.terms.until:{_SHOWN}}"}
        return Text("{count} in a row, the last one until {until}", facts)

    def _check_receipt(self) -> Text:
        receipt, final = read_receipt_entry(self._proof.entry)
        self._said = self._read.receipt(receipt, final, self._proof.identity_key)
        serial = {"serial": self._said.serial, "mark": fingerprint(self._proof.identity_key)}
        return Text("Serial number {serial}, identity key {mark}", serial)

    def _check_named(self) -> Text:
        said = self._known(self._said)
        if said.owner_sha256 != sha256(self._proof.owner).digest():
            raise _Failed(Text("It names another owner"))
        proof = self._proof
        if proof.taking and self._links:
            receipt, _ = read_receipt_entry(proof.entry)
            holder = self._links[-1].holder
            self._read.check_taking(proof.taking, receipt, proof.identity_key, proof.grants, holder)
            return Text("And the last holder signed for this owner")
        if proof.taking or said.grants_sha256 != self._read.digest(proof.grants):
            raise _Failed(Text("It was issued under grants that are not in the file"))
        if proof.grants:
            return Text("And the grants in the file")
        return Text("And no grant")

    def _revoked(self) -> Check:
        """Of a grant that ended later than the device was set up it is no defect: what it proves was then."""
        proof = self._proof
        if not proof.revocations:
            if proof.grants:
                reason = Text("The file has no revocation list from the owner")
                return Check("revoked", REVOKED, reason, Verdict.NOT_KNOWN)
            return Check("revoked", REVOKED, Text("There is only the owner"), Verdict.PASSED)
        try:
            ended = self._read.ended(proof.revocations, proof.owner, proof.grants)
        except ValueError as problem:
            return _failed("revoked", REVOKED, Text("Invalid: {why}", {"why": _why(problem)}))
        facts: Facts = {"time": f"{ended.at:{_SHOWN}}", "count": len(proof.grants)}
        if not ended.links:
            reason = Text("By the owner's list of {time}", facts)
            return Check("revoked", REVOKED, reason, Verdict.PASSED)
        facts["number"] = ended.links[0] + 1
        reason = Text(
            "Grant {number} of {count} is revoked in the owner's list of {time}. Since when is unknown", facts
        )
        return Check("revoked", REVOKED, reason, Verdict.REMARK)

    def _check_bounds(self) -> Text:
        said, last = self._known(self._said), self._links[-1].terms
        wanted = {Right.ONBOARD} if self._proof.taking else RECEIPT_RIGHTS
        if wanted.isdisjoint(last.rights):
            raise _Failed(Text("The grant is not for setting up devices"))
        if said.at is None:
            return Text("The device has no clock, so the time is unknown")
        facts: Facts = {"at": f"{said.at:{_SHOWN}}", "until": f"{last.until:{_SHOWN}}"}
        if said.at >= last.until:
            raise _Failed(Text("At {at} by the device's clock. The grant had expired at {until}", facts))
        return Text("At {at} by the device's clock. The grant is valid until {until}", facts)

    def _place(self) -> Check:
        """A site is in the certificate's name, and nowhere else in what is signed."""
        places = self._links[-1].terms.places
        if self._said is None:
            return _tried("place", PLACE, lambda: self._known(None))
        serial = self._said.serial
        if places.cover(serial, None):
            reason = Text("Everywhere") if places.everywhere else Text("By its serial number")
            return Check("place", PLACE, reason, Verdict.PASSED)
        if not self._proof.chain:
            reason = Text("It is for sites. Without a certificate, the device's site is unknown")
            return Check("place", PLACE, reason, Verdict.NOT_KNOWN)
        return _tried("place", PLACE, partial(self._check_site, places))

    def _check_site(self, places: Places) -> Text:
        site = DeviceName.of(self._proof.chain[0]).site
        if site not in places.sites:
            raise _Failed(Text("It does not cover this device"))
        return Text("By its site, {site}", {"site": site})

    def _check_certificate(self) -> Text:
        root = read_root(self._proof.root, self._proof.owner)
        self._valid = check_chain(self._proof.chain, root)
        ends: Facts = {"end": f"{self._valid[1]:{_SHOWN}}", "count": len(self._proof.chain)}
        if len(self._proof.chain) == 1:
            return Text("Valid until {end}", ends)
        return Text("Valid until {end}, through {count} certificates", ends)

    def _check_name(self) -> Text:
        self._known(self._valid)
        check_name(self._proof.chain[0], self._proof.owner, self._proof.identity_key)
        return Text("In its only dNSName")

    def _no_certificate(self) -> Check:
        if self._proof.root:
            return _failed("certificate", CERTIFICATE, Text("It has a root, but no certificate"))
        return Check("certificate", CERTIFICATE, Text("None was kept"), Verdict.NOT_KNOWN)

    def _check_head(self) -> Text:
        self._head = read_head(self._proof.head, self._proof.owner)
        facts: Facts = {"size": self._head.size, "time": f"{self._head.time:{_SHOWN}}"}
        if self._head.size == 1:
            return Text("1 entry at {time}", facts)
        return Text("{size} entries at {time}", facts)

    def _check_entry(self) -> Text:
        head = self._known(self._head)
        leaf = merkle.leaf_hash(self._proof.entry)
        if not merkle.includes(leaf, self._proof.index, head.size, self._proof.path, head.root):
            raise _Failed(Text("Its inclusion path does not lead to that log head"))
        return Text("Entry {number} of {size}", {"number": self._proof.index + 1, "size": head.size})

    def _check_checkpoint(self) -> Text:
        origin, public = read_log_key(self._proof.log_key, self._proof.owner)
        verify_log(self._note, log_key(origin, public))
        if not checkpoint_of(self._note).agrees_with(self._known(self._head)):
            raise _Failed(Text("It differs from the log head"))
        return Text("The log {origin}", {"origin": origin})

    def _witnesses(self) -> Iterator[Check]:
        keys = [read_key(each) for each in self._proof.witnesses]
        for number, key in enumerate(keys, 1):
            yield self._witness(f"witness-{number}", key)
        for key in self._expected:
            if key not in keys:
                reason = Text("{name} is not among its witnesses under this key", {"name": key.name})
                yield _failed("witness", WITNESS, reason)
        ours = self._head.origin if self._head is not None else ""
        others = [each for each in self._note.signatures if not any(each.is_by(key) for key in keys)]
        if any(each.name != ours for each in others):
            reason = Text("The checkpoint has a signature whose key is not in the file")
            yield _failed("witness", WITNESS, reason)

    def _witness(self, name: str, key: VerifierKey) -> Check:
        tried = _tried(name, WITNESS, partial(self._check_witness, key))
        if tried.verdict is not Verdict.PASSED or key in self._trusted:
            return tried
        by, at = self._seen[-1]
        reason = Text(
            "Signed at {time} by a key that calls itself {name}, which you have not named",
            {"name": by, "time": f"{at:{_SHOWN}}"},
        )
        return Check(name, WITNESS, reason, Verdict.NOT_KNOWN)

    def _check_witness(self, key: VerifierKey) -> Text:
        at = cosigned_at(self._note, key)
        if at is None:
            raise _Failed(Text("{name} did not sign it", {"name": key.name}))
        self._seen.append((key.name, at))
        return Text("{name}, at {time}", {"name": key.name, "time": f"{at:{_SHOWN}}"})

    def _known(self, found: T | None) -> T:
        if found is None:
            raise _Failed(Text("Not checked: a check it depends on failed"))
        return found


def fingerprint(key: bytes) -> str:
    """How people compare a key (point): the beginning of its SHA-256."""
    return sha256(key).digest()[:8].hex(":").upper()


def _tried(name: str, claim: Text, check: Callable[[], Text]) -> Check:
    try:
        return Check(name, claim, check(), Verdict.PASSED)
    except _Failed as failed:
        return _failed(name, claim, failed.reason)
    except (ValueError, LogHeadInvalid) as problem:
        return _failed(name, claim, Text("Invalid: {why}", {"why": _why(problem)}))


def _failed(name: str, claim: Text, reason: Text) -> Check:
    return Check(name, claim, reason, Verdict.FAILED)


def _why(problem: Exception) -> str:
    return problem.detail if isinstance(problem, LogHeadInvalid) else str(problem)
