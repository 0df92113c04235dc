"""Heads and proofs in the forms of others: they say what ours say, and nothing changed passes."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from companion.encoding import cose
from companion.errors import LogHeadInvalid
from companion.identity import OwnerKey, open_identity
from companion.identity.log_key import LogKey
from companion.registry import Registry
from companion.secret import Secret
from companion.trust.transparency import merkle
from companion.trust.transparency.checkpoint import log_key, read_checkpoint, sign_checkpoint
from companion.trust.transparency.entries import read_head
from companion.trust.transparency.proofs import (
    InclusionProof,
    cose_receipt,
    cose_receipt_holds,
    tlog_proof,
    tlog_proof_holds,
    vouch_for_log,
)
from tests.registry.transparency.test_log import commission

OWNER = OwnerKey.generate()
LOG = LogKey(Secret(bytes(range(32))))


@pytest.fixture
def proof(registry: Registry) -> InclusionProof:
    """Of the third of five entries."""
    runs = [commission(registry, number) for number in range(5)]
    return registry.log.proof(runs[2])


def note(proof: InclusionProof) -> str:
    return sign_checkpoint(proof.head, LOG.sign, LOG.public)


def changed(text: str) -> list[str]:
    """The text with each of its characters replaced, and cut after each."""
    replaced = [text[:at] + ("B" if text[at] == "A" else "A") + text[at + 1 :] for at in range(len(text))]
    return [*replaced, *(text[:at] for at in range(len(text)))]


def test_a_head_and_a_checkpoint_of_one_log_agree(registry: Registry) -> None:
    for number in range(3):
        head = read_head(registry.log.signed_head(OWNER.sign), OWNER.public)
        checkpoint = read_checkpoint(
            sign_checkpoint(head, LOG.sign, LOG.public), registry.log.origin, LOG.public
        )
        assert checkpoint.agrees_with(head)
        commission(registry, number)
        assert not checkpoint.agrees_with(registry.log.head())


def test_a_checkpoint_is_a_signed_note_of_c2sp(proof: InclusionProof) -> None:
    """Taken apart as the documents say, without our reader."""
    text, _, signature = note(proof).partition("\n\n")
    origin, size, root = text.split("\n")
    assert (origin, size, base64.b64decode(root)) == (proof.head.origin, "5", proof.head.root)
    dash, name, written = signature.removesuffix("\n").split(" ")
    octets = base64.b64decode(written)
    assert (dash, name) == ("\N{EM DASH}", origin)
    assert octets[:4] == hashlib.sha256(origin.encode() + b"\n\x01" + LOG.public).digest()[:4]
    Ed25519PublicKey.from_public_bytes(LOG.public).verify(octets[4:], text.encode() + b"\n")
    told = str(log_key(origin, LOG.public))
    assert told.split("+", 2)[:2] == [origin, octets[:4].hex()]
    assert base64.b64decode(told.split("+", 2)[2]) == b"\x01" + LOG.public


def test_no_changed_checkpoint_is_read(proof: InclusionProof) -> None:
    for text in changed(note(proof)):
        with pytest.raises(LogHeadInvalid):
            read_checkpoint(text, proof.head.origin, LOG.public)
    for origin, key in (("other", LOG.public), (proof.head.origin, LogKey(Secret(bytes(32))).public)):
        with pytest.raises(LogHeadInvalid):
            read_checkpoint(note(proof), origin, key)


def test_a_witness_may_sign_too(proof: InclusionProof) -> None:
    witnessed = note(proof) + "\N{EM DASH} witness.example " + base64.b64encode(bytes(76)).decode() + "\n"
    assert read_checkpoint(witnessed, proof.head.origin, LOG.public).size == 5


def test_a_tlog_proof_holds_for_its_entry_alone(proof: InclusionProof) -> None:
    text, origin = tlog_proof(proof, note(proof)), proof.head.origin
    assert tlog_proof_holds(text, proof.entry, origin, LOG.public)
    assert not tlog_proof_holds(text, proof.entry + b"x", origin, LOG.public)
    assert not any(tlog_proof_holds(each, proof.entry, origin, LOG.public) for each in changed(text))
    extra = text.replace("\n", "\nextra aGVsbG8=\n", 1)
    assert tlog_proof_holds(extra, proof.entry, origin, LOG.public)
    lines = text.split("\n")
    assert lines[:2] == ["c2sp.org/tlog-proof@v1", "index 2"] and lines[2 + len(proof.path)] == ""


def test_the_only_entry_of_a_log_is_proved_without_a_path(registry: Registry) -> None:
    proof = registry.log.proof(commission(registry, 0))
    assert tlog_proof_holds(tlog_proof(proof, note(proof)), proof.entry, proof.head.origin, LOG.public)
    assert cose_receipt_holds(cose_receipt(proof, OWNER.sign), proof.entry, OWNER.public)


def test_a_receipt_is_one_of_rfc_9942_and_holds_for_its_entry_alone(proof: InclusionProof) -> None:
    receipt = cose_receipt(proof, OWNER.sign)
    read = cbor2.loads(receipt)
    assert read.tag == 18
    protected, unprotected, payload, _ = read.value
    assert (cbor2.loads(protected), payload) == ({1: -7, 395: 1}, None)
    assert cbor2.loads(unprotected[396][-1][0]) == [5, 2, list(proof.path)]
    assert cose_receipt_holds(receipt, proof.entry, OWNER.public)
    assert not cose_receipt_holds(receipt, proof.entry + b"x", OWNER.public)
    assert not cose_receipt_holds(receipt, proof.entry, OwnerKey.generate().public)
    for at in range(len(receipt)):
        flipped = receipt[:at] + bytes((receipt[at] ^ 1,)) + receipt[at + 1 :]
        assert not cose_receipt_holds(flipped, proof.entry, OWNER.public)
        assert not cose_receipt_holds(receipt[:at], proof.entry, OWNER.public)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_what_has_not_32_octets_proves_nothing(size: int) -> None:
    odd, hash_ = bytes(size), bytes(32)
    assert not merkle.includes(odd, 0, 1, (), odd)
    assert not merkle.includes(hash_, 0, 2, (odd,), hash_)
    assert not merkle.extends(1, odd, 1, odd, ())
    assert not merkle.extends(1, hash_, 2, hash_, (odd,))


def test_the_logs_key_is_the_identitys_and_its_owner_vouches_for_it(tmp_path: Path) -> None:
    identity = open_identity(tmp_path, throwaway=True)
    key = LogKey.of(identity.vault)
    assert LogKey.of(open_identity(tmp_path, throwaway=True).vault).public == key.public
    vouched = vouch_for_log("a.log", key.public, identity.owner.sign)
    assert cbor2.loads(cose.verify(identity.owner.public, vouched, "rp1 log key")) == {
        1: "a.log",
        2: key.public,
    }
