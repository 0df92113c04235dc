"""Proofs for people without Companion: that an entry is in the log, as files that others' tools check.

Two forms: C2SP's tlog-proof, a text around a checkpoint that the log's own key signs, and a COSE receipt
(RFC 9942), which the owner key signs. Whoever checks one has the entry and the key already.
"""

from __future__ import annotations

from dataclasses import dataclass

from companion.encoding import cbor, cose, es256
from companion.errors import LogHeadInvalid
from companion.trust.transparency import merkle
from companion.trust.transparency.checkpoint import read_checkpoint
from companion.trust.transparency.entries import LogHead, Signer, is_origin
from companion.trust.transparency.note import from_base64, in_base64, number

TLOG_PROOF = "c2sp.org/tlog-proof@v1"

# RFC 9942: the header parameters, and the tree of RFC 9162 with SHA-256.
_ALGORITHM, _ES256 = 1, -7
_TREE, _RFC9162_SHA256 = 395, 1
_PROOFS, _INCLUSION = 396, -1
_PROTECTED = cbor.encode({_ALGORITHM: _ES256, _TREE: _RFC9162_SHA256})
_SIGN1 = b"\xd2"  # CBOR tag 18, which RP1's own CBOR does not know


@dataclass(frozen=True)
class InclusionProof:
    """That an entry is in the log, for anyone who has this head.

    path: hashes of 32 bytes, the lowest sibling first
    """

    entry: bytes
    index: int
    head: LogHead
    path: tuple[bytes, ...]

    @property
    def size(self) -> int:
        """How many entries the log had."""
        return self.head.size

    def holds(self) -> bool:
        """True if the path leads from the entry to the head's root."""
        leaf = merkle.leaf_hash(self.entry)
        return merkle.includes(leaf, self.index, self.size, self.path, self.head.root)


def tlog_proof(proof: InclusionProof, checkpoint: str) -> str:
    """The text of a `.tlog-proof` file. checkpoint: of the proof's own head."""
    path = [in_base64(sibling) for sibling in proof.path]
    return "\n".join((TLOG_PROOF, f"index {proof.index}", *path, "", checkpoint))


def tlog_proof_holds(text: str, entry: bytes, origin: str, public: bytes) -> bool:
    """True if it proves that `entry` is in the log `origin`, whose key (Ed25519, 32 bytes) signed the tree.

    Extra data, which nothing protects, is passed over.
    """
    above, _, note = text.partition("\n\n")
    first, *lines = above.split("\n")
    if lines and lines[0].startswith("extra "):
        lines = lines[1:]
    if first != TLOG_PROOF or not lines or not lines[0].startswith("index "):
        return False
    index, path = number(lines[0].removeprefix("index ")), [from_base64(line) for line in lines[1:]]
    try:
        tree = read_checkpoint(note, origin, public)
    except LogHeadInvalid:
        return False
    return index is not None and merkle.includes(merkle.leaf_hash(entry), index, tree.size, path, tree.root)


def cose_receipt(proof: InclusionProof, signer: Signer) -> bytes:
    """The receipt, signed by the owner (`OwnerKey.sign`)."""
    inclusion = cbor.encode([proof.size, proof.index, list(proof.path)])
    signature = signer(_to_be_signed(proof.head.root))
    return _SIGN1 + cbor.encode([_PROTECTED, {_PROOFS: {_INCLUSION: [inclusion]}}, None, signature])


def cose_receipt_holds(receipt: bytes, entry: bytes, owner: bytes) -> bool:
    """True if it proves that `entry` is in a log of the owner with this public key (65 bytes)."""
    try:
        inclusion, signature = _parts(receipt)
        match cbor.decode(inclusion):
            case [int(size), int(index), [*hashes]]:
                path = [each for each in hashes if isinstance(each, bytes)]
                root = merkle.root_from(merkle.leaf_hash(entry), index, size, path)
                whole = len(path) == len(hashes) and root is not None
                return whole and es256.verify(owner, signature, _to_be_signed(root or b""))
    except ValueError:
        pass
    return False


def _parts(receipt: bytes) -> tuple[bytes, bytes]:
    """The inclusion proof and the signature of a receipt. Raises ValueError."""
    if receipt.startswith(_SIGN1):
        match cbor.decode(receipt.removeprefix(_SIGN1)):
            case [protected, {396: {-1: [bytes(inclusion)], **other}, **more}, None, bytes(signature)] if (
                protected == _PROTECTED and not other and not more
            ):
                return inclusion, signature
    raise ValueError("not a receipt of an inclusion")


def _to_be_signed(root: bytes) -> bytes:
    return cbor.encode(["Signature1", _PROTECTED, b"", root])


def read_log_key(signed: bytes, owner: bytes) -> tuple[str, bytes]:
    """Origin and key (32 octets) of the log for which this owner (65 octets) vouches. Raises ValueError."""
    match cbor.decode(cose.verify(owner, signed, "rp1 log key")):
        case {1: str(origin), 2: bytes(public), **rest} if (
            not rest and len(public) == 32 and is_origin(origin)
        ):
            return origin, public
    raise ValueError("not a log's key")


def vouch_for_log(origin: str, public: bytes, owner: Signer) -> bytes:
    """COSE_Sign1 by the owner over {1 origin, 2 key}: checkpoints of this log are signed by this key."""
    return cose.sign(owner, cbor.encode({1: origin, 2: public}), "rp1 log key")
