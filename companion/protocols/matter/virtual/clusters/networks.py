"""Network Commissioning: the networks that a device sees, keeps and joins (Core 11.9), Wi-Fi's and Thread's
diagnostics with it."""

from __future__ import annotations

import secrets
from dataclasses import replace

from companion.model import Network, WifiSecurity
from companion.networks.thread import Dataset
from companion.protocols.matter.clusters import diagnostics
from companion.protocols.matter.clusters import network_commissioning as cluster
from companion.protocols.matter.clusters.network_commissioning import (
    AddThread,
    AddWifi,
    ById,
    ConfigResponse,
    ConnectResponse,
    Feature,
    NetworkInfo,
    NetworkStatus,
    ScanNetworks,
    ScanResponse,
    ThreadResult,
    WifiResult,
)
from companion.protocols.matter.interaction.node import Access, Later, ServedCluster
from companion.protocols.matter.interaction.status import Status, StatusBlock
from companion.protocols.matter.virtual import thread
from companion.protocols.matter.virtual.factory.options import Fault
from companion.protocols.matter.virtual.factory.product import Medium
from companion.protocols.matter.virtual.state import effects
from companion.protocols.matter.virtual.state.settings import Stored
from companion.protocols.matter.virtual.state.state import DeviceState
from companion.virtual import thread_network
from companion.virtual.access_points import AccessPoints, Attempt

SCAN_SECONDS, CONNECT_SECONDS = 10, 30
_FEATURES = {Medium.WIFI: Feature.WIFI, Medium.THREAD: Feature.THREAD, Medium.ETHERNET: Feature.ETHERNET}
_WIRE = b"eth0"
_SECURITY = {
    WifiSecurity.OPEN: cluster.WifiSecurity.UNENCRYPTED,
    WifiSecurity.WPA3: cluster.WifiSecurity.WPA3,
    WifiSecurity.WPA2_WPA3: cluster.WifiSecurity.WPA2 | cluster.WifiSecurity.WPA3,
}
_SECURITY_TYPE = {
    WifiSecurity.OPEN: diagnostics.WifiSecurityType.NONE,
    WifiSecurity.WPA3: diagnostics.WifiSecurityType.WPA3,
    WifiSecurity.WPA2_WPA3: diagnostics.WifiSecurityType.WPA3,
}


def serve(state: DeviceState, around: AccessPoints) -> tuple[ServedCluster, ...]:
    """The clusters of a device's root that its medium has."""
    networks = _Networks(state, around)
    medium = state.product.medium
    readers = [
        cluster.MAX_NETWORKS.serve(lambda access: 1),
        cluster.NETWORKS.serve(networks.kept),
        cluster.INTERFACE_ENABLED.serve(lambda access: True),
        cluster.LAST_STATUS.serve(networks.last_status),
        cluster.LAST_NETWORK.serve(networks.last_network),
        cluster.LAST_ERROR.serve(lambda access: None),
    ]
    made = ServedCluster(cluster.CLUSTER, cluster.REVISION, features=_FEATURES[medium])
    if medium is not Medium.ETHERNET:
        readers += [
            cluster.SCAN_MAX_SECONDS.serve(lambda access: SCAN_SECONDS),
            cluster.CONNECT_MAX_SECONDS.serve(lambda access: CONNECT_SECONDS),
        ]
        adds = (
            cluster.ADD_WIFI.serve(networks.add_wifi)
            if medium is Medium.WIFI
            else cluster.ADD_THREAD.serve(networks.add_thread)
        )
        made.commands = dict(
            (
                cluster.SCAN_NETWORKS.serve(networks.scan),
                adds,
                cluster.REMOVE_NETWORK.serve(networks.remove),
                cluster.CONNECT_NETWORK.serve(networks.connect),
            )
        )
        made.responses = (
            cluster.SCAN_NETWORKS.response,
            cluster.ADD_WIFI.response,
            cluster.CONNECT_NETWORK.response,
        )
    made.readers = dict(readers)
    return (made, *networks.diagnostics())


