"""The end of commissioning, over the network: the device keeps what it has, and answers as itself."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.errors import CompanionError, CredentialsRejected
from companion.protocols.matter.clusters import basic_information as basic
from companion.protocols.matter.clusters import failures
from companion.protocols.matter.clusters import operational_credentials as credentials
from companion.protocols.matter.clusters.general_commissioning import (
    ARM_FAIL_SAFE,
    COMMISSIONING_COMPLETE,
    ArmFailSafe,
    CommissioningError,
)
from companion.protocols.matter.clusters.table import Nothing
from companion.protocols.matter.driver.commissioning.description import Description
from companion.protocols.matter.fabric.identity import FabricIdentity
from companion.protocols.matter.interaction.client import Read, Write, raise_for
from companion.protocols.matter.interaction.status import InteractionFailed, UnexpectedMessage

if TYPE_CHECKING:
    from companion.protocols.matter.driver.session.node import Node

_SECONDS = 10.0
_LABEL = 32
"""Octets of a node's name."""


async def complete(node: Node, *, may_be_over: bool = False) -> None:
    """CommissioningComplete. may_be_over: an earlier one may have arrived, so that no fail-safe is left.

    Raises DeviceError leaves, OperationTimeout where the device may have completed.
    """
    answer = await node.query(COMMISSIONING_COMPLETE, Nothing(), seconds=_SECONDS)
    if may_be_over and answer.error is CommissioningError.NO_FAIL_SAFE:
        return
    if (error := failures.of_commissioning(answer.error)) is not None:
        raise error


async def take_back(node: Node) -> bool:
    """Let the device forget what it was given, over its own session. True if it said so. Raises nothing."""
    with suppress(CompanionError):
        answer = await node.query(ARM_FAIL_SAFE, ArmFailSafe(0), seconds=3.0)
        return failures.of_commissioning(answer.error) is None
    return False


async def label(node: Node, name: str) -> None:
    """Write its name, as much of it as a node keeps. Raises DeviceError leaves, OperationTimeout."""
    short = name.encode()[:_LABEL].decode(errors="ignore")
    response = await node.run(Write(basic.NODE_LABEL.data(short)))
    try:
        raise_for(response)
    except (InteractionFailed, UnexpectedMessage) as failed:
        raise failed.leaf from failed


@dataclass(frozen=True)
class Proven:
    """What a node says of itself. index: of our fabric there; fabrics: ids of all that it is in"""

    said: Description
    index: int | None
    fabrics: frozenset[str]


async def prove(node: Node, fabric: FabricIdentity, node_id: int) -> Proven:
    """What it says of itself as a node of our fabric.

    Raises CredentialsRejected where it does not know itself by what it was given, OperationTimeout.
    """
    paths = [
        each.path(0)
        for each in (
            basic.VENDOR_NAME,
            basic.VENDOR_ID,
            basic.PRODUCT_NAME,
            basic.PRODUCT_ID,
            basic.SERIAL_NUMBER,
            basic.SOFTWARE_VERSION_STRING,
            credentials.FABRICS,
            credentials.CURRENT_FABRIC,
        )
    ]
    reading = await node.run(Read.of(*paths, fabric_filtered=False), _SECONDS)
    listed = credentials.FABRICS.find(reading) or ()
    own = (each for each in listed if (each.root, each.fabric) == (fabric.root_key, fabric.number))
    if not any(each.node == node_id for each in own):
        raise CredentialsRejected("the device does not list the fabric that it was given")
    fabrics = frozenset(FabricIdentity(each.root, each.fabric).id for each in listed)
    return Proven(Description(reading), credentials.CURRENT_FABRIC.find(reading), fabrics)
