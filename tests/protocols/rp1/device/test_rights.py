"""Which requests a device takes in which state and from whom, and how a transaction ends (section 9)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.identity.owner import OwnerKey
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort, PeerAbort
from companion.protocols.rp1.credentials import items
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.methods import KEY_OWNER, Standing
from companion.protocols.rp1.wire.operations import Commit, Csr, Entropy, Op, Stage, Verify
from companion.protocols.rp1.wire.results import TxState
from tests.protocols.rp1.support.bench import PRODUCT, WIFI, Requester, owner_of, requester
from tests.protocols.rp1.support.device_queries import LABEL, OTHER_TX, digest_of, state_of


def statuses(session: Requester, *ops: Op) -> list[int]:
    args = {
        Op.CSR: Csr(),
        Op.STAGE: Stage(8, 0, LABEL, len(LABEL), crypto.sha256(LABEL)),
        Op.VERIFY: Verify(bytes(32), 0),
        Op.COMMIT: Commit(bytes(32)),
        Op.ENTROPY: Entropy(bytes(32)),
    }
    return [session.ask(op, args.get(op), OTHER_TX).status for op in ops]


def test_a_provisional_device_takes_no_new_transaction() -> None:
    session = requester()
    session.commit_all()
    refused = statuses(session, Op.CSR, Op.STAGE, Op.VERIFY, Op.ENTROPY, Op.RESET)
    assert refused == [Abort.NOT_AUTHORISED] * 5


def test_after_final_a_session_only_looks_back() -> None:
    session = requester()
    session.own()
    refused = statuses(session, Op.CSR, Op.STAGE, Op.VERIFY, Op.COMMIT, Op.ABORT_TX, Op.ENTROPY)
    assert refused == [Abort.NOT_AUTHORISED] * 6
    assert statuses(session, Op.FACTS, Op.QUERY) == [0, 0]


def test_onboarding_takes_no_owners_acts() -> None:
    session = requester()
    refused = statuses(session, Op.RESET, Op.TRANSFER, Op.GRANT, Op.VOUCHER)
    assert refused == [Abort.NOT_AUTHORISED] * 4
    assert statuses(session, Op.ENTROPY) == [0]


def test_unknown_transactions_are_unknown() -> None:
    session = requester()
    assert statuses(session, Op.VERIFY, Op.COMMIT, Op.ABORT_TX) == [Abort.TX_UNKNOWN] * 3
    assert state_of(session, OTHER_TX) is TxState.UNKNOWN


def test_eight_zeros_open_no_transaction() -> None:
    session = requester()
    stage = Stage(8, 0, LABEL, len(LABEL), crypto.sha256(LABEL))
    refused = [session.ask(op, args, bytes(8)).status for op, args in ((Op.CSR, Csr()), (Op.STAGE, stage))]
    assert refused == [Abort.MALFORMED] * 2


def test_a_committed_transaction_is_not_opened_again() -> None:
    session = requester()
    session.own()
    later = owner_of(session.device)
    assert later.ask(Op.CSR, Csr()).status == Abort.NOT_AUTHORISED


def test_abort_tx_forgets_what_is_staged() -> None:
    session = requester()
    session.stage_all()
    assert session.ask(Op.ABORT_TX).status == 0
    assert state_of(session) is TxState.UNKNOWN
    assert session.device.machine.settings.settings == {}


def test_abort_tx_takes_a_flip_back_for_ever() -> None:
    session = requester()
    session.commit_all()
    assert session.ask(Op.ABORT_TX).status == 0
    assert session.device.machine.standing is Standing.UNOWNED
    assert state_of(session) is TxState.REVERTED
    assert session.ask(Op.CSR, Csr()).status == Abort.TX_UNKNOWN
    session.device.boot()
    again = Requester(session.device).open()
    assert again.stage(ItemType.LABEL, LABEL) == Abort.TX_UNKNOWN
    assert state_of(again) is TxState.REVERTED


def test_a_reprovisioning_keeps_what_it_does_not_touch() -> None:
    session = requester()
    session.own()
    later = owner_of(session.device)
    other = items.encode(replace(WIFI, ssid=b"Speicher"))
    assert later.stage(ItemType.WIFI, other, OTHER_TX) == 0
    manifest = digest_of((3, other))
    assert later.ask(Op.VERIFY, Verify(manifest, 1), OTHER_TX).status == 0
    signed = later.ask(Op.COMMIT, Commit(manifest), OTHER_TX).result[1]
    assert isinstance(signed, bytes)
    settings = session.device.machine.settings
    assert settings.settings[ItemType.WIFI] == replace(WIFI, ssid=b"Speicher")
    assert len(settings.settings) == 7 and settings.key is not None
    assert later.ask(Op.ABORT_TX, tx=OTHER_TX).status == 0
    assert session.device.machine.settings.settings[ItemType.WIFI] == WIFI
    assert session.device.machine.standing is Standing.OWNED


def test_a_stranger_is_no_owner() -> None:
    session = requester()
    session.own()
    stranger = Requester(session.device, method=KEY_OWNER)
    stranger.owner = OwnerKey.generate()
    stranger.identity_key = PRODUCT.point
    with pytest.raises(PeerAbort) as refused:
        stranger.open()
    assert refused.value.code == Abort.NOT_AUTHENTIC
