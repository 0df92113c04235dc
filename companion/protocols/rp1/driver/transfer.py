"""Transfer tokens as the app's users handle them: made without the device, read by its new owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.errors import CodeMalformed, QueryFirst, TooManyCancelled
from companion.protocols import Offered, OwnedDevice, TransferTerms
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials import revocation_list
from companion.protocols.rp1.driver.open_tokens import as_offered
from companion.protocols.rp1.ownership import transfer_offer
from companion.protocols.rp1.ownership.owners_list import ListFull, token_epoch
from companion.protocols.rp1.session.plan import device_id
from companion.protocols.rp1.setup_code.transfer_code import PREFIX
from companion.protocols.rp1.store.commissioner_store import CommissionerStore
from companion.protocols.rp1.store.owner_store import OutstandingToken
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.protocols import Memory


def make_offer(device: OwnedDevice, terms: TransferTerms, identity: Identity, memory: Memory) -> Offered:
    """A token above the epoch that the device was last heard to have. From here on the device counts as
    parted with, for nobody tells when the token is used. Raises QueryFirst.
    """
    key = device.identity_key
    store = CommissionerStore(memory)
    epoch = store.epoch(key)
    if epoch is None or not device.serial:
        raise QueryFirst(device=device_id(crypto.fingerprint(key)))
    text = transfer_offer.make(
        identity.owner.sign,
        device.serial,
        key,
        device.name,
        epoch=token_epoch(epoch),
        expires=terms.expires,
        new_owner=terms.to,
        wipe=terms.wipe,
    )
    token = revocation_list.token_id(transfer_offer.parse(text).token)
    out = OutstandingToken(token, token_epoch(epoch), terms.expires, terms.to is None, terms.wipe)
    store.owners.keep_token(crypto.fingerprint(key), out)
    store.part_with(key)
    return Offered(Secret(text), as_offered(out))


def cancel_offer(token: str, identity: Identity, memory: Memory) -> None:
    """The owner's next list names the token. Raises TooManyCancelled."""
    owners = CommissionerStore(memory).owners
    try:
        owners.cancel(bytes.fromhex(token), identity.owner.public)
    except ListFull as error:
        raise TooManyCancelled from error


def read_offer(text: str) -> OwnedDevice | None:
    """The device that a text offers; None for a text of another kind. Raises CodeMalformed."""
    if not text.startswith(PREFIX):
        return None
    try:
        read = transfer_offer.parse(text)
    except transfer_offer.BadOffer as error:
        raise CodeMalformed(str(error), kind="transfer") from error
    return OwnedDevice(read.name, read.identity_key, token=Secret(text))
