"""What a commissioner wants to hand over, and the items that follow from it once a transaction is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from companion.protocols.rp1.credentials import certificates, item_signatures, items, vouchers
from companion.protocols.rp1.credentials.grants import Grant
from companion.protocols.rp1.credentials.grants import read as read_grant
from companion.protocols.rp1.credentials.items import ItemType, Label, ThreadDataset, WifiNetwork
from companion.protocols.rp1.ownership.owners_list import outdating
from companion.protocols.rp1.transaction.events import Session
from companion.protocols.rp1.wire.operations import VerifyBit, Voucher
from companion.secret import Secret

MQTT = 1
"""Item 5's kind for an endpoint that speaks TLS 1.3 with client certificates."""


class OwnerSigner(Protocol):
    """The owner key: `public` is its point (65 octets), `sign` makes ES256 signatures (64 octets)."""

    @property
    def public(self) -> bytes: ...

    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True)
class Endpoint:
    """Where the device reports for work. address: host:port; anchors: DER of whom it shall believe there.

    client_id None: the serial number under which the device is certified, or what `ChosenItems` says.
    kind:    item 5's (section 9.2)
    is_kept: the device has it already, and gets a certificate alone: a delegate changes no endpoint
    has_claim: item 5 carries a claim, which is asked for right before it is staged
    """

    address: str
    anchors: tuple[bytes, ...]
    client_id: str | None = None
    kind: int | str = MQTT
    is_kept: bool = False
    has_claim: bool = False


@dataclass(frozen=True)
class OnboardingGrants:
    """A chain of grants under which new devices are set up for an owner (point), encoded and read."""

    owner: bytes
    chain: tuple[bytes, ...]
    first: Grant


@dataclass(frozen=True)
class Ownership:
    """Who shall own the device, from `now` (Unix seconds) on.

    outdates: the highest epoch of the device's transfer tokens that its owner cancelled, 0 for none
    grants:   the encoded chain by which `key`, its last holder's, takes the device for somebody else
    """

    key: OwnerSigner
    now: int
    reset_lock: bool = False
    delegation_depth: int = 0
    outdates: int = 0
    grants: OnboardingGrants | None = None

    @property
    def owner(self) -> bytes:
        """Whose the device will be (point)."""
        return self.key.public if self.grants is None else self.grants.owner


@dataclass(frozen=True)
class Keeping:
    """Whose (point) an owned device is and stays. grants: the encoded chain by which a delegate acts."""

    owner: bytes
    grants: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Plan:
    """endpoint None: the device works offline, without a certificate. ownership None: it keeps its owner.
    voucher: by which its manufacturer assigns the device to us, for method KEY."""

    endpoint: Endpoint | None
    ownership: Ownership | Keeping
    voucher: bytes | None = None

    @property
    def taking(self) -> Ownership | None:
        """What item 6 says; None where the device keeps its owner."""
        return self.ownership if isinstance(self.ownership, Ownership) else None

    @property
    def session_grants(self) -> tuple[bytes, ...]:
        """The encoded chain of its sessions. Who takes a device by grants has no owner's session."""
        return self.ownership.grants if isinstance(self.ownership, Keeping) else ()

    @property
    def taking_grants(self) -> tuple[bytes, ...]:
        """The encoded chain by which somebody takes the device for its owner."""
        grants = self.taking.grants if self.taking is not None else None
        return () if grants is None else grants.chain

    def under(self, chain: tuple[bytes, ...]) -> Plan:
        """The same, with the device taken by another chain of the same owner."""
        assert self.taking is not None and self.taking.grants is not None
        first = read_grant(chain[0], self.taking.grants.owner)
        grants = OnboardingGrants(self.taking.grants.owner, chain, first)
        return replace(self, ownership=replace(self.taking, grants=grants))


@dataclass(frozen=True)
class ChosenItems:
    """What is decided in the run. wifi, thread None: the device needs none or keeps what it has.

    client_id: what the device is called at its endpoint; None: as its certificate calls it
    """

    wifi: WifiNetwork | None = None
    label: Label | None = None
    thread: ThreadDataset | None = None
    client_id: str | None = None


