"""What a device says of itself before it is set up, and what it is told of place and time."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from companion.errors import DeviceError
from companion.protocols.matter.clusters import basic_information as basic
from companion.protocols.matter.clusters import failures
from companion.protocols.matter.clusters import general_commissioning as general
from companion.protocols.matter.clusters import network_commissioning as networks
from companion.protocols.matter.clusters import time_synchronization as clock
from companion.protocols.matter.driver.commissioning import network
from companion.protocols.matter.interaction.assembly import Reading
from companion.protocols.matter.interaction.client import Read

if TYPE_CHECKING:
    from companion.protocols.matter.driver.session.node import Node

log = logging.getLogger(__name__)

_OF_THE_NODE = (
    basic.VENDOR_NAME,
    basic.VENDOR_ID,
    basic.PRODUCT_NAME,
    basic.PRODUCT_ID,
    basic.SERIAL_NUMBER,
    basic.SOFTWARE_VERSION,
    basic.SOFTWARE_VERSION_STRING,
    general.LOCATION_CAPABILITY,
    clock.GRANULARITY,
)
_OF_INTERFACES = (networks.FEATURES, networks.SCAN_MAX_SECONDS, networks.CONNECT_MAX_SECONDS)
_ANYWHERE = "XX"
"""For a country that nobody asked about."""


@dataclass(frozen=True)
class Description:
    """What was read. Nothing of it is proved."""

    reading: Reading = field(default_factory=Reading)

    @property
    def vendor(self) -> int | None:
        return basic.VENDOR_ID.find(self.reading)

    @property
    def product(self) -> int | None:
        return basic.PRODUCT_ID.find(self.reading)

    @property
    def name(self) -> str | None:
        """What its maker calls it."""
        return basic.PRODUCT_NAME.find(self.reading) or None

    @property
    def model(self) -> str | None:
        parts = (basic.VENDOR_NAME.find(self.reading), basic.PRODUCT_NAME.find(self.reading))
        return " ".join(part for part in parts if part) or None

    @property
    def serial(self) -> str | None:
        return basic.SERIAL_NUMBER.find(self.reading) or None

    @property
    def firmware(self) -> str | None:
        return basic.SOFTWARE_VERSION_STRING.find(self.reading) or None

    @property
    def sequence(self) -> int | None:
        """The number of its software that only grows."""
        return basic.SOFTWARE_VERSION.find(self.reading)

    @property
    def has_clock(self) -> bool:
        return clock.GRANULARITY.find(self.reading) is not None

    def interface(self, *, prefers_thread: bool) -> network.Interface:
        """Which of its ways into a network is to be set up."""
        return network.interface(self.reading, prefers_thread=prefers_thread)


async def describe(node: Node) -> Description:
    """Read it, in one message."""
    paths = [attribute.path(0) for attribute in _OF_THE_NODE]
    paths += [attribute.path(None) for attribute in _OF_INTERFACES]
    return Description(await node.run(Read.of(*paths)))


async def configure(node: Node, about: Description, *, has_radio: bool) -> None:
    """Tell it where it is and what time it is, as far as it wants to know. Raises DeviceError leaves."""
    if has_radio:
        capability = general.LOCATION_CAPABILITY.find(about.reading)
        outdoor = capability is general.RegulatoryLocation.OUTDOOR
        location = general.RegulatoryLocation.OUTDOOR if outdoor else general.RegulatoryLocation.INDOOR
        request = general.SetRegulatoryConfig(location, _ANYWHERE)
        answer = await node.query(general.SET_REGULATORY_CONFIG, request)
        if (error := failures.of_commissioning(answer.error)) is not None:
            raise error
    if about.has_clock:
        now = clock.microseconds(datetime.now(UTC))
        try:
            await node.command(clock.SET_UTC_TIME, clock.SetUtcTime(now, clock.Granularity.MILLISECONDS))
        except DeviceError as refused:
            log.info("the device keeps its own time: %s", refused)
