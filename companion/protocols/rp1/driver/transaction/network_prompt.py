"""The network and name for an RP1 device: what of it can be carried, how it is asked for, its items' form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from companion.model import WifiSecurity
from companion.networks.company.login import identity
from companion.networks.prompt import Ask, NetworkKind, NetworkPrompt
from companion.networks.thread import read
from companion.networks.thread_surroundings import ThreadSurroundings
from companion.networks.wifi_rules import WifiSupport
from companion.protocols.rp1.credentials.items import (
    Enterprise,
    Label,
    ThreadDataset,
    WifiKind,
    WifiNetwork,
)
from companion.protocols.rp1.transaction.plan import ChosenItems
from companion.protocols.rp1.wire.info import Caps

if TYPE_CHECKING:
    from companion.lan import Lan
    from companion.model import DeviceSettings, WifiCredentials
    from companion.protocols import Order
    from companion.secret import Secret

_KINDS = {
    WifiSecurity.OPEN: WifiKind.OPEN,
    WifiSecurity.WPA2: WifiKind.WPA2,
    WifiSecurity.WPA3: WifiKind.WPA3,
    WifiSecurity.WPA2_WPA3: WifiKind.WPA2_WPA3,
    WifiSecurity.ENTERPRISE: WifiKind.EAP_TLS,
}
# Item 3 holds 64 octets: any passphrase of WPA, its key in hexadecimal digits, most passwords of SAE.
WIFI = WifiSupport("RP1", frozenset(_KINDS), passphrase=range(1, 65), raw_key=True)
# A device without an endpoint has no certificate by which it could log in.
OFFLINE_WIFI = replace(
    WIFI, name="RP1 without an endpoint", securities=WIFI.securities - {WifiSecurity.ENTERPRISE}
)


def prompt(
    ask: Ask,
    order: Order,
    *,
    kind: NetworkKind,
    may_keep: bool,
    suggested_name: str,
    decided: DeviceSettings | None,
    lan: Lan | None,
    certified: bool,
) -> NetworkPrompt:
    """Asks for what RP1 hands over. `decided`: in an earlier session, or by the ownership operation;
    `certified`: the device has a certificate, or gets one."""
    return NetworkPrompt(
        ask,
        order,
        support=WIFI if certified else OFFLINE_WIFI,
        suggested_name=suggested_name,
        kind=kind,
        surroundings=ThreadSurroundings(lan, None),
        names_device=True,
        may_keep=may_keep,
        decided=decided,
    )


def kind_of(caps: int) -> NetworkKind:
    """What a device with these `Caps` is asked for: Wi-Fi if it has that, Thread if it has nothing else."""
    if caps & Caps.WIFI:
        return NetworkKind.WIFI
    thread_alone = caps & Caps.THREAD and not caps & Caps.ETHERNET
    return NetworkKind.THREAD if thread_alone else NetworkKind.NONE


def as_items(
    settings: DeviceSettings, dataset: Secret | None = None, site: str = "", serial: str = ""
) -> ChosenItems:
    """The items' form of usable settings. `dataset`: Thread's, for a device that joins it; site "": none;
    serial: under which the device is certified, for its identity in a company network.

    Raises ThreadDatasetUnusable for one with which no device can join.
    """
    if dataset is not None:
        read(dataset).check_joinable()
    thread = ThreadDataset(dataset) if dataset is not None else None
    network = _network(settings.wifi, serial) if settings.wifi is not None else None
    label = Label(settings.name, settings.room, site or None) if settings.name or settings.room else None
    return ChosenItems(network, label, thread)


def _network(wifi: WifiCredentials, serial: str) -> WifiNetwork:
    enterprise = None
    if (login := wifi.login) is not None:
        outer = identity(login.outer, serial) if login.outer is not None else None
        enterprise = Enterprise(identity(login.identity, serial), login.server_name, login.anchors, outer)
    return WifiNetwork(wifi.ssid, _KINDS[wifi.security], wifi.passphrase, enterprise)
