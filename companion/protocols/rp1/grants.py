"""What an owner lets others do with his devices: signed grants, and chains of them (section 10).

A grant is a COSE_Sign1, label "rp1 grant", over {4 exp, ?5 nbf, 7 cti, 8 {1 COSE_Key}, -70001 scope,
-70002 [* serial or site], -70003 depth, -70004 epoch, ?-70005 max_uses}. The first of a chain is signed by
the owner, each other one by the holder of the one before, and is a subset of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntFlag

from companion.protocols.rp1 import cbor, cose, crypto, shape

CTI_SIZE = 8
_SCOPE, _WHERE, _DEPTH, _EPOCH, _MAX_USES = -70001, -70002, -70003, -70004, -70005
_KTY, _CRV, _X, _Y = 1, -1, -2, -3
_EC2, _P256 = 2, 1


class Scope(IntFlag):
    """What a grant allows."""

    ONBOARD = 1
    WIFI = 2
    ROTATE = 4
    READ = 8
    RESET = 16
    TRANSFER = 32
    DELEGATE = 64


class BadGrant(ValueError):
    """A grant that is none, that somebody else signed, or that gives more than its parent."""


@dataclass(frozen=True)
class Grant:
    """holder: point (65 octets); where: serials and sites, empty for all of the owner's devices;
    depth: how often it may be passed on; expires, not_before: Unix seconds; max_uses: per device."""

    holder: bytes
    scope: Scope
    expires: int
    epoch: int
    cti: bytes
    where: tuple[str, ...] = ()
    depth: int = 0
    not_before: int | None = None
    max_uses: int | None = None

    def within(self, parent: Grant) -> bool:
        """True if this grant is a subset of the one that its signer holds."""
        return (
            bool(parent.scope & Scope.DELEGATE)
            and not self.scope & ~parent.scope
            and self.depth < parent.depth
            and self.expires <= parent.expires
            and self.epoch <= parent.epoch
            and (not parent.where or (bool(self.where) and set(self.where) <= set(parent.where)))
        )


def sign(signer: cose.Signer, grant: Grant) -> bytes:
    """The encoded grant, signed by the owner or the holder of its parent."""
    payload: dict[int, cbor.Value] = {
        4: grant.expires,
        7: grant.cti,
        8: {1: _cose_key(grant.holder)},
        _SCOPE: int(grant.scope),
        _WHERE: list(grant.where),
        _DEPTH: grant.depth,
        _EPOCH: grant.epoch,
    }
    if grant.not_before is not None:
        payload[5] = grant.not_before
    if grant.max_uses is not None:
        payload[_MAX_USES] = grant.max_uses
    return cose.sign(signer, cbor.encode(payload), "rp1 grant")


def read(signed: bytes, signer_key: bytes) -> Grant:
    """What the holder of this key (point, 65 octets) signed. Raises BadGrant."""
    try:
        payload = cose.verify(signer_key, signed, "rp1 grant")
        fields = shape.fields(cbor.decode(payload), (4, 7, 8, _SCOPE, _WHERE, _DEPTH, _EPOCH), (5, _MAX_USES))
        return Grant(
            holder=_point(shape.fields(fields[8], (1,))[1]),
            scope=Scope(shape.uint(fields[_SCOPE], sum(Scope))),
            expires=shape.uint(fields[4]),
            epoch=shape.uint(fields[_EPOCH]),
            cti=shape.octets(fields[7], CTI_SIZE),
            where=tuple(shape.text(one, 255) for one in shape.array(fields[_WHERE], 0, 64)),
            depth=shape.uint(fields[_DEPTH], 255),
            not_before=shape.uint(fields[5]) if 5 in fields else None,
            max_uses=shape.uint(fields[_MAX_USES]) if _MAX_USES in fields else None,
        )
    except (cose.CoseInvalid, cbor.MalformedCbor, crypto.BadPoint) as error:
        raise BadGrant(str(error)) from error


def chain(signed: Sequence[bytes], owner_key: bytes, depth: int) -> tuple[Grant, ...]:
    """The grants of a chain, first the owner's own. depth: how often the owner lets pass on at all.

    Raises BadGrant.
    """
    grants: list[Grant] = []
    key = owner_key
    for one in signed:
        grant = read(one, key)
        if grants and not grant.within(grants[-1]):
            raise BadGrant("a grant gives more than its parent")
        if not grants and grant.depth > depth:
            raise BadGrant("a grant may be passed on more often than the owner said")
        grants.append(grant)
        key = grant.holder
    return tuple(grants)


def _cose_key(point: bytes) -> cbor.Value:
    """RFC 9053 section 7.1: an EC2 key on P-256."""
    return {_KTY: _EC2, _CRV: _P256, _X: point[1:33], _Y: point[33:]}


def _point(value: cbor.Value) -> bytes:
    key = shape.fields(value, (_KTY, _CRV, _X, _Y))
    shape.uint(key[_KTY], _EC2, _EC2)
    shape.uint(key[_CRV], _P256, _P256)
    point = b"\x04" + shape.octets(key[_X], 32) + shape.octets(key[_Y], 32)
    crypto.load_point(point)
    return point
