"""What delegates say of devices that sign no receipts, brought home.

There a delegate's word is all there is. Under one grant its statements are a chain (number, and hash of the
one before), so their order is signed, and so is what is missing. Between two grants nothing is: a record that
came by another way is never replaced by a statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from companion.errors import AccountInvalid, RecordMissing
from companion.link_counts import LinkCounts
from companion.model import Commissioned
from companion.outcome import Outcome, Result
from companion.protocols import EntryFlaw, FabricDriver, FabricStatement, InvalidEntry
from companion.registry.lookup import by_id
from companion.registry.records import BRING_HOME, NO_RADIO
from companion.trust.anomalies.records import Arrival, Ending, Onboarding
from companion.trust.grants.actions import Grants, read_grant
from companion.trust.grants.bounds import Act, breach
from companion.trust.grants.names import key_id
from companion.trust.grants.order import Place
from companion.trust.grants.record import GrantRecord
from companion.trust.grants.terms import Bound, Right

if TYPE_CHECKING:
    from companion.protocols import Memory
    from companion.registry.records import CredentialRecord, DeviceRecord

OTHERWISE_OURS = "ours"
"""A device of the owner's that came by another way: a delegate's word alone does not replace its record."""
_HOME = "statements-home"
"""For each grant: by number, the hashes of the statement that came home first and of the one before it."""
_MOST = 4096
_PLACES = {Arrival.HELD_BACK: Place.OLDER, Arrival.TWICE: Place.UNKNOWN}


def checked(
    grants: Grants, fabric: FabricDriver, number: int, entry: tuple[str, bytes]
) -> tuple[GrantRecord, FabricStatement] | InvalidEntry:
    """What a delegate says that it let into the owner's fabric, with the grant."""
    name, signed = entry
    if not name:
        return InvalidEntry(number, EntryFlaw.SHAPE)
    try:
        grant = grants.registry.grants.one(f"id:{name}")
        if grant.held:
            raise AccountInvalid("a grant that was not issued here")
    except (RecordMissing, AccountInvalid) as error:
        return InvalidEntry(number, EntryFlaw.GRANTS, detail=error.detail)
    try:
        return grant, fabric.check_statement(signed, read_grant(grant.text), grants.identity)
    except AccountInvalid as error:
        return InvalidEntry(number, EntryFlaw.STATEMENT, detail=error.detail)


def enter(
    grants: Grants, protocol: str, grant: GrantRecord, said: FabricStatement
) -> tuple[str, str | None, bool]:
    """Record one. Returns the device's id, why services refuse it (None: they do not), and whether it is no
    news."""
    registry, memory = grants.registry, grants.memory(protocol)
    known = registry.device_of_key(said.identity_key)
    given: Sequence[CredentialRecord] = ()
    if known is not None:
        given = registry.device(by_id(known.id)).credentials
        if any(each.details.get("fingerprint") == said.certificate for each in given):
            return known.id, None, True
        given = [each for each in given if each.replaced is None]
        through = said.credentials[0].details["intermediate"]
        if not any(each.details.get("intermediate") == through for each in given):
            return known.id, OTHERWISE_OURS, False
    arrives = arrival(said, given, memory)
    refused = _beyond(grants, grant, said, known)
    stands = _PLACES.get(arrives, Place.NEWEST) if known is not None else Place.NEWEST
    if refused is None and stands is not Place.NEWEST:
        refused = stands.value
    run = registry.begin_run(ecosystem=protocol, radio=NO_RADIO)
    superseded = stands is not Place.NEWEST
    done = Commissioned(
        said.device, "grant", said.credentials, identity_key=said.identity_key, superseded=superseded
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
        site=said.site,
    )
    device = registry.finish_run(run, outcome)
    assert device is not None
    registry.grants.admit(said.certificate, grant.id, device, refused)
    registry.alerts.take_in([_onboarding(said, run, arrives)])
    return device, refused, False


def arrival(said: FabricStatement, current: Sequence[CredentialRecord], memory: Memory) -> Arrival:
    """How it arrives; its hash is kept. current: what the device has from the same delegate."""
    kept = memory.get(_HOME) or {}
    home = kept.get(said.grant, {})
    own, before, after = (str(said.number + step) for step in (0, -1, 1))
    mark = [said.digest.hex(), said.before.hex()]
    if own not in home:
        ordered = sorted({**home, own: mark}.items(), key=lambda each: int(each[0]))
        memory.put(_HOME, {**kept, said.grant: dict(ordered[-_MOST:])})
    if home.get(own, mark) != mark:
        return Arrival.TWICE
    if (before in home and home[before][0] != mark[1]) or (after in home and home[after][1] != mark[0]):
        return Arrival.TWICE
    numbers = (each.details.get("statement") for each in current)
    if any(number is not None and int(number) > said.number for number in numbers):
        return Arrival.HELD_BACK
    return Arrival.IN_ORDER if said.number == 1 or before in home else Arrival.GAP


def _beyond(
    grants: Grants, grant: GrantRecord, said: FabricStatement, known: DeviceRecord | None
) -> str | None:
    """Which bound of the grant it exceeds."""
    others = grants.registry.grants.admitted_devices(grant.id) - {known.id if known is not None else ""}
    act = Act(Right.ONBOARD, said.at, said.device.serial or "", said.site or None, devices=len(others))
    bound = breach(replace(grant.terms, hours=None, max_uses=None), act)
    # A statement says whole seconds.
    if bound is None and grant.revoked is not None and said.at >= grant.revoked.replace(microsecond=0):
        return Bound.REVOKED.value
    return bound.value if bound is not None else None


def _onboarding(said: FabricStatement, run: str, arrives: Arrival) -> Onboarding:
    """What the anomaly rules see of it: the delegate's word, and no receipt."""
    return Onboarding(
        run=run,
        time=said.at,
        ending=Ending.ONBOARDED,
        actor=key_id(said.holder),
        identity_key=said.identity_key,
        serial=said.device.serial,
        site=said.site or None,
        model=said.device.model,
        firmware=said.device.firmware,
        request=None,
        grant=said.grant,
        receipt=False,
        arrival=arrives,
    )
