"""A Bluetooth LE controller without a radio: Bumble's, with the behaviour that a link layer owes.

Bumble's own controller (0.0.236) sends no scan responses, never ends a cancelled connection attempt,
and never notices that a peer has gone. Hosts above it, BlueZ's among them, rely on all three.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bumble import hci, ll
from bumble.controller import Controller, LegacyAdvertiser

if TYPE_CHECKING:
    from companion.virtual.air_link import AirLink

Report = hci.HCI_LE_Advertising_Report_Event.Report
EventType = hci.HCI_LE_Advertising_Report_Event.EventType

CONNECTABLE = (EventType.ADV_IND, EventType.ADV_DIRECT_IND)
SCANNABLE = (EventType.ADV_IND, EventType.ADV_SCAN_IND)
USUAL_RSSI = -50  # dBm
ACTIVE_SCAN = 0x01
INTERVAL_UNIT = 0.000625  # seconds: Core Specification, Vol 4, Part E, 7.8.5
ACL_OCTETS = 251  # the longest LE data packet; Bumble's 27 would cut each ATT packet in twenty


@dataclass
class AdvertisingPacket(ll.AdvInd):  # type: ignore[misc]  # Bumble is not type-checked
    """An advertisement with the scan response that its sender would give, and how loud it is."""

    scan_response: bytes
    event_type: int
    rssi: int


class Advertiser(LegacyAdvertiser):  # type: ignore[misc]  # Bumble is not type-checked
    """Legacy advertising at the interval that the host asked for, with scan responses."""

    def _on_timer_fired(self) -> None:
        self.send_advertising_data()
        pause = self.advertising_interval_min * INTERVAL_UNIT
        self.timer_handle = asyncio.get_running_loop().call_later(pause, self._on_timer_fired)

    @property
    def is_connectable(self) -> bool:
        return bool(self.enabled and self.advertising_type in CONNECTABLE)

    def send_advertising_data(self) -> None:
        if self.enabled:
            self.controller.send_advertising_pdu(
                AdvertisingPacket(
                    advertiser_address=self.address,
                    data=self.advertising_data,
                    scan_response=self.scan_response_data,
                    event_type=self.advertising_type,
                    rssi=self.controller.rssi,
                )
            )


class VirtualController(Controller):  # type: ignore[misc]  # Bumble is not type-checked
    """A controller on an `AirLink`, for a host in this process or behind a transport.

    `rssi` is how loud others hear it, in dBm.
    """

    def __init__(self, name: str, link: AirLink, host_sink: Any = None) -> None:
        super().__init__(name, host_sink=host_sink, link=link)
        self.rssi = USUAL_RSSI
        self.le_legacy_advertiser = Advertiser(self)
        self.le_acl_data_packet_length = self.acl_data_packet_length = ACL_OCTETS
        # It reports connections in the plain form only, which a Linux host refuses from a controller
        # that claims privacy or extended advertising (google/bumble issue 841).
        unsupported = hci.LeFeatureMask.LL_PRIVACY | hci.LeFeatureMask.LE_EXTENDED_ADVERTISING
        self.le_features &= ~unsupported

    @property
    def is_listening(self) -> bool:
        """True if advertisements matter to it now."""
        return bool(self.le_scan_enable or self.pending_le_connection)

    def is_connectable_at(self, address: hci.Address) -> bool:
        advertiser = self.le_legacy_advertiser
        return bool(advertiser.is_connectable and advertiser.address == address)

    def vanish(self) -> None:
        """Leave the air as if switched off: peers lose their links by supervision timeout."""
        self.stop_responding()
        if self in self.link.controllers:
            self.link.remove_controller(self)
        self.host = None

    def stop_responding(self) -> None:
        """Stop advertising, scanning and connecting, and drop all links."""
        self.le_legacy_advertiser.stop()
        self.le_scan_enable = False
        self.pending_le_connection = None
        for connection in tuple(self.le_connections.values()):
            self.link.break_connection(connection)
        self.le_connections.clear()

    # --- Bumble's names for what the host or the air does ------------------------------------------

    def on_hci_reset_command(self, command: Any) -> Any:
        self.stop_responding()
        return super().on_hci_reset_command(command)

    def on_hci_disconnect_command(self, command: Any) -> Any:
        """Core Specification, Vol 4, Part E, 7.1.6: a link that is gone already is an error, not silence."""
        if self.find_connection_by_handle(command.connection_handle) is None:
            unknown = hci.HCI_ErrorCode.UNKNOWN_CONNECTION_IDENTIFIER_ERROR
            self._send_hci_command_status(unknown, command.op_code)
            return None
        return super().on_hci_disconnect_command(command)

    def on_hci_le_create_connection_cancel_command(self, command: Any) -> Any:
        """Core Specification, Vol 4, Part E, 7.8.13: the attempt ends with an event of its own."""
        pending, self.pending_le_connection = self.pending_le_connection, None
        if pending is None:
            return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.COMMAND_DISALLOWED_ERROR)
        ended = hci.HCI_LE_Connection_Complete_Event(
            status=hci.HCI_ErrorCode.UNKNOWN_CONNECTION_IDENTIFIER_ERROR,
            connection_handle=0,
            role=hci.Role.CENTRAL,
            peer_address_type=pending.peer_address.address_type,
            peer_address=pending.peer_address,
            connection_interval=0,
            peripheral_latency=0,
            supervision_timeout=0,
            central_clock_accuracy=0,
        )
        asyncio.get_running_loop().call_soon(self.send_hci_packet, ended)
        return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.SUCCESS)

    def on_advertising_pdu(self, pdu: Any) -> None:
        if not isinstance(pdu, AdvertisingPacket):
            super().on_advertising_pdu(pdu)
            return
        if self.le_scan_enable:
            self._report(pdu, pdu.event_type, pdu.data)
            if self.le_scan_type == ACTIVE_SCAN and pdu.event_type in SCANNABLE:
                self._report(pdu, EventType.SCAN_RSP, pdu.scan_response)
        pending = self.pending_le_connection
        if pending and pending.peer_address == pdu.advertiser_address and pdu.event_type in CONNECTABLE:
            self.create_le_connection(pdu.advertiser_address)

    def create_le_connection(self, peer_address: Any) -> None:
        # Another central may have been faster since this advertisement was sent.
        if self.link.is_connectable(peer_address):
            super().create_le_connection(peer_address)

    def _report(self, pdu: AdvertisingPacket, event_type: int, data: bytes) -> None:
        report = Report(
            event_type=event_type,
            address_type=pdu.advertiser_address.address_type,
            address=pdu.advertiser_address,
            data=data,
            rssi=pdu.rssi,
        )
        self.send_hci_packet(hci.HCI_LE_Advertising_Report_Event([report]))