class _Networks:
    def __init__(self, state: DeviceState, around: AccessPoints) -> None:
        self._state, self._around = state, around

    # --- attributes --------------------------------------------------------------------------------------

    def kept(self, access: Access) -> tuple[NetworkInfo, ...]:
        state = self._state
        if state.product.medium is Medium.ETHERNET:
            return (NetworkInfo(_WIRE, True),)
        return tuple(
            NetworkInfo(each.id, state.online and each.id == state.settings.connected)
            for each in state.settings.networks
        )

    def last_status(self, access: Access) -> NetworkStatus | None:
        last = self._state.last_network
        return None if last is None else NetworkStatus(last[0])

    def last_network(self, access: Access) -> bytes | None:
        last = self._state.last_network
        return None if last is None else last[1]

    # --- commands ----------------------------------------------------------------------------------------

    def scan(self, request: ScanNetworks, access: Access) -> ScanResponse:
        self._follow(request.breadcrumb)
        if self._state.product.medium is Medium.THREAD:
            return ScanResponse(NetworkStatus.SUCCESS, thread=(_border_router(),))
        found = tuple(
            _wifi_result(each) for each in self._around.visible() if request.ssid in (None, b"", each.ssid)
        )
        return ScanResponse(NetworkStatus.SUCCESS, wifi=found)

    def add_wifi(self, request: AddWifi, access: Access) -> ConfigResponse | StatusBlock:
        if not request.ssid or 0 < len(request.credentials) < 8:
            return ConfigResponse(NetworkStatus.OUT_OF_RANGE)
        return self._add(Stored(request.ssid, request.credentials), request.breadcrumb, access)

    def add_thread(self, request: AddThread, access: Access) -> ConfigResponse | StatusBlock:
        dataset = thread.taken(request.dataset)
        extended = dataset.extended_pan_id if dataset is not None else None
        if extended is None:
            return ConfigResponse(NetworkStatus.OUT_OF_RANGE, "not a dataset")
        return self._add(Stored(extended, request.dataset), request.breadcrumb, access)

    def _add(self, network: Stored, breadcrumb: int | None, access: Access) -> ConfigResponse | StatusBlock:
        state = self._state
        if not self._may_change(access):
            return StatusBlock(Status.FAILSAFE_REQUIRED)
        others = tuple(each for each in state.settings.networks if each.id != network.id)
        if others:
            return ConfigResponse(NetworkStatus.BOUNDS_EXCEEDED)
        state.change(replace(state.settings, networks=(network,)))
        self._follow(breadcrumb)
        return ConfigResponse(NetworkStatus.SUCCESS, index=0)

    def remove(self, request: ById, access: Access) -> ConfigResponse | StatusBlock:
        state = self._state
        if not self._may_change(access):
            return StatusBlock(Status.FAILSAFE_REQUIRED)
        if all(each.id != request.id for each in state.settings.networks):
            return ConfigResponse(NetworkStatus.NETWORK_ID_NOT_FOUND)
        state.change(replace(state.settings, networks=()))
        self._follow(request.breadcrumb)
        return ConfigResponse(NetworkStatus.SUCCESS, index=0)

    def connect(self, request: ById, access: Access) -> ConnectResponse | StatusBlock | Later:
        state = self._state
        if not self._may_change(access):
            return StatusBlock(Status.FAILSAFE_REQUIRED)
        if all(each.id != request.id for each in state.settings.networks):
            return ConnectResponse(NetworkStatus.NETWORK_ID_NOT_FOUND)
        self._follow(request.breadcrumb)
        later, answer = state.later()
        state.do(effects.Join(request.id, answer))
        return later

    def _may_change(self, access: Access) -> bool:
        armed = self._state.fail_safe
        return armed is not None and armed.fabric == access.fabric

    def _follow(self, breadcrumb: int | None) -> None:
        if breadcrumb is not None:
            self._state.breadcrumb = breadcrumb

    # --- diagnostics -------------------------------------------------------------------------------------

    def diagnostics(self) -> tuple[ServedCluster, ...]:
        match self._state.product.medium:
            case Medium.WIFI:
                return (self._wifi(),)
            case Medium.THREAD:
                return (self._thread(),)
            case Medium.ETHERNET:
                return (self._ethernet(),)

    def _ethernet(self) -> ServedCluster:
        rate = diagnostics.ETHERNET_RATE.serve(lambda access: diagnostics.PhyRate.M100)
        return ServedCluster(diagnostics.ETHERNET, 1, readers=dict((rate,)))

    def _wifi(self) -> ServedCluster:
        def found() -> Network | None:
            point = self._around.point(self._state.settings.connected or b"")
            if point is None or not self._state.online:
                return None
            return Network(point.ssid, point.security, point.rssi, point.channel, point.bssid)

        def security(access: Access) -> diagnostics.WifiSecurityType | None:
            network = found()
            usual = diagnostics.WifiSecurityType.WPA2
            return None if network is None else _SECURITY_TYPE.get(network.security, usual)

        def bssid(access: Access) -> bytes | None:
            network = found()
            return None if network is None else network.bssid

        def channel(access: Access) -> int | None:
            network = found()
            return None if network is None else network.channel

        def rssi(access: Access) -> int | None:
            network = found()
            return None if network is None else network.rssi

        return ServedCluster(
            diagnostics.WIFI,
            1,
            readers=dict(
                (
                    diagnostics.WIFI_BSSID.serve(bssid),
                    diagnostics.WIFI_SECURITY.serve(security),
                    diagnostics.WIFI_CHANNEL.serve(channel),
                    diagnostics.WIFI_RSSI.serve(rssi),
                )
            ),
        )

    def _thread(self) -> ServedCluster:
        def joined() -> Dataset | None:
            stored = self._state.settings.networks
            return thread.taken(stored[0].credentials) if stored and self._state.online else None

        def channel(access: Access) -> int | None:
            dataset = joined()
            return None if dataset is None or dataset.channel is None else dataset.channel.number

        def name(access: Access) -> str | None:
            dataset = joined()
            return None if dataset is None else dataset.name

        def extended_pan_id(access: Access) -> int | None:
            dataset = joined()
            octets = dataset.extended_pan_id if dataset is not None else None
            return None if octets is None else int.from_bytes(octets, "big")

        return ServedCluster(
            diagnostics.THREAD,
            2,
            readers=dict(
                (
                    diagnostics.THREAD_CHANNEL.serve(channel),
                    diagnostics.THREAD_ROLE.serve(
                        lambda access: diagnostics.RoutingRole.ROUTER if self._state.online else None
                    ),
                    diagnostics.THREAD_NETWORK_NAME.serve(name),
                    diagnostics.THREAD_EXTENDED_PAN_ID.serve(extended_pan_id),
                )
            ),
        )


