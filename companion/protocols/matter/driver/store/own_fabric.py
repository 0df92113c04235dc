"""A fabric of this owner's: its root and our own node's key, and how it is written for the vault."""

from __future__ import annotations

import json
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from companion.errors import KeyStoreDamaged
from companion.plain_text import plain
from companion.protocols.matter.certificates.authority import Authority, Validity
from companion.protocols.matter.certificates.certificate import Certificate
from companion.protocols.matter.certificates.faults import BadCertificate
from companion.protocols.matter.certificates.times import NEVER, matter_time
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.fabric.access import subject_of_cat
from companion.protocols.matter.fabric.authority import FabricAuthority, Issued
from companion.protocols.matter.fabric.credentials import NodeCredentials
from companion.secret import Secret

VENDOR = 0xFFF1
"""Of the administrator, which devices show to others: that for tests, until the CSA assigns one."""
DEVICE_DAYS = 3650
"""A device whose certificate expired can only be reset, and nobody renews it while this computer is off."""
CLOCK_SLACK = timedelta(days=1)
ADMINISTRATORS = 0x0001_0001
"""The tag (identifier and version) of those who may do everything with the devices of this fabric: its owner,
and whom the owner lets issue for it. A device's access control names the tag and not a computer."""
HOME = "Home"
"""What a fabric is called that was never given a name, as those of before."""
_LAST_NODE = 0xFFFF_FFEF_FFFF_FFFF


@dataclass(frozen=True)
class OwnFabric:
    """authority: issues for devices; own: what this computer shows them; name: its owner's word for it, ""
    for another owner's."""

    authority: FabricAuthority
    own: NodeCredentials
    name: str = HOME

    @property
    def id(self) -> str:
        """The compressed fabric id, 16 hexadecimal digits."""
        return self.authority.identity.id

    @property
    def node(self) -> int:
        """This computer's node id: the administrator's."""
        return self.own.identity.node

    @property
    def administrators(self) -> int:
        """The subject that devices grant everything to."""
        return subject_of_cat(ADMINISTRATORS)

    def issue(self, public_key: bytes, node: int, now: datetime | None = None) -> Issued:
        """A device's certificate, no longer good than its issuer's. Raises BadCertificate."""
        validity = device_validity(now or datetime.now(UTC))
        return self.authority.issue(public_key, node, within(validity, self.authority.issuer.certificate))


def device_validity(now: datetime) -> Validity:
    """From yesterday, as clocks differ."""
    return Validity(matter_time(now - CLOCK_SLACK), matter_time(now + timedelta(days=DEVICE_DAYS)))


def within(validity: Validity, issuer: Certificate) -> Validity:
    """The same, ended with its issuer's."""
    ends = [each for each in (validity.until, issuer.not_after) if each != NEVER]
    return Validity(validity.since, min(ends, default=NEVER))


def new_node() -> int:
    """A random id of an operational node."""
    return 1 + secrets.randbelow(_LAST_NODE)


def found(now: datetime, name: str = HOME) -> OwnFabric:
    """A new fabric, which is kept nowhere."""
    forever = Validity(matter_time(now - CLOCK_SLACK))
    authority = FabricAuthority.found(KeyPair.generate(), forever)
    return OwnFabric(authority, admitted(authority, KeyPair.generate(), new_node(), forever), name)


def admitted(authority: FabricAuthority, key: KeyPair, node: int, validity: Validity) -> NodeCredentials:
    """An administrator's own certificate. Raises BadCertificate."""
    return authority.admit(key, node, within(validity, authority.issuer.certificate), (ADMINISTRATORS,))


def written(fabric: OwnFabric) -> Secret:
    """For the vault."""
    authority, own = fabric.authority, fabric.own
    parts = {
        "root": authority.root.as_tlv(),
        "root_key": authority.issuer.key.scalar.reveal(),
        "ipk": authority.ipk.reveal(),
        "noc": own.noc,
        "key": own.key.scalar.reveal(),
    }
    if own.icac is not None:
        parts["icac"] = own.icac
    document = {name: b64encode(part).decode() for name, part in parts.items()}
    return Secret(json.dumps({"version": 1, "name": fabric.name, "number": authority.number, **document}))


def read(kept: Secret) -> OwnFabric:
    """What `written` made. Raises KeyStoreDamaged."""
    try:
        document = json.loads(kept.reveal())
        names = ("root", "root_key", "ipk", "noc", "key", *(("icac",) if "icac" in document else ()))
        parts = {name: b64decode(document[name], validate=True) for name in names}
        root, icac = Certificate.of_tlv(parts["root"]), parts.get("icac")
        issuer = Authority(
            root if icac is None else Certificate.of_tlv(icac), KeyPair.of(Secret(parts["root_key"]))
        )
        ipk = Secret(parts["ipk"])
        authority = FabricAuthority(root, issuer, int(document["number"]), ipk)
        own = NodeCredentials.checked(
            parts["root"], icac, parts["noc"], KeyPair.of(Secret(parts["key"])), ipk
        )
        if ADMINISTRATORS not in own.identity.cats:
            # Kept before there was the tag: the same node, with it.
            own = admitted(authority, own.key, own.identity.node, Validity(root.not_before))
        return OwnFabric(authority, own, plain(str(document.get("name", HOME))))
    except (ValueError, KeyError, TypeError, BadCertificate) as error:
        raise KeyStoreDamaged(f"the fabric can't be read: {type(error).__name__}") from error
