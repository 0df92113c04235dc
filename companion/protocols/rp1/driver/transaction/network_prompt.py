"""The network and name for an RP1 device: what of it can be carried, how it is asked for, its items' form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.errors import ThreadDatasetMissing
from companion.model import WifiSecurity
from companion.networks.prompt import Ask, NetworkKind, NetworkPrompt
from companion.networks.wifi_rules import WifiSupport
from companion.protocols.rp1.credentials.items import Label, ThreadDataset, WifiKind, WifiNetwork
from companion.protocols.rp1.transaction.plan import ChosenItems

if TYPE_CHECKING:
    from companion.model import DeviceSettings
    from companion.protocols import Order
    from companion.secret import Secret

_KINDS = {
    WifiSecurity.OPEN: WifiKind.OPEN,
    WifiSecurity.WPA2: WifiKind.WPA2,
    WifiSecurity.WPA3: WifiKind.WPA3,
    WifiSecurity.WPA2_WPA3: WifiKind.WPA2_WPA3,
}
# Item 3 holds 64 octets: any passphrase of WPA, its key in hexadecimal digits, most passwords of SAE.
WIFI = WifiSupport("RP1", frozenset(_KINDS), passphrase=range(1, 65), raw_key=True)
MAX_DATASET = 254


def prompt(
    ask: Ask, order: Order, *, needs_wifi: bool, suggested_name: str, decided: DeviceSettings | None
) -> NetworkPrompt:
    """Asks for what RP1 hands over. `decided`: in an earlier session, or by the ownership operation."""
    return NetworkPrompt(
        ask,
        order,
        support=WIFI,
        suggested_name=suggested_name,
        kind=NetworkKind.WIFI if needs_wifi else NetworkKind.NONE,
        names_device=True,
        may_keep=True,
        decided=decided,
    )


def as_items(settings: DeviceSettings, dataset: Secret | None = None, site: str = "") -> ChosenItems:
    """The items' form of usable settings. `dataset`: Thread's, for a device that joins it; site "": none.

    Raises ThreadDatasetMissing for what is no dataset: item 4 and Thread hold at most 254 octets.
    """
    if dataset is not None and not 1 <= len(dataset.reveal()) <= MAX_DATASET:
        raise ThreadDatasetMissing(f"{len(dataset.reveal())} octets are no Thread dataset")
    thread = ThreadDataset(dataset) if dataset is not None else None
    wifi = settings.wifi
    network = None
    if wifi is not None:
        network = WifiNetwork(wifi.ssid, _KINDS[wifi.security], wifi.passphrase)
    label = Label(settings.name, settings.room, site or None) if settings.name or settings.room else None
    return ChosenItems(network, label, thread)
