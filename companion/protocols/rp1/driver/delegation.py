"""Grants as the app's users handle them: asked for, issued and read, all without a device."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from companion.clouds import profile as profiles
from companion.errors import CloudProfileInvalid, CsrRefused, GrantInvalid, GrantTooWide
from companion.identity.delegate_ca import delegate_ca, new_request
from companion.identity.issuer import IssuedCertificate, requested_key
from companion.identity.names import NO_SITE, DeviceName, owner_domain
from companion.protocols.delegation import (
    Enforcer,
    EntrustedDevice,
    GrantDocument,
    GrantLink,
    GrantOrder,
    GrantRequest,
)
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials import grant_bundle, grant_request, grants
from companion.protocols.rp1.credentials.grant_bundle import Bundle, KnownDevice, Remarks
from companion.protocols.rp1.credentials.grants import Grant, Scope, Site, Terms
from companion.protocols.rp1.driver.revocation import newest_list
from companion.protocols.rp1.setup_code.grant_code import GRANT, REQUEST
from companion.protocols.rp1.store.commissioner_store import CommissionerStore
from companion.trust.grants.terms import (
    MAX_DEPTH,
    Bound,
    Delivery,
    GrantTerms,
    Hours,
    Places,
    Right,
    within,
)

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.protocols import Memory

ENFORCEMENT: Mapping[Bound, Enforcer] = {
    Bound.RIGHT: Enforcer.DEVICE,
    Bound.PLACE: Enforcer.DEVICE,
    Bound.UNTIL: Enforcer.DEVICE_WITH_CLOCK,
    Bound.SINCE: Enforcer.DEVICE_WITH_CLOCK,
    Bound.USES: Enforcer.DEVICE,
    Bound.DEPTH: Enforcer.DEVICE,
    Bound.REVOKED: Enforcer.DEVICE,
    Bound.CERTIFICATE: Enforcer.SERVICES,
    Bound.DEVICES: Enforcer.SERVICES,
    Bound.HOURS: Enforcer.LOG,
}
_SCOPES: Mapping[Right, Scope] = {
    Right.ONBOARD: Scope.ONBOARD,
    Right.NETWORKS: Scope.WIFI,
    Right.ROTATE: Scope.ROTATE,
    Right.READ: Scope.READ,
    Right.RESET: Scope.RESET,
    Right.DELEGATE: Scope.DELEGATE,
}


# --- as they travel -------------------------------------------------------------------------------------


def request(name: str, identity: Identity, parts: Mapping[str, bytes]) -> str:
    """The text by which the holder of this identity asks for a grant."""
    made = grant_request.HolderRequest(
        identity.owner.public, name[: grant_request.MAX_NAME], new_request(identity.vault), parts
    )
    return grant_request.make(identity.owner.sign, made)


def read_request(text: str) -> GrantRequest | None:
    """Who asks; None for a text of another kind. Raises GrantInvalid."""
    if not text.startswith(REQUEST):
        return None
    try:
        read = grant_request.parse(text)
    except grant_request.BadRequest as error:
        raise GrantInvalid(str(error)) from error
    return GrantRequest(read.name, read.holder, read.certifier, read.parts)


def read(text: str) -> GrantDocument | None:
    """The grant in a text; None for a text of another kind. Raises GrantInvalid."""
    return _document(text, bundle_of(text)) if text.startswith(GRANT) else None


def accept(text: str, identity: Identity, memory: Memory) -> GrantDocument:
    """The grant for this identity; the owner's list that came with it is kept. Raises GrantInvalid."""
    bundle = bundle_of(text)
    if bundle.grants[-1].holder != identity.owner.public:
        raise GrantInvalid("it is for another key")
    if bundle.owner == identity.owner.public:
        raise GrantInvalid("it is by this key itself")
    _check_cloud(bundle)
    CommissionerStore(memory).owners.keep_carried(bundle.owner, bundle.revoked)
    return _document(text, bundle)


def _check_cloud(bundle: Bundle) -> None:
    """Raises GrantInvalid for a profile that is not for delegates, or leads to another endpoint."""
    if not bundle.cloud:
        return
    try:
        profile = profiles.granted(bundle.cloud)
    except CloudProfileInvalid as error:
        raise GrantInvalid(error.advice_text) from error
    if profile.endpoint != bundle.endpoint:
        raise GrantInvalid("its cloud profile is for another endpoint")


def bundle_of(text: str) -> Bundle:
    """The grant in a text. Raises GrantInvalid."""
    try:
        return grant_bundle.parse(text)
    except grant_bundle.BadBundle as error:
        raise GrantInvalid(str(error)) from error


