"""Who acts for an owner by grants, at the device."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.encoding import cbor, cose
from companion.identity.owner import OwnerKey
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.credentials import grants, item_signatures, items
from companion.protocols.rp1.credentials.grants import Grant, Scope
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.handshake import OwnerAuthority
from companion.protocols.rp1.methods import Mode
from companion.protocols.rp1.wire.operations import Commit, Csr, Entropy, Final, Op, Verify
from tests.protocols.rp1.device.transaction.test_ownership import buyer, owned, owner_item, refusal, token
from tests.protocols.rp1.support.bench import (
    NOW,
    OWNER,
    PRODUCT,
    WIFI,
    Requester,
    requester,
)
from tests.protocols.rp1.support.owner_lists import owner_session

TX2, TX3 = b"another!", b"a third!"
LATER = NOW + 3600


PLUMBER, APPRENTICE = OwnerKey.generate(), OwnerKey.generate()


def grant(holder: OwnerKey = PLUMBER, **changes: object) -> Grant:
    usual = Grant(holder.public, Scope.WIFI, LATER, 1, bytes(8), (PRODUCT.serial,))
    return replace(usual, **changes)  # type: ignore[arg-type]  # a test's shorthand


def delegate(*chain: tuple[OwnerKey, Grant], holder: OwnerKey = PLUMBER) -> OwnerAuthority:
    signed = tuple(grants.sign(signer.sign, one) for signer, one in chain)
    return OwnerAuthority(OWNER.public, holder.sign, grants=signed)


def test_a_delegate_does_what_his_grant_says() -> None:
    session = owner_session(owned(), Mode.REPROVISION, authority=delegate((OWNER, grant())))
    wifi = items.encode(replace(WIFI, ssid=b"Speicher"))
    assert session.stage(ItemType.WIFI, wifi, TX2) == 0
    assert session.ask(Op.CSR, Csr(), TX2).status == Abort.NOT_AUTHORISED
    assert session.stage(ItemType.OWNER, owner_item(tx=TX2), TX2) == Abort.NOT_AUTHORISED
    late = items.TimeFloor(LATER, OWNER.sign(item_signatures.time_message(TX2, LATER)))
    assert session.stage(ItemType.TIME, items.encode(late), TX2) == Abort.NOT_AUTHORISED
    manifest = items.manifest({3: crypto.sha256(wifi)})
    assert session.ask(Op.VERIFY, Verify(manifest, 1), TX2).status == 0
    assert session.ask(Op.COMMIT, Commit(manifest), TX2).status == 0


def test_a_resumed_delegate_has_no_more_rights() -> None:
    session = owner_session(owned(), Mode.REPROVISION, authority=delegate((OWNER, grant())))
    wifi = items.encode(WIFI)
    assert session.stage(ItemType.WIFI, wifi, TX2) == 0
    session.device.boot()
    session.reopen()
    assert session.ask(Op.CSR, Csr(), TX2).status == Abort.NOT_AUTHORISED
    assert session.stage(ItemType.WIFI, wifi, TX2) == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"expires": NOW - 1}, Abort.GRANT),
        ({"where": ("RP1-0002",)}, Abort.NOT_AUTHORISED),
        ({"depth": 2}, Abort.NOT_AUTHENTIC),
    ],
)
def test_a_grant_that_does_not_hold_is_refused(changes: dict[str, object], code: Abort) -> None:
    assert refusal(owned(), Mode.REPROVISION, delegate((OWNER, grant(**changes)))) == code  # type: ignore[arg-type]


def test_a_grant_may_name_the_site() -> None:
    device = owned()
    session = owner_session(device, Mode.REPROVISION)
    session.finish_with({8: items.encode(items.Label("Lamp", "Hall", "Harbour"))}, TX2)
    at_site = delegate((OWNER, grant(where=(grants.Site("Harbour"),))))
    assert owner_session(device, Mode.REPROVISION, authority=at_site).ask(Op.FACTS).status == 0


def test_a_grant_may_be_passed_on_within_its_limits() -> None:
    device = owned()
    parent = grant(scope=Scope.WIFI | Scope.DELEGATE, depth=1)
    child = grant(APPRENTICE)
    chain = delegate((OWNER, parent), (PLUMBER, child), holder=APPRENTICE)
    assert owner_session(device, Mode.REPROVISION, authority=chain).ask(Op.FACTS).status == 0
    for wrong in (
        replace(child, scope=Scope.WIFI | Scope.ROTATE),
        replace(child, expires=LATER + 1),
        replace(child, where=(grants.EVERYWHERE,)),
        replace(child, depth=1),
        replace(child, epoch=2),
    ):
        chain = delegate((OWNER, parent), (PLUMBER, wrong), holder=APPRENTICE)
        assert refusal(device, Mode.REPROVISION, chain) == Abort.NOT_AUTHENTIC
    undelegated = delegate((OWNER, grant(depth=1)), (PLUMBER, child), holder=APPRENTICE)
    assert refusal(device, Mode.REPROVISION, undelegated) == Abort.NOT_AUTHENTIC


def work_off(session: Requester, tx: bytes, ssid: bytes) -> int:
    """Another network by grant, to FINAL; the status of COMMIT."""
    wifi = items.encode(replace(WIFI, ssid=ssid))
    assert session.stage(ItemType.WIFI, wifi, tx) == 0
    manifest = items.manifest({3: crypto.sha256(wifi)})
    assert session.ask(Op.VERIFY, Verify(manifest, 1), tx).status == 0
    reply = session.ask(Op.COMMIT, Commit(manifest), tx)
    if not reply.status:
        receipt = reply.result[1]
        assert isinstance(receipt, bytes)
        for _ in range(2):
            assert session.ask(Op.FINAL, Final(crypto.sha256(receipt)), tx).status == 0
    return reply.status


@pytest.mark.parametrize("scope", [Scope(0), Scope.ONBOARD, Scope.READ, Scope.RESET])
def test_every_scope_hears_the_last_word_again_and_gives_none(scope: Scope) -> None:
    """A delegate that took a device for its owner may have lost FINAL's reply (section 10.4)."""
    session = requester()
    digest = crypto.sha256(session.commit_all())
    device = session.device
    said = session.ask(Op.FINAL, Final(digest)).result
    by_grant = owner_session(device, Mode.REPROVISION, authority=delegate((OWNER, grant(scope=scope))))
    assert by_grant.ask(Op.FINAL, Final(digest)).result == said
    refused = [
        by_grant.ask(op, args, TX2).status for op, args in ((Op.CSR, Csr()), (Op.ENTROPY, Entropy(bytes(32))))
    ]
    assert refused == [Abort.NOT_AUTHORISED] * 2


