"""What a delegate brings home of one transaction: enough to check what the device has, and by whose grant.

    {1 receipt, 2 FINAL reply, 3 identity key bstr65, 4 {type: sha256}, 5 {type: item}, 6 [* bstr grant],
     7 [name, model, firmware]}

The receipt's manifest holds the digests together; the items that go along are 1, 2, 5, 6 and 8, whose digests
are among them (ours have no claims in item 5). The chain is item 6's, or the session's, whose digest the
receipt names. Items 3 and 4 stay behind: a network's secret is not for the log (section 9.3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from companion.encoding import cbor, cose, es256, shape
from companion.encoding.cbor import MalformedCbor
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials import grants, item_signatures, items
from companion.protocols.rp1.credentials.grants import BadGrant, Grant
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.transaction import receipt as receipts
from companion.protocols.rp1.transaction.receipt import BadReceipt, Receipt

BROUGHT = (ItemType.LDEVID, ItemType.ANCHORS, ItemType.CLOUD, ItemType.OWNER, ItemType.LABEL)
_MAX_ITEM = 1 << 15
_MAX_SIGNED = 4096
_MAX_NAME = 255
_ANY_DEPTH = 255


class Part(StrEnum):
    """Of an account that does not hold together, what is wrong."""

    RECEIPT = "receipt"
    OWNER = "owner"
    ITEMS = "items"
    GRANTS = "grants"


class BadAccount(ValueError):
    """An account that does not hold together: what it says is not what the device signed."""

    def __init__(self, part: Part, detail: str) -> None:
        super().__init__(detail)
        self.part = part


@dataclass(frozen=True)
class Account:
    """digests: of all items that were staged; given: those that are brought; chain: grants; all encoded."""

    receipt: bytes = field(repr=False)
    final: bytes = field(repr=False)
    identity_key: bytes
    digests: Mapping[int, bytes]
    given: Mapping[int, bytes]
    chain: tuple[bytes, ...]
    name: str = ""
    model: str = ""
    firmware: str = ""


@dataclass(frozen=True)
class Checked:
    """An account whose every part hangs together. chain: the grants, encoded; onboards: the device became the
    owner's with it"""

    account: Account
    receipt: Receipt
    chain: tuple[bytes, ...]
    grants: tuple[Grant, ...]
    onboards: bool

    @property
    def taking(self) -> bytes:
        """See `item_signatures.taking`; b"" where it was the owner's already."""
        return taking(self.account)


def encode(account: Account) -> bytes:
    """Its octets."""
    return cbor.encode(
        {
            1: account.receipt,
            2: account.final,
            3: account.identity_key,
            4: dict(account.digests),
            5: dict(account.given),
            6: list(account.chain),
            7: [account.name, account.model, account.firmware],
        }
    )


def decode(data: bytes) -> Account:
    """The account in octets, nothing of it checked but its shape. Raises MalformedCbor."""
    fields = shape.fields(cbor.decode(data), range(1, 8))
    name, model, firmware = shape.array(fields[7], 3)
    return Account(
        receipt=cose.sign1(fields[1], _MAX_SIGNED),
        final=cose.sign1(fields[2], _MAX_SIGNED),
        identity_key=_point(fields[3]),
        digests={kind: shape.octets(each, 32) for kind, each in _by_type(fields[4]).items()},
        given={kind: shape.octets(each, 1, _MAX_ITEM) for kind, each in _by_type(fields[5]).items()},
        chain=items.grant_chain(fields[6]) if fields[6] else (),
        name=shape.plain_text(name, _MAX_NAME),
        model=shape.plain_text(model, _MAX_NAME),
        firmware=shape.plain_text(firmware, _MAX_NAME),
    )


def check(account: Account, owner_key: bytes) -> Checked:
    """The account, if the device signed all of it, for this owner (point), and the owner the chain.

    Raises BadAccount.
    """
    try:
        return _checked(account, owner_key)
    except BadReceipt as error:
        raise BadAccount(Part.RECEIPT, str(error)) from error
    except BadGrant as error:
        raise BadAccount(Part.GRANTS, str(error)) from error
    except MalformedCbor as error:
        raise BadAccount(Part.ITEMS, str(error)) from error


def taking(account: Account) -> bytes:
    """By what the device was taken for its owner, b"" where it was the owner's already."""
    item = _owner(account)
    return item_signatures.taking(item) if item is not None and item.grants else b""


def _owner(account: Account) -> items.Owner | None:
    given = account.given.get(ItemType.OWNER)
    item = items.decode(ItemType.OWNER, given) if given is not None else None
    return item if isinstance(item, items.Owner) else None


def _checked(account: Account, owner_key: bytes) -> Checked:
    said = receipts.read(account.receipt, account.identity_key)
    key = account.identity_key
    receipts.check_acknowledgement(account.final, key, tx=said.tx, receipt=account.receipt)
    if said.owner_sha256 != crypto.sha256(owner_key):
        raise BadAccount(Part.OWNER, "the device belongs to somebody else")
    if said.manifest != items.manifest(account.digests):
        raise BadAccount(Part.ITEMS, "the digests are not those of the receipt")
    for kind, data in account.given.items():
        if kind not in BROUGHT or account.digests.get(kind) != crypto.sha256(data):
            raise BadAccount(Part.ITEMS, "an item is not the one that the device took")
    item = _owner(account)
    onboards = item is not None and bool(item.grants)
    signed = item.grants if item is not None and item.grants else account.chain
    if not onboards and said.grants_sha256 != item_signatures.grants_digest(signed):
        raise BadAccount(Part.GRANTS, "the chain is not the one that the device let in")
    if not signed:
        raise BadAccount(Part.GRANTS, "the owner did it, and no delegate")
    return Checked(account, said, tuple(signed), grants.chain(signed, owner_key, _ANY_DEPTH), onboards)


def _by_type(value: cbor.Value) -> dict[int, cbor.Value]:
    if not isinstance(value, dict) or len(value) > len(ItemType):
        raise MalformedCbor("not a map of items")
    return {shape.uint(kind, max(ItemType), 1): each for kind, each in value.items()}


def _point(value: cbor.Value) -> bytes:
    point = shape.octets(value, es256.POINT_SIZE)
    try:
        es256.load_point(point)
    except es256.BadPoint as error:
        raise MalformedCbor(str(error)) from error
    return point
