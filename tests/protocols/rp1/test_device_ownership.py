"""The owner's acts at the device, by himself and by others: reset, transfer, grants, vouchers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.identity.owner import OwnerKey
from companion.protocols.rp1 import (
    aborts,
    cbor,
    cose,
    crypto,
    fragment,
    grants,
    info,
    item_signatures,
    items,
    messages,
    transfer_token,
)
from companion.protocols.rp1.aborts import Abort, PeerAbort
from companion.protocols.rp1.attestation import Trust
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.grants import Grant, Scope
from companion.protocols.rp1.handshake import CommissionerTerms, OwnerAuthority
from companion.protocols.rp1.items import ItemType
from companion.protocols.rp1.messages import M1
from companion.protocols.rp1.methods import KEY_OWNER, Method, Mode, Standing
from companion.protocols.rp1.operations import Commit, Csr, Final, Op, Verify
from companion.protocols.rp1.results import decode_facts
from companion.protocols.rp1.transfer_token import TransferToken
from tests.protocols.rp1.bench import (
    NOW,
    OWNER,
    PRODUCT,
    TX,
    WIFI,
    DeviceBench,
    Requester,
    requester,
)

TX2, TX3 = b"another!", b"a third!"
LATER = NOW + 3600


def owner_item(key: OwnerKey = OWNER, *, lock: bool = False, depth: int = 1, tx: bytes = TX) -> bytes:
    item = items.Owner(key.public, 1, lock, depth)
    return items.encode(item_signatures.sign_owner(key.sign, item, PRODUCT.fp, tx))


def owned(*, lock: bool = False) -> DeviceBench:
    """A device that OWNER owns, without a live session."""
    session = requester()
    manifest = session.stage_all(owner=owner_item(lock=lock))
    session.ask(Op.VERIFY, Verify(manifest, 5))
    receipt = session.ask(Op.COMMIT, Commit(manifest)).result[1]
    assert isinstance(receipt, bytes)
    session.ask(Op.FINAL, Final(crypto.sha256(receipt)))
    session.device.disconnect()
    return session.device


def act(
    device: DeviceBench,
    mode: Mode,
    *,
    key: OwnerKey = OWNER,
    authority: OwnerAuthority | None = None,
) -> Requester:
    """An owner's session. Raises PeerAbort."""
    session = Requester(device, method=KEY_OWNER)
    session.identity_key = PRODUCT.point
    session.secure(
        CommissionerTerms(
            device.connect(),
            KEY_OWNER,
            mode,
            trust=Trust(known=frozenset({PRODUCT.fp})),
            owner=authority or OwnerAuthority(key.public, key.sign),
        )
    )
    return session


def refusal(device: DeviceBench, mode: Mode, authority: OwnerAuthority) -> int:
    with pytest.raises(PeerAbort) as refused:
        act(device, mode, authority=authority)
    device.disconnect()
    return refused.value.code


def epoch_of(device: DeviceBench, key: OwnerKey) -> int:
    return decode_facts(act(device, Mode.RESET, key=key).ask(Op.FACTS).result).epoch


# --- rotate and reset -------------------------------------------------------------------------------


def test_rotating_is_about_certificates_only() -> None:
    session = act(owned(), Mode.ROTATE)
    wifi = items.encode(WIFI)
    assert session.stage(ItemType.WIFI, wifi, TX2) == Abort.NOT_AUTHORISED
    assert session.ask(Op.CSR, Csr(), TX2).status == 0
    assert session.ask(Op.RESET, tx=TX2).status == Abort.NOT_AUTHORISED


@pytest.mark.parametrize("lock", [False, True])
def test_the_owners_reset_leads_to_unowned_lock_or_not(lock: bool) -> None:
    device = owned(lock=lock)
    session = act(device, Mode.RESET)
    assert session.ask(Op.CSR, Csr()).status == Abort.NOT_AUTHORISED
    assert session.ask(Op.RESET).status == 0
    assert device.machine.standing is Standing.UNOWNED
    assert device.machine.settings.settings == {}
    Requester(device).open().own(TX2)


