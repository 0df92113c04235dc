"""What an owner says and a device answers: items 6, revocation lists, receipts.

Written out from sections 9 and 10: deterministic CBOR by an encoder of others (`cbor2`), signatures and
hashes by `cryptography` and `hashlib`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

TX = bytes.fromhex("0102030405060708")
_ALG = bytes.fromhex("a10126")
_TERMS: tuple[tuple[int, bool, int, bool, int], ...] = (
    (1, False, 0, False, 0),
    (65, True, 2, False, 0),
    (2**32 - 1, False, 0, True, 2**32 - 1),
)


def make() -> dict[str, Any]:
    """All of them. Octets are lower-case hex."""
    return {
        "items_6": list(_items()),
        "lists": list(_lists()),
        "receipts": list(_receipts()),
    }


def _items() -> Iterator[dict[str, Any]]:
    identity, owner, holder = _key("identity"), _key("owner"), _key("holder")
    fp = _hash(_point(identity))[:16]
    for terms in _TERMS:
        for grants in ([], _chain()):
            epoch, lock, depth, offline, floor = terms
            message = b"rp1 own" + fp + TX + _cbor(list(terms)) + (_hash(_cbor(grants)) if grants else b"")
            item: dict[int, Any] = {1: _point(owner), 2: epoch, 3: lock, 4: depth}
            item |= {5: True} if offline else {}
            item |= {6: _es256(holder if grants else owner, message)}
            item |= {7: floor} if floor else {}
            item |= {8: grants} if grants else {}
            yield {
                "fp": fp.hex(),
                "tx": TX.hex(),
                "terms": list(terms),
                "grants": [grant.hex() for grant in grants],
                "signer": _point(holder if grants else owner).hex(),
                "message": message.hex(),
                "item": _cbor(item).hex(),
            }


def _lists() -> Iterator[dict[str, Any]]:
    owner, holder = _key("owner"), _key("holder")
    token_id, key_id = _hash(b"a token")[:8], _hash(_point(holder))[:8]
    for floor, ids, keys, time, counter in (
        (0, [], [], 1_800_000_000, 1),
        (7, [b"cti-0001", token_id], [key_id], 1_800_000_600, 1_800_000_600),
        (2**32 - 1, [number.to_bytes(8, "big") for number in range(31)], [key_id], 2**40, 2**63),
    ):
        signed = _sign1(owner, "rp1 rev", {1: floor, 2: sorted(ids), 3: keys, 4: time, 5: counter})
        yield {
            "owner_key": _point(owner).hex(),
            "floor": floor,
            "ids": [one.hex() for one in sorted(ids)],
            "keys": [one.hex() for one in keys],
            "time": time,
            "counter": counter,
            "signed": signed.hex(),
            "reply": _cbor({1: counter, 2: _hash(signed), 3: signed}).hex(),
        }


def _receipts() -> Iterator[dict[str, Any]]:
    identity, owner = _key("identity"), _point(_key("owner"))
    for time, counter, grants in ((None, 0, []), (1_800_000_000, 7, []), (None, 7, _chain())):
        fields = {
            1: TX,
            2: _hash(b"manifest"),
            3: _hash(b"th5"),
            4: 2,
            5: "RP1-0001",
            6: time,
            7: counter,
            8: _hash(owner),
            9: _hash(_cbor(grants)) if grants else None,
        }
        yield {
            "identity_key": _point(identity).hex(),
            "owner_key": owner.hex(),
            "grants": [grant.hex() for grant in grants],
            "time": time,
            "list_counter": counter,
            "signed": _sign1(identity, "rp1 receipt", fields).hex(),
        }


def _chain() -> list[bytes]:
    """Two signed objects in the place of grants, whose content is not looked at here."""
    return [_sign1(_key(name), "rp1 grant", {1: name}) for name in ("owner", "delegate")]


def _key(name: str) -> ec.EllipticCurvePrivateKey:
    scalar = int.from_bytes(_hash(f"rp1 vectors {name}".encode()), "big")
    return ec.derive_private_key(scalar, ec.SECP256R1())


def _point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _es256(key: ec.EllipticCurvePrivateKey, message: bytes) -> bytes:
    der = key.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    r, s = utils.decode_dss_signature(der)
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def _sign1(key: ec.EllipticCurvePrivateKey, label: str, payload: dict[int, Any]) -> bytes:
    content = _cbor(payload)
    message = _cbor(["Signature1", _ALG, label.encode(), content])
    return _cbor([_ALG, {}, content, _es256(key, message)])


def _cbor(value: Any) -> bytes:
    return cbor2.dumps(value, canonical=True)


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
