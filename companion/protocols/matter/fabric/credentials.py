"""What a node of a fabric holds: its certificates as handed to it, its key, and the fabric's IPK."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from companion.protocols.matter.certificates import chain
from companion.protocols.matter.certificates.certificate import Certificate
from companion.protocols.matter.certificates.chain import NodeIdentity
from companion.protocols.matter.certificates.faults import BadCertificate, Fault
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.fabric.identity import FabricIdentity
from companion.secret import Secret


@dataclass(frozen=True)
class NodeCredentials:
    """root, icac, noc: TLV, as given; ipk: the epoch key (16 octets), not the operational one."""

    root: bytes = field(repr=False)
    icac: bytes | None = field(repr=False)
    noc: bytes = field(repr=False)
    key: KeyPair
    ipk: Secret

    @classmethod
    def checked(
        cls, root: bytes, icac: bytes | None, noc: bytes, key: KeyPair, ipk: Secret, at: int | None = None
    ) -> NodeCredentials:
        """The same, once the chain and the key fit. at: seconds since 2000. Raises BadCertificate."""
        made = cls(root, icac, noc, key, ipk)
        chain.check_root(made.root_certificate)
        identity = made.verify_peer(noc, icac, at)
        if identity.public_key != key.public:
            raise BadCertificate(Fault.PUBLIC_KEY, "the certificate is for another key")
        return made

    @cached_property
    def root_certificate(self) -> Certificate:
        return Certificate.of_tlv(self.root)

    @cached_property
    def identity(self) -> NodeIdentity:
        """Whom they are for."""
        return chain.check_node(Certificate.of_tlv(self.noc))

    @cached_property
    def fabric(self) -> FabricIdentity:
        return FabricIdentity(self.root_certificate.public_key, self.identity.fabric)

    @cached_property
    def operational_ipk(self) -> Secret:
        return self.fabric.operational_key(self.ipk)

    def verify_peer(self, noc: bytes, icac: bytes | None, at: int | None = None) -> NodeIdentity:
        """Whom a peer's certificates name, below this root and in this fabric. Raises BadCertificate."""
        intermediate = None if icac is None else Certificate.of_tlv(icac)
        identity = chain.check_chain(Certificate.of_tlv(noc), intermediate, self.root_certificate, at)
        if identity.fabric != self.identity.fabric:
            raise BadCertificate(Fault.FABRIC, "of another fabric")
        return identity
