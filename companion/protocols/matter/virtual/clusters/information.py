"""What a device says of itself: Basic Information, Descriptor, General Diagnostics."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

from companion.protocols.matter.clusters import basic_information as basic
from companion.protocols.matter.clusters import descriptor, diagnostics
from companion.protocols.matter.clusters.basic_information import CapabilityMinima
from companion.protocols.matter.clusters.descriptor import DeviceType
from companion.protocols.matter.clusters.diagnostics import BootReason, InterfaceType, NetworkInterface
from companion.protocols.matter.interaction.node import Access, Node, ServedCluster
from companion.protocols.matter.interaction.status import DONE, Status, StatusBlock
from companion.protocols.matter.virtual.factory.product import VENDOR, VENDOR_NAME, Medium
from companion.protocols.matter.virtual.state.state import DeviceState

FIRMWARE, FIRMWARE_TEXT = 10, "1.0"
_SPECIFICATION = 0x01040000
_INTERFACES = {
    Medium.WIFI: InterfaceType.WIFI,
    Medium.THREAD: InterfaceType.THREAD,
    Medium.ETHERNET: InterfaceType.ETHERNET,
}
_LOOPBACK = bytes(15) + b"\x01"


def serve_basic(state: DeviceState) -> ServedCluster:
    """Basic Information (Core 11.1)."""
    made = state.product

    def label(value: str, access: Access) -> StatusBlock:
        state.change(replace(state.settings, label=value))
        return DONE

    def location(value: str, access: Access) -> StatusBlock:
        if len(value) != 2:
            return StatusBlock(Status.CONSTRAINT_ERROR)
        state.change(replace(state.settings, location=value))
        return DONE

    unique = hashlib.sha256(made.serial.encode()).hexdigest()[:32]
    return ServedCluster(
        basic.CLUSTER,
        basic.REVISION,
        readers=dict(
            (
                basic.DATA_MODEL_REVISION.serve(lambda access: 18),
                basic.VENDOR_NAME.serve(lambda access: VENDOR_NAME),
                basic.VENDOR_ID.serve(lambda access: VENDOR),
                basic.PRODUCT_NAME.serve(lambda access: made.kind.title),
                basic.PRODUCT_ID.serve(lambda access: made.kind.product),
                basic.NODE_LABEL.serve(lambda access: state.settings.label),
                basic.LOCATION.serve(lambda access: state.settings.location),
                basic.HARDWARE_VERSION.serve(lambda access: 1),
                basic.HARDWARE_VERSION_STRING.serve(lambda access: "1"),
                basic.SOFTWARE_VERSION.serve(lambda access: FIRMWARE),
                basic.SOFTWARE_VERSION_STRING.serve(lambda access: FIRMWARE_TEXT),
                basic.SERIAL_NUMBER.serve(lambda access: made.serial),
                basic.UNIQUE_ID.serve(lambda access: unique),
                basic.CAPABILITY_MINIMA.serve(lambda access: CapabilityMinima(3, 3)),
                basic.SPECIFICATION_VERSION.serve(lambda access: _SPECIFICATION),
                basic.MAX_PATHS_PER_INVOKE.serve(lambda access: 1),
            )
        ),
        writers=dict((basic.NODE_LABEL.accept(label), basic.LOCATION.accept(location))),
    )


def serve_descriptor(
    node: Node, endpoint: int, device_type: DeviceType, parts: Callable[[], tuple[int, ...]]
) -> ServedCluster:
    """Descriptor (Core 9.5) of one endpoint."""
    return ServedCluster(
        descriptor.CLUSTER,
        descriptor.REVISION,
        readers=dict(
            (
                descriptor.DEVICE_TYPES.serve(lambda access: (device_type,)),
                descriptor.SERVERS.serve(lambda access: node.clusters(endpoint)),
                descriptor.CLIENTS.serve(lambda access: ()),
                descriptor.PARTS.serve(lambda access: parts()),
            )
        ),
    )


def serve_diagnostics(state: DeviceState) -> ServedCluster:
    """General Diagnostics (Core 11.12)."""

    def interfaces(access: Access) -> tuple[NetworkInterface, ...]:
        hardware = b"\x02" + hashlib.sha256(state.product.serial.encode()).digest()[:5]
        addresses = (_LOOPBACK,) if state.online else ()
        kind = _INTERFACES[state.product.medium]
        return (NetworkInterface("net0", state.online, hardware, (), addresses, kind),)

    return ServedCluster(
        diagnostics.GENERAL,
        diagnostics.GENERAL_REVISION,
        readers=dict(
            (
                diagnostics.NETWORK_INTERFACES.serve(interfaces),
                diagnostics.REBOOT_COUNT.serve(lambda access: 1),
                diagnostics.UPTIME.serve(lambda access: int(state.now - state.started)),
                diagnostics.BOOT_REASON.serve(lambda access: BootReason.POWER_ON),
                diagnostics.HARDWARE_FAULTS.serve(lambda access: ()),
                diagnostics.RADIO_FAULTS.serve(lambda access: ()),
                diagnostics.NETWORK_FAULTS.serve(lambda access: ()),
                diagnostics.TEST_TRIGGERS_ENABLED.serve(lambda access: False),
            )
        ),
    )
