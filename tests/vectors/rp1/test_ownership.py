"""The product's items 6, lists and receipts against the vectors."""

from __future__ import annotations

from typing import Any

import pytest

from companion.encoding import cbor
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials import item_signatures, items, revocation_list
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.credentials.revocation_list import RevocationList
from companion.protocols.rp1.transaction import receipt
from companion.protocols.rp1.wire import results
from tests.vectors.rp1 import ownership
from tests.vectors.rp1.files import OWNERSHIP, load

VECTORS: dict[str, Any] = load(OWNERSHIP)


def octets(vector: dict[str, Any], name: str) -> bytes:
    return bytes.fromhex(vector[name])


def test_the_file_is_what_its_maker_makes() -> None:
    made = ownership.make()
    assert {name: VECTORS[name] for name in made} == made


@pytest.mark.parametrize("vector", VECTORS["items_6"])
def test_item_6_and_its_signature(vector: dict[str, Any]) -> None:
    fp, tx, signer = (octets(vector, name) for name in ("fp", "tx", "signer"))
    item = items.decode(ItemType.OWNER, octets(vector, "item"))
    assert isinstance(item, items.Owner)
    terms = [item.epoch, item.reset_lock, item.delegation_depth, item.offline, item.grant_floor]
    assert (terms, [grant.hex() for grant in item.grants]) == (vector["terms"], vector["grants"])
    assert item_signatures.owner_message(item, fp, tx) == octets(vector, "message")
    assert item_signatures.owner_signed(item, fp, tx, signer)
    assert items.encode(item) == octets(vector, "item")


@pytest.mark.parametrize("vector", VECTORS["lists"])
def test_lists_and_the_reply_that_names_one(vector: dict[str, Any]) -> None:
    signed = octets(vector, "signed")
    expected = RevocationList(
        vector["floor"],
        frozenset(map(bytes.fromhex, vector["ids"])),
        frozenset(map(bytes.fromhex, vector["keys"])),
        vector["time"],
        vector["counter"],
    )
    assert revocation_list.read(signed, octets(vector, "owner_key")) == expected
    held = results.ListHeld(vector["counter"], signed)
    assert cbor.encode(results.encode_list_held(held)) == octets(vector, "reply")


@pytest.mark.parametrize("vector", VECTORS["receipts"])
def test_receipts(vector: dict[str, Any]) -> None:
    signed, key = octets(vector, "signed"), octets(vector, "identity_key")
    read = receipt.read(signed, key)
    assert (read.time, read.list_counter) == (vector["time"], vector["list_counter"])
    assert read.owner_sha256 == crypto.sha256(octets(vector, "owner_key"))
    assert read.grants_sha256 == item_signatures.grants_digest(
        [bytes.fromhex(one) for one in vector["grants"]]
    )
