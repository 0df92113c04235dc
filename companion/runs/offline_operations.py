"""Ownership operations that need no device: make a transfer token, cancel it, revoke certificates."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from companion.errors import NothingToRevoke, TokenMissing, WrongOwnerKey
from companion.events import RevocationReason, TokenCancelled, TokenEnd, TokenEnded, TokenOffered
from companion.link_counts import LinkCounts
from companion.model import Commissioned, DeviceIdentity, Possession
from companion.outcome import Outcome, Result
from companion.protocols import TransferTerms
from companion.registry.lookup import by_id
from companion.registry.records import NO_RADIO
from companion.runs.ownership import owned_device, ownership_driver

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.identity.crl import Publication
    from companion.registry import DeviceRecord, Registry, RevocationRecord, TokenRecord
    from companion.secret import Secret


def issue_token(
    record: DeviceRecord,
    terms: TransferTerms,
    *,
    identity: Identity,
    registry: Registry,
    save: Callable[[Secret], None],
) -> Outcome:
    """Make a transfer token without the device. The registry knows of it before `save` gets it.

    Raises MethodUnavailable, QueryFirst, WrongOwnerKey, and what `save` raises; then the token is cancelled.
    """
    if not _is_owned_with(identity.owner.public, record):
        raise WrongOwnerKey("the device was set up with another owner key and would reject the token")
    driver, memory = ownership_driver(record.protocol), registry.memory(record.protocol, identity.vault)
    offered = driver.make_token(owned_device(record), terms, identity, memory)
    run = registry.begin_run(ecosystem=record.protocol, radio=NO_RADIO)
    registry.append(run, TokenOffered(record.id, offered.token))
    try:
        save(offered.text)
    except BaseException:
        registry.append(run, TokenEnded(offered.token.id, TokenEnd.CANCELLED))
        raise
    return _finished(registry, run, record, Possession.OFFERED, "transfer")


def cancel(
    record: DeviceRecord, token: str | None, *, identity: Identity, registry: Registry
) -> tuple[TokenRecord, ...]:
    """Cancel the device's token of this id (or a beginning of it), or all that are out. The device has to be
    told: it takes them until the next session.

    Returns them as they are then. Raises TokenMissing, TooManyCancelled.
    """
    out = [each for each in record.tokens if each.is_out and each.id.startswith(token or "")]
    if not out or (token is not None and len(out) > 1):
        raise TokenMissing(wanted=record.name if token is None else token)
    driver, memory = ownership_driver(record.protocol), registry.memory(record.protocol, identity.vault)
    run = registry.begin_run(ecosystem=record.protocol, radio=NO_RADIO)
    for each in out:
        # What will reach the device comes first: after a kill in between, the same command records the rest.
        driver.cancel_token(each.id, identity, memory)
        registry.append(run, TokenCancelled(each.id))
    _finished(registry, run, record, Possession.OFFERED, "cancel")
    ids = {each.id for each in out}
    return tuple(each for each in registry.device(by_id(record.id)).tokens if each.id in ids)


@dataclass(frozen=True)
class RevokedDevice:
    """The end of a revocation, and the certificates that were believed until then.

    published: the revocation list, where one was written before and so again
    """

    outcome: Outcome
    certificates: Sequence[RevocationRecord]
    published: Publication | None = None


def revoke(record: DeviceRecord, reason: RevocationReason, registry: Registry) -> RevokedDevice:
    """From when this returns nobody here believes a certificate of the device; lists for others come next.

    Raises NothingToRevoke for a device that never got one from here.
    """
    if not any(credential.kind == "ldevid" for credential in record.credentials):
        raise NothingToRevoke(name=record.name)
    run = registry.begin_run(ecosystem=record.protocol, radio=NO_RADIO)
    certificates = registry.revoke(run, record.id, reason)
    return RevokedDevice(_finished(registry, run, record, Possession.REVOKED, "revoke"), certificates)


def _finished(
    registry: Registry, run: str, record: DeviceRecord, possession: Possession, operation: str
) -> Outcome:
    """The record of what was done without the device."""
    done = Commissioned(
        device=DeviceIdentity(record.id, record.name, record.model, record.serial, record.firmware),
        method=record.method,
        identity_key=record.identity_key,
        possession=possession,
    )
    outcome = Outcome(
        Result.DONE, run, record.protocol, (), LinkCounts(), commissioned=done, operation=operation
    )
    return replace(outcome, record=registry.finish_run(run, outcome))


def _is_owned_with(owner: bytes, record: DeviceRecord) -> bool:
    """False if the record says that the device was given another owner key."""
    ours = hashlib.sha256(owner).hexdigest()
    given = [one for one in record.credentials if one.kind == "owner" and one.replaced is None]
    return all(one.details["key"] == ours for one in given)