def test_a_grant_that_is_used_up_has_the_last_reply_again_and_opens_no_session_after_that() -> None:
    device = owned()
    authority = delegate((OWNER, grant(max_uses=1)))
    session = owner_session(device, Mode.REPROVISION, authority=authority)
    assert work_off(session, TX2, b"Speicher") == 0
    told = session.ask(Op.QUERY, tx=TX2)
    assert told.status == 0, "its session goes on"
    again, receipt = owner_session(device, Mode.REPROVISION, authority=authority), told.result[3]
    assert isinstance(receipt, bytes)
    assert again.ask(Op.QUERY, tx=TX2).result == told.result
    for op, args in ((Op.CSR, Csr()), (Op.ENTROPY, Entropy(bytes(32))), (Op.ABORT_TX, None)):
        assert again.ask(op, args, TX3).status == Abort.GRANT
    assert again.stage(ItemType.WIFI, items.encode(WIFI), TX3) == Abort.GRANT
    assert again.ask(Op.FINAL, Final(crypto.sha256(receipt)), TX2).status == 0
    device.boot()
    assert owner_session(device, Mode.RESET, authority=authority).ask(Op.RESET).status == Abort.GRANT
    owners = owner_session(device, Mode.REPROVISION)
    assert work_off(owners, TX3, b"Dach") == 0, "another transaction is the last one now"
    assert refusal(device, Mode.REPROVISION, authority) == Abort.GRANT


def test_a_limited_grant_is_used_up_by_transactions_that_became_final() -> None:
    device = owned()
    authority = delegate((OWNER, grant(max_uses=2)))
    for number in range(2):
        owner_session(device, Mode.REPROVISION, authority=authority)
        device.boot()
        session = owner_session(device, Mode.REPROVISION, authority=authority)
        assert work_off(session, b"work-%03d" % number, b"Speicher %d" % number) == 0
        device.boot()
    assert work_off(owner_session(device, Mode.REPROVISION), TX3, b"Dach") == 0
    assert refusal(device, Mode.REPROVISION, authority) == Abort.GRANT


