"""Security 1: X25519, mixed with the proof of possession, and AES-256-CTR.

The key is X25519(client, device) XOR SHA-256(PoP), without the XOR if there is no PoP. One continuous
keystream (IV = the device's random) serves both proofs and then every request and response, in order.
There is no integrity: who changes ciphertext changes plaintext.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import ClassVar

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

from companion.errors import ProtocolViolation, WrongIdentity
from companion.protocols.espressif.dialogues.exchange import Exchange
from companion.protocols.espressif.proto import session_pb2
from companion.protocols.espressif.security.session import Phase, SecuritySession
from companion.secret import Secret

KEY_OCTETS = 32
RANDOM_OCTETS = 16


class Keystream:
    """AES-256-CTR that goes on from one call to the next, for both directions alike."""

    def __init__(self, shared: bytes, pop: Secret, random: bytes) -> None:
        key = shared
        if pop:
            key = bytes(a ^ b for a, b in zip(shared, hashlib.sha256(pop.reveal()).digest(), strict=True))
        self._cipher = Cipher(AES(key), CTR(random)).encryptor()

    def __call__(self, text: bytes) -> bytes:
        """Encrypt or decrypt the next octets."""
        return self._cipher.update(text)


class Security1(SecuritySession):
    """pop: the proof of possession; an empty Secret where the device wants none.

    private: fixed in tests only.
    """

    security: ClassVar[int] = 1

    def __init__(self, pop: Secret, *, private: X25519PrivateKey | None = None) -> None:
        super().__init__()
        self._pop = pop
        self._private = private or X25519PrivateKey.generate()
        self._keystream: Keystream | None = None

    def establish(self) -> Exchange[None]:
        client_public = self._private.public_key().public_bytes_raw()
        first = session_pb2.Security1(
            msg=session_pb2.COMMAND_0,
            command_0=session_pb2.Security1.Command0(client_public_key=client_public),
        )
        device = yield from self._ask(
            session_pb2.SessionData(security_1=first), Phase.AWAITING_KEY, "response_0"
        )
        keystream = Keystream(self._agree(device.device_public_key), self._pop, _random(device.device_random))
        second = session_pb2.Security1(
            msg=session_pb2.COMMAND_1,
            command_1=session_pb2.Security1.Command1(client_proof=keystream(device.device_public_key)),
        )
        proof = yield from self._ask(
            session_pb2.SessionData(security_1=second), Phase.AWAITING_PROOF, "response_1"
        )
        if not hmac.compare_digest(keystream(proof.device_proof), client_public):
            raise WrongIdentity("the device's proof does not fit the proof of possession")
        self._keystream = keystream
        self.phase = Phase.SECURE

    def seal(self, plaintext: bytes) -> bytes:
        return self._secure()(plaintext)

    def open(self, sealed: bytes) -> bytes:
        return self._secure()(sealed)

    def _agree(self, device_public: bytes) -> bytes:
        if len(device_public) != KEY_OCTETS:
            raise ProtocolViolation(f"prov-session: a public key of {len(device_public)} octets")
        try:
            return self._private.exchange(X25519PublicKey.from_public_bytes(device_public))
        except ValueError as error:
            raise ProtocolViolation("prov-session: the device's public key is of low order") from error

    def _secure(self) -> Keystream:
        if self._keystream is None:
            raise RuntimeError("the session is not established")
        return self._keystream


def _random(random: bytes) -> bytes:
    if len(random) != RANDOM_OCTETS:
        raise ProtocolViolation(f"prov-session: a random of {len(random)} octets")
    return random
