"""The file that proves a device: deterministic CBOR of what was signed, as it was signed, and no secret.

{1 version, 2 protocol, 3 owner key bstr65, 4 identity key bstr65,
 5 bstr .cbor [+ bstr grant], of which a receipt names the hash, or b"" where there is none,
 6 bstr COSE_Sign1 of the owner over the root certificate, label "companion root",
 7 [* bstr DER, leaf first, no root], 8 bstr log entry, 9 its index, 10 [* bstr32 path],
 11 bstr head, 12 bstr log key, 13 checkpoint with cosignatures, 14 [* vkey of a witness],
 15 bstr by what the last holder took the device for its owner, 16 bstr list of what the owner revoked}
"""

from __future__ import annotations

from dataclasses import dataclass

from companion.encoding import cbor, cose, es256, shape

VERSION = 1
MOST = cbor.MAX_SIZE
_LABEL = "companion root"
_MAX_GRANTS, _MAX_CERTIFICATES, _MAX_PATH, _MAX_WITNESSES = 8, 8, 64, 16
_MAX_TEXT = 255


@dataclass(frozen=True)
class DeviceProof:
    """owner, identity_key: points of 65 octets
    root:      the owner's word on the root of its CA, b"" where there is no certificate
    chain:     the device's certificate and those above it (DER), without the root
    witnesses: vkeys of those whose cosignatures are in the checkpoint
    taking:    where the grants made the device the owner's: what their last holder signed for that; else b""
    revocations: the owner's list as it was then, b"" where there was none
    """

    protocol: str
    owner: bytes
    identity_key: bytes
    grants: tuple[bytes, ...]
    root: bytes
    chain: tuple[bytes, ...]
    entry: bytes
    index: int
    path: tuple[bytes, ...]
    head: bytes
    log_key: bytes
    checkpoint: str
    witnesses: tuple[str, ...] = ()
    taking: bytes = b""
    revocations: bytes = b""


def encode(proof: DeviceProof) -> bytes:
    """The file's content. Raises ValueError if it would be longer than 64 kB."""
    value: cbor.Value = {
        1: VERSION,
        2: proof.protocol,
        3: proof.owner,
        4: proof.identity_key,
        5: cbor.encode(list(proof.grants)) if proof.grants else b"",
        6: proof.root,
        7: list(proof.chain),
        8: proof.entry,
        9: proof.index,
        10: list(proof.path),
        11: proof.head,
        12: proof.log_key,
        13: proof.checkpoint,
        14: list(proof.witnesses),
        15: proof.taking,
        16: proof.revocations,
    }
    content = cbor.encode(value)
    if len(content) > MOST:
        raise ValueError("a proof has at most 64 kB")
    return content


def decode(content: bytes) -> DeviceProof:
    """The proof in a file, with nothing verified. Raises ValueError for another one."""
    fields = shape.fields(cbor.decode(content), range(1, 17))
    shape.uint(fields[1], VERSION, VERSION)
    return DeviceProof(
        protocol=shape.plain_text(fields[2], _MAX_TEXT),
        owner=shape.octets(fields[3], es256.POINT_SIZE),
        identity_key=shape.octets(fields[4], es256.POINT_SIZE),
        grants=_grants(shape.octets(fields[5], 0, MOST)),
        root=shape.octets(fields[6], 0, MOST),
        chain=_octets(fields[7], _MAX_CERTIFICATES),
        entry=shape.octets(fields[8], 1, MOST),
        index=shape.uint(fields[9]),
        path=tuple(shape.octets(each, 32) for each in shape.array(fields[10], 0, _MAX_PATH)),
        head=shape.octets(fields[11], 1, MOST),
        log_key=shape.octets(fields[12], 1, MOST),
        checkpoint=shape.text(fields[13], MOST),
        witnesses=tuple(shape.plain_text(each, MOST) for each in shape.array(fields[14], 0, _MAX_WITNESSES)),
        taking=shape.octets(fields[15], 0, MOST),
        revocations=shape.octets(fields[16], 0, MOST),
    )


def vouch_for_root(root: bytes, owner: cose.Signer) -> bytes:
    """The owner's word that this certificate (DER) is the root of its CA."""
    return cose.sign(owner, root, _LABEL)


def read_root(signed: bytes, owner: bytes) -> bytes:
    """The root (DER) for which this owner vouches. Raises ValueError."""
    return cose.verify(owner, signed, _LABEL)


def _grants(encoded: bytes) -> tuple[bytes, ...]:
    return _octets(cbor.decode(encoded), _MAX_GRANTS, least=1) if encoded else ()


def _octets(value: cbor.Value, most: int, least: int = 0) -> tuple[bytes, ...]:
    return tuple(shape.octets(each, 1, MOST) for each in shape.array(value, least, most))
