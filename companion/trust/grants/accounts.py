"""What delegates did, brought home: recorded with receipts, and let in where a grant covers it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from companion.clouds.profile import granted
from companion.clouds.roots import are_of
from companion.encoding import cbor, shape
from companion.encoding.cbor import MalformedCbor
from companion.errors import AccountInvalid, RecordMissing
from companion.events import ListHeard
from companion.identity.issuer import request_print
from companion.link_counts import LinkCounts
from companion.model import Commissioned
from companion.outcome import Outcome, Result
from companion.protocols import (
    DelegateAccount,
    FabricStatement,
    InvalidEntry,
    delegation_drivers,
    fabric_drivers,
    receipt_reader,
)
from companion.registry.lookup import by_id
from companion.registry.records import BRING_HOME, NO_RADIO
from companion.registry.store.grants import DelegateEvidence
from companion.trust.anomalies.records import Arrival, Ending, Onboarding, receipt_name
from companion.trust.grants import statements
from companion.trust.grants.actions import Grants, read_grant
from companion.trust.grants.bounds import Act, breach
from companion.trust.grants.names import key_id
from companion.trust.grants.order import Place, place
from companion.trust.grants.record import GrantRecord
from companion.trust.grants.terms import Bound, Right

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.model import Credential
    from companion.registry import Registry
    from companion.registry.records import CredentialRecord, DeviceRecord

_Entry = DelegateAccount | InvalidEntry | tuple[GrantRecord, FabricStatement]
FOREIGN_ANCHORS, FOREIGN_ENDPOINT, UNKNOWN_GRANT = "anchors", "endpoint", "grant"
_SEVERAL = b"Companion delegate report\n"
"""How a file with reports of several protocols begins; a CBOR array of them follows."""
_MOST_PARTS = 8
LATE = (Bound.UNTIL.value, Bound.REVOKED.value)
"""What an owner may overlook where no clock says that it was done too late."""


@dataclass(frozen=True)
class BroughtHome:
    """One account. refused: why services do not take its certificate, None where they do; known: no news.

    A statement's device is in the owner's fabric whatever is refused, as no device asks services.
    """

    account: DelegateAccount | FabricStatement
    device: str
    refused: str | None = None
    known: bool = False

    @property
    def onboards(self) -> bool:
        """True if the device became the owner's with it."""
        return isinstance(self.account, FabricStatement) or self.account.onboards

    def as_json(self) -> dict[str, Any]:
        at = self.account.at
        return {
            "device": self.device,
            "name": self.account.device.name,
            "serial": self.account.device.serial,
            "site": self.account.site or None,
            "onboarded": self.onboards,
            "at": None if at is None else at.isoformat(timespec="seconds"),
            "refused": self.refused,
            "known": self.known,
        }


def bring_home(
    grants: Grants, content: bytes, *, late: bool = False
) -> tuple[BroughtHome | InvalidEntry, ...]:
    """Record all that a delegate did, each entry by itself: what does not hold keeps nothing else from home.

    Evidence is kept of what no grant covers, too, and nothing of an entry that is invalid.

    late: overlook that a grant had ended or was revoked, where the device's own clock does not say so
    Raises AccountInvalid for a file of another kind, with nothing recorded.
    """
    read = [entry for part in parts_of(content) for entry in _read(grants, part)]
    return tuple(_brought(grants, protocol, entry, late=late) for protocol, entry in read)


def report(grants: Grants, record: GrantRecord) -> bytes:
    """What was done under a held grant, for its owner: one file, whatever devices they are."""
    driver, memory = delegation_drivers()[record.protocol], grants.memory(record.protocol)
    accounts = driver.export_accounts(record.id, memory)
    made = (each.export_statements(record.id, grants.memory(name)) for name, each in fabric_drivers().items())
    others = [each for each in made if each is not None]
    return _SEVERAL + cbor.encode([accounts, *others]) if others else accounts


def parts_of(content: bytes) -> list[bytes]:
    """The reports in a file, each of one protocol. Raises AccountInvalid."""
    if not content.startswith(_SEVERAL):
        return [content]
    try:
        parts = shape.array(cbor.decode(content.removeprefix(_SEVERAL)), 1, _MOST_PARTS)
        return [shape.octets(each, 0, len(content)) for each in parts]
    except MalformedCbor as error:
        raise AccountInvalid(str(error)) from error


