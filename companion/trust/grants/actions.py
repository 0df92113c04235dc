"""What owners and delegates do with grants, without a device: ask, issue, import, revoke."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from companion.errors import GrantInvalid, GrantTooWide, MethodUnavailable, OutsideGrant
from companion.events import CertificateRevoked, RevocationReason
from companion.link_counts import LinkCounts
from companion.outcome import Outcome, Result
from companion.protocols import (
    DelegationDriver,
    EntrustedDevice,
    GrantDocument,
    GrantOrder,
    GrantRequest,
    delegation_drivers,
    fabric_drivers,
)
from companion.registry.records import NO_RADIO
from companion.trust.grants.names import grants_of
from companion.trust.grants.record import GrantRecord, Issuance
from companion.trust.grants.terms import Bound, GrantTerms, Right, TermsRequest, TooWide, narrow
from companion.trust.grants.words import limit

if TYPE_CHECKING:
    from companion.clouds.profile import CloudProfile
    from companion.identity import Identity
    from companion.protocols import Memory
    from companion.registry import DeviceRecord, Registry

T = TypeVar("T")

REVOKE_GRANT = "revoke-grant"
"""The operation of the run that a revocation is recorded in."""
_OWNED_STATES = ("commissioned", "unconfirmed", "revoked")


@dataclass(frozen=True)
class Grants:
    """An identity with its registry: whoever issues and holds grants here."""

    identity: Identity
    registry: Registry

    def memory(self, protocol: str) -> Memory:
        """What the protocol remembers."""
        return self.registry.memory(protocol, self.identity.vault)

    # --- the delegate's side ----------------------------------------------------------------------

    def ask(self, name: str, protocol: str | None = None, fabrics: Collection[str] = ()) -> str:
        """The text of a request, for an owner to answer. name: as the owner shall see it.

        fabrics: protocols for whose fabric the owner is asked to let this identity issue
        """
        made = fabric_drivers()
        parts = {each: made[each].ask_part(self.identity) for each in fabrics}
        return driver_of(protocol).request_grant(name, self.identity, parts)

    def take(self, text: str) -> GrantRecord:
        """Import a grant for this identity: from now on runs use it by themselves. Raises GrantInvalid."""
        name, driver = _reader(text)
        document = driver.accept_grant(text, self.identity, self.memory(name))
        # What a later version or a plug-in put in is left alone.
        for each, fabric in fabric_drivers().items():
            if each in document.parts:
                fabric.accept_part(document.parts[each], document, self.identity)
        record = _record(name, document, held=True, parent=None)
        self.registry.grants.keep(record)
        self.registry.grants.entrust(name, document.owner, document.devices)
        # The owner's list that came with it may end others.
        self.note_ended()
        return self.registry.grants.one(f"id:{record.id}")

    # --- the issuer's side ------------------------------------------------------------------------

    def issue(
        self,
        request: str,
        terms: GrantTerms,
        *,
        endpoint: str = "",
        fabrics: Collection[str] = (),
        fabric: str = "",
        cloud: CloudProfile | None = None,
    ) -> GrantRecord:
        """The owner's own grant for whoever wrote the request. Written down when it returns.

        endpoint: where new devices are to report, "host:port"; "" for nowhere
        fabrics: protocols for whose fabric the holder may issue, as it asked; fabric: which of several it is,
        by name or the beginning of its id, "" for the usual one
        cloud: by which new devices connect, in place of an endpoint. Raises GrantInvalid, FabricMissing.
        """
        name, driver, asked = read_request(request)
        parts = self._parts(asked, terms, fabrics, fabric)
        text = cloud.as_text() if cloud is not None else ""
        where = cloud.endpoint if cloud is not None else endpoint
        order = GrantOrder(terms, self._devices(name, terms), where, parts=parts, cloud=text)
        return self._keep(name, driver.issue_grant(asked, order, self.identity, self.memory(name)), None)

    def issue_under(self, held: GrantRecord, request: str, wanted: TermsRequest) -> GrantRecord:
        """A grant under a held one, which can't be wider: what is not wished for is as the held one says.

        Raises GrantTooWide, which names the bound, GrantInvalid, and as `check_alive`.
        """
        self.check_alive(held)
        name, driver, asked = read_request(request)
        order = GrantOrder(narrowed(held, wanted), under=held.text)
        document = driver.issue_grant(asked, order, self.identity, self.memory(name))
        return self._keep(name, document, held.id)

    def check_alive(self, held: GrantRecord) -> None:
        """A held grant that counts no more can't be passed on. Raises OutsideGrant."""
        if held.revoked is not None or self._is_ended(held):
            raise OutsideGrant(Bound.REVOKED.value, owner=held.owner_name)
        if datetime.now(UTC) >= held.terms.until:
            raise OutsideGrant(Bound.UNTIL.value, owner=held.owner_name, limit=limit(held.terms, Bound.UNTIL))

    def renew(self, record: GrantRecord, *, endpoint: str = "") -> GrantRecord:
        """An issued grant, with today's list, devices and CA certificate. Raises GrantInvalid."""
        driver = driver_of(record.protocol)
        order = GrantOrder(record.terms, self._devices(record.protocol, record.terms), endpoint)
        document = driver.renew_grant(record.text, order, self.identity, self.memory(record.protocol))
        return self._keep(record.protocol, document, record.parent)

    def revoke(self, record: GrantRecord) -> None:
        """The owner's next list ends a grant that was issued here, its CA certificate with it.

        Raises TooManyRevoked, and GrantInvalid for one that was not the owner's own: its issuer can't sign a
        list of the owner's, and asks the owner.
        """
        if record.held or record.owner != self.identity.owner.public:
            raise GrantInvalid("only the owner of the devices revokes a grant")
        driver, memory = driver_of(record.protocol), self.memory(record.protocol)
        document = driver.read_grant(record.text)
        assert document is not None
        driver.revoke_grant(document.own, self.identity, memory)
        self._ended([record])

    def note_ended(self) -> None:
        """Grants of other owners that their newest list ends are listed as revoked from now on."""
        ours = self.identity.owner.public
        theirs = (each for each in self.registry.grants.all() if each.owner != ours and each.revoked is None)
        ended = [each.id for each in theirs if self._is_ended(each)]
        if ended:
            self.registry.grants.revoke(ended)

    def _is_ended(self, record: GrantRecord) -> bool:
        """Whether the newest list of its owner that is here ends it."""
        return driver_of(record.protocol).is_ended(record.text, self.memory(record.protocol))

    def revoke_holder(self, records: Sequence[GrantRecord]) -> None:
        """Whatever the holder of these grants may do ends, by any grant. Raises TooManyRevoked."""
        for record in records[:1]:
            memory = self.memory(record.protocol)
            driver_of(record.protocol).revoke_holder(record.holder, self.identity, memory)
        self._ended(records)

    def revoke_key(self, key: str) -> None:
        """Whatever the holder of the key with this id may do ends, also by grants that others passed on.

        Raises TooManyRevoked.
        """
        for protocol, made in delegation_drivers().items():
            made.revoke_key(bytes.fromhex(key), self.identity, self.memory(protocol))
        self._ended(grants_of(self.registry.grants.all(held=False), key))

    def raise_floor(self, protocol: str) -> int:
        """Every grant that was ever issued ends; the new floor."""
        floor = driver_of(protocol).raise_floor(self.identity, self.memory(protocol))
        issued = self.registry.grants.all(held=False)
        self._ended([each for each in issued if each.protocol == protocol])
        return floor

    def _ended(self, records: Sequence[GrantRecord]) -> None:
        """From here on services refuse their CA certificates, and the registry calls them revoked."""
        revoked = [each for each in records if each.certificate is not None]
        if revoked:
            run = self.registry.begin_run(ecosystem=revoked[0].protocol, radio=NO_RADIO)
            for each in revoked:
                assert each.certificate is not None
                number = each.certificate.serial_number
                reason = RevocationReason.KEY_COMPROMISE
                self.registry.append(run, CertificateRevoked(each.certificate.fingerprint, number, reason))
            protocol = revoked[0].protocol
            outcome = Outcome(Result.DONE, run, protocol, (), LinkCounts(), operation=REVOKE_GRANT)
            self.registry.finish_run(run, outcome)
        self.registry.grants.revoke([each.id for each in records])

    def _parts(
        self, asked: GrantRequest, terms: GrantTerms, fabrics: Collection[str], fabric: str
    ) -> dict[str, bytes]:
        made = fabric_drivers()
        if not set(fabrics) <= asked.parts.keys() or (fabrics and Right.ONBOARD not in terms.rights):
            raise GrantInvalid("to issue for a fabric was not asked for, or no device may be set up")
        return {
            each: made[each].issue_part(asked.parts[each], asked.holder, terms, self.identity, fabric)
            for each in fabrics
        }

    def _keep(self, protocol: str, document: GrantDocument, parent: str | None) -> GrantRecord:
        record = _record(protocol, document, held=False, parent=parent)
        self.registry.grants.keep(record)
        return record

    def _devices(self, protocol: str, terms: GrantTerms) -> list[EntrustedDevice]:
        """Those of ours that the grant covers."""
        return [
            EntrustedDevice(each.name, each.serial or "", each.identity_key, each.site)
            for each in self.registry.devices()
            if each.identity_key is not None and _is_covered(each, protocol, terms)
        ]