def test_a_locked_device_stays_its_owners_after_a_button_reset() -> None:
    device = owned(lock=True)
    device.press(Press.RESET)
    assert device.machine.standing is Standing.OWNED
    assert set(device.machine.settings.settings) == {ItemType.OWNER}
    assert device.machine.settings.key is None
    digest = info.digest(device.connect())
    m1 = M1(bytes(8), (1,), 1, 31, Method.OOB, Mode.ONBOARD, digest, bytes(32))
    device.write(fragment.split(messages.encode_m1(m1), 244)[0].data)
    said = aborts.decode(device.notified[0][3:])
    assert said.code == Abort.NOT_AUTHORISED, "the label is worth nothing to a thief"
    assert act(device, Mode.REPROVISION).ask(Op.CSR, Csr(), TX2).status == 0


def test_in_provisional_the_old_slots_lock_decides() -> None:
    device = owned(lock=True)
    session = act(device, Mode.REPROVISION)
    unlocked = owner_item(lock=False, tx=TX2)
    manifest = session.stage_all(TX2, owner=unlocked)
    session.ask(Op.VERIFY, Verify(manifest, 5), TX2)
    assert session.ask(Op.COMMIT, Commit(manifest), TX2).status == 0
    device.press(Press.RESET)
    assert device.machine.standing is Standing.OWNED


# --- transfer ---------------------------------------------------------------------------------------


BUYER = OwnerKey.generate()


def token(*, seller: OwnerKey = OWNER, **changes: object) -> bytes:
    usual = TransferToken(PRODUCT.serial, crypto.sha256(BUYER.public), 2, LATER, wipe=True)
    return transfer_token.sign(seller.sign, replace(usual, **changes))  # type: ignore[arg-type]  # a test's shorthand


def buyer(signed: bytes | None, key: OwnerKey = BUYER) -> OwnerAuthority:
    return OwnerAuthority(key.public, key.sign, token=signed)


@pytest.mark.parametrize("wipe", [True, False])
def test_a_device_is_sold_once(wipe: bool) -> None:
    device = owned()
    signed = token(wipe=wipe)
    session = act(device, Mode.TRANSFER, authority=buyer(signed))
    assert session.ask(Op.FACTS).status == session.ask(Op.QUERY).status == 0
    assert session.ask(Op.CSR, Csr(), TX2).status == Abort.NOT_AUTHORISED
    kept = set(device.machine.settings.settings)
    rest = set() if wipe else set(ItemType) - {ItemType.THREAD, ItemType.TIME}
    assert kept == {ItemType.OWNER} | rest
    assert epoch_of(device, BUYER) == 2
    assert refusal(device, Mode.REPROVISION, OwnerAuthority(OWNER.public, OWNER.sign)) == Abort.NOT_AUTHENTIC
    assert refusal(device, Mode.TRANSFER, buyer(signed)) == Abort.NOT_AUTHENTIC, "the seller owns no more"


@pytest.mark.parametrize("mode", [Mode.REPROVISION, Mode.TRANSFER])
def test_a_signed_word_with_an_unknown_key_is_malformed(mode: Mode) -> None:
    """It is the owner's, but of a version that the device does not know: no reason to call it forged."""

    def later(signed: bytes, label: cose.Label) -> bytes:
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
    assert act(owned(), Mode.REPROVISION, authority=work).ask(Op.FACTS).status == 0
    sold = act(owned(), Mode.TRANSFER, authority=buyer(token(serial=lower)))
    assert sold.ask(Op.FACTS).status == 0


def test_a_token_can_be_read_without_its_signers_key() -> None:
    assert transfer_token.unverified(token()) == transfer_token.read(token(), OWNER.public)
    with pytest.raises(transfer_token.BadToken):
        transfer_token.unverified(b"no token")


def test_a_sale_survives_a_power_cut() -> None:
    device = owned()
    act(device, Mode.TRANSFER, authority=buyer(token()))
    device.boot()
    assert epoch_of(device, BUYER) == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"serial": "RP1-0002"}, Abort.NOT_AUTHENTIC),
        ({"new_owner_sha256": bytes(32)}, Abort.NOT_AUTHENTIC),
        ({"epoch": 1}, Abort.GRANT),
        ({"expires": NOW - 1}, Abort.GRANT),
        ({"seller": BUYER}, Abort.NOT_AUTHENTIC),
    ],
)
def test_a_token_that_does_not_hold_changes_nothing(changes: dict[str, object], code: Abort) -> None:
    device = owned()
    assert refusal(device, Mode.TRANSFER, buyer(token(**changes))) == code  # type: ignore[arg-type]
    assert act(device, Mode.REPROVISION).ask(Op.FACTS).status == 0