def certificate_items(
    plan: Plan, chain: tuple[bytes, ...], client_id: str | None = None
) -> dict[ItemType, bytes]:
    """Items 1, 2 and 5: the certificate, whom to believe, and whom to call; without 5 where it has a claim,
    which is fetched right before it is staged. client_id: as `ChosenItems` says"""
    endpoint = plan.endpoint
    if endpoint is None:
        return {}
    if endpoint.is_kept:
        return {ItemType.LDEVID: items.encode(items.LdevidChain(chain))}
    made = {
        ItemType.LDEVID: items.encode(items.LdevidChain(chain)),
        ItemType.ANCHORS: items.encode(items.TrustAnchors(endpoint.anchors)),
    }
    if not endpoint.has_claim:
        made[ItemType.CLOUD] = cloud_item(endpoint, chain, client_id)
    return made


def cloud_item(
    endpoint: Endpoint, chain: tuple[bytes, ...], client_id: str | None, claim: Secret | None = None
) -> bytes:
    """Item 5, whom to call, for the device of this certificate. client_id: as `ChosenItems` says"""
    name = client_id or endpoint.client_id or certificates.common_name(chain[0])
    return items.encode(items.CloudEndpoint(endpoint.kind, endpoint.address, name, claim))


def owner_items(plan: Plan, fp: bytes, tx: bytes, epoch: int, floor: int = 0) -> dict[ItemType, bytes]:
    """Items 6 and 7, signed for this device and transaction.

    fp:    the fingerprint (16 octets) of the device's identity key, as it proved it
    epoch: the device's; item 6 asks for a higher one
    floor: the owner's grant floor, at least the one of the list that the device holds
    """
    ownership = plan.taking
    if ownership is None:
        return {}
    if ownership.grants is not None:
        return _items_by_grant(ownership, ownership.grants, fp, tx, epoch)
    key, now = ownership.key, ownership.now
    owner = items.Owner(
        key=key.public,
        epoch=outdating(epoch, ownership.outdates),
        reset_lock=ownership.reset_lock,
        delegation_depth=ownership.delegation_depth,
        offline=plan.endpoint is None,
        grant_floor=floor,
    )
    owner = item_signatures.sign_owner(key.sign, owner, fp, tx)
    time = items.TimeFloor(now, key.sign(item_signatures.time_message(tx, now)))
    return {ItemType.OWNER: items.encode(owner), ItemType.TIME: items.encode(time)}


def _items_by_grant(
    ownership: Ownership, grants: OnboardingGrants, fp: bytes, tx: bytes, epoch: int
) -> dict[ItemType, bytes]:
    """Item 6 on the terms of the owner's grant, signed by its last holder; item 7 is for VERIFY alone."""
    terms, first = grants.first.terms, grants.first
    owner = items.Owner(
        key=grants.owner,
        epoch=outdating(epoch, 0),
        reset_lock=terms.reset_lock,
        delegation_depth=terms.delegation_depth,
        offline=terms.offline,
        grant_floor=first.epoch,
        grants=grants.chain,
    )
    owner = item_signatures.sign_owner(ownership.key.sign, owner, fp, tx)
    return {
        ItemType.OWNER: items.encode(owner),
        ItemType.TIME: items.encode(items.TimeFloor(ownership.now)),
    }


def verify_bits(staged: Collection[int]) -> int:
    """What VERIFY has to try before items of these types may be committed."""
    bits = VerifyBit.WIFI if ItemType.WIFI in staged else 0
    if ItemType.THREAD in staged:
        bits |= VerifyBit.THREAD
    if not {ItemType.LDEVID, ItemType.ANCHORS, ItemType.CLOUD}.isdisjoint(staged):
        bits |= VerifyBit.CLOUD
    return bits


def shown_voucher(plan: Plan, session: Session | None) -> Voucher:
    """The plan's voucher for this session. Raises BadVoucher."""
    assert plan.voucher is not None and plan.taking is not None and session is not None
    key, th5 = plan.taking.key, session.master.th5
    return Voucher(vouchers.look(plan.voucher), key.public, key.sign(vouchers.owner_message(th5)))


def chosen_items(chosen: ChosenItems) -> Mapping[ItemType, bytes]:
    """Items 3, 4 and 8."""
    made: dict[ItemType, bytes] = {}
    if chosen.wifi is not None:
        made[ItemType.WIFI] = items.encode(chosen.wifi)
    if chosen.thread is not None:
        made[ItemType.THREAD] = items.encode(chosen.thread)
    if chosen.label is not None:
        made[ItemType.LABEL] = items.encode(chosen.label)
    return made
