"""The network that a device joins: what it has, what it sees, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.errors import CompanionError
from companion.events import CredentialDelivered, Sending
from companion.model import (
    Credential,
    DeviceSettings,
    Network,
    Text,
    ThreadNetwork,
    WifiCredentials,
    WifiSecurity,
)
from companion.networks import thread
from companion.networks.prompt import NetworkKind
from companion.networks.survey import strongest_first, strongest_meshes_first
from companion.networks.wifi_rules import WifiSupport
from companion.protocols.matter.clusters import failures
from companion.protocols.matter.clusters import network_commissioning as cluster
from companion.protocols.matter.clusters.network_commissioning import (
    ADD_THREAD,
    ADD_WIFI,
    CONNECT_NETWORK,
    REMOVE_NETWORK,
    SCAN_NETWORKS,
    AddThread,
    AddWifi,
    ById,
    Feature,
    NetworkStatus,
    ScanNetworks,
    ScanResponse,
)
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.protocols import Reporter
    from companion.protocols.matter.driver.session.commissionee import Commissionee
    from companion.protocols.matter.interaction.assembly import Reading

WIFI = WifiSupport(
    "Matter",
    frozenset({WifiSecurity.OPEN, WifiSecurity.WPA, WifiSecurity.WPA2, WifiSecurity.WPA3,
               WifiSecurity.WPA2_WPA3, WifiSecurity.WEP}),
    passphrase=range(1, 65),
    raw_key=True,
)  # fmt: skip
SCAN_SECONDS, CONNECT_SECONDS = 30, 60
"""Where a device does not say how long it may take."""
LONGEST_SCAN = 60
"""Whatever a device says: its user waits for the list, and can do without it."""
MARGIN = 5.0


@dataclass(frozen=True)
class Interface:
    """A device's way into networks. endpoint: where its cluster is; seconds it may scan, and connect."""

    kind: NetworkKind
    endpoint: int = 0
    scan_seconds: int = SCAN_SECONDS
    connect_seconds: int = CONNECT_SECONDS


def interface(reading: Reading, *, prefers_thread: bool) -> Interface:
    """The one to set up, of those that a device has; kind NONE for Ethernet, or where there is none."""
    found: dict[NetworkKind, Interface] = {}
    for place in reading.places(cluster.CLUSTER, cluster.FEATURES.id):
        features = cluster.FEATURES.find(reading, place.endpoint) or 0
        kind = _kind(features)
        made = Interface(
            kind,
            place.endpoint,
            min(cluster.SCAN_MAX_SECONDS.find(reading, place.endpoint) or SCAN_SECONDS, LONGEST_SCAN),
            cluster.CONNECT_MAX_SECONDS.find(reading, place.endpoint) or CONNECT_SECONDS,
        )
        found.setdefault(kind, made)
    order = [NetworkKind.WIFI, NetworkKind.THREAD]
    wanted = reversed(order) if prefers_thread else order
    return next((found[kind] for kind in wanted if kind in found), Interface(NetworkKind.NONE))


def _kind(features: int) -> NetworkKind:
    if features & Feature.WIFI:
        return NetworkKind.WIFI
    return NetworkKind.THREAD if features & Feature.THREAD else NetworkKind.NONE


async def scan(device: Commissionee, via: Interface) -> tuple[Network, ...] | None:
    """The Wi-Fi networks that the device sees; None where it can't say."""
    answer = await _scanned(device, via)
    if answer is None:
        return None
    return strongest_first(
        Network(each.ssid, _security(each.security), each.rssi, each.channel, each.bssid)
        for each in answer.wifi
        if each.ssid
    )


async def scan_meshes(device: Commissionee, via: Interface) -> tuple[ThreadNetwork, ...] | None:
    """The Thread networks that the device sees; None where it can't say."""
    answer = await _scanned(device, via)
    if answer is None:
        return None
    return strongest_meshes_first(
        ThreadNetwork(
            each.name, each.extended_pan_id.to_bytes(8, "big"), each.pan_id, each.channel, each.rssi
        )
        for each in answer.thread
    )


