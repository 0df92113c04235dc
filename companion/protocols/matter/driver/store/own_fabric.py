"""This owner's fabric: its root and our own node's key, in the vault beside the owner key and in its backups.

Founded when it is first needed. A backup of before restores without one, and the next use founds another.
"""

from __future__ import annotations

import json
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from companion.errors import KeyStoreDamaged
from companion.protocols.matter.certificates.authority import Authority, Validity
from companion.protocols.matter.certificates.certificate import Certificate
from companion.protocols.matter.certificates.faults import BadCertificate
from companion.protocols.matter.certificates.times import matter_time
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.fabric.authority import FabricAuthority, Issued
from companion.protocols.matter.fabric.credentials import NodeCredentials
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.identity import Vault

KEY = "matter/fabric"
VENDOR = 0xFFF1
"""Of the administrator, which devices show to others: that for tests, until the CSA assigns one."""
DEVICE_DAYS = 3650
"""A device whose certificate expired can only be reset, and nobody renews it while this computer is off."""
CLOCK_SLACK = timedelta(days=1)
_LAST_NODE = 0xFFFF_FFEF_FFFF_FFFF


@dataclass(frozen=True)
class OwnFabric:
    """authority: issues for devices; own: what this computer shows them."""

    authority: FabricAuthority
    own: NodeCredentials

    @property
    def name(self) -> str:
        """The compressed fabric id, 16 hexadecimal digits."""
        return self.authority.identity.compressed.hex().upper()

    @property
    def node(self) -> int:
        """This computer's node id: the administrator's."""
        return self.own.identity.node

    def issue(self, public_key: bytes, node: int, now: datetime | None = None) -> Issued:
        """A device's certificate. Raises BadCertificate."""
        return self.authority.issue(public_key, node, device_validity(now or datetime.now(UTC)))


def device_validity(now: datetime) -> Validity:
    """From yesterday, as clocks differ."""
    return Validity(matter_time(now - CLOCK_SLACK), matter_time(now + timedelta(days=DEVICE_DAYS)))


def new_node() -> int:
    """A random id of an operational node."""
    return 1 + secrets.randbelow(_LAST_NODE)


def own_fabric(vault: Vault) -> OwnFabric:
    """The fabric that is kept, or a new one. Raises StorageError leaves."""
    kept = vault.get(KEY)
    if kept is not None:
        return _read(kept)
    made = _found(datetime.now(UTC))
    vault.put(KEY, _written(made))
    return made


def known_fabric(vault: Vault) -> OwnFabric | None:
    """The fabric that is kept; None where no device was ever given one. Raises StorageError leaves."""
    kept = vault.get(KEY)
    return None if kept is None else _read(kept)


def _found(now: datetime) -> OwnFabric:
    forever = Validity(matter_time(now - CLOCK_SLACK))
    authority = FabricAuthority.found(KeyPair.generate(), forever)
    return OwnFabric(authority, authority.admit(KeyPair.generate(), new_node(), forever))


def _written(fabric: OwnFabric) -> Secret:
    authority, own = fabric.authority, fabric.own
    parts = {
        "root": authority.root.as_tlv(),
        "root_key": authority.issuer.key.scalar.reveal(),
        "ipk": authority.ipk.reveal(),
        "noc": own.noc,
        "key": own.key.scalar.reveal(),
    }
    document = {name: b64encode(part).decode() for name, part in parts.items()}
    return Secret(json.dumps({"version": 1, "number": authority.number, **document}))


def _read(kept: Secret) -> OwnFabric:
    try:
        document = json.loads(kept.reveal())
        parts = {
            name: b64decode(document[name], validate=True)
            for name in ("root", "root_key", "ipk", "noc", "key")
        }
        root = Certificate.of_tlv(parts["root"])
        issuer = Authority(root, KeyPair.of(Secret(parts["root_key"])))
        ipk = Secret(parts["ipk"])
        own = NodeCredentials.checked(
            parts["root"], None, parts["noc"], KeyPair.of(Secret(parts["key"])), ipk
        )
        return OwnFabric(FabricAuthority(root, issuer, int(document["number"]), ipk), own)
    except (ValueError, KeyError, TypeError, BadCertificate) as error:
        raise KeyStoreDamaged(f"the fabric can't be read: {type(error).__name__}") from error
