"""Lets somebody else issue for this owner's fabric: an intermediate certificate, and what goes with it.

Matter bounds a delegate by three things: the fabric (its id is in the certificate's name), no authority below
(path length 0), and the time. There are no name constraints. A delegate can give any node id and any tag of
the fabric, administrators' among them, and holds the fabric's identity protection key; devices know no
revocation of operational certificates, so that the end of its time is the only one that they see.

Sources: Matter Core 1.4, 6.4.5 and 6.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from companion.protocols.matter.certificates.authority import Authority, Validity
from companion.protocols.matter.certificates.certificate import Certificate
from companion.protocols.matter.certificates.faults import BadCertificate, Fault
from companion.protocols.matter.certificates.times import matter_time
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.driver.store.own_fabric import (
    CLOCK_SLACK,
    OwnFabric,
    admitted,
    new_node,
    within,
)
from companion.protocols.matter.fabric.authority import FabricAuthority
from companion.secret import Secret


@dataclass(frozen=True)
class Delegation:
    """What a delegate is handed, over a channel that keeps a secret.

    root, icac: certificates, TLV; number: the fabric id; ipk: its epoch key (16 octets)
    """

    root: bytes
    icac: bytes
    number: int
    ipk: Secret


def delegate(
    fabric: OwnFabric, public_key: bytes, until: datetime, since: datetime | None = None
) -> Delegation:
    """For whoever holds the key of a point (65 octets), until a moment.

    since: yesterday if left out, as clocks differ

    Raises BadCertificate, also where this fabric is a delegate's.
    """
    if fabric.own.icac is not None:
        raise BadCertificate(Fault.BASIC_CONSTRAINTS, "a delegate has no authority below it")
    begin = since or datetime.now(UTC) - CLOCK_SLACK
    validity = within(Validity(matter_time(begin), matter_time(until)), fabric.authority.root)
    certificate = fabric.authority.intermediate(public_key, validity)
    return Delegation(
        fabric.authority.root.as_tlv(), certificate.as_tlv(), fabric.authority.number, fabric.authority.ipk
    )


def accept(delegation: Delegation, key: KeyPair) -> OwnFabric:
    """The fabric as the delegate has it: issues below its certificate, and calls devices as an administrator.

    key: the one that was delegated to. Raises BadCertificate where that is another one.
    """
    root, icac = Certificate.of_tlv(delegation.root), Certificate.of_tlv(delegation.icac)
    authority = FabricAuthority(root, Authority(icac, key), delegation.number, delegation.ipk)
    own = admitted(authority, KeyPair.generate(), new_node(), Validity(icac.not_before))
    return OwnFabric(authority, own, name="")
