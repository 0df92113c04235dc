"""A new certificate for a node that has one: CSRRequest, UpdateNOC, a session with it (core 11.18.6.9)."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from companion.errors import CompanionError, CsrRefused
from companion.events import Sending, Withdrawn
from companion.model import Text
from companion.protocols.matter import tlv
from companion.protocols.matter.attestation.elements import CSR_ELEMENTS, NONCE_SIZE
from companion.protocols.matter.certificates.faults import BadCertificate
from companion.protocols.matter.certificates.requests import requested_key
from companion.protocols.matter.certificates.times import moment
from companion.protocols.matter.clusters import failures
from companion.protocols.matter.clusters import operational_credentials as credentials
from companion.protocols.matter.clusters.general_commissioning import ARM_FAIL_SAFE, ArmFailSafe
from companion.protocols.matter.clusters.operational_credentials import CsrRequest, UpdateNoc
from companion.protocols.matter.driver.commissioning import completion

if TYPE_CHECKING:
    from companion.protocols import Reporter
    from companion.protocols.matter.driver.session.node import Node
    from companion.protocols.matter.driver.store.own_fabric import OwnFabric
    from companion.protocols.matter.fabric.authority import Issued

FAIL_SAFE_SECONDS = 60
"""After which the device goes back to the certificate that it has."""


async def renew(node: Node, fabric: OwnFabric, number: int, reporter: Reporter) -> tuple[Issued, int | None]:
    """Give it the certificate; it counts once `complete` was said with it. The index of our fabric there.

    Raises DeviceBusy, CsrRefused, DeviceError leaves; the device then keeps what it has.
    """
    answer = await node.query(ARM_FAIL_SAFE, ArmFailSafe(FAIL_SAFE_SECONDS))
    if (error := failures.of_commissioning(answer.error)) is not None:
        raise error
    is_sent = False
    try:
        nonce = secrets.token_bytes(NONCE_SIZE)
        request = await node.query(credentials.CSR_REQUEST, CsrRequest(nonce, renewing=True))
        issued = fabric.issue(_key(request.elements, nonce), number)
        update = UpdateNoc(issued.noc.as_tlv(), issued.icac_tlv)
        reporter.report(Sending("fabric"))
        is_sent = True
        updated = await node.query(credentials.UPDATE_NOC, update)
        if (refused := failures.of_noc(updated.status)) is not None:
            raise refused
        reporter.summarise(Text("The device accepted its new certificate"))
    except (CompanionError, BadCertificate):
        if await completion.take_back(node) and is_sent:
            reporter.report(Withdrawn())
        raise
    return issued, updated.index


async def complete(node: Node) -> None:
    """Said in a session that was made with the new certificate. Raises DeviceError leaves."""
    await completion.complete(node)


def end_of(issued: Issued) -> datetime:
    """Until when a certificate can be used."""
    return moment(issued.noc.not_after)


def _key(elements: bytes, nonce: bytes) -> bytes:
    """The key that a request is for and signed by. The session proves whose it is. Raises CsrRefused."""
    try:
        found = CSR_ELEMENTS.decode(elements)
        if found.nonce != nonce:
            raise CsrRefused("the request answers another question")
        return requested_key(found.csr)
    except (tlv.MalformedTlv, BadCertificate) as error:
        raise CsrRefused(str(error)) from error
