"""The device's side of Security 0, 1 and 2, as ESP-IDF's protocomm does it."""

from __future__ import annotations

import hmac
import secrets
from abc import ABC, abstractmethod
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from companion.protocols.espressif.proto import session_pb2
from companion.protocols.espressif.security import srp
from companion.protocols.espressif.security.security1 import Keystream
from companion.protocols.espressif.security.security2 import CountedNonce, FixedNonce, nonce_of
from companion.protocols.espressif.virtual.options import EspressifFault, EspressifOptions, Verifier

GROUP = srp.GROUP_3072


class Refused(Exception):
    """A handler failed. Over Bluetooth all reasons look alike."""


class DeviceSecurity(ABC):
    """One security scheme on the device; one session at a time, restarted by command 0."""

    def handle(self, request: bytes) -> bytes:
        """A prov-session request in, its response out. Raises Refused."""
        asked = session_pb2.SessionData()
        asked.ParseFromString(request)
        payload = asked.WhichOneof("payload")
        if asked.security != self.number or payload != f"security_{self.number}":
            raise Refused("security scheme mismatch")
        answered = session_pb2.SessionData(security=self.number)
        getattr(answered, payload).CopyFrom(self._answer(getattr(asked, payload)))
        return bytes(answered.SerializeToString())

    @property
    @abstractmethod
    def number(self) -> int: ...

    @abstractmethod
    def _answer(self, command: Any) -> Any: ...

    @abstractmethod
    def restart(self) -> None:
        """A new link: the session of the old one is gone."""

    @abstractmethod
    def open(self, sealed: bytes) -> bytes:
        """A request in clear. Raises Refused without a session, or for another's request."""

    @abstractmethod
    def seal(self, plaintext: bytes) -> bytes: ...


class DeviceSecurity0(DeviceSecurity):
    number = 0

    def _answer(self, command: Any) -> Any:
        response = session_pb2.Security0.Response()
        return session_pb2.Security0(msg=session_pb2.RESPONSE_0, response=response)

    def restart(self) -> None:
        pass

    def open(self, sealed: bytes) -> bytes:
        return sealed

    def seal(self, plaintext: bytes) -> bytes:
        return plaintext


class DeviceSecurity1(DeviceSecurity):
    number = 1

    def __init__(self, options: EspressifOptions) -> None:
        self._options = options
        self.restart()

    def restart(self) -> None:
        self._public = self._client_public = b""
        self._keystream: Keystream | None = None
        self._secure = False

    def _answer(self, command: Any) -> Any:
        if command.msg == session_pb2.COMMAND_0 and command.HasField("command_0"):
            return self._agree(command.command_0.client_public_key)
        if command.msg == session_pb2.COMMAND_1 and self._keystream is not None:
            return self._prove(command.command_1.client_proof, self._keystream)
        raise Refused("message out of order")

    def _agree(self, client_public: bytes) -> Any:
        if len(client_public) != 32:
            raise Refused("public key length")
        self.restart()
        private, random = X25519PrivateKey.generate(), secrets.token_bytes(16)
        shared = private.exchange(X25519PublicKey.from_public_bytes(client_public))
        self._public, self._client_public = private.public_key().public_bytes_raw(), client_public
        self._keystream = Keystream(shared, self._options.pop, random)
        response = session_pb2.Security1.Response0(device_public_key=self._public, device_random=random)
        return session_pb2.Security1(msg=session_pb2.RESPONSE_0, response_0=response)

    def _prove(self, proof: bytes, keystream: Keystream) -> Any:
        known = hmac.compare_digest(keystream(proof), self._public)
        if EspressifFault.FORGED_PROOF in self._options.faults:
            own = secrets.token_bytes(32)
        elif not known:
            raise Refused("key mismatch")
        else:
            own = keystream(self._client_public)
        self._secure = True
        response = session_pb2.Security1.Response1(device_proof=own)
        return session_pb2.Security1(msg=session_pb2.RESPONSE_1, response_1=response)

    def open(self, sealed: bytes) -> bytes:
        return self._cipher()(sealed)

    def seal(self, plaintext: bytes) -> bytes:
        return self._cipher()(plaintext)

    def _cipher(self) -> Keystream:
        if self._keystream is None or not self._secure:
            raise Refused("no session")
        return self._keystream


