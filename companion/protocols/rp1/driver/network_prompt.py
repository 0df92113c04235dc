"""What the user wants for the device: asked for where the order does not say it, and checked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from companion.errors import CompanionError, CredentialsUnusable, NetworkMissing, ThreadDatasetMissing
from companion.model import WifiCredentials, WifiSecurity
from companion.protocols.rp1.driver.messages import as_text
from companion.protocols.rp1.items import Label, ThreadDataset, WifiKind, WifiNetwork
from companion.protocols.rp1.transaction_plan import Wishes
from companion.questions import ChooseNetwork, DeviceSettings

if TYPE_CHECKING:
    from companion.protocols import Order
    from companion.secret import Secret

_KINDS = {
    WifiSecurity.OPEN: WifiKind.OPEN,
    WifiSecurity.WPA2: WifiKind.WPA2,
    WifiSecurity.WPA3: WifiKind.WPA3,
    WifiSecurity.WPA2_WPA3: WifiKind.WPA2_WPA3,
}
_PASSPHRASES = range(8, 64)
_HEX_KEY = 64
MAX_DATASET = 254

Ask = Callable[[ChooseNetwork], Awaitable[DeviceSettings]]


async def settle(
    ask: Ask,
    order: Order,
    *,
    needs_wifi: bool,
    suggested_name: str,
    previous: DeviceSettings | None,
    problem: CompanionError | None,
) -> DeviceSettings:
    """The user's wishes, usable as they are; he is asked only for what is missing or did not work.

    previous: what he decided before; problem: why that did not work, None where it was never tried
    Raises what `ask` raises; `problem` itself where nobody can be asked for another network.
    """
    wifi = order.wifi if needs_wifi else None
    draft = previous or DeviceSettings(order.name or suggested_name, order.room, wifi)
    decided = previous is not None or (order.name is not None and (wifi is not None or not needs_wifi))
    if problem is None and decided:
        problem = _fault(draft)
    while problem is not None or not decided:
        question = ChooseNetwork(
            previous=draft,
            problem=as_text(problem) if problem is not None else None,
            needs_wifi=needs_wifi,
            suggested_name=suggested_name,
        )
        try:
            draft = await ask(question)
        except NetworkMissing:
            if problem is None:
                raise
            raise problem from None
        decided, problem = True, _fault(draft)
    return draft


def as_wishes(handover: DeviceSettings, dataset: Secret | None = None) -> Wishes:
    """The items' form of usable wishes. `dataset`: Thread's, for a device that joins it.

    Raises ThreadDatasetMissing for what is no dataset: item 4 and Thread hold at most 254 octets.
    """
    if dataset is not None and not 1 <= len(dataset.reveal()) <= MAX_DATASET:
        raise ThreadDatasetMissing(f"{len(dataset.reveal())} octets are no Thread dataset")
    thread = ThreadDataset(dataset) if dataset is not None else None
    wifi = handover.wifi
    network = None
    if wifi is not None:
        network = WifiNetwork(wifi.ssid, _KINDS[wifi.security], wifi.passphrase)
    label = Label(handover.name, handover.room) if handover.name or handover.room else None
    return Wishes(network, label, thread)


def _fault(handover: DeviceSettings) -> CompanionError | None:
    """Why these wishes can't be handed over, or None."""
    wifi = handover.wifi
    why = _what_is_wrong(wifi) if wifi is not None else None
    return CredentialsUnusable(why) if why is not None else None


def _what_is_wrong(wifi: WifiCredentials) -> str | None:
    if not 1 <= len(wifi.ssid) <= 32:
        return "the name's length"
    if wifi.security not in _KINDS:
        return f"{wifi.security.value} is not for RP1 devices"
    if wifi.security is WifiSecurity.OPEN:
        return None
    if wifi.passphrase is None:
        return "no passphrase"
    length = len(wifi.passphrase)
    return None if length in _PASSPHRASES or length == _HEX_KEY else "the passphrase's length"
