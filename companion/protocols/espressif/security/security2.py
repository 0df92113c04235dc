"""Security 2: SRP-6a with the 3072-bit group and SHA-512, then AES-256-GCM.

The nonce has two generations, told apart by its length and not by what proto-ver says, because products
override that text: 16 octets are one nonce for every message in both directions (ESP-IDF 5.0 to 5.4,
patch 0), 12 octets end in a 32-bit counter that both directions share (patch 1).
"""

from __future__ import annotations

from typing import ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from companion.errors import ProtocolViolation, WrongIdentity
from companion.protocols.espressif.dialogues.exchange import Exchange
from companion.protocols.espressif.proto import session_pb2
from companion.protocols.espressif.security import srp
from companion.protocols.espressif.security.session import Phase, SecuritySession
from companion.secret import Secret

KEY_OCTETS = 32
FIXED_NONCE_OCTETS = 16
COUNTED_NONCE_OCTETS = 12


class FixedNonce:
    """Patch 0: the same 16 octets for every message."""

    def __init__(self, nonce: bytes) -> None:
        self._nonce = nonce

    def current(self) -> bytes:
        return self._nonce

    def advance(self) -> None:
        pass


class CountedNonce:
    """Patch 1: 8 random octets and a big-endian counter that both directions share."""

    def __init__(self, nonce: bytes) -> None:
        self._prefix = nonce[:-4]
        self._counter = int.from_bytes(nonce[-4:], "big")

    def current(self) -> bytes:
        if self._counter == 0:
            raise ProtocolViolation("the nonce counter of this session is used up")
        return self._prefix + self._counter.to_bytes(4, "big")

    def advance(self) -> None:
        self._counter = (self._counter + 1) & 0xFFFFFFFF


def nonce_of(received: bytes) -> FixedNonce | CountedNonce:
    """The nonce that a device's choice stands for. Raises ProtocolViolation for another length."""
    if len(received) == FIXED_NONCE_OCTETS:
        return FixedNonce(received)
    if len(received) == COUNTED_NONCE_OCTETS:
        return CountedNonce(received)
    raise ProtocolViolation(f"prov-session: a nonce of {len(received)} octets")


class Security2(SecuritySession):
    """username and password as the setup code has them (the password is its `pop`).

    variant: which private key to try, 0 for the right one; see `srp.private_keys`. After a session that
    failed, `variants` says how many there are.
    a: the client's SRP secret, fixed in tests only
    """

    security: ClassVar[int] = 2

    def __init__(self, username: str, password: Secret, *, variant: int = 0, a: int | None = None) -> None:
        super().__init__()
        self.variants = 1
        self.reuses_nonce = False
        self._username = username.encode()
        self._password = password
        self._variant = variant
        self._srp = srp.Client(a=a)
        self._cipher: AESGCM | None = None
        self._nonce: FixedNonce | CountedNonce | None = None

    def establish(self) -> Exchange[None]:
        first = session_pb2.Security2(
            msg=session_pb2.COMMAND_0,
            command_0=session_pb2.Security2.Command0(
                username=self._username, client_public_key=self._srp.public
            ),
        )
        device = yield from self._ask(
            session_pb2.SessionData(security_2=first), Phase.AWAITING_KEY, "response_0"
        )
        agreement = self._agree(device.salt, device.device_public_key)
        second = session_pb2.Security2(
            msg=session_pb2.COMMAND_1,
            command_1=session_pb2.Security2.Command1(client_proof=agreement.client_proof),
        )
        proof = yield from self._ask(
            session_pb2.SessionData(security_2=second), Phase.AWAITING_PROOF, "response_1"
        )
        if not agreement.proves_server(proof.device_proof):
            raise WrongIdentity("the device does not know the password's verifier")
        self._nonce = nonce_of(proof.nonce)
        self.reuses_nonce = isinstance(self._nonce, FixedNonce)
        self._cipher = AESGCM(agreement.key[:KEY_OCTETS])
        self.phase = Phase.SECURE

    def seal(self, plaintext: bytes) -> bytes:
        cipher, nonce = self._secure()
        sealed = cipher.encrypt(nonce.current(), plaintext, None)
        nonce.advance()
        return sealed

    def open(self, sealed: bytes) -> bytes:
        cipher, nonce = self._secure()
        try:
            plaintext = cipher.decrypt(nonce.current(), sealed, None)
        except InvalidTag as error:
            raise ProtocolViolation("an answer is not the device's, or was changed on the way") from error
        nonce.advance()
        return plaintext

    def _agree(self, salt: bytes, server_public: bytes) -> srp.Agreement:
        if not salt or not server_public or len(server_public) > srp.GROUP_3072.octets:
            raise ProtocolViolation(f"prov-session: salt of {len(salt)}, key of {len(server_public)} octets")
        keys = tuple(srp.private_keys(srp.GROUP_3072, salt, self._username, self._password))
        self.variants = len(keys)
        return self._srp.agree(self._username, salt, server_public, keys[min(self._variant, len(keys) - 1)])

    def _secure(self) -> tuple[AESGCM, FixedNonce | CountedNonce]:
        if self._cipher is None or self._nonce is None:
            raise RuntimeError("the session is not established")
        return self._cipher, self._nonce
