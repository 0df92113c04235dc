"""For whom a run acts with a device: for ourselves, or for another owner by a grant that is held here."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from companion.clouds.profile import granted
from companion.clouds.providers import delegate_endpoint
from companion.errors import OutsideGrant
from companion.identity import DeviceName
from companion.identity.delegate_ca import delegate_ca
from companion.identity.names import NO_SITE
from companion.protocols.rp1.credentials import revocation_list
from companion.protocols.rp1.credentials.grant_bundle import Bundle
from companion.protocols.rp1.credentials.grants import Site
from companion.protocols.rp1.driver.delegation import bundle_of
from companion.protocols.rp1.handshake import OwnerAuthority
from companion.protocols.rp1.ownership.carried_list import AnyDelivery, CarriedDelivery
from companion.protocols.rp1.ownership.owners_list import Delivery
from companion.protocols.rp1.store.owner_store import OwnerStore

if TYPE_CHECKING:
    from companion.endpoint import CloudEndpoint
    from companion.identity import Identity
    from companion.protocols import Context

_NAMED = 5
"""Places in a sentence."""


@dataclass(frozen=True)
class Principal:
    """Whose devices they are. bundle: the grant by which this identity acts for another owner; None: ours."""

    identity: Identity
    bundle: Bundle | None = None

    @property
    def owner(self) -> bytes:
        """The owner's key (point)."""
        return self.identity.owner.public if self.bundle is None else self.bundle.owner

    @property
    def anchors(self) -> tuple[bytes, ...]:
        """Whom devices believe at the owner's endpoint (DER)."""
        return self.identity.ca.anchors if self.bundle is None else self.bundle.anchors

    @cached_property
    def cloud(self) -> CloudEndpoint | None:
        """Where the owner's grant sends new devices by a profile; None: to the owner's endpoint, or nowhere.

        Raises CloudPieceMissing, CloudProfileInvalid.
        """
        if self.bundle is None or not self.bundle.cloud:
            return None
        return delegate_endpoint(granted(self.bundle.cloud), self.bundle.anchors)

    def authority(self, token: bytes | None = None) -> OwnerAuthority:
        """By which a session of method 24 is opened."""
        sign = self.identity.owner.sign
        if self.bundle is None:
            return OwnerAuthority(self.owner, sign, token=token)
        return OwnerAuthority(self.owner, sign, grants=self.bundle.chain)

    def delivery(self, owners: OwnerStore, *, asks: bool) -> AnyDelivery:
        """The exchange of the owner's list for a session that may carry it. asks: see `Delivery`"""
        if self.bundle is None:
            owner = self.identity.owner
            kept = owners.owners_list(owner.public)
            return Delivery(owner.sign, owner.public, kept, int(time.time()), owners.keep_list, asks=asks)
        owner_key = self.bundle.owner
        carried = owners.carried(owner_key) or self.bundle.revoked
        return CarriedDelivery(owner_key, carried, lambda signed: owners.keep_carried(owner_key, signed))

    def check_place(self, serial: str, site: str) -> None:
        """A new device is one that every grant of the chain is for. site "": none. Raises OutsideGrant."""
        if self.bundle is None:
            return
        for grant in self.bundle.grants:
            if not grant.covers(serial, site or None):
                named = [each.name if isinstance(each, Site) else each for each in grant.where]
                covered = ", ".join(named[:_NAMED]) + (", …" if len(named) > _NAMED else "")
                raise OutsideGrant("place", owner=self.bundle.owner_name, limit=covered, serial=serial)

    def name(self, fp: bytes, site: str) -> DeviceName:
        """By which services know the device. site "": none."""
        return DeviceName.under(self.owner, fp, site or NO_SITE)

    def certify(self, csr: bytes, *, serial: str, name: DeviceName) -> tuple[bytes, ...]:
        """The device's chain (DER, leaf first, no root).

        Raises CsrRefused, SerialUnusable, and OutsideGrant where the delegate's certificate has ended.
        """
        if self.bundle is None:
            return self.identity.ca.issue(csr, serial=serial, name=name).chain
        ca = delegate_ca(self.identity.vault, self.bundle.certifiers)
        if ca is None:
            raise OutsideGrant("certificate", owner=self.bundle.owner_name)
        return ca.issue(csr, serial=serial, name=name).chain


def principal_of(context: Context) -> Principal:
    """For whom the run acts. Raises GrantInvalid."""
    return Principal(context.identity, bundle_of(context.grant) if context.grant else None)


def is_ended(bundle: Bundle, owners: OwnerStore) -> bool:
    """True if the newest list that is here ends the chain: every device that knows it refuses."""
    listed = revocation_list.read(owners.carried(bundle.owner) or bundle.revoked, bundle.owner)
    first, *_ = chain = bundle.grants
    return first.epoch < listed.floor or any(listed.names(cti=each.cti, holder=each.holder) for each in chain)
