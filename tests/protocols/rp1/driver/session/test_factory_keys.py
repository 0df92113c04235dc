"""Methods that rest on what the user put in place before: factory keys and makers' vouchers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion import errors
from companion.claims import Evidence
from companion.encoding import es256
from companion.events import Secured
from companion.protocols import Order
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials import transfer_token, vouchers
from companion.protocols.rp1.methods import Standing
from companion.secret import Secret
from tests.protocols.rp1.support.bench import PRODUCT
from tests.protocols.rp1.support.driver_bench import DriverBench, ListeningBench, with_code

MAKER = es256.private_key(bytes(31) + b"\x09")
FOREVER = 2_000_000_000
PSK = bytes(range(32, 48))


def voucher(bench: DriverBench, **changes) -> str:
    """The maker assigns the device to whoever sits at this bench."""
    owner = crypto.sha256(bench.identity.owner.public)
    assigned = vouchers.Voucher(PRODUCT.serial, owner, expires=FOREVER)
    signed = vouchers.sign(lambda message: es256.sign(MAKER, message), replace(assigned, **changes))
    return signed.hex()


def assigned_desk() -> DriverBench:
    """A device that takes its maker's vouchers, and whose key is in the inventory."""
    bench = DriverBench(device=ListeningBench(product=replace(PRODUCT, manufacturers=(es256.point(MAKER),))))
    bench.memory.put("keys", {PRODUCT.fp.hex(): PRODUCT.point.hex()})
    return bench


async def test_a_voucher_leads_on_from_the_key_alone():
    bench = assigned_desk()
    bench.order = Order(method="key", extra={"voucher": voucher(bench)})
    assert (await bench.commission()).method == "key"
    assert bench.device.machine.standing is Standing.OWNED


async def test_a_voucher_is_shown_once_although_the_link_goes():
    bench = assigned_desk()
    bench.order = Order(method="key", extra={"voucher": voucher(bench)})
    ends = iter([False] * 14 + [True])
    bench.spoil = lambda kind: kind == "notification" and next(ends, False)
    assert (await bench.commission()).confirmed
    assert bench.dialer.dialled == 2


@pytest.mark.parametrize(
    "changes", [{"serial": "another"}, {"owner_sha256": bytes(32)}, {"expires": 1}], ids=lambda one: str(*one)
)
async def test_a_voucher_that_does_not_fit_is_named(changes):
    bench = assigned_desk()
    bench.order = Order(method="key", extra={"voucher": voucher(bench, **changes)})
    with pytest.raises(errors.VoucherRefused):
        await bench.commission()
    assert bench.device.machine.standing is Standing.UNOWNED


async def test_a_wrong_factory_key_is_named_by_its_id():
    bench = with_code(device=ListeningBench(product=replace(PRODUCT, psks=((b"\x0a", Secret(PSK)),))))
    bench.memory.put_secret("psk/0a", bytes(16))
    bench.order = Order(method="psk", extra={"psk_id": "0a"})
    with pytest.raises(errors.WrongFactoryKey) as refused:
        await bench.commission()
    assert "“0a”" in refused.value.title_text
    bench.memory.put_secret("psk/0a", PSK)
    done = await bench.commission()
    (secured,) = [each for each in bench.reporter.told if isinstance(each, Secured)]
    assert (secured.method, secured.handshake) == ("psk", done.handshake)
    assert secured.session.evidence == {Evidence.SHARED_KEY}


@pytest.mark.parametrize("signed", [b"", b"\x80", b"\xa0", b"\x84\x01\x02\x03\x04"])
def test_what_is_no_signed_object_is_neither_voucher_nor_token(signed):
    with pytest.raises(vouchers.BadVoucher):
        vouchers.look(signed)
    with pytest.raises(transfer_token.BadToken):
        transfer_token.unverified(signed)
