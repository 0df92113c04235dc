"""Verifying a voucher: from its manufacturer's key to its owner's, and the device's certificates beside it.

The first entry's hash takes in header and HMAC, each further one the entry before it, and the owner before
signs each of them. So whoever trusts the manufacturer's key knows to whom the device was handed on. That it
is the device's own, its HMAC says, which the device alone can check (FDO 1.1, sections 3.4 and 5.5).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from hashlib import sha256, sha384
from itertools import pairwise

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.x509.oid import SignatureAlgorithmOID

from companion.model import Check, Text, Verdict
from companion.vouchers.keys import (
    OwnerKey,
    PublicKey,
    fingerprint_of,
    name_of,
    read_certificate,
    spki_of,
    verify,
)
from companion.vouchers.voucher import Entry, Hash, Voucher, to_be_signed

DIGESTS = {-16: sha256, -43: sha384}
_WEAK = {SignatureAlgorithmOID.RSA_WITH_SHA1, SignatureAlgorithmOID.ECDSA_WITH_SHA1}

MANUFACTURER = Text("The manufacturer is the one you expect")
ENTRIES = Text("Each owner handed the device on to the next one")
CERTIFICATE = Text("The voucher names the device's certificate")
CHAIN = Text("The device's certificates follow from each other")
OWNER = Text("The device is assigned to you")
HMAC = Text("The voucher is the device's own")


def check_voucher(
    voucher: Voucher, *, manufacturers: Collection[PublicKey] = (), owner: PublicKey | None = None
) -> list[Check]:
    """Every check, in words. manufacturers: whom to expect, none for anybody; owner: whose it should be."""
    checks = [
        _manufacturer(voucher, {spki_of(each) for each in manufacturers}),
        _entries(voucher),
        _certificate(voucher),
    ]
    if voucher.certificates:
        checks.append(_chain(voucher.certificates))
    if owner is not None:
        checks.append(_owner(voucher, spki_of(owner)))
    return [*checks, Check("hmac", HMAC, Text("Only the device can check that"), Verdict.NOT_KNOWN)]


def holds(checks: Collection[Check]) -> bool:
    """True if no check failed."""
    return not failed(checks)


def failed(checks: Collection[Check]) -> list[Check]:
    """Those that failed."""
    return [each for each in checks if each.verdict is Verdict.FAILED]


def fingerprint(key: OwnerKey) -> str:
    """How people compare a key, see `fingerprint_of`."""
    return fingerprint_of(key.key)


def _manufacturer(voucher: Voucher, expected: Collection[bytes]) -> Check:
    mark = {"mark": fingerprint(voucher.manufacturer)}
    if not expected:
        reason = Text("Compare the fingerprint of its key: {mark}", mark)
        return Check("manufacturer", MANUFACTURER, reason, Verdict.NOT_KNOWN)
    if voucher.manufacturer.spki in expected:
        return Check("manufacturer", MANUFACTURER, Text("Key {mark}", mark), Verdict.PASSED)
    return Check("manufacturer", MANUFACTURER, Text("Its key is another one: {mark}", mark), Verdict.FAILED)


def _owner(voucher: Voucher, expected: bytes) -> Check:
    if voucher.owner.spki == expected:
        return Check("owner", OWNER, Text("By its last entry"), Verdict.PASSED)
    mark = {"mark": fingerprint(voucher.owner)}
    return Check("owner", OWNER, Text("It is assigned to another key: {mark}", mark), Verdict.FAILED)


def _entries(voucher: Voucher) -> Check:
    if not voucher.entries:
        reason = Text("It has no entry: the device is still its manufacturer's")
        return Check("entries", ENTRIES, reason, Verdict.REMARK)
    owner, before = voucher.manufacturer, voucher.header + voucher.hmac
    device = voucher.guid + voucher.device.encode()
    algorithm = voucher.entries[0].previous.algorithm
    for number, entry in enumerate(voucher.entries, 1):
        flaw = _flaw(entry, owner, before, device, algorithm)
        if flaw is not None:
            facts: dict[str, str | int | float] = {"number": number, "count": len(voucher.entries)}
            return Check("entries", ENTRIES, replace(flaw, facts=facts), Verdict.FAILED)
        owner, before = entry.owner, entry.encoded
    if len(voucher.entries) == 1:
        return Check("entries", ENTRIES, Text("Its one entry is signed by the manufacturer"), Verdict.PASSED)
    count = {"count": len(voucher.entries)}
    return Check("entries", ENTRIES, Text("All {count} entries are signed", count), Verdict.PASSED)


def _flaw(entry: Entry, owner: OwnerKey, before: bytes, device: bytes, algorithm: int) -> Text | None:
    """What is wrong with an entry, if anything."""
    message = to_be_signed(entry.protected, entry.payload)
    if not verify(owner.key, entry.algorithm, entry.signature, message):
        return Text("Entry {number} of {count} is not signed by the owner before it")
    if entry.previous.algorithm != algorithm or not _is_hash(entry.previous, before):
        return Text("Entry {number} of {count} does not continue what is before it")
    if entry.header.algorithm != algorithm or not _is_hash(entry.header, device):
        return Text("Entry {number} of {count} is about another device")
    if (entry.owner.kind, entry.owner.key.key_size) != (owner.kind, owner.key.key_size):
        return Text("Entry {number} of {count} names a key of another type than the manufacturer's")
    return None


def _certificate(voucher: Voucher) -> Check:
    named, ders = voucher.chain_hash, voucher.certificates
    if named is None and not ders:
        reason = Text("It names none: the device proves itself in another way")
        return Check("certificate", CERTIFICATE, reason, Verdict.REMARK)
    if named is None or not ders:
        reason = Text("Either the certificates or their hash are missing")
        return Check("certificate", CERTIFICATE, reason, Verdict.FAILED)
    if _is_hash(named, b"".join(ders)):
        return Check("certificate", CERTIFICATE, Text("By their hash"), Verdict.PASSED)
    if _is_hash(named, voucher.chain):
        # fdo-rs hashed the CBOR array before its version of the voucher became 101's.
        reason = Text("By the hash that fdo-rs wrote, which other software rejects")
        return Check("certificate", CERTIFICATE, reason, Verdict.REMARK)
    reason = Text("Their hash is another one")
    return Check("certificate", CERTIFICATE, reason, Verdict.FAILED)


def _chain(ders: Sequence[bytes]) -> Check:
    try:
        read = [read_certificate(each) for each in ders]
        weak = {each.signature_algorithm_oid for each in read[:-1]} & _WEAK
        for below, above in pairwise(read):
            if below.signature_algorithm_oid not in _WEAK:
                below.verify_directly_issued_by(above)
        ca = name_of(read[-1].issuer) or "?"
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return Check("chain", CHAIN, Text("One is damaged or signed by another CA"), Verdict.FAILED)
    if weak:
        reason = Text("One is signed with SHA-1, which proves nothing")
        return Check("chain", CHAIN, reason, Verdict.NOT_KNOWN)
    return Check("chain", CHAIN, Text("Up to {ca}", {"ca": ca}), Verdict.PASSED)


def _is_hash(named: Hash, octets: bytes) -> bool:
    digest = DIGESTS.get(named.algorithm)
    return digest is not None and digest(octets).digest() == named.value