def _wifi_result(network: Network) -> WifiResult:
    security = _SECURITY.get(network.security, cluster.WifiSecurity.WPA2)
    bssid = network.bssid or bytes(6)
    return WifiResult(int(security), network.ssid, bssid, network.channel or 0, 0, network.rssi or 0)


def _border_router() -> ThreadResult:
    """The Thread network in range of every virtual device."""
    return ThreadResult(
        pan_id=thread_network.PAN_ID,
        extended_pan_id=int.from_bytes(thread_network.EXTENDED_PAN_ID, "big"),
        name=thread_network.NAME,
        channel=thread_network.CHANNEL,
        version=4,
        address=secrets.token_bytes(8),
        rssi=-52,
        lqi=230,
    )


def join_status(state: DeviceState, around: AccessPoints, network: bytes) -> NetworkStatus:
    """How joining a network that it keeps ends."""
    stored = next((each for each in state.settings.networks if each.id == network), None)
    if stored is None:
        return NetworkStatus.NETWORK_ID_NOT_FOUND
    if Fault.WIFI_REFUSED in state.faults:
        return NetworkStatus.AUTH_FAILURE
    if state.product.medium is Medium.THREAD:
        return thread.join(stored.credentials)
    return _of_attempt(around, stored)


def _of_attempt(around: AccessPoints, stored: Stored) -> NetworkStatus:
    point = around.point(stored.id)
    match around.join(stored.id, stored.credentials.reveal()):
        case Attempt.NOT_FOUND:
            return NetworkStatus.NETWORK_NOT_FOUND
        case Attempt.WRONG_PASSPHRASE:
            return NetworkStatus.AUTH_FAILURE
        case Attempt.JOINED:
            return NetworkStatus.SUCCESS if point is not None and point.dhcp else NetworkStatus.IP_BIND_FAILED
        case _:
            return NetworkStatus.OTHER_CONNECTION_FAILURE
