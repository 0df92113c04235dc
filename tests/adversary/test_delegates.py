"""Who got hold of an owner's words: stolen delegate keys, tokens used again, time moved by others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.identity.owner import OwnerKey
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort, PeerAbort
from companion.protocols.rp1.credentials import (
    grants,
    item_signatures,
    items,
    revocation_list,
    transfer_token,
)
from companion.protocols.rp1.credentials.grants import Grant, Scope
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.credentials.revocation_list import RevocationList
from companion.protocols.rp1.credentials.transfer_token import TransferToken
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.device.transaction import owner_terms
from companion.protocols.rp1.handshake import OwnerAuthority
from companion.protocols.rp1.methods import Mode, Standing
from companion.protocols.rp1.wire.operations import Commit, Csr, Op, RevokeState
from tests.adversary import broken
from tests.adversary.test_ownership import floor_of, owner_item, session_owns, signed_time
from tests.protocols.rp1.support.bench import NOW, OWNER, PRODUCT, TX, WIFI, DeviceBench, Requester, requester
from tests.protocols.rp1.support.owner_lists import owner_session
from tests.protocols.rp1.support.raw_session import OTHER_TX

DELEGATE, THIEF, BUYER = OwnerKey.generate(), OwnerKey.generate(), OwnerKey.generate()
LATER = NOW + 3600


def owned(*, depth: int = 0) -> DeviceBench:
    session = requester()
    owner = items.Owner(OWNER.public, 1, delegation_depth=depth)
    session_owns(session, owner=items.encode(item_signatures.sign_owner(OWNER.sign, owner, PRODUCT.fp, TX)))
    session.device.disconnect()
    return session.device


def refusal(device: DeviceBench, authority: OwnerAuthority, mode: Mode = Mode.REPROVISION) -> int:
    with pytest.raises(PeerAbort) as refused:
        owner_session(device, mode, authority=authority)
    device.disconnect()
    return refused.value.code


def himself(key: OwnerKey) -> OwnerAuthority:
    return OwnerAuthority(key.public, key.sign)


# --- a stolen delegate key -------------------------------------------------------------------------------

GRANT = Grant(DELEGATE.public, Scope.WIFI, LATER, 1, b"cti-0001", (PRODUCT.serial,))


def by_grant(*chain: tuple[OwnerKey, Grant], holder: OwnerKey = DELEGATE) -> OwnerAuthority:
    signed = tuple(grants.sign(signer.sign, one) for signer, one in chain)
    return OwnerAuthority(OWNER.public, holder.sign, grants=signed)


STOLEN = by_grant((OWNER, GRANT))


def test_a_stolen_delegate_key_has_its_scope_and_no_more():
    session = owner_session(owned(), authority=STOLEN)
    assert session.stage(ItemType.WIFI, items.encode(replace(WIFI, ssid=b"Thief")), OTHER_TX) == 0
    assert session.ask(Op.CSR, Csr(), OTHER_TX).status == Abort.NOT_AUTHORISED
    for kind in set(ItemType) - {ItemType.WIFI, ItemType.THREAD}:
        assert session.stage(kind, b"\xa0", OTHER_TX) == Abort.NOT_AUTHORISED
    assert session.ask(Op.ABORT_TX, None, TX).status == Abort.NOT_AUTHORISED
    assert session.ask(Op.ABORT_TX, None, OTHER_TX).status == 0, "what it began itself"


@pytest.mark.parametrize("mode", [Mode.TRANSFER, Mode.RESET])
def test_a_stolen_delegate_key_neither_sells_nor_resets(mode):
    device = owned()
    try:
        session = owner_session(device, mode, authority=STOLEN)
    except PeerAbort as refused:
        assert refused.code == Abort.NOT_AUTHORISED
    else:
        assert session.ask(Op.RESET).status == Abort.NOT_AUTHORISED
    assert device.machine.standing is Standing.OWNED


def test_a_stolen_delegate_key_dies_with_its_grant():
    assert refusal(owned(), by_grant((OWNER, replace(GRANT, expires=NOW - 1)))) == Abort.GRANT


def test_a_stolen_delegate_key_dies_with_the_floor():
    device = owned()
    owner_session(device, authority=STOLEN)
    device.disconnect()
    session = owner_session(device, authority=himself(OWNER))
    session_owns(session, OTHER_TX, owner=owner_item(tx=OTHER_TX, floor=2))
    device.disconnect()
    assert refusal(device, STOLEN) == Abort.GRANT


def test_a_thief_passes_nothing_on_and_makes_no_grant_of_his_own():
    device = owned(depth=1)
    further = replace(GRANT, holder=THIEF.public)
    assert refusal(device, by_grant((OWNER, GRANT), (DELEGATE, further), holder=THIEF)) == 9
    assert refusal(device, by_grant((THIEF, further), holder=THIEF)) == 9
    assert refusal(device, by_grant((OWNER, GRANT), holder=THIEF)) == 9
    borrowed = OwnerAuthority(THIEF.public, DELEGATE.sign, grants=STOLEN.grants)
    assert refusal(device, borrowed) == 9


@pytest.mark.parametrize(
    "wider",
    [
        {"scope": Scope.WIFI | Scope.READ},
        {"expires": LATER + 1},
        {"where": (grants.EVERYWHERE,)},
        {"depth": 1},
        {"epoch": 9},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_delegate_passes_on_no_more_than_he_has(wider):
    parent = replace(GRANT, scope=Scope.WIFI | Scope.DELEGATE, depth=1)
    child = replace(GRANT, holder=THIEF.public, **wider)
    chain = by_grant((OWNER, parent), (DELEGATE, child), holder=THIEF)
    assert refusal(owned(depth=1), chain) == Abort.NOT_AUTHENTIC


@pytest.mark.parametrize(
    "scope", [Scope.WIFI, Scope.ROTATE, sum(Scope, Scope(0))], ids=["wifi", "rotate", "all"]
)
def test_no_delegate_moves_the_time_floor(scope):
    """Neither by a time that he signs, nor by one that the owner signed for something else."""
    device = owned()
    before, session = (
        floor_of(device),
        owner_session(device, authority=by_grant((OWNER, replace(GRANT, scope=scope)))),
    )
    for time in (signed_time(DELEGATE, NOW + 900, OTHER_TX), signed_time(OWNER, NOW + 900, b"transact")):
        status = session.stage(ItemType.TIME, items.encode(time), OTHER_TX)
        assert status in (Abort.NOT_AUTHORISED, Abort.NOT_AUTHENTIC)
    assert floor_of(device) == before


# --- a transfer token ------------------------------------------------------------------------------------


def sold(seller: OwnerKey, to: OwnerKey, epoch: int, *, wipe: bool = False) -> OwnerAuthority:
    """The buyer with his token."""
    token = TransferToken(PRODUCT.serial, crypto.sha256(to.public), epoch, LATER, wipe)
    return OwnerAuthority(to.public, to.sign, token=transfer_token.sign(seller.sign, token))


def test_a_token_is_used_once():
    device, first = owned(), sold(OWNER, BUYER, 2)
    owner_session(device, Mode.TRANSFER, authority=first)
    assert refusal(device, first, Mode.TRANSFER) == Abort.NOT_AUTHENTIC


def test_a_token_is_used_once_even_when_the_seller_owns_the_device_again():
    device, first = owned(), sold(OWNER, BUYER, 2)
    owner_session(device, Mode.TRANSFER, authority=first)
    device.disconnect()
    owner_session(device, Mode.TRANSFER, authority=sold(BUYER, OWNER, 3))
    assert refusal(device, first, Mode.TRANSFER) == Abort.GRANT


def test_a_token_is_used_once_across_power_cuts_and_resets():
    device, first = owned(), sold(OWNER, BUYER, 2)
    owner_session(device, Mode.TRANSFER, authority=first)
    device.boot()
    device.press(Press.RESET)
    session, tx = Requester(device).open(), b"andagain"
    session_owns(session, tx, owner=owner_item(tx=tx, epoch=3))
    device.disconnect()
    assert refusal(device, first, Mode.TRANSFER) == Abort.GRANT


def test_a_found_token_is_worth_nothing_without_the_buyers_key():
    device = owned()
    found = replace(sold(OWNER, BUYER, 2), sign=THIEF.sign)
    assert refusal(device, found, Mode.TRANSFER) == Abort.NOT_AUTHENTIC
    assert refusal(device, replace(found, public=THIEF.public), Mode.TRANSFER) == Abort.NOT_AUTHENTIC
    assert device.machine.standing is Standing.OWNED


def test_a_sale_ends_what_the_seller_and_his_delegates_could_do():
    device = owned()
    owner_session(device, Mode.TRANSFER, authority=sold(OWNER, BUYER, 2))
    assert refusal(device, himself(OWNER)) == Abort.NOT_AUTHENTIC
    assert refusal(device, STOLEN) == Abort.NOT_AUTHENTIC
    device.disconnect()
    assert owner_session(device, authority=himself(BUYER)).ask(Op.FACTS).status == 0


def test_a_sale_ends_a_hand_over_under_way():
    """The seller's open transaction, and its resumption secret, die with his ownership."""
    device = owned()
    session = owner_session(device, authority=himself(OWNER))
    assert session.ask(Op.CSR, Csr(), OTHER_TX).status == 0
    device.disconnect()
    owner_session(device, Mode.TRANSFER, authority=sold(OWNER, BUYER, 2))
    device.disconnect()
    with pytest.raises(PeerAbort) as refused:
        session.reopen()
    assert refused.value.code == Abort.NOT_AUTHENTIC


