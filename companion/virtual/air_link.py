"""What joins controllers of one process: they hear each other's advertisements and links."""

from __future__ import annotations

import asyncio
from typing import Any

from bumble import hci, ll
from bumble.core import PhysicalTransport
from bumble.link import LocalLink


class AirLink(LocalLink):  # type: ignore[misc]  # Bumble is not type-checked
    """Bumble's link between controllers, made to scale and to bear peers that are gone.

    An advertisement goes only to those who listen: with n devices Bumble's own link does n * n work.
    """

    def send_advertising_pdu(self, sender_controller: Any, packet: Any) -> None:
        if isinstance(packet, ll.ConnectInd):
            # At once, so that of two centrals that heard one advertisement only one gets the link.
            for controller in tuple(self.controllers):
                if controller is not sender_controller:
                    controller.on_ll_advertising_pdu(packet)
            return
        loop = asyncio.get_running_loop()
        for controller in self.controllers:
            if controller is not sender_controller and getattr(controller, "is_listening", True):
                loop.call_soon(controller.on_ll_advertising_pdu, packet)

    def is_connectable(self, address: hci.Address) -> bool:
        """True if a controller advertises connectably under `address` at this moment."""
        return any(controller.is_connectable_at(address) for controller in self.controllers)

    def break_connection(self, connection: Any) -> None:
        """Tell the peer of `connection` that it is gone: supervision timeout."""
        peer = self._peer(connection.peer_address, connection.self_address)
        if peer is not None:
            ended = peer.le_connections[connection.self_address]
            peer.on_le_disconnected(ended, hci.HCI_ErrorCode.CONNECTION_TIMEOUT_ERROR)

    def send_acl_data(
        self, sender_controller: Any, destination_address: Any, transport: Any, data: bytes
    ) -> None:
        connection = sender_controller.le_connections.get(destination_address)
        if transport != PhysicalTransport.LE or connection is None:
            return
        peer = self._peer(destination_address, connection.self_address)
        if peer is not None:
            asyncio.get_running_loop().call_soon(
                peer.on_link_acl_data, connection.self_address, transport, data
            )

    def send_ll_control_pdu(self, sender_address: Any, receiver_address: Any, packet: Any) -> None:
        peer = self._peer(receiver_address, sender_address)
        if peer is not None:
            asyncio.get_running_loop().call_soon(self._deliver_control, peer, sender_address, packet)

    @staticmethod
    def _deliver_control(peer: Any, sender_address: Any, packet: Any) -> None:
        # Both sides may end a connection in the same moment.
        if sender_address in peer.le_connections:
            peer.on_ll_control_pdu(sender_address, packet)

    def _peer(self, own_address: Any, peer_address: Any) -> Any | None:
        """The controller that is `own_address` in a connection with `peer_address`."""
        for controller in self.controllers:
            connection = controller.le_connections.get(peer_address)
            if connection is not None and connection.self_address == own_address:
                return controller
        return None