def _is_covered(device: DeviceRecord, protocol: str, terms: GrantTerms) -> bool:
    ours = device.protocol == protocol and device.owner_key is None and device.state in _OWNED_STATES
    return ours and terms.places.cover(device.serial, device.site or None)


def driver_of(protocol: str | None) -> DelegationDriver:
    """The driver of a protocol that knows delegates; None: of the first one. Raises MethodUnavailable."""
    drivers = delegation_drivers()
    found = next(iter(drivers.values()), None) if protocol is None else drivers.get(protocol)
    if found is None:
        raise MethodUnavailable(f"{protocol or 'no protocol'} knows no grants")
    return found


def read_request(text: str) -> tuple[str, DelegationDriver, GrantRequest]:
    """Who asks, and by which protocol. Raises GrantInvalid."""
    return _read(text, lambda driver: driver.read_request(text))


def read_grant(text: str) -> GrantDocument:
    """The grant in a text, whoever it is for. Raises GrantInvalid."""
    return _read(text, lambda driver: driver.read_grant(text))[2]


def fabrics_until(records: Iterable[GrantRecord]) -> datetime | None:
    """When the last of those ends that let their holders issue for a fabric; None where none does.

    Raises GrantInvalid.
    """
    return max((each.terms.until for each in records if read_grant(each.text).parts), default=None)


