"""What stands after a transfer and after a reset, and how requests that belong to no transaction are read."""

from __future__ import annotations

import pytest

from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.credentials.items import NO_TX, ItemType
from companion.protocols.rp1.methods import Mode, Standing
from companion.protocols.rp1.wire import results
from companion.protocols.rp1.wire.operations import Csr, Final, Op, Stage
from companion.protocols.rp1.wire.results import TxState
from tests.protocols.rp1.device.transaction.test_ownership import buyer, token
from tests.protocols.rp1.support.bench import TX
from tests.protocols.rp1.support.owner_lists import owned, owner_session

OTHER_TX = b"another!"


def test_a_transfer_is_final_and_has_no_receipt() -> None:
    session = owner_session(owned(), Mode.TRANSFER, authority=buyer(token()))
    tx = session.ask(Op.FACTS).result[7]
    assert session.ask(Op.QUERY, tx=tx).result == {1: int(TxState.FINAL)}
    assert session.ask(Op.FINAL, Final(bytes(32)), tx).status == Abort.TX_UNKNOWN
    again = owner_session(session.device, authority=buyer(None))
    assert again.ask(Op.FINAL, Final(bytes(32)), tx).status == Abort.TX_UNKNOWN


@pytest.mark.parametrize("tx", [NO_TX, TX, OTHER_TX])
def test_reset_and_facts_belong_to_no_transaction_and_the_session_stands(tx: bytes) -> None:
    device = owned()
    session = owner_session(device, Mode.RESET)
    assert session.ask(Op.RESET, tx=tx).status == 0
    assert device.machine.standing is Standing.UNOWNED
    assert session.ask(Op.FACTS, tx=tx).status == 0
    assert session.ask(Op.QUERY, tx=tx).result == {1: int(TxState.UNKNOWN)}
    assert session.ask(Op.CSR, Csr(), OTHER_TX).status == Abort.NOT_AUTHORISED


def test_an_odd_offset_starts_over_and_changes_nothing() -> None:
    session, digest = owner_session(owned()), crypto.sha256(b"x" * 40)
    odd = Stage(ItemType.LABEL, 20, b"x" * 20, 40, digest)
    assert session.ask(Op.STAGE, odd, OTHER_TX).result == {1: 0}
    assert session.ask(Op.STAGE, Stage(ItemType.LABEL, 0, b"x" * 20, 40, digest), OTHER_TX).result == {1: 20}
    other = Stage(ItemType.LABEL, 20, b"x" * 10, 30, crypto.sha256(b"x" * 30))
    assert session.ask(Op.STAGE, other, OTHER_TX).result == {1: 0}
    told = results.decode_transaction(session.ask(Op.QUERY, tx=OTHER_TX).result)
    assert told.offsets == {ItemType.LABEL: 20}
