"""What a delegate may stage on an owned device: items 2 and 5 are the owner's to choose (section 10.4)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.identity.owner import OwnerKey
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.credentials import item_signatures, items
from companion.protocols.rp1.credentials.grants import Grant, Scope
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.methods import Mode
from companion.protocols.rp1.wire.operations import Op, Stage
from companion.secret import Secret
from tests.protocols.rp1.support.bench import CA, OWNER, PRODUCT, Requester, requester
from tests.protocols.rp1.support.owner_lists import LATER, by_grant, owned, owner_session

TX2 = b"another!"
PLUMBER = OwnerKey.generate()
ROTATES = by_grant(Grant(PLUMBER.public, Scope.ROTATE, LATER, 1, b"cti-0001"), PLUMBER)
CLOUD = items.CloudEndpoint(1, "endpoint.example:8883", PRODUCT.serial)
ANCHORS = items.encode(items.TrustAnchors(CA.anchors))
OTHER_ANCHORS = items.encode(items.TrustAnchors((*CA.anchors, *CA.anchors)))
OTHER_CLOUD = items.encode(replace(CLOUD, endpoint="elsewhere.example:8883"))


def delegate() -> Requester:
    """A delegate's session with a device that has all seven items."""
    session = requester()
    session.own()
    session.device.disconnect()
    return owner_session(session.device, Mode.ROTATE, authority=ROTATES)


def stage(session: Requester, kind: int, data: bytes, signature: bytes | None) -> int:
    """The status of a STAGE of a whole item with its key 6."""
    chunk = Stage(kind, 0, data, len(data), crypto.sha256(data), signature)
    return session.ask(Op.STAGE, chunk, TX2).status


def signed(data: bytes, by: OwnerKey = OWNER, tx: bytes = TX2) -> bytes:
    return by.sign(item_signatures.item_message(PRODUCT.fp, tx, crypto.sha256(data)))


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (ItemType.ANCHORS, ANCHORS),
        (ItemType.CLOUD, items.encode(CLOUD)),
        (ItemType.CLOUD, items.encode(replace(CLOUD, claim=Secret("another claim")))),
    ],
    ids=["anchors", "endpoint", "another claim"],
)
def test_a_delegate_stages_what_the_device_has(kind: ItemType, data: bytes) -> None:
    assert stage(delegate(), kind, data, None) == 0


@pytest.mark.parametrize(
    ("kind", "data"),
    [(ItemType.ANCHORS, OTHER_ANCHORS), (ItemType.CLOUD, OTHER_CLOUD)],
    ids=["anchors", "cloud"],
)
def test_another_item_2_or_5_needs_the_owners_signature(kind: ItemType, data: bytes) -> None:
    session = delegate()
    assert stage(session, kind, data, None) == Abort.NOT_AUTHORISED
    assert stage(session, kind, data, signed(data, PLUMBER)) == Abort.NOT_AUTHORISED
    assert stage(session, kind, data, signed(data, tx=b"a third!")) == Abort.NOT_AUTHORISED
    staging = session.device.machine._state.slots.staging
    assert staging is not None and kind not in staging.items
    assert stage(session, kind, data, signed(data)) == 0


def test_a_device_without_the_item_takes_none_from_a_delegate() -> None:
    session = owner_session(owned(), Mode.ROTATE, authority=ROTATES)
    assert stage(session, ItemType.ANCHORS, ANCHORS, None) == Abort.NOT_AUTHORISED


def test_the_owners_own_session_is_bound_to_nothing() -> None:
    session = requester()
    session.own()
    session.device.disconnect()
    mine = owner_session(session.device, Mode.ROTATE)
    assert stage(mine, ItemType.ANCHORS, OTHER_ANCHORS, None) == 0
    assert stage(mine, ItemType.CLOUD, OTHER_CLOUD, None) == 0


def test_a_signature_of_another_length_is_malformed() -> None:
    assert stage(delegate(), ItemType.ANCHORS, ANCHORS, bytes(63)) == Abort.MALFORMED
