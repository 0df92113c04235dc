"""Somebody holds a delegate's key and no app of ours: every act outside of the grant is tried at the device.

Each attack returns whether the device let it happen. Nothing is accepted by the device as it is; each device
that lacks the one protection accepts it, so that the attack is known to be one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from companion.identity.owner import OwnerKey
from companion.protocols.rp1.aborts import PeerAbort
from companion.protocols.rp1.credentials import grants, item_signatures, items
from companion.protocols.rp1.credentials.grants import Grant, Scope, Site, Terms
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device.transaction import checks
from companion.protocols.rp1.handshake import OwnerAuthority
from companion.protocols.rp1.methods import Mode, Standing
from companion.protocols.rp1.wire.operations import Commit, Csr, Final, Op
from tests.adversary import missing_protections
from tests.protocols.rp1.support.bench import (
    NOW,
    OWNER,
    PRODUCT,
    TX,
    WIFI,
    DeviceBench,
    Requester,
    requester,
)
from tests.protocols.rp1.support.owner_lists import a_list, hand_in, owner_item, owner_session

THIEF, FURTHER = OwnerKey.generate(), OwnerKey.generate()
LATER, TX2, TX3 = NOW + 3600, b"another!", b"a third!"
EVERY = Scope(sum(Scope) - Scope.RESERVED)
GRANT = Grant(THIEF.public, EVERY, LATER, 1, b"cti-0001", (PRODUCT.serial,), depth=1)
NETWORK = items.encode(replace(WIFI, ssid=b"Thief"))


def authority(*chain: Grant, holder: OwnerKey = THIEF) -> OwnerAuthority:
    signers = (OWNER, THIEF, FURTHER)
    signed = tuple(grants.sign(signer.sign, one) for signer, one in zip(signers, chain, strict=False))
    return OwnerAuthority(OWNER.public, holder.sign, grants=signed)


def device(
    *, depth: int = 1, floor: int = 0, site: str | None = None, clock: int | None = None
) -> DeviceBench:
    """A device of the owner's; clock: what its real clock shows, None: it has none."""
    session = requester()
    if clock is not None:
        session.device.wall = lambda: float(clock)
        session.device.boot()
        session = Requester(session.device).open()
    label = items.encode(items.Label("Lamp", "Hall", site))
    session.finish_with({ItemType.OWNER: owner_item(depth=depth, floor=floor), ItemType.LABEL: label})
    session.device.disconnect()
    return session.device


def lets_in(at: DeviceBench, by: OwnerAuthority, mode: Mode = Mode.REPROVISION) -> bool:
    """A session in which another network can be staged."""
    try:
        session = owner_session(at, mode, authority=by)
    except PeerAbort:
        at.disconnect()
        return False
    accepted = session.stage(ItemType.WIFI, NETWORK, TX2) == 0
    at.disconnect()
    return accepted


def hands_over(at: DeviceBench, by: OwnerAuthority, tx: bytes) -> bool:
    """A whole transaction with another network, to FINAL."""
    try:
        session = owner_session(at, authority=by)
        session.finish_with({ItemType.WIFI: NETWORK}, tx)
    except (PeerAbort, AssertionError):
        at.disconnect()
        return False
    at.disconnect()
    return True


# --- the attacks on a device that has an owner -------------------------------------------------------------


def scope() -> bool:
    at, reads = device(), replace(GRANT, scope=Scope.READ)
    stages = lets_in(at, authority(reads))
    session = owner_session(at, authority=authority(reads))
    certifies = session.ask(Op.CSR, Csr(), TX2).status == 0
    at.disconnect()
    session = owner_session(at, Mode.RESET, authority=authority(reads))
    resets = session.ask(Op.RESET).status == 0
    return stages or certifies or resets or at.machine.standing is not Standing.OWNED


def items_beyond_scope() -> bool:
    session = owner_session(device(), authority=authority(replace(GRANT, scope=Scope.WIFI)))
    beyond = set(ItemType) - {ItemType.WIFI, ItemType.THREAD}
    label = items.encode(items.Label("Mine", ""))
    return any(session.stage(kind, label, TX2) == 0 for kind in beyond)


def serial() -> bool:
    return lets_in(device(), authority(replace(GRANT, where=("other-1",))))


def site() -> bool:
    return lets_in(device(site="hall-2"), authority(replace(GRANT, where=(Site("hall-3"),))))


def depth() -> bool:
    return lets_in(device(depth=0), authority(GRANT))


def passed_on_wider() -> bool:
    wide = replace(GRANT, holder=FURTHER.public, where=(grants.EVERYWHERE,), depth=0, cti=b"cti-0002")
    return lets_in(device(), authority(GRANT, wide, holder=FURTHER))


