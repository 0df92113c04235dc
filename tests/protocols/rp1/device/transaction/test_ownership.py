"""Ownership operations at the device, by its owner and by others: reset, transfer, grants, vouchers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.identity.owner import OwnerKey
from companion.protocols.rp1 import aborts, crypto
from companion.protocols.rp1.aborts import Abort, PeerAbort
from companion.protocols.rp1.credentials import item_signatures, items, transfer_token
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.credentials.transfer_token import TransferToken
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.handshake import OwnerAuthority
from companion.protocols.rp1.methods import Method, Mode, Standing
from companion.protocols.rp1.wire import fragment, info, messages
from companion.protocols.rp1.wire.messages import M1
from companion.protocols.rp1.wire.operations import Commit, Csr, Final, Op, Verify
from companion.protocols.rp1.wire.results import decode_facts
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
from tests.protocols.rp1.support.owner_lists import owner_session

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


def refusal(device: DeviceBench, mode: Mode, authority: OwnerAuthority) -> int:
    with pytest.raises(PeerAbort) as refused:
        owner_session(device, mode, authority=authority)
    device.disconnect()
    return refused.value.code


def epoch_of(device: DeviceBench, key: OwnerKey) -> int:
    return decode_facts(owner_session(device, Mode.RESET, key=key).ask(Op.FACTS).result).epoch


# --- rotate and reset -------------------------------------------------------------------------------


def test_rotating_is_about_certificates_only() -> None:
    session = owner_session(owned(), Mode.ROTATE)
    wifi = items.encode(WIFI)
    assert session.stage(ItemType.WIFI, wifi, TX2) == Abort.NOT_AUTHORISED
    assert session.ask(Op.CSR, Csr(), TX2).status == 0
    assert session.ask(Op.RESET, tx=TX2).status == Abort.NOT_AUTHORISED


@pytest.mark.parametrize("lock", [False, True])
def test_the_owners_reset_leads_to_unowned_lock_or_not(lock: bool) -> None:
    device = owned(lock=lock)
    session = owner_session(device, Mode.RESET)
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
    assert owner_session(device, Mode.REPROVISION).ask(Op.CSR, Csr(), TX2).status == 0


def test_in_provisional_the_old_slots_lock_decides() -> None:
    device = owned(lock=True)
    session = owner_session(device, Mode.REPROVISION)
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
    session = owner_session(device, Mode.TRANSFER, authority=buyer(signed))
    assert session.ask(Op.FACTS).status == session.ask(Op.QUERY).status == 0
    assert session.ask(Op.CSR, Csr(), TX2).status == Abort.NOT_AUTHORISED
    kept = set(device.machine.settings.settings)
    rest = set() if wipe else set(ItemType) - {ItemType.THREAD, ItemType.TIME}
    assert kept == {ItemType.OWNER} | rest
    assert epoch_of(device, BUYER) == 2
    assert refusal(device, Mode.REPROVISION, OwnerAuthority(OWNER.public, OWNER.sign)) == Abort.NOT_AUTHENTIC
    assert refusal(device, Mode.TRANSFER, buyer(signed)) == Abort.NOT_AUTHENTIC, "the seller owns no more"


def test_a_token_can_be_read_without_its_signers_key() -> None:
    assert transfer_token.unverified(token()) == transfer_token.read(token(), OWNER.public)
    with pytest.raises(transfer_token.BadToken):
        transfer_token.unverified(b"no token")


def test_a_sale_survives_a_power_cut() -> None:
    device = owned()
    owner_session(device, Mode.TRANSFER, authority=buyer(token()))
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
    assert owner_session(device, Mode.REPROVISION).ask(Op.FACTS).status == 0


def test_a_transfer_needs_a_token_and_nothing_else_takes_one() -> None:
    device = owned()
    assert refusal(device, Mode.TRANSFER, buyer(None, OWNER)) == Abort.NOT_AUTHORISED
    thief = OwnerAuthority(OWNER.public, OWNER.sign, token=token())
    assert refusal(device, Mode.REPROVISION, thief) == Abort.NOT_AUTHORISED