def grants_of_fabric(registry: Registry, fabric: str) -> list[GrantRecord]:
    """Those that were issued here and let their holders issue for a fabric (its id), and are still good.

    Raises GrantInvalid.
    """
    now, made = datetime.now(UTC), fabric_drivers()

    def is_for(record: GrantRecord) -> bool:
        parts = read_grant(record.text).parts
        return any(made[name].fabric_of_part(part) == fabric for name, part in parts.items() if name in made)

    issued = registry.grants.all(held=False)
    return [each for each in issued if each.revoked is None and each.terms.until > now and is_for(each)]


def narrowed(held: GrantRecord, wanted: TermsRequest) -> GrantTerms:
    """The terms of a grant under a held one. Raises GrantTooWide, which names the bound."""
    try:
        return narrow(held.terms, wanted)
    except TooWide as wide:
        raise GrantTooWide(wide.bound.value, limit=limit(held.terms, wide.bound)) from wide


def _reader(text: str) -> tuple[str, DelegationDriver]:
    name, driver, _ = _read(text, lambda driver: driver.read_grant(text))
    return name, driver


def _read(text: str, reads: Callable[[DelegationDriver], T | None]) -> tuple[str, DelegationDriver, T]:
    for name, driver in delegation_drivers().items():
        read = reads(driver)
        if read is not None:
            return name, driver, read
    raise GrantInvalid("a text of another kind")


def _record(protocol: str, document: GrantDocument, *, held: bool, parent: str | None) -> GrantRecord:
    own = document.own
    certificate = Issuance(*document.certifier) if document.certifier is not None else None
    return GrantRecord(
        id=own.id,
        protocol=protocol,
        held=held,
        owner=document.owner,
        owner_name=document.owner_name,
        holder=own.holder,
        holder_name=own.name,
        terms=effective(document) if held else own.terms,
        text=document.text,
        made=datetime.now(UTC),
        parent=parent,
        certificate=certificate,
    )


def effective(document: GrantDocument) -> GrantTerms:
    """What its holder may do, with the limits of all grants above it."""
    uses = [link.terms.max_uses for link in document.links if link.terms.max_uses is not None]
    return replace(document.own.terms, max_uses=min(uses) if uses else None)