def passed_on_without_the_right() -> bool:
    mine = replace(GRANT, scope=Scope.WIFI)
    theirs = replace(mine, holder=FURTHER.public, depth=0, cti=b"cti-0002")
    return lets_in(device(), authority(mine, theirs, holder=FURTHER))


def floor() -> bool:
    return lets_in(device(floor=2), authority(GRANT))


def listed(*, ids: tuple[bytes, ...] = (), holders: tuple[OwnerKey, ...] = (), up_to: int = 0) -> bool:
    at = device()
    session = owner_session(at)
    assert hand_in(session, a_list(1, ids=ids, holders=holders, floor=up_to))[0] == 0
    at.disconnect()
    return lets_in(at, authority(GRANT))


def listed_grant() -> bool:
    return listed(ids=(GRANT.cti,))


def listed_holder() -> bool:
    return listed(holders=(THIEF,))


def listed_floor() -> bool:
    return listed(up_to=2)


def listed_above() -> bool:
    """The list names who passed the right on, and the thief has what came of it."""
    at = device()
    assert hand_in(owner_session(at), a_list(1, holders=(THIEF,)))[0] == 0
    at.disconnect()
    further = replace(GRANT, holder=FURTHER.public, depth=0, cti=b"cti-0002")
    return lets_in(at, authority(GRANT, further, holder=FURTHER))


def uses() -> bool:
    at, once = device(), authority(replace(GRANT, max_uses=1))
    assert hands_over(at, once, TX2), "once is what it is for"
    return hands_over(at, once, TX3)


def expiry() -> bool:
    return lets_in(device(clock=LATER + 60), authority(GRANT))


def expiry_by_the_owners_word() -> bool:
    """A device without a clock learns from a list how late it is."""
    at = device()
    assert hand_in(owner_session(at), a_list(1, time=LATER + 60))[0] == 0
    at.disconnect()
    return lets_in(at, authority(GRANT))


def too_early() -> bool:
    return lets_in(device(clock=NOW), authority(replace(GRANT, not_before=NOW + 600)))


def forged() -> bool:
    signed = (grants.sign(THIEF.sign, GRANT),)
    return lets_in(device(), OwnerAuthority(OWNER.public, THIEF.sign, grants=signed))


def stolen_from_another_delegate() -> bool:
    return lets_in(device(), authority(replace(GRANT, holder=FURTHER.public)))


# --- the attacks on a new device ---------------------------------------------------------------------------

TAKES = replace(
    GRANT, scope=Scope.ONBOARD, depth=0, terms=Terms(reset_lock=True, delegation_depth=1, offline=True)
)


def taken(
    grant: Grant = TAKES,
    *,
    signer: OwnerKey = OWNER,
    holder: OwnerKey = THIEF,
    site: str | None = None,
    clock: int | None = None,
    tx: bytes = TX,
    with_list: bytes | None = None,
    **changes: Any,
) -> bool:
    """Item 6 by this grant, in mode 0, to FINAL. changes: of the item, beside what the grant says."""
    at = DeviceBench(wall=None if clock is None else lambda: float(clock))
    session = Requester(at).open()
    terms = grant.terms
    chain = (grants.sign(signer.sign, grant),)
    owner = items.Owner(
        OWNER.public, 1, terms.reset_lock, terms.delegation_depth, terms.offline, grant.epoch, chain
    )
    owner = item_signatures.sign_owner(holder.sign, replace(owner, **changes), PRODUCT.fp, tx)
    given = {ItemType.OWNER: items.encode(owner), ItemType.LABEL: items.encode(items.Label("L", "", site))}
    for kind, data in given.items():
        if session.stage(kind, data) != 0:
            return False
    if with_list is not None:
        hand_in(session, with_list)
    manifest = items.manifest({kind: _sha256(data) for kind, data in given.items()})
    reply = session.ask(Op.COMMIT, Commit(manifest))
    if reply.status:
        return False
    receipt = reply.result[1]
    assert isinstance(receipt, bytes)
    return session.ask(Op.FINAL, Final(_sha256(receipt))).status == 0


def _sha256(data: bytes) -> bytes:
    from companion.protocols.rp1.crypto import sha256

    return sha256(data)


def onboards_without_the_right() -> bool:
    return taken(replace(TAKES, scope=EVERY & ~Scope.ONBOARD))


def onboards_another_serial() -> bool:
    return taken(replace(TAKES, where=("other-1",)))


def onboards_at_another_site() -> bool:
    elsewhere = replace(TAKES, where=(Site("hall-3"),))
    return taken(elsewhere, site="hall-2") or taken(elsewhere)


def onboards_after_the_end() -> bool:
    return taken(clock=LATER + 60)


