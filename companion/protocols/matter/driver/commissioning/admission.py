"""A device gets our root and its certificate: from then on it is a node of our fabric, if all goes well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.protocols.matter.clusters import failures
from companion.protocols.matter.clusters.operational_credentials import (
    ADD_NOC,
    ADD_TRUSTED_ROOT,
    AddNoc,
    AddRoot,
)
from companion.protocols.matter.driver.store.own_fabric import VENDOR

if TYPE_CHECKING:
    from companion.protocols.matter.driver.session.commissionee import Commissionee
    from companion.protocols.matter.driver.store.own_fabric import OwnFabric
    from companion.protocols.matter.fabric.authority import Issued


async def trust_us(device: Commissionee, fabric: OwnFabric) -> None:
    """AddTrustedRootCertificate (core 11.18.6.13). Raises DeviceError leaves, RadioError leaves."""
    await device.command(ADD_TRUSTED_ROOT, AddRoot(fabric.authority.root.as_tlv()))


async def admit(device: Commissionee, fabric: OwnFabric, issued: Issued) -> None:
    """AddNOC (core 11.18.6.8): its certificate, the fabric's IPK and who administers it.

    Raises CsrRefused and DeviceError leaves by the status that the device answers, RadioError leaves.
    """
    request = AddNoc(
        issued.noc.as_tlv(), fabric.authority.ipk, fabric.administrators, VENDOR, issued.icac_tlv
    )
    answer = await device.query(ADD_NOC, request)
    if (error := failures.of_noc(answer.status)) is not None:
        raise error
