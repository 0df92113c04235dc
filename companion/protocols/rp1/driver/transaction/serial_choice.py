"""Under which serial number a device is certified, where the one that it says may be another device's too.

A serial number is only said. The device that is known by it, and by another identity key, keeps it until the
user decides.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from companion.protocols.rp1 import crypto, serials
from companion.protocols.rp1.store.commissioner_store import CommissionerStore
from companion.protocols.rp1.store.saved_transaction import Naming
from companion.questions import SameSerial, SerialKnown

if TYPE_CHECKING:
    from companion.model import DeviceIdentity
    from companion.protocols import KnownDevice

Ask = Callable[[SerialKnown], Awaitable[SameSerial]]


async def settle(
    device: DeviceIdentity,
    identity_key: bytes,
    store: CommissionerStore,
    inventory: tuple[KnownDevice, ...],
    ask: Ask,
    ordered: SameSerial | None = None,
) -> Naming:
    """The device's naming: the one that it has, its own serial number, or what the user decides.

    device: as it says; identity_key: its own (point, 65 octets); ordered: what the user said with this run,
    which counts more than what was decided before. Raises what `ask` raises.
    """
    fp, serial = crypto.fingerprint(identity_key), device.serial or ""
    kept = store.certified(fp)
    if kept is not None and ordered is not SameSerial.REPLACEMENT:
        return Naming(fp, kept)
    others = _others(serial, identity_key, inventory, store)
    if not others:
        return Naming(fp, kept or serials.certified(serial))
    answer = ordered or await ask(SerialKnown(device, tuple(each.device for each in others)))
    if answer is SameSerial.OTHER:
        return Naming(fp, serials.of_another(serial, fp))
    replaced = tuple((each.device.id, each.identity_key) for each in others)
    return Naming(fp, serials.certified(serial), replaced)


def _others(
    serial: str, identity_key: bytes, inventory: tuple[KnownDevice, ...], store: CommissionerStore
) -> tuple[KnownDevice, ...]:
    """Those that say this serial number, or are certified under what this one would be."""
    names = store.all_certified()
    here, certified = serials.folded(serial), serials.folded(serials.certified(serial))

    def clashes(other: KnownDevice) -> bool:
        said = other.device.serial or ""
        named = names.get(crypto.fingerprint(other.identity_key).hex()) or serials.certified(said)
        return serials.folded(said) == here or serials.folded(named) == certified

    return tuple(each for each in inventory if each.identity_key != identity_key and clashes(each))