class DeviceSecurity2(DeviceSecurity):
    number = 2

    def __init__(self, options: EspressifOptions) -> None:
        self._options = options
        self._salt, x = make_credential(options)
        self._verifier = pow(GROUP.generator, x, GROUP.prime)
        self.restart()

    def restart(self) -> None:
        self._username = b""
        self._client_public = self._server_public = b""
        self._premaster = 0
        self._cipher: AESGCM | None = None
        self._nonce: FixedNonce | CountedNonce | None = None

    def _answer(self, command: Any) -> Any:
        if command.msg == session_pb2.COMMAND_0 and command.HasField("command_0"):
            return self._agree(command.command_0.username, command.command_0.client_public_key)
        if command.msg == session_pb2.COMMAND_1 and self._client_public and self._cipher is None:
            return self._prove(command.command_1.client_proof)
        raise Refused("message out of order")

    def _agree(self, username: bytes, client_public: bytes) -> Any:
        if len(client_public) != GROUP.octets or not username:
            raise Refused("public key length, or no user name")
        self.restart()
        a_value, b = int.from_bytes(client_public, "big"), secrets.randbits(256)
        multiple = srp.multiplier(GROUP) * self._verifier
        b_value = (multiple + pow(GROUP.generator, b, GROUP.prime)) % GROUP.prime
        u = srp.scrambler(GROUP, a_value, b_value)
        self._premaster = pow(a_value * pow(self._verifier, u, GROUP.prime), b, GROUP.prime)
        self._username, self._client_public = username, client_public
        self._server_public = b_value.to_bytes((b_value.bit_length() + 7) // 8, "big")
        response = session_pb2.Security2.Response0(device_public_key=self._server_public, salt=self._salt)
        return session_pb2.Security2(msg=session_pb2.RESPONSE_0, response_0=response)

    def _prove(self, client_proof: bytes) -> Any:
        agreement = srp.agree(
            GROUP, self._username, self._salt, self._client_public, self._server_public, self._premaster
        )
        proof = agreement.server_proof
        if EspressifFault.FORGED_PROOF in self._options.faults:
            proof = secrets.token_bytes(len(proof))
        elif not hmac.compare_digest(agreement.client_proof, client_proof):
            raise Refused("client proof")
        nonce = secrets.token_bytes(16)
        if self._options.firmware.nonce == 12:
            nonce = nonce[:8] + (1).to_bytes(4, "big")
        self._nonce, self._cipher = nonce_of(nonce), AESGCM(agreement.key[:32])
        response = session_pb2.Security2.Response1(device_proof=proof, nonce=nonce)
        return session_pb2.Security2(msg=session_pb2.RESPONSE_1, response_1=response)

    def open(self, sealed: bytes) -> bytes:
        cipher, nonce = self._session()
        try:
            plaintext = cipher.decrypt(nonce.current(), sealed, None)
        except (InvalidTag, ValueError) as error:
            raise Refused("decryption") from error
        nonce.advance()
        return plaintext

    def seal(self, plaintext: bytes) -> bytes:
        cipher, nonce = self._session()
        sealed = cipher.encrypt(nonce.current(), plaintext, None)
        nonce.advance()
        return sealed

    def _session(self) -> tuple[AESGCM, FixedNonce | CountedNonce]:
        if self._cipher is None or self._nonce is None:
            raise Refused("no session")
        return self._cipher, self._nonce


def make_credential(options: EspressifOptions) -> tuple[bytes, int]:
    """The salt that the device sends, 16 octets, and the private key x of its verifier."""
    drawn = options.salt or b"\x01" + secrets.token_bytes(15)
    inner = GROUP.digest(options.username.encode(), b":", options.pop.reveal())
    kept = drawn.lstrip(b"\0")
    if options.verifier is Verifier.AS_SPECIFIED:
        return drawn, GROUP.number(drawn, inner)
    if options.verifier is Verifier.BY_TOOL:
        return drawn, GROUP.number(kept, inner.lstrip(b"\0"))
    return kept + secrets.token_bytes(len(drawn) - len(kept)), GROUP.number(kept, inner)


def security_of(options: EspressifOptions) -> DeviceSecurity:
    """The scheme that the options ask for."""
    if options.security == 0:
        return DeviceSecurity0()
    return DeviceSecurity1(options) if options.security == 1 else DeviceSecurity2(options)