async def _scanned(device: Commissionee, via: Interface) -> ScanResponse | None:
    seconds = via.scan_seconds + MARGIN
    try:
        await device.need(seconds)
        answer = await device.query(SCAN_NETWORKS, ScanNetworks(), endpoint=via.endpoint, seconds=seconds)
    except CompanionError:
        return None
    return answer if answer.status is NetworkStatus.SUCCESS else None


def _security(bits: int) -> WifiSecurity:
    of = cluster.WifiSecurity
    if bits & of.WPA3:
        return WifiSecurity.WPA2_WPA3 if bits & of.WPA2 else WifiSecurity.WPA3
    for bit, security in (
        (of.WPA2, WifiSecurity.WPA2),
        (of.WPA, WifiSecurity.WPA),
        (of.WEP, WifiSecurity.WEP),
    ):
        if bits & bit:
            return security
    return WifiSecurity.OPEN if not bits or bits & of.UNENCRYPTED else WifiSecurity.WPA2


class Joining:
    """Tells one device one network. name: the network's, for people; seconds: that joining may take."""

    def __init__(self, device: Commissionee, via: Interface, reporter: Reporter) -> None:
        self._device, self._via, self._reporter = device, via, reporter
        self._known: bytes | None = None
        self.name = ""
        self.seconds = via.connect_seconds + MARGIN

    async def add(self, settings: DeviceSettings) -> Credential:
        """Hand the details over, in place of those of an earlier attempt. Raises NetworkError leaves."""
        await self._forget_known()
        if self._via.kind is NetworkKind.THREAD:
            assert settings.thread is not None
            return await self._add_thread(settings.thread)
        assert settings.wifi is not None
        return await self._add_wifi(settings.wifi)

    async def connect(self) -> None:
        """Tell the device to join, and wait for what it says. Raises NetworkError leaves, and RadioError
        leaves where it does not answer: it may join all the same."""
        assert self._known is not None
        answer = await self._device.query(
            CONNECT_NETWORK, ById(self._known), endpoint=self._via.endpoint, seconds=self.seconds
        )
        if (error := self._error(answer.status)) is not None:
            raise error

    async def _forget_known(self) -> None:
        if self._known is not None:
            known, self._known = self._known, None
            await self._device.query(REMOVE_NETWORK, ById(known), endpoint=self._via.endpoint)

    async def _add_wifi(self, wifi: WifiCredentials) -> Credential:
        self._reporter.progress(Text("Sending the details of {network}", {"network": wifi.name}))
        self._reporter.report(Sending("wifi"))
        self.name = wifi.name
        request = AddWifi(wifi.ssid, wifi.passphrase or Secret(b""))
        answer = await self._device.query(ADD_WIFI, request, endpoint=self._via.endpoint)
        return self._added(answer.status, wifi.ssid, Credential("wifi", {"ssid": wifi.name}))

    async def _add_thread(self, dataset: Secret) -> Credential:
        name, extended_pan_id = thread_names(dataset)
        self.name = name
        self._reporter.progress(Text("Sending the details of {network}", {"network": name}))
        self._reporter.report(Sending("thread"))
        answer = await self._device.query(ADD_THREAD, AddThread(dataset), endpoint=self._via.endpoint)
        return self._added(answer.status, extended_pan_id, Credential("thread", {"network": name}))

    def _added(self, status: NetworkStatus, known_as: bytes, credential: Credential) -> Credential:
        if (error := self._error(status)) is not None:
            raise error
        self._known = known_as
        self._reporter.report(CredentialDelivered(credential))
        return credential

    def _error(self, status: NetworkStatus) -> CompanionError | None:
        if self._via.kind is NetworkKind.THREAD:
            return failures.of_thread(status)
        return failures.of_wifi(status, self.name)


def thread_names(dataset: Secret) -> tuple[str, bytes]:
    """Name and extended PAN id (8 octets). Raises ThreadDatasetUnusable where no device can join with it."""
    found = thread.read(dataset)
    found.check_joinable()
    return found.name or "", found.extended_pan_id or b""
