"""Every command, response and attribute against the Python package that comes with the Matter SDK."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from companion.protocols.matter import tlv
from companion.protocols.matter.clusters import (
    access_control,
    administrator_commissioning,
    basic_information,
    descriptor,
    diagnostics,
    general_commissioning,
    identify,
    network_commissioning,
    on_off,
    operational_credentials,
    time_synchronization,
)
from companion.protocols.matter.clusters.basic_information import CapabilityMinima
from companion.protocols.matter.clusters.descriptor import DeviceType
from companion.protocols.matter.clusters.diagnostics import InterfaceType, NetworkInterface
from companion.protocols.matter.clusters.general_commissioning import CommissioningInfo
from companion.protocols.matter.clusters.network_commissioning import NetworkInfo
from companion.protocols.matter.clusters.operational_credentials import Fabric, Noc
from companion.protocols.matter.clusters.table import Attribute, Command, Query
from companion.protocols.matter.clusters.time_synchronization import DstOffset, TimeZone
from companion.protocols.matter.fabric.access import AccessEntry, AuthMode, Privilege, Target
from companion.protocols.matter.tlv import Element, Kind
from tests.protocols.matter.clusters.samples import SAMPLES, Sample

theirs = pytest.importorskip("chip.clusters.Objects", reason="home-assistant-chip-clusters is not installed")
MODULES: tuple[ModuleType, ...] = (
    access_control,
    administrator_commissioning,
    basic_information,
    descriptor,
    diagnostics,
    general_commissioning,
    identify,
    network_commissioning,
    on_off,
    operational_credentials,
    time_synchronization,
)


def attributes() -> Iterator[tuple[str, Attribute[Any]]]:
    for module in MODULES:
        for name, value in vars(module).items():
            if isinstance(value, Attribute):
                yield f"{module.__name__.rpartition('.')[2]}.{name}", value


ATTRIBUTES = list(attributes())


def there(attribute: Attribute[Any]) -> Any:
    from chip.clusters.ClusterObjects import ALL_ATTRIBUTES

    return ALL_ATTRIBUTES[attribute.cluster][attribute.id]


def by_tag(element: Element) -> Element:
    """The same with the members of structures by tag: ours writes some in another order."""
    if not isinstance(element.value, tuple):
        return element
    members = [by_tag(member) for member in element]
    if element.kind is Kind.STRUCTURE:
        members.sort(key=lambda member: member.tag if isinstance(member.tag, int) else -1)
    return Element(element.tag, element.kind, tuple(members))


def same(ours: bytes, other: bytes) -> bool:
    return by_tag(tlv.decode(ours)) == by_tag(tlv.decode(other))


def with_null(value: Any) -> Any:
    """None is null for us and absence for them."""
    match value:
        case None:
            return theirs.NullValue
        case dict():
            return {name: with_null(one) for name, one in value.items()}
        case list():
            return [with_null(one) for one in value]
    return value


def named(name: str) -> Any:
    cluster, _, command = name.partition(".")
    return getattr(getattr(theirs, cluster).Commands, command)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_command_is_that_of_the_sdk(sample: Sample) -> None:
    command = named(sample.name)
    ours = sample.command
    assert (ours.cluster, ours.id) == (command.cluster_id, command.command_id)
    assert ours.timed == bool(command().must_use_timed_invoke)
    encoded = bytes(command.descriptor.DictToTLV(with_null(sample.theirs)))
    assert same(ours.request.encode(sample.ours), encoded)
    assert ours.request.decode(encoded) == sample.ours
    assert (command.response_type is None) == isinstance(ours, Command)


@pytest.mark.parametrize("sample", [one for one in SAMPLES if one.response], ids=lambda sample: sample.name)
def test_a_response_is_that_of_the_sdk(sample: Sample) -> None:
    response, ours = named(sample.response), sample.command
    assert isinstance(ours, Query)
    assert ours.response == response.command_id
    encoded = bytes(response.descriptor.DictToTLV(sample.reply))
    assert ours.answer.decode(encoded) == sample.answer
    assert same(ours.answer.encode(sample.answer), encoded)


def test_every_command_has_a_sample() -> None:
    held = {
        (value.cluster, value.id)
        for module in MODULES
        for value in vars(module).values()
        if isinstance(value, Command | Query)
    }
    assert held == {(sample.command.cluster, sample.command.id) for sample in SAMPLES}


CALLED = {
    "access_control.ENTRIES_PER_FABRIC": "AccessControlEntriesPerFabric",
    "access_control.SUBJECTS_PER_ENTRY": "SubjectsPerAccessControlEntry",
    "access_control.TARGETS_PER_ENTRY": "TargetsPerAccessControlEntry",
    "administrator_commissioning.ADMIN_FABRIC": "AdminFabricIndex",
    "administrator_commissioning.ADMIN_VENDOR": "AdminVendorId",
    "descriptor.CLIENTS": "ClientList",
    "descriptor.DEVICE_TYPES": "DeviceTypeList",
    "descriptor.PARTS": "PartsList",
    "descriptor.SERVERS": "ServerList",
    "diagnostics.ETHERNET_RATE": "PHYRate",
    "diagnostics.HARDWARE_FAULTS": "ActiveHardwareFaults",
    "diagnostics.HEAP_FREE": "CurrentHeapFree",
    "diagnostics.HEAP_USED": "CurrentHeapUsed",
    "diagnostics.NETWORK_FAULTS": "ActiveNetworkFaults",
    "diagnostics.OPERATIONAL_HOURS": "TotalOperationalHours",
    "diagnostics.RADIO_FAULTS": "ActiveRadioFaults",
    "diagnostics.TEST_TRIGGERS_ENABLED": "TestEventTriggersEnabled",
    "diagnostics.THREAD_ROLE": "RoutingRole",
    "diagnostics.WIFI_CHANNEL": "ChannelNumber",
    "diagnostics.WIFI_SECURITY": "SecurityType",
    "general_commissioning.INFO": "BasicCommissioningInfo",
    "identify.TIME": "IdentifyTime",
    "identify.TYPE": "IdentifyType",
    "network_commissioning.CONNECT_MAX_SECONDS": "ConnectMaxTimeSeconds",
    "network_commissioning.FEATURES": "FeatureMap",
    "network_commissioning.LAST_ERROR": "LastConnectErrorValue",
    "network_commissioning.LAST_NETWORK": "LastNetworkID",
    "network_commissioning.LAST_STATUS": "LastNetworkingStatus",
    "network_commissioning.SCAN_MAX_SECONDS": "ScanMaxTimeSeconds",
    "operational_credentials.CURRENT_FABRIC": "CurrentFabricIndex",
    "operational_credentials.TRUSTED_ROOTS": "TrustedRootCertificates",
    "time_synchronization.DST_LIST_MAX_SIZE": "DSTOffsetListMaxSize",
}
"""What the SDK calls attributes that have a shorter name here."""


@pytest.mark.parametrize(("name", "attribute"), ATTRIBUTES, ids=[name for name, _ in ATTRIBUTES])
def test_an_attribute_has_the_number_of_the_sdk_s(name: str, attribute: Attribute[Any]) -> None:
    short = re.sub("^(BRIDGED|THREAD|WIFI)_", "", name.partition(".")[2]).replace("_", "")
    assert there(attribute).__name__.lower() == CALLED.get(name, short).lower()


ADDRESS = bytes(range(16))
VALUES: dict[str, tuple[Any, ...]] = {
    "access_control.ACL": (
        (),
        (
            AccessEntry(
                Privilege.ADMINISTER, AuthMode.CASE, (1, 0xFFFFFFFD00010001), (Target(endpoint=1),), 2
            ),
        ),
        (AccessEntry(Privilege.VIEW, AuthMode.GROUP, None, None, 1),),
    ),
    "basic_information.CAPABILITY_MINIMA": (CapabilityMinima(3, 3),),
    "descriptor.DEVICE_TYPES": ((DeviceType(0x0100, 3), DeviceType(0x0016, 1)),),
    "diagnostics.NETWORK_INTERFACES": (
        (
            NetworkInterface(
                "wlan0", True, bytes(6), (bytes(4),), (ADDRESS,), InterfaceType.WIFI, True, None
            ),
            NetworkInterface("wpan0", False, bytes(8), (), (), InterfaceType.THREAD, None, None),
        ),
    ),
    "diagnostics.HARDWARE_FAULTS": ((), (1, 10)),
    "diagnostics.NETWORK_FAULTS": ((), (1, 3)),
    "diagnostics.RADIO_FAULTS": ((), (1, 6)),
    "general_commissioning.INFO": (CommissioningInfo(60, 900),),
    "network_commissioning.NETWORKS": ((NetworkInfo(b"Hafen 12", True),),),
    "operational_credentials.FABRICS": ((Fabric(bytes(65), 0xFFF1, 1 << 60, 1 << 50, "home", 1),),),
    "operational_credentials.NOCS": ((Noc(b"noc", b"icac", 1), Noc(b"noc", None, 2)),),
    "time_synchronization.DST_OFFSET": ((DstOffset(3600, 1, None), DstOffset(0, 1, 2)),),
    "time_synchronization.TIME_ZONE": ((TimeZone(-3600, 0, "Atlantic/Azores"), TimeZone(0, 5)),),
}


def plain(codec: Any) -> tuple[Any, ...]:
    """Values of a simple codec."""
    match codec:
        case tlv.Number():
            return (-7,) if codec.kind is Kind.SIGNED else (0, (1 << codec.bits) - 2)
        case tlv.Choice():
            return tuple(one for one in codec.names if one < 0xFF)
        case tlv.Text():
            return ("x" * max(codec.low, 2),)
        case tlv.Octets():
            return (bytes(max(codec.low, 2)),)
        case tlv.Nullable():
            return (None, *plain(codec.inner))
        case tlv.Several():
            return ((), plain(codec.inner))
    return (True, False)


@pytest.mark.parametrize(("name", "attribute"), ATTRIBUTES, ids=[name for name, _ in ATTRIBUTES])
def test_a_value_of_an_attribute_is_that_of_the_sdk(name: str, attribute: Attribute[Any]) -> None:
    for value in VALUES.get(name) or plain(attribute.codec):
        ours = tlv.encode(attribute.codec.write(None, value))
        encoded = bytes(there(attribute).ToTLV(None, there(attribute).FromTLV(ours)))
        assert same(ours, encoded), value
        assert attribute.codec.read(tlv.decode(encoded)) == value
