"""A maker assigns a device to an owner, and to nobody else (section 6)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.identity.owner import OwnerKey
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.credentials import items, vouchers
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.handshake import CommissionerTerms
from companion.protocols.rp1.handshake.attestation import Trust
from companion.protocols.rp1.methods import Method, Standing
from companion.protocols.rp1.wire.operations import Commit, Csr, Op, Voucher
from tests.protocols.rp1.support.bench import (
    NOW,
    OWNER,
    PRODUCT,
    DeviceBench,
    Requester,
)
from tests.protocols.rp1.support.device_queries import OTHER_TX, owner_item

LATER = NOW + 3600
THIEF = OwnerKey.generate()
MAKER = OwnerKey.generate()
ASSIGNED = replace(PRODUCT, manufacturers=(THIEF.public, MAKER.public))


def assigned() -> Requester:
    """A session with method 8: the device proved its identity, the commissioner nothing yet."""
    device = DeviceBench(product=ASSIGNED)
    session = Requester(device, method=Method.KEY)
    trust = Trust(known=frozenset({PRODUCT.fp}))
    session.secure(CommissionerTerms(device.connect(), Method.KEY, trust=trust))
    return session


def voucher_for(
    session: Requester, *, maker: OwnerKey = MAKER, signer: OwnerKey = OWNER, **changes: object
) -> Voucher:
    agreed = session.machine._agreed
    assert agreed is not None
    th5 = agreed.master.th5
    usual = vouchers.Voucher(PRODUCT.serial, crypto.sha256(OWNER.public), nonce=th5[:16])
    signed = vouchers.sign(maker.sign, replace(usual, **changes))  # type: ignore[arg-type]  # a test's shorthand
    return Voucher(signed, OWNER.public, signer.sign(b"rp1 vouch" + th5))


@pytest.mark.parametrize("changes", [{}, {"serial": "rp1-0001"}, {"nonce": None, "expires": LATER}])
def test_a_voucher_opens_onboarding_for_its_owner(changes: dict[str, object]) -> None:
    session = assigned()
    assert session.ask(Op.CSR, Csr()).status == Abort.NOT_AUTHORISED
    assert session.ask(Op.FACTS).status == 0
    assert session.ask(Op.VOUCHER, voucher_for(session, **changes)).status == 0  # type: ignore[arg-type]
    session.own()
    assert session.device.machine.standing is Standing.OWNED


def test_a_voucher_lets_nobody_else_own_the_device() -> None:
    session = assigned()
    assert session.ask(Op.VOUCHER, voucher_for(session)).status == 0
    offline = owner_item(THIEF, offline=True)
    assert session.stage(ItemType.OWNER, offline) == 0
    manifest = items.manifest({6: crypto.sha256(offline)})
    assert session.ask(Op.COMMIT, Commit(manifest)).status == Abort.NOT_AUTHORISED
    session.device.boot()
    session.reopen()
    assert session.ask(Op.COMMIT, Commit(manifest)).status == Abort.NOT_AUTHORISED, "nor after a resume"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"maker": OWNER}, Abort.NOT_AUTHENTIC),
        ({"signer": THIEF}, Abort.NOT_AUTHENTIC),
        ({"serial": "RP1-0002"}, Abort.NOT_AUTHORISED),
        ({"owner_sha256": bytes(32)}, Abort.NOT_AUTHORISED),
        ({"nonce": bytes(16)}, Abort.GRANT),
        ({"nonce": None, "expires": NOW - 1}, Abort.GRANT),
        ({"nonce": None}, Abort.MALFORMED),
    ],
)
def test_a_voucher_that_does_not_hold_is_refused(changes: dict[str, object], code: Abort) -> None:
    session = assigned()
    assert session.ask(Op.VOUCHER, voucher_for(session, **changes)).status == code  # type: ignore[arg-type]
    assert session.ask(Op.CSR, Csr()).status == Abort.NOT_AUTHORISED


def test_a_voucher_is_spent_once_and_by_final() -> None:
    first = assigned()
    device = first.device
    shown = voucher_for(first, nonce=None, expires=LATER)
    assert first.ask(Op.VOUCHER, shown).status == 0
    first.commit_all()
    assert first.ask(Op.ABORT_TX).status == 0
    second = again(device)
    assert second.ask(Op.VOUCHER, voucher_for(second, nonce=None, expires=LATER)).status == 0, "not spent"
    second.own(OTHER_TX)
    device.boot()
    device.press(Press.RESET)
    third = again(device)
    assert third.ask(Op.VOUCHER, voucher_for(third, nonce=None, expires=LATER)).status == Abort.GRANT
    assert third.ask(Op.VOUCHER, voucher_for(third, nonce=None, expires=LATER + 1)).status == 0


def test_a_voucher_by_grant_is_not_served() -> None:
    session = assigned()
    shown = voucher_for(session)
    by_grant = replace(shown, grants=(shown.voucher,))
    assert session.ask(Op.VOUCHER, by_grant).status == Abort.NOT_AUTHORISED


def again(device: DeviceBench) -> Requester:
    """Another session with it by its key alone."""
    device.disconnect()
    session = Requester(device, method=Method.KEY)
    session.identity_key = PRODUCT.point
    trust = Trust(known=frozenset({PRODUCT.fp}))
    session.secure(CommissionerTerms(device.connect(), Method.KEY, trust=trust))
    return session
