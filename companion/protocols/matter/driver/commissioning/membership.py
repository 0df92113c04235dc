"""What makes a device a node of our fabric, as the record keeps it, and as the next run finds it."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from companion.model import Credential
from companion.protocols.matter.certificates.times import moment
from companion.protocols.matter.driver.commissioning.description import Description
from companion.protocols.matter.driver.store.pending_nodes import Pending

if TYPE_CHECKING:
    from companion.protocols.matter.driver.commissioning.evidence import Attested
    from companion.protocols.matter.driver.store.own_fabric import OwnFabric
    from companion.protocols.matter.fabric.authority import Issued


def fabric_credential(fabric: OwnFabric, node: int, issued: Issued, index: int | None = None) -> Credential:
    """The certificate that a device gets, without anything secret.

    fabric: its id; fabric_name: its owner's word for it, where that is us
    index: of the fabric in the device's table, once it is known; intermediate: fingerprint of the delegate's
    certificate between it and the root, where there is one
    """
    details = {
        "fabric": fabric.id,
        "node": f"{node:016X}",
        "fingerprint": hashlib.sha256(issued.noc.as_der()).hexdigest(),
        "not_after": moment(issued.noc.not_after).isoformat(),
    }
    if fabric.name:
        details["fabric_name"] = fabric.name
    if issued.icac is not None:
        details["intermediate"] = hashlib.sha256(issued.icac.as_der()).hexdigest()
    return indexed(Credential("fabric", details), index)


def indexed(credential: Credential, index: int | None) -> Credential:
    """The same, with the fabric's index in the device's table, if that is known."""
    return (
        credential
        if index is None
        else replace(credential, details={**credential.details, "index": str(index)})
    )


def pending_node(
    node: int,
    name: str,
    discriminator: int | None,
    about: Description,
    attested: Attested,
    credential: Credential,
) -> Pending:
    """What is kept of a device before it has its certificate: the next run looks whether it kept that."""
    return Pending(
        node=node,
        short=(discriminator or 0) >> 8,
        name=name,
        vendor=about.vendor,
        product=about.product,
        since=time.time(),
        identity_key=attested.identity_key.hex(),
        credential=dict(credential.details),
        report=attested.report.document(),
        fabric=credential.details["fabric"],
    )
