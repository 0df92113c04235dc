"""SRP-6a (RFC 2945, RFC 5054) as ESP-IDF's Security 2 speaks it, for any group and hash.

Where ESP-IDF departs from RFC 5054, it is said at the function. Integers are `int`, what is hashed or
sent is `bytes`, big-endian.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from companion.errors import ProtocolViolation
from companion.secret import Secret


@dataclass(frozen=True)
class Group:
    """A safe prime, its generator, and the hash that goes with them (`hashlib` name)."""

    prime: int
    generator: int
    hash: str

    @property
    def octets(self) -> int:
        """Size of a padded group element."""
        return (self.prime.bit_length() + 7) // 8

    def pad(self, element: int) -> bytes:
        """PAD() of RFC 5054, section 2.6: left-padded to the size of the prime."""
        return element.to_bytes(self.octets, "big")

    def digest(self, *parts: bytes) -> bytes:
        """The group's hash over the concatenation of `parts`."""
        return hashlib.new(self.hash, b"".join(parts)).digest()

    def number(self, *parts: bytes) -> int:
        """The group's hash read as an integer."""
        return int.from_bytes(self.digest(*parts), "big")


# RFC 5054, appendix A, the 3072-bit group (also RFC 3526, group 15), here with SHA-512.
GROUP_3072 = Group(
    prime=int(
        "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
        "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
        "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
        "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
        "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
        "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
        "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
        "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
        16,
    ),
    generator=5,
    hash="sha512",
)


def multiplier(group: Group) -> int:
    """k = H(N | PAD(g)), RFC 5054 section 2.5.3."""
    return group.number(group.pad(group.prime), group.pad(group.generator))


def scrambler(group: Group, client_public: int, server_public: int) -> int:
    """u = H(PAD(A) | PAD(B)), RFC 5054 section 2.6."""
    return group.number(group.pad(client_public), group.pad(server_public))


def private_keys(group: Group, salt: bytes, username: bytes, password: Secret) -> Iterator[int]:
    """x = H(salt | H(username ":" password)), and then the values that verifiers were made of instead.

    Espressif's `esp_prov --sec2_gen_cred` keeps the inner hash and the salt as integers and so drops their
    leading zero octets; that can be seen. Device code that makes its verifier at boot (`esp_srp.c`, every
    release to 6.0) draws the salt as an integer too: of 1 salt in 256 it hashes the 15 octets that are left,
    and sends whatever its memory holds behind them as the 16th. That can't be seen, so this value is always
    the last one. (1 salt in 65536 loses two octets; that one is not tried.)
    """
    inner = group.digest(username, b":", password.reveal())
    bare_salt, bare_inner = salt.lstrip(b"\0"), inner.lstrip(b"\0")
    forms = (
        (salt, inner),
        (salt, bare_inner),
        (bare_salt, inner),
        (bare_salt, bare_inner),
        (salt[:-1], inner),
    )
    yield from dict.fromkeys(group.number(*form) for form in forms)


def client_premaster(group: Group, a: int, server_public: int, x: int) -> int:
    """S = (B - k * g^x) ^ (a + u * x), RFC 5054 section 2.6."""
    g, n = group.generator, group.prime
    u = scrambler(group, pow(g, a, n), server_public)
    return pow(server_public - multiplier(group) * pow(g, x, n), a + u * x, n)


@dataclass(frozen=True)
class Agreement:
    """What one SRP run gives a side: the session key K and both proofs (M1, and H(A | M1 | K))."""

    key: bytes
    client_proof: bytes
    server_proof: bytes

    def proves_server(self, proof: bytes) -> bool:
        """Whether the server's proof is right, compared in constant time."""
        return hmac.compare_digest(self.server_proof, proof)


def agree(
    group: Group, username: bytes, salt: bytes, client_public: bytes, server_public: bytes, premaster: int
) -> Agreement:
    """Session key and proofs from the premaster secret S.

    Both public keys are hashed as they were sent: A padded (ESP-IDF takes exactly that), B as the device
    sent it, which is unpadded. S is hashed without leading zeros, unlike TLS-SRP.
    """
    key = group.digest(premaster.to_bytes((premaster.bit_length() + 7) // 8, "big"))
    hash_n = group.digest(group.pad(group.prime))
    hash_g = group.digest(group.pad(group.generator))
    client_proof = group.digest(
        bytes(n ^ g for n, g in zip(hash_n, hash_g, strict=True)),
        group.digest(username),
        salt,
        client_public,
        server_public,
        key,
    )
    return Agreement(key, client_proof, group.digest(client_public, client_proof, key))


class Client:
    """One run of the client side. `a` is fixed in tests only."""

    def __init__(self, group: Group = GROUP_3072, *, a: int | None = None) -> None:
        self._group = group
        self._a = secrets.randbits(256) | 1 << 255 if a is None else a

    @property
    def public(self) -> bytes:
        """A, padded to the group's size."""
        return self._group.pad(pow(self._group.generator, self._a, self._group.prime))

    def agree(self, username: bytes, salt: bytes, server_public: bytes, x: int) -> Agreement:
        """The agreement for the server's B and our x. Raises ProtocolViolation for a B that is no key."""
        b_value = int.from_bytes(server_public, "big")
        if b_value % self._group.prime == 0 or b_value >= self._group.prime:
            raise ProtocolViolation("the device's SRP public key is not an element of the group")
        premaster = client_premaster(self._group, self._a, b_value, x)
        return agree(self._group, username, salt, self.public, server_public, premaster)
