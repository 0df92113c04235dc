"""Ownership vouchers of FDO, as files of others."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from companion.vouchers.keys import KeyKind, read_public
from companion.vouchers.verification import check_voucher
from companion.vouchers.voucher import VoucherUnreadable, read_voucher
from tests.vouchers.samples import Maker, pem, private_key


def ownership_vouchers(data: bytes) -> None:
    """As CBOR and in PEM; whatever is read can be checked and told."""
    for content in (data, pem(data)):
        with suppress(VoucherUnreadable):
            voucher = read_voucher(content)
            assert all(str(each.reason) for each in check_voucher(voucher))
    with suppress(ValueError):
        read_public(data)


def seeds() -> dict[str, list[bytes]]:
    """One that was not handed on, and one that was."""
    return {
        "ownership_vouchers": [Maker().made(), Maker().hand_on(private_key(KeyKind.P256)).made()],
    }


OWNERSHIP_VOUCHERS: dict[str, Callable[[bytes], None]] = {"ownership_vouchers": ownership_vouchers}
