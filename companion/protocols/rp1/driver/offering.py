"""Transfer tokens as the app's users handle them: made without the device, read by its new owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.errors import CodeMalformed, QueryFirst
from companion.protocols import OfferTerms, OwnDevice
from companion.protocols.rp1 import crypto, offer
from companion.protocols.rp1.approach import device_id
from companion.protocols.rp1.pending import Memories
from companion.secret import Secret
from companion.setup_code.rp1_transfer import PREFIX

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.protocols import Memory


def make_offer(device: OwnDevice, terms: OfferTerms, identity: Identity, memory: Memory) -> Secret:
    """A token above the epoch that the device was last heard to have. From here on the device counts as
    parted with, for nobody tells when the token is used. Raises QueryFirst.
    """
    key = device.identity_key
    memories = Memories(memory)
    epoch = memories.epoch(key)
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
    memories.part_with(key)
    return Secret(text)


def read_offer(text: str) -> OwnDevice | None:
    """The device that a text offers; None for a text of another kind. Raises CodeMalformed."""
    if not text.startswith(PREFIX):
        return None
    try:
        read = offer.parse(text)
    except offer.BadOffer as error:
        raise CodeMalformed(str(error), kind="transfer") from error
    return OwnDevice(read.name, read.identity_key, token=Secret(text))