def test_a_transfer_needs_a_token_and_nothing_else_takes_one() -> None:
    device = owned()
    assert refusal(device, Mode.TRANSFER, buyer(None, OWNER)) == Abort.NOT_AUTHORISED
    thief = OwnerAuthority(OWNER.public, OWNER.sign, token=token())
    assert refusal(device, Mode.REPROVISION, thief) == Abort.NOT_AUTHORISED


# --- grants -----------------------------------------------------------------------------------------


PLUMBER, APPRENTICE = OwnerKey.generate(), OwnerKey.generate()


def grant(holder: OwnerKey = PLUMBER, **changes: object) -> Grant:
    usual = Grant(holder.public, Scope.WIFI, LATER, 1, bytes(8), (PRODUCT.serial,))
    return replace(usual, **changes)  # type: ignore[arg-type]  # a test's shorthand


def delegate(*chain: tuple[OwnerKey, Grant], holder: OwnerKey = PLUMBER) -> OwnerAuthority:
    signed = tuple(grants.sign(signer.sign, one) for signer, one in chain)
    return OwnerAuthority(OWNER.public, holder.sign, grants=signed)


def test_a_delegate_does_what_his_grant_says() -> None:
    session = act(owned(), Mode.REPROVISION, authority=delegate((OWNER, grant())))
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
    session = act(owned(), Mode.REPROVISION, authority=delegate((OWNER, grant())))
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
    session = act(device, Mode.REPROVISION)
    session.finish_with({8: items.encode(items.Label("Lamp", "Hall", "Harbour"))}, TX2)
    at_site = delegate((OWNER, grant(where=(grants.Site("Harbour"),))))
    assert act(device, Mode.REPROVISION, authority=at_site).ask(Op.FACTS).status == 0


def test_a_grant_may_be_passed_on_within_its_limits() -> None:
    device = owned()
    parent = grant(scope=Scope.WIFI | Scope.DELEGATE, depth=1)
    child = grant(APPRENTICE)
    chain = delegate((OWNER, parent), (PLUMBER, child), holder=APPRENTICE)
    assert act(device, Mode.REPROVISION, authority=chain).ask(Op.FACTS).status == 0
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


def test_a_limited_grant_is_used_up_by_transactions_that_became_final() -> None:
    device = owned()
    authority = delegate((OWNER, grant(max_uses=2)))
    for number in range(2):
        act(device, Mode.REPROVISION, authority=authority)
        device.boot()
        session = act(device, Mode.REPROVISION, authority=authority)
        assert work_off(session, b"work-%03d" % number, b"Speicher %d" % number) == 0
        device.boot()
    assert refusal(device, Mode.REPROVISION, authority) == Abort.GRANT


def test_only_the_owners_own_grants_can_be_limited() -> None:
    parent = grant(scope=Scope.WIFI | Scope.DELEGATE, depth=1)
    child = grant(APPRENTICE, max_uses=5)
    chain = delegate((OWNER, parent), (PLUMBER, child), holder=APPRENTICE)
    assert refusal(owned(), Mode.REPROVISION, chain) == Abort.NOT_AUTHENTIC


def test_a_grant_from_below_the_floor_is_refused() -> None:
    device = owned()
    session = act(device, Mode.REPROVISION)
    item = item_signatures.sign_owner(
        OWNER.sign, items.Owner(OWNER.public, 1, grant_floor=2), PRODUCT.fp, TX2
    )
    session.finish_with({6: items.encode(item)}, TX2)
    device.disconnect()
    assert refusal(device, Mode.REPROVISION, delegate((OWNER, grant(epoch=1)))) == Abort.GRANT
    assert (
        act(device, Mode.REPROVISION, authority=delegate((OWNER, grant(epoch=2)))).ask(Op.FACTS).status == 0
    )


@pytest.mark.parametrize(("now", "code"), [(NOW, Abort.GRANT), (NOW + 10, None)])
def test_a_grant_may_begin_later_where_the_device_has_a_clock(now: int, code: int | None) -> None:
    device = owned()
    later = delegate((OWNER, grant(not_before=NOW + 10)))
    assert act(device, Mode.REPROVISION, authority=later).ask(Op.FACTS).status == 0, "without a clock"
    device.wall = lambda: float(now)
    device.boot()
    if code is not None:
        assert refusal(device, Mode.REPROVISION, later) == code
    else:
        assert act(device, Mode.REPROVISION, authority=later).ask(Op.FACTS).status == 0


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