def test_an_item_for_the_old_owner_does_not_commit_after_a_sale():
    device = owned()
    owner_session(device, Mode.TRANSFER, authority=sold(OWNER, BUYER, 2))
    device.disconnect()
    session = owner_session(device, authority=himself(BUYER))
    old = owner_item(tx=OTHER_TX, epoch=3)
    assert session.stage(ItemType.OWNER, old, OTHER_TX) == 0
    manifest = items.manifest({ItemType.OWNER: crypto.sha256(old)})
    assert session.ask(Op.COMMIT, Commit(manifest), OTHER_TX).status == Abort.NOT_AUTHORISED


# --- lists that are brought again, or by others -----------------------------------------------------------


def listed(*tokens: OwnerAuthority, signer: OwnerKey = OWNER, counter: int = 1) -> bytes:
    """The list that ends these tokens."""
    ids = frozenset(revocation_list.token_id(one.token or b"") for one in tokens)
    return revocation_list.sign(signer.sign, RevocationList(0, ids, frozenset(), NOW, counter))


def told(session: Requester, signed: bytes) -> int:
    """Bring the device a list; its status."""
    return session.ask(Op.REVOKE_STATE, RevokeState(signed), bytes(8)).status


def test_an_old_list_brought_again_does_not_let_a_cancelled_token_in():
    device, sale = owned(), sold(OWNER, BUYER, 65)
    old = listed(counter=1)
    session = owner_session(device, authority=himself(OWNER))
    assert (told(session, old), told(session, listed(sale, counter=2))) == (0, 0)
    assert told(session, old) == Abort.GRANT
    device.disconnect()
    carrier = owner_session(device, authority=STOLEN)
    assert told(carrier, old) == Abort.GRANT, "whoever carries it"
    device.disconnect()
    assert refusal(device, sale, Mode.TRANSFER) == Abort.GRANT


