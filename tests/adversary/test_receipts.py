"""A device that signs a receipt for another owner, epoch, list or chain of grants than the run's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from companion.errors import ReceiptInvalid
from companion.protocols import Order, OwnershipOperation
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.driver.session.connection import Connection
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.transaction import receipt
from companion.trust.grants.terms import Right
from tests.protocols.rp1.driver.test_ownership import WORK, held, owned
from tests.protocols.rp1.support.delegation import Play, terms
from tests.protocols.rp1.support.driver_bench import with_code

LIES = ("epoch", "list_counter", "owner_sha256", "grants_sha256")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The aborts that the app sends."""
    codes: list[int] = []
    plain = Connection.abort

    async def abort(self: Connection, code: Abort) -> object:
        codes.append(code)
        return await plain(self, code)

    monkeypatch.setattr(Connection, "abort", abort)
    return codes


def lie(monkeypatch: pytest.MonkeyPatch, field: str) -> None:
    """From here on the device's receipts say something else in this field, under its own signature."""
    plain = receipt.sign

    def sign(signer: object, told: receipt.Receipt) -> bytes:
        true = getattr(told, field)
        false = true + 1 if isinstance(true, int) else bytes(32)
        return plain(signer, replace(told, **{field: false}))  # type: ignore[arg-type]

    monkeypatch.setattr(receipt, "sign", sign)


@pytest.mark.parametrize("field", LIES)
async def test_a_new_device_with_a_false_receipt_is_not_finished(
    field: str, monkeypatch: pytest.MonkeyPatch, said: list[int]
) -> None:
    bench = with_code()
    lie(monkeypatch, field)
    with pytest.raises(ReceiptInvalid):
        await bench.commission()
    assert bench.device.machine.standing is Standing.UNOWNED, "it was called off"
    assert said == [Abort.NOT_AUTHENTIC]


@pytest.mark.parametrize("field", LIES)
@pytest.mark.parametrize("operation", [OwnershipOperation.REPROVISION, OwnershipOperation.ROTATE])
async def test_an_owned_device_with_a_false_receipt_keeps_what_it_had(
    operation: OwnershipOperation, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = await owned()
    bench.order = Order(wifi=WORK if operation is OwnershipOperation.REPROVISION else None)
    before = dict(held(bench))
    lie(monkeypatch, field)
    with pytest.raises(ReceiptInvalid):
        await bench.operate(operation)
    assert held(bench) == before and bench.device.machine.standing is Standing.OWNED


@pytest.mark.parametrize("field", LIES)
async def test_a_delegate_takes_no_receipt_for_other_grants(
    field: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = Play(tmp_path)
    await play.owner.commission()
    worker = play.delegate()
    play.give(play.owner, worker, terms(Right.NETWORKS))
    worker.order = Order(wifi=WORK)
    before = dict(held(worker))
    lie(monkeypatch, field)
    with pytest.raises(ReceiptInvalid):
        await worker.operate(OwnershipOperation.REPROVISION)
    assert held(worker) == before
