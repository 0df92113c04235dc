"""Grants on the engine's side: who asks, signing, importing, revoking. Blocks; called on a thread."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from companion.errors import CompanionError
from ui.engine.delegation_messages import (
    BringHome,
    BroughtHome,
    GrantAsked,
    GrantCommand,
    GrantFailed,
    GrantSigned,
    GrantsListed,
    GrantTaken,
    HeardAt,
    HolderLost,
    ImportGrant,
    LoseHolder,
    ReadRequest,
    RevokeGrant,
    SignGrant,
)

if TYPE_CHECKING:
    from companion.registry import Registry
    from companion.services import Services
    from companion.trust.grants.actions import Grants
    from companion.trust.grants.record import GrantRecord
    from companion.trust.grants.revocation import Spread


def obey(command: GrantCommand, services: Services) -> object:
    """What came of it. The services' identity and registry are open."""
    from companion.trust.grants.actions import Grants

    grants = Grants(services.identity, services.registry)
    try:
        return _ACTS[type(command)](command, grants, services)
    except CompanionError as error:
        return GrantFailed(error)


def list_grants(services: Services) -> object:
    """All grants, without the keys. How far revocations have come is told where the keys are open anyway."""
    from companion.trust.grants.actions import Grants

    try:
        if services.has_identity:
            return _listed(Grants(services.identity, services.registry))
        listed = _sorted(services.registry)
        return GrantsListed(listed, None, 0, fabrics=_with_fabrics(listed))
    except CompanionError as error:
        return GrantFailed(error)


def _listed(grants: Grants) -> GrantsListed:
    from companion.trust.grants.revocation import spread

    told = [each for each in spread(grants) if each.standing.counter]
    devices = sum(len(each.devices) for each in told)
    know = sum(each.know for each in told) if told else None
    listed = _sorted(grants.registry)
    return GrantsListed(listed, know, devices, _by_site(told), _with_fabrics(listed))


def _with_fabrics(records: tuple[GrantRecord, ...]) -> frozenset[str]:
    from companion.errors import GrantInvalid
    from companion.trust.grants.actions import fabrics_until

    found = set()
    for each in records:
        with suppress(GrantInvalid):  # of a protocol that is installed no more
            if not each.held and fabrics_until([each]) is not None:
                found.add(each.id)
    return frozenset(found)


def _by_site(told: list[Spread]) -> tuple[HeardAt, ...]:
    sites: dict[str, tuple[list[str], list[str]]] = {}
    for each in told:
        for device in each.devices:
            aware, unaware = sites.setdefault(device.site, ([], []))
            (aware if device.knows(each.standing.counter) else unaware).append(device.name)
    return tuple(
        HeardAt(site, len(aware), tuple(sorted(unaware))) for site, (aware, unaware) in sorted(sites.items())
    )


def _lost(command: LoseHolder, grants: Grants, services: Services) -> HolderLost:
    from companion.clouds.delegates import DelegateCas
    from companion.trust.grants.actions import fabrics_until
    from companion.trust.grants.revocation import cut_off, loss, spread

    record = grants.registry.grants.one(f"id:{command.grant}")
    lost = loss(grants, record, keep_others=command.keep_others)
    left = fabrics_until((*lost.ended, *lost.others))
    cut_off(grants, lost, keep_others=command.keep_others)
    services.renew_crl()
    DelegateCas(services.data_dir).switch_off_all(lost.ended)
    unaware = sum(len(each.to_visit) for each in spread(grants))
    return HolderLost(record.holder_name, tuple(each.holder_name for each in lost.others), unaware, left)


def _home(command: BringHome, grants: Grants, services: Services) -> BroughtHome:
    """A report if it is one, else a log."""
    from companion.files import read_named
    from companion.protocols import InvalidEntry
    from companion.trust.grants import accounts
    from companion.trust.grants.names import key_id
    from companion.trust.grants.order import Place
    from companion.trust.journals import merge_journal
    from companion.trust.transparency.journal import MOST

    content = read_named(MOST, command.path)
    registry = grants.registry
    if accounts.is_report(content):
        entries = accounts.bring_home(grants, content)
        invalid = tuple(each for each in entries if isinstance(each, InvalidEntry))
        told = [each for each in entries if isinstance(each, accounts.BroughtHome) and not each.known]
        refused = [each.refused for each in told if each.refused is not None]
        late = sum(each in accounts.LATE for each in refused)
        older = sum(each in (Place.OLDER, Place.UNKNOWN) for each in refused)
        return BroughtHome("", len(told), late, len(refused) - late - older, older, invalid)

    def end(holder: bytes) -> None:
        grants.revoke_key(key_id(holder))

    merged = merge_journal(content, registry, grants.identity, services.data_dir, forked=end)
    names = [each.holder_name for each in registry.grants.of_holder(merged.holder)]
    name = names[0] if names else ""
    return BroughtHome(name, len(merged.onboarded), len(merged.late), len(merged.uncovered))


