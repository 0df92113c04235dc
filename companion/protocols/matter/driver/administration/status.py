"""How a node says it is, out of the clusters that have something to say about it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from companion.administration import DeviceStatus, Medium, NetworkStatus
from companion.model import Text
from companion.protocols.matter.certificates.certificate import Certificate
from companion.protocols.matter.certificates.faults import BadCertificate
from companion.protocols.matter.certificates.times import NEVER, moment
from companion.protocols.matter.clusters import administrator_commissioning as windows
from companion.protocols.matter.clusters import basic_information as basic
from companion.protocols.matter.clusters import diagnostics, on_off
from companion.protocols.matter.clusters import network_commissioning as networks
from companion.protocols.matter.clusters import operational_credentials as credentials
from companion.protocols.matter.clusters.diagnostics import PhyRate, RoutingRole
from companion.protocols.matter.interaction.client import Read

if TYPE_CHECKING:
    from companion.protocols.matter.clusters.table import Attribute
    from companion.protocols.matter.driver.session.node import Node
    from companion.protocols.matter.interaction.assembly import Reading

A = TypeVar("A")

_OF_THE_NODE = (
    basic.VENDOR_NAME,
    basic.PRODUCT_NAME,
    basic.NODE_LABEL,
    basic.SERIAL_NUMBER,
    basic.SOFTWARE_VERSION_STRING,
    windows.WINDOW_STATUS,
    credentials.NOCS,
)
_HEALTH = (
    diagnostics.UPTIME,
    diagnostics.REBOOT_COUNT,
    diagnostics.HARDWARE_FAULTS,
    diagnostics.RADIO_FAULTS,
    diagnostics.NETWORK_FAULTS,
)
_NETWORK = (
    diagnostics.WIFI_RSSI,
    diagnostics.WIFI_CHANNEL,
    diagnostics.THREAD_ROLE,
    diagnostics.THREAD_CHANNEL,
    diagnostics.THREAD_NETWORK_NAME,
    diagnostics.ETHERNET_RATE,
    networks.NETWORKS,
    networks.FEATURES,
)
_ROLES = {
    RoutingRole.UNASSIGNED: "unassigned",
    RoutingRole.SLEEPY_END_DEVICE: "sleepy-end-device",
    RoutingRole.END_DEVICE: "end-device",
    RoutingRole.REED: "reed",
    RoutingRole.ROUTER: "router",
    RoutingRole.LEADER: "leader",
}
_HARDWARE = {
    1: Text("Radio fault"),
    2: Text("Sensor fault"),
    3: Text("Overheating, recovers automatically"),
    4: Text("Overheating, needs service"),
    5: Text("Power source fault"),
    6: Text("Display fault"),
    7: Text("Sound output fault"),
    8: Text("Controls fault"),
    9: Text("Storage fault"),
    10: Text("Tampering detected"),
}
_RADIO = {
    1: Text("Wi-Fi fault"),
    2: Text("Cellular fault"),
    3: Text("Thread fault"),
    4: Text("NFC fault"),
    5: Text("Bluetooth fault"),
    6: Text("Ethernet fault"),
}
_NETWORKS = {
    1: Text("Network hardware fault"),
    2: Text("Network jamming detected"),
    3: Text("Network connection failed"),
}
_RATES = dict(
    zip(PhyRate, (10, 100, 1_000, 2_500, 5_000, 10_000, 40_000, 100_000, 200_000, 400_000), strict=True)
)
_WIFI, _THREAD, _ETHERNET = 1, 2, 4
_LONGEST_UPTIME = 100 * 365 * 86_400


async def ask(node: Node) -> DeviceStatus:
    """Three reads, as a node takes but nine paths at once. Raises DeviceError and RadioError leaves."""
    about = await node.run(Read.of(*(each.path(0) for each in _OF_THE_NODE)))
    health = await node.run(Read.of(*(each.path(0) for each in _HEALTH)))
    # Of networks any endpoint may tell, and of switches all but the first do.
    others = await node.run(
        Read.of(*(each.path(None) for each in _NETWORK), on_off.ON_OFF.path(None)),
    )
    return DeviceStatus(
        name=basic.NODE_LABEL.find(about) or None,
        vendor=basic.VENDOR_NAME.find(about) or None,
        model=basic.PRODUCT_NAME.find(about) or None,
        serial=basic.SERIAL_NUMBER.find(about) or None,
        firmware=basic.SOFTWARE_VERSION_STRING.find(about) or None,
        uptime=_uptime(health),
        starts=diagnostics.REBOOT_COUNT.find(health),
        network=_network(others),
        faults=_faults(health),
        is_on=_anywhere(others, on_off.ON_OFF),
        is_shared=windows.WINDOW_STATUS.find(about)
        in (windows.WindowStatus.ENHANCED_OPEN, windows.WindowStatus.BASIC_OPEN),
        certificate_until=_until(about),
    )


def _network(reading: Reading) -> NetworkStatus | None:
    features = _anywhere(reading, networks.FEATURES) or 0
    rssi, role = _anywhere(reading, diagnostics.WIFI_RSSI), _anywhere(reading, diagnostics.THREAD_ROLE)
    name = _joined(reading)
    if role is not None or features & _THREAD:
        return NetworkStatus(
            Medium.THREAD,
            _anywhere(reading, diagnostics.THREAD_NETWORK_NAME),
            channel=_anywhere(reading, diagnostics.THREAD_CHANNEL),
            role=None if role is None else _ROLES.get(role),
        )
    if rssi is not None or features & _WIFI:
        channel = _anywhere(reading, diagnostics.WIFI_CHANNEL)
        return NetworkStatus(Medium.WIFI, name, rssi=rssi, channel=channel)
    rate = _anywhere(reading, diagnostics.ETHERNET_RATE)
    if rate is not None or features & _ETHERNET:
        return NetworkStatus(Medium.ETHERNET, rate=None if rate is None else _RATES[rate])
    return None


def _joined(reading: Reading) -> str | None:
    """The name of the network that it is connected to."""
    known = _anywhere(reading, networks.NETWORKS) or ()
    return next((each.id.decode(errors="replace") for each in known if each.connected), None)


def _uptime(reading: Reading) -> int | None:
    """Seconds; None for what no device can have run."""
    said = diagnostics.UPTIME.find(reading)
    return None if said is None or said > _LONGEST_UPTIME else said


def _faults(reading: Reading) -> tuple[Text, ...]:
    found = []
    for attribute, words in (
        (diagnostics.HARDWARE_FAULTS, _HARDWARE),
        (diagnostics.RADIO_FAULTS, _RADIO),
        (diagnostics.NETWORK_FAULTS, _NETWORKS),
    ):
        for number in attribute.find(reading) or ():
            found.append(words.get(number, Text("Fault {number}", {"number": number})))
    return tuple(found)


def _until(reading: Reading) -> datetime | None:
    for each in credentials.NOCS.find(reading) or ():
        try:
            end = Certificate.of_tlv(each.noc).not_after
        except BadCertificate:
            continue
        return None if end == NEVER else moment(end)
    return None


def _anywhere(reading: Reading, attribute: Attribute[A]) -> A | None:
    """Its value at the first endpoint that has it."""
    for place in reading.places(attribute.cluster, attribute.id):
        if (value := attribute.find(reading, place.endpoint)) is not None:
            return value
    return None


async def switchable(node: Node) -> tuple[int, bool] | None:
    """The first endpoint with something to switch, and whether it is on."""
    reading = await node.read(on_off.ON_OFF, endpoint=None)
    for place in reading.places(on_off.ON_OFF.cluster, on_off.ON_OFF.id):
        is_on = on_off.ON_OFF.find(reading, place.endpoint)
        if is_on is not None:
            return place.endpoint, is_on
    return None
