"""Ownership vouchers as the window shows them: ours, broken, saved and announced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from PySide6.QtWidgets import QWidget

from companion.registry.lists import DeviceRow
from companion.vouchers.exchange.store import Announced
from companion.vouchers.keys import KeyForm
from companion.vouchers.verification import check_voucher
from companion.vouchers.voucher import read_voucher
from tests.vouchers.samples import Maker, issue
from ui.engine.vouchers import VoucherRead
from ui.pages.devices.page import DevicesPage
from ui.present.registry import devices, vouchers

NOW = datetime(2026, 12, 1, 9, 34, tzinfo=UTC)
NAMES = ("Kestrel Devices", "Nordlicht Logistik", "Hafen Systems", "Werft 12")
FILE = Path("gateway.pem")


def key(number: int) -> ec.EllipticCurvePrivateKey:
    """Always the same, so that pictures stay the same."""
    return ec.derive_private_key(number, ec.SECP256R1())


class Named(Maker):
    """Whose owners have certificates with their names."""

    def public(self, key: Any) -> list[Any]:
        number = key.private_numbers().private_value
        name = NAMES[number - 1] if number <= len(NAMES) else f"Dealer {number}"
        return [int(self.kind), int(self.form), [issue(key, key, name)]]


@cache
def read(owners: int, *, wrong: int = 0, **told: Any) -> VoucherRead:
    """A voucher that went through so many hands, of which one is signed by somebody else."""
    guid = bytes.fromhex("2f1c7b60a94d4e0fb1d35a8c77e20914")
    made = Named(form=KeyForm.CHAIN, guid=guid, device="Edge gateway G7", manufacturer=key(1))
    for number in range(1, owners + 1):
        made.hand_on(key(number + 1), by=key(9999) if number == wrong else None)
    voucher = read_voucher(made.made())
    return VoucherRead(FILE.name, FILE, voucher, tuple(check_voucher(voucher)), **told)


def page(told: VoucherRead) -> DevicesPage[DeviceRow]:
    """The devices page with it in the list's place."""
    shown: DevicesPage[DeviceRow] = DevicesPage(
        lambda row: devices.device(row.record, now=NOW), devices.state_words()
    )
    view = vouchers.voucher(told, NOW)
    shown.voucher.show_view(view)
    shown.open_inspection(shown.voucher, view.name, view.place)
    return shown


def _sample(make: Callable[[], VoucherRead]) -> Callable[[], QWidget]:
    return lambda: page(make())


ours = _sample(lambda: read(2, ours=True))
broken = _sample(lambda: read(3, wrong=2, ours=False))
announced = _sample(
    lambda: read(
        1,
        saved=True,
        ours=True,
        announced=Announced("https://rv.example", (), 7200, NOW, NOW + timedelta(hours=2)),
    )
)