def _document(text: str, bundle: Bundle) -> GrantDocument:
    links = tuple(
        GrantLink(grant.cti.hex(), grant.holder, name, terms_of(grant, remarks))
        for grant, name, remarks in zip(bundle.grants, bundle.names, bundle.remarks, strict=True)
    )
    until = certifier = None
    if bundle.certifiers:
        own = x509.load_der_x509_certificate(bundle.certifiers[0])
        until = own.not_valid_after_utc
        certifier = hashlib.sha256(bundle.certifiers[0]).hexdigest(), f"{own.serial_number:x}"
    return GrantDocument(
        text=text,
        owner=bundle.owner,
        owner_name=bundle.owner_name,
        links=links,
        devices=tuple(
            EntrustedDevice(each.name, each.serial, each.identity_key, each.site) for each in bundle.devices
        ),
        endpoint=bundle.endpoint,
        certifies_until=until,
        certifier=certifier,
        certificate=bundle.certifiers[0] if bundle.certifiers else b"",
        parts=bundle.parts,
        cloud=bundle.cloud,
    )


# --- issued ---------------------------------------------------------------------------------------------


def issue(asked: GrantRequest, order: GrantOrder, identity: Identity, memory: Memory) -> GrantDocument:
    """A grant for whoever asked: the owner's own, or one under a held grant, which is never wider.

    Raises GrantTooWide, GrantInvalid.
    """
    if not order.under:
        return _issue_first(asked, order, identity, memory)
    held = bundle_of(order.under)
    *_, own = (terms_of(grant, remarks) for grant, remarks in zip(held.grants, held.remarks, strict=True))
    if not within(order.terms, own):
        raise GrantTooWide(Bound.DEPTH.value, limit=str(own.depth))
    grant = _grant(asked.holder, order, held.grants[-1].epoch)
    ca, devices = delegate_ca(identity.vault, held.certifiers), _covered(held.devices, order.terms)
    store = CommissionerStore(memory)
    bundle = replace(
        held,
        chain=(*held.chain, grants.sign(identity.owner.sign, grant)),
        names=(*held.names, asked.name),
        remarks=(*held.remarks, _remarks(order.terms)),
        revoked=store.owners.carried(held.owner) or held.revoked,
        certifiers=_certifiers(ca, _asked_key(asked), order.terms, held.owner, devices),
        devices=devices,
        parts={},  # a fabric's delegate has nobody below
    )
    return _written(bundle, identity)


def _issue_first(asked: GrantRequest, order: GrantOrder, identity: Identity, memory: Memory) -> GrantDocument:
    owners, owner = CommissionerStore(memory).owners, identity.owner
    grant = _grant(asked.holder, order, owners.owners_list(owner.public).entries.floor)
    devices = tuple(map(_known, order.devices))
    bundle = Bundle(
        owner=owner.public,
        owner_name=identity.name,
        chain=(grants.sign(owner.sign, grant),),
        names=(asked.name,),
        revoked=newest_list(identity, memory),
        anchors=identity.ca.anchors,
        certifiers=_certifiers(identity.ca, _asked_key(asked), order.terms, owner.public, devices),
        endpoint=order.endpoint,
        devices=devices,
        remarks=(_remarks(order.terms),),
        parts=order.parts,
        cloud=order.cloud,
    )
    _check_cloud(bundle)
    return _written(bundle, identity)


def renew(text: str, order: GrantOrder, identity: Identity, memory: Memory) -> GrantDocument:
    """An own grant with today's list, devices, endpoint and CA certificate. Raises GrantInvalid."""
    bundle = bundle_of(text)
    if bundle.owner != identity.owner.public or len(bundle.chain) != 1:
        raise GrantInvalid("only its issuer writes a grant again")
    terms = terms_of(bundle.grants[0], bundle.remarks[0])
    again, devices = bundle.certifiers, tuple(map(_known, order.devices))
    if again:
        again = _certifiers(identity.ca, _certified_key(again[0]), terms, bundle.owner, devices)
    renewed = replace(
        bundle,
        revoked=newest_list(identity, memory),
        anchors=identity.ca.anchors,
        certifiers=again,
        endpoint=bundle.endpoint if bundle.cloud else order.endpoint or bundle.endpoint,
        devices=devices,
    )
    return _written(renewed, identity)


def _written(bundle: Bundle, identity: Identity) -> GrantDocument:
    text = grant_bundle.make(identity.owner.sign, bundle)
    # Read as its holder reads it: what does not hold there is not written down here.
    return _document(text, bundle_of(text))


class _Certifier(Protocol):
    """Whoever can make a delegate's CA certificate: the owner's CA, or a delegate's."""

    def issue_intermediate(
        self, key: ec.EllipticCurvePublicKey, *, depth: int, domains: Collection[str], until: datetime
    ) -> IssuedCertificate: ...


