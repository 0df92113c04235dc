"""What proofs ask of RP1: whose grants a list ends, and who took a device for its owner."""

from __future__ import annotations

from typing import Any

import pytest

from companion.encoding import cose, es256
from companion.encoding.cbor import MalformedCbor
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials import grants, item_signatures, revocation_list
from companion.protocols.rp1.credentials.grants import Grant, Scope
from companion.protocols.rp1.credentials.items import Owner
from companion.protocols.rp1.credentials.revocation_list import RevocationList
from companion.protocols.rp1.transaction import receipt
from companion.protocols.rp1.transaction.receipt import BadReceipt, Receipt
from companion.protocols.rp1.transaction.receipt_reader import Reader

OWNER, HALL, JIG, DEVICE = (es256.generate() for _ in range(4))
RIGHTS = Scope.ONBOARD | Scope.DELEGATE
FIRST = Grant(es256.point(HALL), RIGHTS, 2_000, 5, b"cti hall", depth=1)
SECOND = Grant(es256.point(JIG), Scope.ONBOARD, 2_000, 5, b"cti  jig")
TX = b"8 octets"


def by(key: Any) -> cose.Signer:
    return lambda message: es256.sign(key, message)


CHAIN = (grants.sign(by(OWNER), FIRST), grants.sign(by(HALL), SECOND))


def listed(floor: int = 0, cti: bytes | None = None, holder: Any = None, time: int = 60) -> bytes:
    ids = frozenset() if cti is None else frozenset({cti})
    keys = frozenset() if holder is None else frozenset({revocation_list.key_id(es256.point(holder))})
    return revocation_list.sign(by(OWNER), RevocationList(floor, ids, keys, time, 7))


@pytest.mark.parametrize(
    ("said", "links"),
    [
        ({}, ()),
        ({"floor": 5}, ()),
        ({"floor": 6}, (0, 1)),
        ({"cti": FIRST.cti}, (0,)),
        ({"cti": SECOND.cti}, (1,)),
        ({"holder": JIG}, (1,)),
        ({"cti": bytes(8)}, ()),
    ],
    ids=["empty", "floor reached", "floor above", "first", "second", "holder", "another"],
)
def test_a_list_ends_grants_by_number_holder_and_floor(said: dict[str, Any], links: tuple[int, ...]) -> None:
    revocations = listed(**said)
    ended = Reader().ended(revocations, es256.point(OWNER), CHAIN)
    assert (ended.links, ended.counter, ended.at.timestamp()) == (links, 7, 60)
    assert Reader().ended(revocations, es256.point(OWNER), ()).links == ()


def test_a_list_of_another_owner_or_of_no_time_is_none() -> None:
    with pytest.raises(ValueError, match="signature"):
        Reader().ended(listed(), es256.point(HALL), ())
    with pytest.raises(BadReceipt, match="time"):
        Reader().ended(listed(time=1 << 60), es256.point(OWNER), CHAIN)


def test_a_device_was_taken_by_the_holder_of_the_last_grant_and_nobody_else() -> None:
    fp = crypto.fingerprint(es256.point(DEVICE))
    item = Owner(es256.point(OWNER), 6, grant_floor=5, grants=CHAIN)
    taking = item_signatures.taking(item_signatures.sign_owner(by(JIG), item, fp, TX))
    said = Receipt(TX, bytes(32), bytes(32), 6, "S-1", bytes(32))
    signed = receipt.sign(by(DEVICE), said)
    key, holder = es256.point(DEVICE), es256.point(JIG)
    Reader().check_taking(taking, signed, key, CHAIN, holder)
    for chain, by_whom in ((CHAIN[:1], holder), (CHAIN, es256.point(HALL))):
        with pytest.raises(BadReceipt, match="did not sign"):
            Reader().check_taking(taking, signed, key, chain, by_whom)
    with pytest.raises(MalformedCbor):
        Reader().check_taking(b"\xa0", signed, key, CHAIN, holder)
