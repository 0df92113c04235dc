"""Ownership vouchers of FDO, as files of others, and what rendezvous servers answer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache

from companion.vouchers.announcement import Accepted, Address, Announcement, AnswerUnusable, Refused
from companion.vouchers.extension import read_next_owner
from companion.vouchers.keys import KeyKind
from companion.vouchers.verification import check_voucher
from companion.vouchers.voucher import Voucher, VoucherUnreadable, read_voucher
from tests.vouchers.samples import Maker, Signing, pem, private_key


def ownership_vouchers(data: bytes) -> None:
    """As CBOR and in PEM; whatever is read can be checked and told."""
    for content in (data, pem(data)):
        with suppress(VoucherUnreadable):
            voucher = read_voucher(content)
            assert all(str(each.reason) for each in check_voucher(voucher))
    with suppress(ValueError):
        read_next_owner(data)


def rendezvous_answers(data: bytes) -> None:
    """What a rendezvous server says: the type of the message, its length, its octets, and so on."""
    voucher, signer = _owned()
    announcement = Announcement(voucher, signer, [Address("owner.example", 8043, "https")], seconds=9)
    announcement.begin()
    with suppress(Refused, AnswerUnusable):
        while data:
            number, size = data[0], data[1] if len(data) > 1 else 0
            step = announcement.take(number, data[2 : 2 + size])
            data = data[2 + size :]
            if isinstance(step, Accepted):
                assert 0 <= step.seconds <= 9
                return


@cache
def _owned() -> tuple[Voucher, Signing]:
    made = Maker().hand_on(private_key(KeyKind.P256))
    return read_voucher(made.made()), Signing(made.owners[0])


def seeds() -> dict[str, list[bytes]]:
    """One that was not handed on, and one that was."""
    return {
        "ownership_vouchers": [Maker().made(), Maker().hand_on(private_key(KeyKind.P256)).made()],
        "rendezvous_answers": [
            b"\x15\x12\x81\x50" + bytes(16) + b"\x17\x04\x81\x19\x0e\x10",
            b"\xff\x09\x85\x18\x65\x16\x62no\x01\xf6",
        ],
    }


OWNERSHIP_VOUCHERS: dict[str, Callable[[bytes], None]] = {
    "ownership_vouchers": ownership_vouchers,
    "rendezvous_answers": rendezvous_answers,
}
