"""Confirmations, session keys and data of one provisioning (Mesh 1.1, 5.4.2.4 and 5.4.2.5).

Both ends compute the same, so both have these functions: whoever sends back what we sent would be right.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256
from companion.encoding.ccm import AesCcm, NotAuthentic
from companion.encoding.cmac import cmac
from companion.errors import ProtocolViolation
from companion.protocols.mesh import crypto
from companion.protocols.mesh.provisioning.capabilities import Algorithm, Choice
from companion.protocols.mesh.provisioning.pdus import Start
from companion.secret import Secret

DATA_OCTETS = 25
_MIC_OCTETS = 8
_KEY_REFRESH, _IV_UPDATE = 1, 2


class DataRefused(ValueError):
    """Provisioning data that were not sealed with the session's key."""


@dataclass(frozen=True)
class ProvisioningData:
    """What makes a device a node. key: the network key, 16 octets; index: its own, 12 bits

    refreshing, updating: a key refresh (phase 2) or an IV update is under way; address: unicast, of its
    first element
    """

    key: Secret
    index: int
    iv_index: int
    address: int
    refreshing: bool = False
    updating: bool = False

    def encode(self) -> bytes:
        """25 octets."""
        flags = _KEY_REFRESH * self.refreshing | _IV_UPDATE * self.updating
        return (
            self.key.reveal()
            + self.index.to_bytes(2, "big")
            + bytes((flags,))
            + self.iv_index.to_bytes(4, "big")
            + self.address.to_bytes(2, "big")
        )

    @classmethod
    def read(cls, octets: bytes) -> ProvisioningData:
        """25 octets. Raises ProtocolViolation for a key index or an address that there is not."""
        key, index, flags = Secret(octets[:16]), int.from_bytes(octets[16:18], "big"), octets[18]
        iv_index, address = int.from_bytes(octets[19:23], "big"), int.from_bytes(octets[23:25], "big")
        if len(octets) != DATA_OCTETS or index > 0xFFF or not 0 < address < 0x8000:
            raise ProtocolViolation("provisioning data that no network has")
        return cls(key, index, iv_index, address, bool(flags & _KEY_REFRESH), bool(flags & _IV_UPDATE))


@dataclass(frozen=True)
class Session:
    """key: seals the data; nonce: 13 octets; device_key: what only this provisioner and the device have"""

    key: Secret
    nonce: bytes
    device_key: Secret

    def seal(self, data: ProvisioningData) -> bytes:
        """33 octets. Once a session: the nonce is fixed."""
        return AesCcm(self.key.reveal(), _MIC_OCTETS).seal(self.nonce, data.encode())

    def unseal(self, sealed: bytes) -> ProvisioningData:
        """Raises DataRefused, ProtocolViolation."""
        try:
            return ProvisioningData.read(AesCcm(self.key.reveal(), _MIC_OCTETS).unseal(self.nonce, sealed))
        except NotAuthentic as wrong:
            raise DataRefused("provisioning data of another session") from wrong


@dataclass(frozen=True)
class Exchange:
    """Everything that both ends know before they prove their secret.

    inputs: parameters of Invite, Capabilities and Start, and both public keys; shared: ECDH, 32 octets
    """

    algorithm: Algorithm
    inputs: bytes
    shared: Secret

    @classmethod
    def of(
        cls,
        invite: bytes,
        capabilities: bytes,
        choice: Choice,
        keys: tuple[bytes, bytes],
        shared: Secret,
    ) -> Exchange:
        """invite, capabilities: parameters as they were sent, with what is not defined too; keys: the
        provisioner's and the device's, 64 octets each
        """
        inputs = invite + capabilities + Start(choice).parameters + keys[0] + keys[1]
        return cls(choice.algorithm, inputs, shared)

    @property
    def salt(self) -> bytes:
        return crypto.s2(self.inputs) if self.algorithm is Algorithm.HMAC else crypto.s1(self.inputs)

    def confirmation(self, random: bytes, secret: Secret) -> bytes:
        """What an end commits to. random: its own; secret: the AuthValue; both of the algorithm's size"""
        shared = self.shared.reveal()
        if self.algorithm is Algorithm.HMAC:
            key = crypto.k5(shared + secret.reveal(), self.salt, b"prck256")
            return crypto.hmac_sha256(key, random)
        return cmac(crypto.k1(shared, self.salt, b"prck"), random + secret.reveal())

    def session(self, provisioner: bytes, device: bytes) -> Session:
        """provisioner, device: their randoms"""
        salt, shared = crypto.s1(self.salt + provisioner + device), self.shared.reveal()
        return Session(
            Secret(crypto.k1(shared, salt, b"prsk")),
            crypto.k1(shared, salt, b"prsn")[-crypto.NONCE_SIZE :],
            Secret(crypto.k1(shared, salt, b"prdk")),
        )


def public_octets(key: ec.EllipticCurvePrivateKey) -> bytes:
    """X and Y, 64 octets."""
    return es256.point(key)[1:]


def agree(key: ec.EllipticCurvePrivateKey, peer: bytes) -> Secret:
    """The secret of both keys. peer: 64 octets. Raises ProtocolViolation for what is no point of P-256."""
    try:
        return Secret(key.exchange(ec.ECDH(), es256.load_point(b"\x04" + peer)))
    except es256.BadPoint as wrong:
        raise ProtocolViolation("a public key that is not on P-256") from wrong
