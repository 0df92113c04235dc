"""Who decides what belongs to a fabric: the root itself, or a delegate with an intermediate certificate."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from companion.encoding.ccm import KEY_SIZE
from companion.protocols.matter.certificates.authority import Authority, Validity
from companion.protocols.matter.certificates.certificate import Certificate
from companion.protocols.matter.certificates.identifiers import FABRICS
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.fabric.credentials import NodeCredentials
from companion.protocols.matter.fabric.identity import FabricIdentity
from companion.secret import Secret


@dataclass(frozen=True)
class Issued:
    """What a node is handed: its certificate, and the intermediate that issued it, if it was not the root."""

    noc: Certificate
    icac: Certificate | None

    @property
    def icac_tlv(self) -> bytes | None:
        return None if self.icac is None else self.icac.as_tlv()


@dataclass(frozen=True)
class FabricAuthority:
    """root: the trust anchor; issuer: who signs; number: the fabric id; ipk: its epoch key (16 octets)."""

    root: Certificate
    issuer: Authority
    number: int
    ipk: Secret

    @classmethod
    def found(cls, key: KeyPair, validity: Validity, number: int | None = None) -> FabricAuthority:
        """A new fabric with a root of one's own. number: random where it is left out."""
        chosen = secrets.randbits(64) or FABRICS.start if number is None else number
        root = Authority.root(key, secrets.randbits(64), validity)
        return cls(root.certificate, root, chosen, Secret(secrets.token_bytes(KEY_SIZE)))

    @property
    def identity(self) -> FabricIdentity:
        return FabricIdentity(self.root.public_key, self.number)

    @property
    def _icac(self) -> Certificate | None:
        return None if self.issuer.certificate == self.root else self.issuer.certificate

    def issue(self, public_key: bytes, node: int, validity: Validity, cats: tuple[int, ...] = ()) -> Issued:
        """A node's certificate for a key that it has proven to hold. Raises BadCertificate."""
        return Issued(self.issuer.node(public_key, node, self.number, validity, cats), self._icac)

    def admit(
        self, key: KeyPair, node: int, validity: Validity, cats: tuple[int, ...] = ()
    ) -> NodeCredentials:
        """Credentials of a node whose key is here: a controller's own. Raises BadCertificate."""
        issued = self.issue(key.public, node, validity, cats)
        return NodeCredentials.checked(
            self.root.as_tlv(), issued.icac_tlv, issued.noc.as_tlv(), key, self.ipk
        )

    def intermediate(self, public_key: bytes, validity: Validity) -> Certificate:
        """A delegate's certificate: issues for nodes of this fabric alone, for no authority below it."""
        return self.issuer.intermediate(public_key, secrets.randbits(64), validity, self.number)

    def delegated(self, certificate: Certificate, key: KeyPair) -> FabricAuthority:
        """The same fabric, as the delegate with this intermediate certificate issues for it."""
        return FabricAuthority(self.root, Authority(certificate, key), self.number, self.ipk)
