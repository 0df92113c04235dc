"""Options of `commission` that only RP1 devices need, and how they reach its driver."""

from __future__ import annotations

import argparse
from pathlib import Path

from companion.errors import TrustUnusable


def add_rp1(parser: argparse.ArgumentParser) -> None:
    """The options."""
    rp1 = parser.add_argument_group("RP1 devices")
    rp1.add_argument("--psk-id", metavar="ID", help="the factory key to use, see `companion trust psk`")
    rp1.add_argument("--voucher", type=Path, metavar="F", help="the maker's voucher, with --method key")
    rp1.add_argument("--reset-lock", choices=("on", "off"), help="whether the button can set the device free")


def rp1_extra(arguments: argparse.Namespace) -> dict[str, str]:
    """What RP1's driver takes from `Order.extra`. Raises TrustUnusable for a file that is no voucher."""
    given: dict[str, str] = {}
    if arguments.psk_id:
        given["psk_id"] = arguments.psk_id.lower()
    if arguments.reset_lock:
        given["reset_lock"] = arguments.reset_lock
    if arguments.voucher:
        from companion.protocols.rp1 import vouchers

        try:
            content = arguments.voucher.read_bytes()
            vouchers.look(content)
        except (OSError, vouchers.BadVoucher) as error:
            raise TrustUnusable(f"{arguments.voucher.name}: {type(error).__name__}") from error
        given["voucher"] = content.hex()
    return given
