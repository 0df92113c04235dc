"""What a delegate did, kept until it is brought home, and read there by the owner."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cryptography.exceptions import UnsupportedAlgorithm

from companion.encoding import cbor, shape
from companion.encoding.cbor import MalformedCbor
from companion.errors import AccountInvalid
from companion.identity import ldevid
from companion.identity.issuer import request_print
from companion.identity.names import NO_SITE, DeviceName, InvalidDeviceName
from companion.model import Credential, DeviceIdentity, DeviceSettings, Receipt
from companion.protocols.delegation import DelegateAccount, EntryFlaw, InvalidEntry
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials import items
from companion.protocols.rp1.credentials.item_signatures import grants_digest
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.driver.principal import Principal
from companion.protocols.rp1.session.plan import device_id
from companion.protocols.rp1.transaction import account as accounts
from companion.protocols.rp1.transaction import plan as transaction_plan
from companion.protocols.rp1.transaction import receipt as receipts
from companion.protocols.rp1.transaction.account import Account, BadAccount, Checked
from companion.protocols.rp1.transaction.receipt import BadReceipt

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.protocols import Memory
    from companion.protocols.rp1.transaction.plan import Plan
    from companion.protocols.rp1.transaction.state import KnownTransaction

_KEPT = "accounts"
_VERSION = 1
_PREFIX = b"RP1 accounts\n"
_MOST = 4096


def keep(
    memory: Memory,
    principal: Principal,
    known: KnownTransaction,
    plan: Plan,
    settings: DeviceSettings | None,
    site: str,
) -> None:
    """A delegate's transaction is over. On disk when this returns."""
    assert principal.bundle is not None and known.facts is not None
    assert known.receipt is not None and known.acknowledgement is not None
    digests, facts = known.staged(), known.facts
    made = {
        **transaction_plan.certificate_items(plan, known.chain),
        **transaction_plan.owner_items(plan, facts.fp, known.tx, facts.epoch),
    }
    named = settings or DeviceSettings("")
    made[ItemType.LABEL] = items.encode(items.Label(named.name, named.room, site or None))
    # What a run before this one sent may differ in what it was made of; only what fits is brought.
    given = {
        int(kind): data
        for kind, data in made.items()
        if kind in accounts.BROUGHT and digests.get(kind) == crypto.sha256(data)
    }
    kept = Account(
        known.receipt,
        known.acknowledgement,
        facts.identity_key,
        digests,
        given,
        _chain_of(known, principal.bundle.chain),
        named.name,
        facts.model,
        facts.firmware,
    )
    grant = principal.bundle.grants[-1].cti.hex()
    all_kept = memory.get(_KEPT) or {}
    of_grant = {**all_kept.get(grant, {}), known.tx.hex(): accounts.encode(kept).hex()}
    memory.put(_KEPT, {**all_kept, grant: of_grant})


