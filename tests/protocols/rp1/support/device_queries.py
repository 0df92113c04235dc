"""What tests of a device's requests have in common: items, their digests, and what QUERY says."""

from __future__ import annotations

from companion.identity.owner import OwnerKey
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials import item_signatures, items
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.results import TxState, decode_transaction
from tests.protocols.rp1.support.bench import OWNER, PRODUCT, TX, Requester

OTHER_TX = b"another!"
LABEL = items.encode(items.Label("Lamp", "Hall"))


def owner_item(key: OwnerKey = OWNER, *, epoch: int = 1, tx: bytes = TX, offline: bool = False) -> bytes:
    item = items.Owner(key.public, epoch, offline=offline)
    return items.encode(item_signatures.sign_owner(key.sign, item, PRODUCT.fp, tx))


def digest_of(*entries: tuple[int, bytes]) -> bytes:
    return items.manifest({kind: crypto.sha256(data) for kind, data in entries})


def state_of(session: Requester, tx: bytes = TX) -> TxState:
    return decode_transaction(session.ask(Op.QUERY, tx=tx).result).state