def _sorted(registry: Registry) -> tuple[GrantRecord, ...]:
    return tuple(sorted(registry.grants.all(), key=lambda each: not each.held))


def _asked(command: ReadRequest, grants: Grants, services: Services) -> GrantAsked:
    from companion.clouds.store import ProfileStore
    from companion.protocols import fabric_drivers
    from companion.trust.grants.actions import read_request
    from companion.trust.grants.names import key_ending
    from companion.trust.grants.texts import read_text

    text = read_text(command.path, "-grant-request")
    name, driver, asked = read_request(text)
    key = key_ending(asked.holder)
    fabrics = tuple(name for name in fabric_drivers() if name in asked.parts)
    held = _to_pass_on(grants, name)
    sites = sorted({*_sites(grants), *(site for each in held for site in each.terms.places.sites)})
    own = tuple(each for made in fabrics for each in fabric_drivers()[made].own_fabrics(grants.identity))
    clouds = tuple(
        (each.name, each.endpoint)
        for each in ProfileStore(services.data_dir).profiles()
        if each.declared.for_delegates
    )
    return GrantAsked(text, asked.name, key, driver.enforcement, tuple(sites), fabrics, held, own, clouds)


def _to_pass_on(grants: Grants, protocol: str) -> tuple[GrantRecord, ...]:
    """Held grants of which others may have a part."""
    from companion.errors import OutsideGrant
    from companion.trust.grants.terms import Right

    found = []
    for each in grants.registry.grants.all(held=True):
        if each.protocol == protocol and Right.DELEGATE in each.terms.rights:
            with suppress(OutsideGrant):
                grants.check_alive(each)
                found.append(each)
    return tuple(found)


def _signed(command: SignGrant, grants: Grants, services: Services) -> GrantSigned:
    from companion.clouds.profile import granted
    from companion.clouds.store import ProfileStore
    from companion.trust.grants.terms import TermsRequest
    from companion.trust.grants.texts import write_text

    endpoint, profile = "", None
    if isinstance(command.terms, TermsRequest):
        held = grants.registry.grants.one(f"id:{command.under}")
        record = grants.issue_under(held, command.request, command.terms)
    else:
        if command.cloud:
            profile = granted(ProfileStore(services.data_dir).find(command.cloud).as_text())
        endpoint = services.answering_endpoint() if profile is None else profile.endpoint
        record = grants.issue(
            command.request,
            command.terms,
            endpoint=endpoint,
            fabrics=command.fabrics,
            fabric=command.fabric,
            cloud=profile,
        )
    write_text(record.text, command.path)
    return GrantSigned(record, command.path, endpoint, command.cloud)


def _taken(command: ImportGrant, grants: Grants, services: Services) -> GrantTaken:
    from companion.trust.grants.texts import read_text

    return GrantTaken(grants.take(read_text(command.path, "-grant")))


def _revoked(command: RevokeGrant, grants: Grants, services: Services) -> GrantsListed:
    from companion.clouds.delegates import DelegateCas

    record = grants.registry.grants.one(f"id:{command.grant}")
    grants.revoke(record)
    services.renew_crl()
    DelegateCas(services.data_dir).switch_off_all([record])
    return _listed(grants)


def _sites(grants: Grants) -> tuple[str, ...]:
    return tuple(sorted({each.site for each in grants.registry.devices() if each.site}))


_ACTS: dict[type, Callable[..., object]] = {
    ReadRequest: _asked,
    SignGrant: _signed,
    ImportGrant: _taken,
    RevokeGrant: _revoked,
    LoseHolder: _lost,
    BringHome: _home,
}
