"""What a device lives with: one whole set of items of one transaction, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from companion.encoding import es256
from companion.model import DeviceSettings, WifiCredentials
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials import certificates, items
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device.storage import entries
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.transaction import receipt
from companion.secret import Secret
from tests.protocols.rp1.faults.disk import leaf_print
from tests.protocols.rp1.support.bench import DeviceBench

TYPED = DeviceSettings("Lamp", "Hall", WifiCredentials(b"Hafen 12", Secret("correct horse")))
"""What the user answers, once."""

SEVEN = {kind for kind in ItemType if kind is not ItemType.THREAD}


@dataclass(frozen=True)
class Life:
    """What a device lives with, empty for one that nobody owns.

    leaf:     its certificate's fingerprint
    receipt:  and the acknowledgement that it gave with FINAL
    rises_to: the epoch and the time (Unix seconds) that it will not go behind after FINAL
    """

    standing: Standing
    leaf: str = ""
    receipt: tuple[bytes | None, bytes | None] = (None, None)
    rises_to: tuple[int, int] = (0, 0)


def life_of(device: DeviceBench) -> Life:
    """All of the active slot, or nothing; any mix fails, and so does a key that no slot names."""
    slots = device.machine._state.slots
    slot, staging = slots.active, slots.staging
    named = {slot.key_id, slots.previous.key_id, staging.key_id if staging is not None else None}
    assert set(entries.decode_keys(slots._keys.value)) <= named
    if not slot.items:
        assert (slot.owner, slot.key_id, slot.receipt, slot.r_used) == (None, None, None, False), slot
        return Life(device.machine.standing)
    assert set(slot.items) == SEVEN, f"items {sorted(slot.items)}"
    made = {kind: items.decode(ItemType(kind), data) for kind, data in slot.items.items()}
    wifi, label, owner = (made[kind] for kind in (ItemType.WIFI, ItemType.LABEL, ItemType.OWNER))
    chain, floor = made[ItemType.LDEVID], made[ItemType.TIME]
    assert TYPED.wifi is not None
    assert (wifi.ssid, wifi.passphrase) == (TYPED.wifi.ssid, TYPED.wifi.passphrase)
    assert (label.label, label.room) == (TYPED.name, TYPED.room)
    scalar = slots.key(slot.key_id)
    assert scalar is not None and slot.receipt is not None and slot.owner is not None
    assert certificates.leaf_key(chain) == es256.point(es256.private_key(scalar)), (
        "its certificate has its key"
    )
    signed = receipt.read(slot.receipt, device.product.point)
    digests = {kind: crypto.sha256(data) for kind, data in slot.items.items()}
    assert (signed.tx, signed.manifest) == (slot.tx, items.manifest(digests)), "the items of one transaction"
    assert slot.owner.key == owner.key
    return Life(
        device.machine.standing,
        leaf_print(chain.chain[0]),
        (slot.receipt, slot.acknowledgement),
        (signed.epoch, max(floor.seconds, device.product.build_time)),
    )