def is_report(content: bytes) -> bool:
    """True if the file says that it is a delegate's report."""
    return content.startswith(_SEVERAL) or any(
        driver.is_account(content) for driver in delegation_drivers().values()
    )


def _read(grants: Grants, content: bytes) -> list[tuple[str, _Entry]]:
    """The entries of a report, with its protocol. Raises AccountInvalid."""
    for protocol, fabric in fabric_drivers().items():
        signed = fabric.read_statements(content)
        if signed is not None:
            return [(protocol, statements.checked(grants, fabric, *each)) for each in enumerate(signed, 1)]
    for protocol, driver in delegation_drivers().items():
        read = driver.read_accounts(content, grants.identity)
        if read is not None:
            return [(protocol, each) for each in read]
    raise AccountInvalid("a file of another kind")


def _brought(grants: Grants, protocol: str, entry: _Entry, *, late: bool) -> BroughtHome | InvalidEntry:
    match entry:
        case InvalidEntry():
            return entry
        case DelegateAccount():
            return _enter(grants, protocol, entry, late=late)
        case (grant, said):
            return BroughtHome(said, *statements.enter(grants, protocol, grant, said))


def _enter(grants: Grants, protocol: str, account: DelegateAccount, *, late: bool) -> BroughtHome:
    registry = grants.registry
    known = registry.device_of_key(account.identity_key)
    if known is not None:
        full = registry.device(by_id(known.id))
        same = next((each for each in full.receipts if each.signed == account.receipt.signed), None)
        if same is not None:
            kept = registry.grants.evidence(same.run)
            superseded = kept is not None and kept.superseded
            registry.grants.keep_evidence(same.run, _evidence(account, superseded=superseded))
            refused = None if registry.grants.is_admitted(account.certificate) else "known"
            return BroughtHome(account, known.id, refused if account.certificate else None, known=True)
    grant = _grant(registry, account)
    stands = Place.NEWEST if known is None else _place(protocol, account, full)
    refused = flaw(registry, account, grant, late=late)
    if refused is None and stands is not Place.NEWEST:
        refused = stands.value
    run = registry.begin_run(ecosystem=protocol, radio=NO_RADIO)
    done = Commissioned(
        account.device,
        "grant",
        account.credentials,
        receipt=account.receipt,
        identity_key=account.identity_key,
        superseded=stands is not Place.NEWEST,
    )
    outcome = Outcome(
        Result.DONE,
        run,
        protocol,
        (),
        LinkCounts(),
        commissioned=done,
        operation=BRING_HOME,
        grant=grant,
        site=account.site,
    )
    device = registry.finish_run(run, outcome)
    assert device is not None
    registry.grants.keep_evidence(run, _evidence(account, superseded=done.superseded))
    if account.list_counter and stands is Place.NEWEST:
        registry.append(run, ListHeard(account.identity_key, account.list_counter))
    name = receipt_name(account.receipt.signed)
    if registry.alerts.has(name):  # its journal was here first
        registry.alerts.note_arrival(name, _ARRIVALS[stands])
    else:
        registry.alerts.take_in([_onboarding(account, run, grants.identity, _ARRIVALS[stands])])
    if account.certificate and grant is not None:
        registry.grants.admit(account.certificate, grant.id, device, refused)
    return BroughtHome(account, device, refused)


_ARRIVALS = {
    Place.NEWEST: Arrival.IN_ORDER,
    Place.OLDER: Arrival.HELD_BACK,
    Place.UNKNOWN: Arrival.UNORDERED,
}


def _onboarding(account: DelegateAccount, run: str, identity: Identity, arrival: Arrival) -> Onboarding:
    """What the anomaly rules see of it. A label's secret and the delegate's clock do not come home."""
    return Onboarding(
        run=run,
        time=account.at or datetime.now(UTC),
        ending=Ending.ONBOARDED if account.onboards else Ending.OTHER,
        actor=key_id(account.holder),
        identity_key=account.identity_key,
        serial=account.device.serial,
        site=account.site or None,
        model=account.device.model,
        firmware=account.device.firmware,
        owner_key=sha256(identity.owner.public).hexdigest(),
        request=request_print(account.certificates[0]) if account.certificates else None,
        grant=account.grants[0],
        receipt=True,
        arrival=arrival,
    )