def _certifiers(
    ca: _Certifier | None,
    key: ec.EllipticCurvePublicKey,
    terms: GrantTerms,
    owner: bytes,
    devices: Collection[KnownDevice],
) -> tuple[bytes, ...]:
    """The CA certificate of a delegate who sets up devices or renews their certificates, and those above it;
    none for the others."""
    domains = _domains(terms, owner, devices)
    if not domains or ca is None:
        return ()
    return ca.issue_intermediate(key, depth=terms.depth, domains=domains, until=terms.until).chain


def _certified_key(certificate: bytes) -> ec.EllipticCurvePublicKey:
    key = x509.load_der_x509_certificate(certificate).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey), "this computer made it"
    return key


def _asked_key(asked: GrantRequest) -> ec.EllipticCurvePublicKey:
    """The key by which the holder would certify devices. Raises GrantInvalid."""
    try:
        return requested_key(asked.certifier)
    except CsrRefused as error:
        raise GrantInvalid(error.detail) from error


def _domains(terms: GrantTerms, owner: bytes, devices: Collection[KnownDevice]) -> Collection[str]:
    """Beneath which names the delegate's devices may be called: its sites', or all of the owner's.

    Of devices that are named, the names themselves: a site beneath which one stands is not the delegate's.
    """
    if terms.rights.isdisjoint({Right.ONBOARD, Right.ROTATE}):
        return []
    domain, places = owner_domain(owner), terms.places
    if places.everywhere:
        return [domain]
    sites = set(places.sites) | ({NO_SITE} if places.serials and Right.ONBOARD in terms.rights else set())
    names = {
        str(DeviceName.under(owner, crypto.fingerprint(each.identity_key), each.site or NO_SITE))
        for each in devices
        if each.serial.lower() in places.folded and (each.site or NO_SITE) not in sites
    }
    return [f"{site}.{domain}" for site in sorted(sites)] + sorted(names)


def _grant(holder: bytes, order: GrantOrder, epoch: int) -> Grant:
    terms, scope = order.terms, Scope(0)
    for right in terms.rights:
        scope |= _SCOPES[right]
    first = not order.under
    places = terms.places
    return Grant(
        holder=holder,
        scope=scope,
        expires=int(terms.until.timestamp()),
        epoch=epoch,
        cti=secrets.token_bytes(grants.CTI_SIZE),
        where=(
            (grants.EVERYWHERE,)
            if places.everywhere
            else (*sorted(places.serials), *map(Site, sorted(places.sites)))
        ),
        depth=terms.depth,
        not_before=None if terms.since is None else int(terms.since.timestamp()),
        max_uses=terms.max_uses if first else None,
        terms=_taking_terms(order) if first else Terms(),
        devices=terms.devices,
    )


def _taking_terms(order: GrantOrder) -> Terms:
    """On what terms new devices are taken; nothing to say where none are."""
    if Right.ONBOARD not in order.terms.rights:
        return Terms()
    return Terms(order.terms.reset_lock, MAX_DEPTH, offline=not order.endpoint)


def terms_of(grant: Grant, remarks: Remarks) -> GrantTerms:
    """What a grant allows. Raises GrantInvalid for one that our words do not cover."""
    sites = frozenset(place.name for place in grant.where if isinstance(place, Site))
    serials = frozenset(place for place in grant.where if isinstance(place, str))
    everywhere = grants.EVERYWHERE in grant.where
    try:
        return GrantTerms(
            rights=frozenset(right for right, scope in _SCOPES.items() if scope in grant.scope),
            places=Places(True) if everywhere else Places(False, sites, serials),
            until=datetime.fromtimestamp(grant.expires, UTC),
            since=None if grant.not_before is None else datetime.fromtimestamp(grant.not_before, UTC),
            depth=grant.depth,
            max_uses=grant.max_uses,
            devices=grant.devices,
            hours=None if remarks.hours is None else Hours(*remarks.hours),
            deliveries=tuple(
                Delivery(devices, datetime.fromordinal(day).date(), site)
                for devices, day, site in remarks.deliveries
            ),
            reset_lock=grant.terms.reset_lock,
        )
    except (ValueError, OverflowError, OSError) as error:
        raise GrantInvalid(str(error)) from error


def _remarks(terms: GrantTerms) -> Remarks:
    return Remarks(
        None if terms.hours is None else (terms.hours.begin, terms.hours.end),
        tuple((each.devices, each.day.toordinal(), each.site) for each in terms.deliveries),
    )


def _known(device: EntrustedDevice) -> KnownDevice:
    return KnownDevice(device.name, device.serial, device.identity_key, device.site)


def _covered(devices: tuple[KnownDevice, ...], terms: GrantTerms) -> tuple[KnownDevice, ...]:
    return tuple(each for each in devices if terms.places.cover(each.serial, each.site or None))
