"""What an owner lets others do with the owner's devices: signed grants, and chains of them (section 10).

A grant is a COSE_Sign1, label "rp1 grant", over {4 exp, ?5 nbf, 7 cti, 8 {1 COSE_Key}, -70001 scope,
-70002 [+ serial or [site]], -70003 depth, -70004 epoch, ?-70005 max_uses, ?-70006 [lock, depth, offline],
?-70007 number of devices}. The first of a chain is signed by the owner, each other one by the holder of the
one before, and is a subset of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntFlag
from typing import TypeAlias

from companion.encoding import cbor, cose, es256, shape
from companion.protocols.rp1 import serials
from companion.protocols.rp1.credentials import items, signed_object

CTI_SIZE = 8
_SCOPE, _WHERE, _DEPTH, _EPOCH, _MAX_USES = -70001, -70002, -70003, -70004, -70005
_TERMS, _DEVICES = -70006, -70007
_REQUIRED = (4, 7, 8, _SCOPE, _WHERE, _DEPTH, _EPOCH)
_OPTIONAL = (5, _MAX_USES, _TERMS, _DEVICES)
MAX_PLACES = 64
_KTY, _CRV, _X, _Y = 1, -1, -2, -3
_EC2, _P256 = 2, 1


class Scope(IntFlag):
    """What a grant allows. 32 is reserved and allows nothing."""

    ONBOARD = 1
    WIFI = 2
    ROTATE = 4
    READ = 8
    RESET = 16
    RESERVED = 32
    DELEGATE = 64


class BadGrant(signed_object.BadSigned):
    """A grant that is none, that somebody else signed, or that gives more than its parent."""


@dataclass(frozen=True)
class Site:
    """Every device of the owner whose label (item 8) names this site."""

    name: str


EVERYWHERE = Site("*")
"""Every device of the owner."""

Place: TypeAlias = str | Site
"""A device by its serial, or a site."""


@dataclass(frozen=True)
class Terms:
    """On what terms the grant's holder may take a new device for the owner: item 6's keys 3, 4 and 5."""

    reset_lock: bool = False
    delegation_depth: int = 0
    offline: bool = False


@dataclass(frozen=True)
class Grant:
    """holder: point (65 octets); depth: how often it may be passed on; expires, not_before: Unix seconds;
    max_uses: per device; devices: how many in all, which services count."""

    holder: bytes
    scope: Scope
    expires: int
    epoch: int
    cti: bytes
    where: tuple[Place, ...] = (EVERYWHERE,)
    depth: int = 0
    not_before: int | None = None
    max_uses: int | None = None
    terms: Terms = Terms()
    devices: int | None = None

    def covers(self, serial: str, site: str | None) -> bool:
        """True if the grant is for the device of this serial at this site."""
        places: set[Place] = {EVERYWHERE, serials.folded(serial)}
        return not places.union(() if site is None else (Site(site),)).isdisjoint(self.places)

    @property
    def places(self) -> frozenset[Place]:
        """`where` as it is compared: serials without case."""
        return frozenset(serials.folded(place) if isinstance(place, str) else place for place in self.where)

    def within(self, parent: Grant) -> bool:
        """True if this grant is a subset of the one that its signer holds."""
        return (
            bool(parent.scope & Scope.DELEGATE)
            and not self.scope & ~parent.scope
            and self.depth < parent.depth
            and self.expires <= parent.expires
            and self.epoch <= parent.epoch
            and (EVERYWHERE in parent.where or self.places <= parent.places)
        )


def sign(signer: cose.Signer, grant: Grant) -> bytes:
    """The encoded grant, signed by the owner or the holder of its parent."""
    payload: dict[int, cbor.Value] = {
        4: grant.expires,
        7: grant.cti,
        8: {1: _cose_key(grant.holder)},
        _SCOPE: int(grant.scope),
        _WHERE: [[place.name] if isinstance(place, Site) else place for place in grant.where],
        _DEPTH: grant.depth,
        _EPOCH: grant.epoch,
    }
    if grant.not_before is not None:
        payload[5] = grant.not_before
    if grant.max_uses is not None:
        payload[_MAX_USES] = grant.max_uses
    if grant.terms != Terms():
        payload[_TERMS] = [grant.terms.reset_lock, grant.terms.delegation_depth, grant.terms.offline]
    if grant.devices is not None:
        payload[_DEVICES] = grant.devices
    return cose.sign(signer, cbor.encode(payload), "rp1 grant")


def read(signed: bytes, signer_key: bytes) -> Grant:
    """What the holder of this key (point, 65 octets) signed. Raises BadGrant."""
    with signed_object.refuse_as(BadGrant):
        payload = cose.verify(signer_key, signed, "rp1 grant")
        fields = shape.fields(cbor.decode(payload), _REQUIRED, _OPTIONAL)
        return Grant(
            holder=_point(shape.fields(fields[8], (1,))[1]),
            scope=Scope(shape.uint(fields[_SCOPE], sum(Scope))),
            expires=shape.uint(fields[4]),
            epoch=shape.uint(fields[_EPOCH], items.MAX_EPOCH),
            cti=shape.octets(fields[7], CTI_SIZE),
            where=tuple(_place(one) for one in shape.array(fields[_WHERE], 1, MAX_PLACES)),
            depth=shape.uint(fields[_DEPTH], 255),
            not_before=shape.uint(fields[5]) if 5 in fields else None,
            max_uses=shape.uint(fields[_MAX_USES]) if _MAX_USES in fields else None,
            terms=_terms(fields[_TERMS]) if _TERMS in fields else Terms(),
            devices=shape.uint(fields[_DEVICES]) if _DEVICES in fields else None,
        )


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
        if grants and grant.max_uses is not None:
            raise BadGrant("the owner alone limits uses")
        grants.append(grant)
        key = grant.holder
    return tuple(grants)


def _place(value: cbor.Value) -> Place:
    if isinstance(value, list):
        return Site(shape.text(shape.array(value, 1)[0], 255, 1))
    return shape.text(value, 255, 1)


def _terms(value: cbor.Value) -> Terms:
    lock, depth, offline = shape.array(value, 3)
    return Terms(items.truth(lock), shape.uint(depth, 255), items.truth(offline))


def _cose_key(point: bytes) -> cbor.Value:
    """RFC 9053 section 7.1: an EC2 key on P-256."""
    return {_KTY: _EC2, _CRV: _P256, _X: point[1:33], _Y: point[33:]}


def _point(value: cbor.Value) -> bytes:
    key = shape.fields(value, (_KTY, _CRV, _X, _Y))
    shape.uint(key[_KTY], _EC2, _EC2)
    shape.uint(key[_CRV], _P256, _P256)
    point = b"\x04" + shape.octets(key[_X], 32) + shape.octets(key[_Y], 32)
    es256.load_point(point)
    return point