def _chain_of(known: KnownTransaction, latest: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """The chain that the receipt names: a run that went on under another grant has not the latest one."""
    assert known.receipt is not None and known.facts is not None
    digest = receipts.read(known.receipt, known.facts.identity_key).grants_sha256
    return next((each for each in known.chains if grants_digest(each) == digest), latest)


def export(grant: str, memory: Memory) -> bytes:
    """All that was done under a held grant (its id), for its owner."""
    kept = (memory.get(_KEPT) or {}).get(grant, {})
    return _PREFIX + cbor.encode([_VERSION, [bytes.fromhex(each) for each in kept.values()]])


def is_account(content: bytes) -> bool:
    """True if the file says that it is a report."""
    return content.startswith(_PREFIX)


def takings(memory: Memory) -> dict[bytes, bytes]:
    """By what devices were taken for their owners here: by receipt."""
    kept = (
        accounts.decode(bytes.fromhex(each))
        for of in (memory.get(_KEPT) or {}).values()
        for each in of.values()
    )
    return {each.receipt: taking for each in kept if (taking := accounts.taking(each))}


def read(content: bytes, identity: Identity) -> tuple[DelegateAccount | InvalidEntry, ...] | None:
    """What a delegate brought home, each entry judged alone; None for a file of another kind.

    Raises AccountInvalid.
    """
    if not is_account(content):
        return None
    try:
        version, entries = shape.array(cbor.decode(content.removeprefix(_PREFIX)), 2)
        shape.uint(version, _VERSION, _VERSION)
        each = shape.array(entries, 0, _MOST)
    except MalformedCbor as error:
        raise AccountInvalid(str(error)) from error
    return tuple(_entry(number, entry, identity) for number, entry in enumerate(each, 1))


def _entry(number: int, entry: cbor.Value, identity: Identity) -> DelegateAccount | InvalidEntry:
    try:
        account = accounts.decode(shape.octets(entry, 1, 1 << 17))
    except MalformedCbor as error:
        return InvalidEntry(number, EntryFlaw.SHAPE, detail=str(error))
    try:
        return _told(accounts.check(account, identity.owner.public), identity)
    except BadAccount as error:
        flaw, detail = EntryFlaw(error.part.value), str(error)
    except (ValueError, OverflowError, OSError, UnsupportedAlgorithm) as error:
        # Whoever makes a device up can have it sign octets that are no item, no certificate or no time.
        flaw, detail = EntryFlaw.ITEMS, type(error).__name__
    return InvalidEntry(number, flaw, account.name or account.model, _serial(account), detail)


def _serial(account: Account) -> str:
    """What the device's receipt says, if it is one; "" else."""
    try:
        return receipts.read(account.receipt, account.identity_key).serial
    except (BadReceipt, MalformedCbor):
        return ""


def _told(checked: Checked, identity: Identity) -> DelegateAccount:
    account, said = checked.account, checked.receipt
    fp = crypto.fingerprint(account.identity_key)
    chain: tuple[bytes, ...] = ()
    site = endpoint = ""
    anchors: tuple[bytes, ...] = ()
    for kind, data in account.given.items():
        match items.decode(ItemType(kind), data):
            case items.LdevidChain(chain=ders):
                chain = ders
            case items.TrustAnchors(anchors=believed):
                anchors = believed
            case items.CloudEndpoint(endpoint=address):
                endpoint = address
            case items.Label(site=named):
                site = named or ""
    credentials = [Credential("owner", {"key": hashlib.sha256(identity.owner.public).hexdigest()})]
    if chain:
        credentials.append(ldevid.credential(chain[0]))
        request_print(chain[0])  # A key that nobody can read is found here, before anything is recorded.
    if endpoint:
        credentials.append(Credential("endpoint", {"address": endpoint}))
    if account.name:
        credentials.append(Credential("label", {"name": account.name, "room": ""}))
    name = account.name or account.model or said.serial
    return DelegateAccount(
        device=DeviceIdentity(
            device_id(fp), name, account.model or None, said.serial, account.firmware or None
        ),
        identity_key=account.identity_key,
        receipt=Receipt(account.receipt, account.final),
        credentials=tuple(credentials),
        grants=tuple(each.cti.hex() for each in checked.grants),
        onboards=checked.onboards,
        certificate=hashlib.sha256(chain[0]).hexdigest() if chain else "",
        site="" if site == NO_SITE else site,
        endpoint=endpoint,
        certified_site=_certified_site(chain[0]) if chain else "",
        foreign_anchors=bool(anchors) and anchors != identity.ca.anchors,
        anchors=anchors,
        at=None if said.time is None else datetime.fromtimestamp(said.time, UTC),
        list_counter=said.list_counter,
        holder=checked.grants[0].holder,
        chain=checked.chain,
        taking=checked.taking,
        certificates=chain,
    )


def _certified_site(leaf: bytes) -> str:
    """In the dNSName of a certificate (DER); "" for none. One that names no device, no service lets in."""
    try:
        site = DeviceName.of(leaf).site
    except InvalidDeviceName:
        return ""
    return "" if site == NO_SITE else site