def test_only_the_owners_own_grants_can_be_limited() -> None:
    parent = grant(scope=Scope.WIFI | Scope.DELEGATE, depth=1)
    child = grant(APPRENTICE, max_uses=5)
    chain = delegate((OWNER, parent), (PLUMBER, child), holder=APPRENTICE)
    assert refusal(owned(), Mode.REPROVISION, chain) == Abort.NOT_AUTHENTIC


def test_a_grant_from_below_the_floor_is_refused() -> None:
    device = owned()
    session = owner_session(device, Mode.REPROVISION)
    item = item_signatures.sign_owner(
        OWNER.sign, items.Owner(OWNER.public, 1, grant_floor=2), PRODUCT.fp, TX2
    )
    session.finish_with({6: items.encode(item)}, TX2)
    device.disconnect()
    assert refusal(device, Mode.REPROVISION, delegate((OWNER, grant(epoch=1)))) == Abort.GRANT
    assert (
        owner_session(device, Mode.REPROVISION, authority=delegate((OWNER, grant(epoch=2))))
        .ask(Op.FACTS)
        .status
        == 0
    )


@pytest.mark.parametrize(("now", "code"), [(NOW, Abort.GRANT), (NOW + 10, None)])
def test_a_grant_may_begin_later_where_the_device_has_a_clock(now: int, code: int | None) -> None:
    device = owned()
    later = delegate((OWNER, grant(not_before=NOW + 10)))
    assert owner_session(device, Mode.REPROVISION, authority=later).ask(Op.FACTS).status == 0, (
        "without a clock"
    )
    device.wall = lambda: float(now)
    device.boot()
    if code is not None:
        assert refusal(device, Mode.REPROVISION, later) == code
    else:
        assert owner_session(device, Mode.REPROVISION, authority=later).ask(Op.FACTS).status == 0


def test_a_grant_is_for_its_holder() -> None:
    stolen = delegate((OWNER, grant()), holder=APPRENTICE)
    assert refusal(owned(), Mode.REPROVISION, stolen) == Abort.NOT_AUTHENTIC


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {
            4: 0,
            7: bytes(8),
            8: {1: {1: 2, -1: 1, -2: bytes(32), -3: bytes(32)}},
            -70001: 2,
            -70002: [],
            -70003: 0,
            -70004: 0,
        },
        {
            4: 0,
            7: bytes(8),
            8: {1: {1: 1, -1: 1, -2: bytes(32), -3: bytes(32)}},
            -70001: 2,
            -70002: [],
            -70003: 0,
            -70004: 0,
        },
    ],
)
def test_what_is_no_grant_is_bad(payload: cbor.Value) -> None:
    with pytest.raises(grants.BadGrant):
        grants.read(cose.sign(OWNER.sign, cbor.encode(payload), "rp1 grant"), OWNER.public)


def test_grants_come_back_as_they_were() -> None:
    whole = grant(not_before=NOW, max_uses=3, where=("a", grants.Site("b")), depth=4, scope=Scope.READ)
    for each in (whole, replace(whole, terms=grants.Terms(True, 2, False), devices=40)):
        assert grants.read(grants.sign(OWNER.sign, each), OWNER.public) == each


@pytest.mark.parametrize("mode", [Mode.REPROVISION, Mode.TRANSFER])
def test_a_signed_word_with_an_unknown_key_is_malformed(mode: Mode) -> None:
    """It is the owner's, but of a version that the device does not know: no reason to call it forged."""

    def later(signed: bytes, label: str) -> bytes:
        payload = cbor.decode(cose.payload_of(signed))
        assert isinstance(payload, dict)
        return cose.sign(OWNER.sign, cbor.encode({**payload, 99: 0}), label)

    if mode is Mode.TRANSFER:
        word = buyer(later(token(), "rp1 xfer"))
    else:
        usual = grants.sign(OWNER.sign, grant())
        word = OwnerAuthority(OWNER.public, PLUMBER.sign, grants=(later(usual, "rp1 grant"),))
    assert refusal(owned(), mode, word) == Abort.MALFORMED


def test_serials_are_compared_without_case() -> None:
    lower = PRODUCT.serial.lower()
    assert lower != PRODUCT.serial
    work = delegate((OWNER, grant(where=(lower,))))
    assert owner_session(owned(), Mode.REPROVISION, authority=work).ask(Op.FACTS).status == 0
    sold = owner_session(owned(), Mode.TRANSFER, authority=buyer(token(serial=lower)))
    assert sold.ask(Op.FACTS).status == 0