def _place(protocol: str, account: DelegateAccount, record: DeviceRecord) -> Place:
    """Where it stands among the receipts of its device's record."""
    reader = receipt_reader(protocol)
    assert reader is not None, "its receipt was read"
    key = account.identity_key
    known = [reader.receipt(each.signed, each.final, key) for each in record.receipts if each.final]
    assert account.receipt.final is not None, "it came with the acknowledgement"
    said = reader.receipt(account.receipt.signed, account.receipt.final, key)
    current = (each for each in record.credentials if each.replaced is None)
    return place(said, known, begins=_begin(account.credentials), current=_begin(current))


def _begin(credentials: Iterable[Credential | CredentialRecord]) -> datetime | None:
    """From when the certificate among them is good."""
    told = (each.details.get("not_before") for each in credentials)
    return next((datetime.fromisoformat(each) for each in told if each), None)


def _evidence(account: DelegateAccount, *, superseded: bool) -> DelegateEvidence:
    return DelegateEvidence(account.chain, account.taking, account.certificates, superseded)


def _grant(registry: Registry, account: DelegateAccount) -> GrantRecord | None:
    """Our own grant that the chain begins with; None for one that no record here names."""
    try:
        found = registry.grants.one(f"id:{account.grants[0]}")
    except RecordMissing:
        return None
    return None if found.held else found


def flaw(
    registry: Registry, account: DelegateAccount, grant: GrantRecord | None, *, late: bool
) -> str | None:
    """Why services do not take what the delegate certified."""
    if grant is None:
        return UNKNOWN_GRANT
    written = read_grant(grant.text)
    if account.foreign_anchors and not (written.cloud and are_of(granted(written.cloud), account.anchors)):
        return FOREIGN_ANCHORS
    if account.endpoint and account.endpoint != written.endpoint:
        return FOREIGN_ENDPOINT
    if account.onboards:
        return _beyond(registry, account, grant, Right.ONBOARD, late=late)
    right = Right.ROTATE if account.certificate else Right.NETWORKS
    return _beyond(registry, account, grant, right, late=late)


def _beyond(
    registry: Registry, account: DelegateAccount, grant: GrantRecord, right: Right, *, late: bool
) -> str | None:
    admitted = registry.grants.admitted_devices(grant.id)
    known = registry.device_of_key(account.identity_key)
    elsewhere = admitted - {known.id if known is not None else ""}
    # How often each device was used is the device's to count; the services count devices.
    terms = replace(grant.terms, hours=None, max_uses=None)
    act = Act(right, account.at or datetime.now(UTC), account.device.serial, devices=len(elsewhere))
    breaches = (breach(terms, replace(act, site=site)) for site in _sites(account, known))
    bound = next((each for each in breaches if each is not None), None)
    ended = bound.value if bound is not None else None
    if ended is None and grant.revoked is not None and (account.at is None or account.at >= grant.revoked):
        ended = Bound.REVOKED.value
    if ended is None and _is_too_many(registry, account, grant, elsewhere):
        ended = Bound.DEVICES.value
    if late and ended in LATE and account.at is None:
        return None
    return ended


def _sites(account: DelegateAccount, known: DeviceRecord | None) -> set[str | None]:
    """Where the device is: every site that its new label and certificate name has to be covered.

    A device that is ours keeps its label, so that a receipt for other items names no site: by that label the
    device judged the grant, and the record tells it.
    """
    named = {each for each in (account.site, account.certified_site) if each}
    if named:
        return {*named}
    kept = known.site if known is not None and not account.onboards else ""
    return {kept or None}


def _is_too_many(
    registry: Registry, account: DelegateAccount, grant: GrantRecord, elsewhere: set[str]
) -> bool:
    """Whether a grant that was passed on was used for as many other devices as it allows.

    No device counts these, and the owner's own grant, which `breach` goes by, may allow more.
    """
    reader = receipt_reader(grant.protocol)
    assert reader is not None, "its receipt was read"
    links = reader.grants(account.chain, grant.owner)
    return any(
        link.terms.devices is not None
        and len(elsewhere & registry.grants.devices_under(signed)) >= link.terms.devices
        for link, signed in zip(links[1:], account.chain[1:], strict=True)
    )