def test_nobody_but_the_owner_cancels_or_fills_the_list():
    device, sale = owned(), sold(OWNER, BUYER, 65)
    session = owner_session(device, authority=STOLEN)
    for signer in (DELEGATE, THIEF):
        assert told(session, listed(sale, signer=signer, counter=1 << 60)) == Abort.NOT_AUTHENTIC
    device.disconnect()
    assert told(owner_session(device, authority=himself(OWNER)), listed(counter=1)) == 0, (
        "the owner is not locked out of it"
    )
    device.disconnect()
    owner_session(device, Mode.TRANSFER, authority=sale)


def test_an_old_list_after_a_sale_and_back_neither_binds_nor_frees():
    """A sells to B and buys back: B's lists are void for A, and A's own are no older than they were."""
    device, first = owned(), sold(OWNER, BUYER, 65)
    before = listed(counter=5)
    assert told(owner_session(device, authority=himself(OWNER)), before) == 0
    device.disconnect()
    owner_session(device, Mode.TRANSFER, authority=first)
    device.disconnect()
    highest = (1 << 63) - 1
    assert told(owner_session(device, authority=himself(BUYER)), listed(signer=BUYER, counter=highest)) == 0
    device.disconnect()
    owner_session(device, Mode.TRANSFER, authority=sold(BUYER, OWNER, 129))
    device.disconnect()
    session = owner_session(device, authority=himself(OWNER))
    assert told(session, listed(signer=BUYER, counter=highest)) == Abort.NOT_AUTHENTIC
    second = sold(OWNER, BUYER, 193)
    assert told(session, listed(second, counter=6)) == 0, "the former owner's counter binds nobody"
    assert told(session, before) == Abort.GRANT
    device.disconnect()
    assert refusal(device, second, Mode.TRANSFER) == Abort.GRANT


def test_a_device_that_keeps_the_last_list_instead_of_the_newest_lets_the_token_in(monkeypatch):
    device, sale = owned(), sold(OWNER, BUYER, 65)
    old = listed(counter=1)
    monkeypatch.setattr(owner_terms, "check_list", broken.takes_any_list)
    session = owner_session(device, authority=himself(OWNER))
    assert (told(session, listed(sale, counter=2)), told(session, old)) == (0, 0)
    device.disconnect()
    owner_session(device, Mode.TRANSFER, authority=sale)