def onboards_under_a_list_that_names_it() -> bool:
    return taken(with_list=a_list(1, holders=(THIEF,)))


def onboards_under_a_list_whose_floor_is_above() -> bool:
    return taken(with_list=a_list(1, floor=2))


def onboards_on_other_terms() -> bool:
    others = ({"reset_lock": False}, {"delegation_depth": 9}, {"offline": False}, {"grant_floor": 0})
    return any(taken(**each) for each in others)


def onboards_for_an_owner_who_gave_no_grant() -> bool:
    return taken(signer=THIEF) or taken(signer=THIEF, key=OWNER.public)


def onboards_with_a_word_for_another_transaction() -> bool:
    return taken(tx=TX2)


def onboards_by_the_grant_of_somebody_else() -> bool:
    return taken(holder=FURTHER)


ATTACKS: list[tuple[Callable[[], bool], Callable[[pytest.MonkeyPatch], None]]] = [
    (scope, missing_protections.every_scope),
    (items_beyond_scope, missing_protections.every_scope),
    (serial, missing_protections.every_place),
    (site, missing_protections.every_place),
    (depth, missing_protections.every_depth),
    (passed_on_wider, missing_protections.every_child),
    (passed_on_without_the_right, missing_protections.every_child),
    (floor, missing_protections.no_floor),
    (listed_grant, missing_protections.no_list),
    (listed_holder, missing_protections.no_list),
    (listed_above, missing_protections.no_list),
    (listed_floor, missing_protections.no_floor),
    (uses, missing_protections.no_count),
    (expiry, missing_protections.no_time),
    (expiry_by_the_owners_word, missing_protections.no_time),
    (too_early, missing_protections.no_time),
    (forged, missing_protections.any_signature),
    (stolen_from_another_delegate, missing_protections.any_signature),
    (onboards_without_the_right, missing_protections.no_terms),
    (onboards_another_serial, missing_protections.every_place),
    (onboards_at_another_site, missing_protections.every_place),
    (onboards_after_the_end, missing_protections.no_time),
    (onboards_under_a_list_that_names_it, missing_protections.no_list),
    (onboards_under_a_list_whose_floor_is_above, missing_protections.no_place),
    (onboards_on_other_terms, missing_protections.no_terms),
    (onboards_for_an_owner_who_gave_no_grant, missing_protections.any_signature),
    (onboards_with_a_word_for_another_transaction, missing_protections.any_last_holder),
    (onboards_by_the_grant_of_somebody_else, missing_protections.any_last_holder),
]
in_turn = pytest.mark.parametrize(
    ("attack", "broken"), ATTACKS, ids=lambda each: each.__name__ if callable(each) else ""
)


@in_turn
def test_nothing_outside_of_a_grant_is_accepted(attack: Callable[[], bool], broken: object) -> None:
    assert attack() is False


@in_turn
def test_the_attack_succeeds_where_its_protection_is_missing(
    attack: Callable[[], bool],
    broken: Callable[[pytest.MonkeyPatch], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken(monkeypatch)
    assert attack() is True


def test_what_is_within_the_grant_is_accepted() -> None:
    """Otherwise a device that refuses everything would pass."""
    assert lets_in(device(), authority(GRANT)) and hands_over(device(), authority(GRANT), TX2)
    further = replace(GRANT, holder=FURTHER.public, depth=0, cti=b"cti-0002")
    assert lets_in(device(clock=NOW), authority(GRANT, further, holder=FURTHER))
    assert taken() and taken(replace(TAKES, where=(Site("hall-2"),)), site="hall-2", clock=NOW)


def test_a_device_that_was_taken_by_grant_takes_no_other_grant_before_its_owner_spoke() -> None:
    at = DeviceBench()
    session = Requester(at).open()
    chain = (grants.sign(OWNER.sign, TAKES),)
    owner = items.Owner(OWNER.public, 1, True, 1, True, 1, chain)
    owner = item_signatures.sign_owner(THIEF.sign, owner, PRODUCT.fp, TX)
    session.finish_with({ItemType.OWNER: items.encode(owner)})
    at.disconnect()
    assert not lets_in(at, authority(GRANT))
    assert hand_in(owner_session(at), a_list(1))[0] == 0
    at.disconnect()
    assert lets_in(at, authority(GRANT))


def test_item_6_by_grant_is_for_new_devices_alone() -> None:
    at = device()
    chain = (grants.sign(OWNER.sign, TAKES),)
    owner = items.Owner(OWNER.public, 2, True, 1, True, 1, chain)
    owner = item_signatures.sign_owner(THIEF.sign, owner, PRODUCT.fp, TX2)
    assert owner_session(at).stage(ItemType.OWNER, items.encode(owner), TX2) == checks.Abort.NOT_AUTHORISED
