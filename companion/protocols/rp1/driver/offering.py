"""Transfer tokens as the app's users handle them: made without the device, read by its new owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.errors import CodeMalformed, QueryFirst
from companion.protocols import OfferTerms, OwnDevice
from companion.protocols.rp1 import crypto, offer
from companion.protocols.rp1.approach import device_id
from companion.protocols.rp1.pending import Memories
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.protocols import Memory


def make_offer(device: OwnDevice, terms: OfferTerms, identity: Identity, memory: Memory) -> Secret:
    """A token above the epoch that the device was last heard to have. Raises QueryFirst."""
    key = device.identity_key
    epoch = Memories(memory).epoch(key)
    if epoch is None or not device.serial:
        raise QueryFirst(device=device_id(crypto.fingerprint(key)))
    text = offer.make(
        identity.owner.sign,
        device.serial,
        key,
        device.name,
        epoch=epoch + 1,
        expires=terms.expires,
        new_owner=terms.to,
        wipe=terms.wipe,
    )
    return Secret(text)


def read_offer(text: str) -> OwnDevice:
    """The device that a text offers. Raises CodeMalformed."""
    try:
        read = offer.parse(text)
    except offer.BadOffer as error:
        raise CodeMalformed(str(error), kind="transfer") from error
    return OwnDevice(read.name, read.identity_key, token=Secret(text))
