"""What makes a device a node of our fabric, as the record keeps it, and as the next run finds it."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING

from companion.model import Credential
from companion.protocols.matter.certificates.times import moment
from companion.protocols.matter.driver.commissioning.description import Description
from companion.protocols.matter.driver.store.pending_nodes import Pending

if TYPE_CHECKING:
    from companion.protocols.matter.driver.commissioning.evidence import Attested
    from companion.protocols.matter.driver.store.own_fabric import OwnFabric
    from companion.protocols.matter.fabric.authority import Issued


def fabric_credential(fabric: OwnFabric, node: int, issued: Issued) -> Credential:
    """The certificate that a device gets, without anything secret.

    intermediate: fingerprint of the delegate's certificate between it and the root, where there is one
    """
    details = {
        "fabric": fabric.name,
        "node": f"{node:016X}",
        "fingerprint": hashlib.sha256(issued.noc.as_der()).hexdigest(),
        "not_after": moment(issued.noc.not_after).isoformat(),
    }
    if issued.icac is not None:
        details["intermediate"] = hashlib.sha256(issued.icac.as_der()).hexdigest()
    return Credential("fabric", details)


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
    )
