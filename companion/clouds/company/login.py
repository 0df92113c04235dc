"""Logins for companies' certificate servers, in the owner's key store: never in a profile.

A login is for one server as one profile describes it, address and roots: another profile of the same name,
or a changed one, gets none, so that nobody's file leads a password elsewhere.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from companion.encoding import cbor, shape
from companion.encoding.cbor import Value
from companion.errors import CloudLoginInvalid
from companion.est.client import EstCertificate, EstLogin
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.clouds.profile import CloudProfile
    from companion.identity import Vault

MOST_USER, MOST_PASSWORD, MOST_PART, MOST_CHAIN = 255, 1024, 8192, 8
LOGINS = "cloud login/"
"""How their names in the key store begin; the profile's follows."""
_SHORTEST_RSA = 2048


def keep(vault: Vault, profile: CloudProfile, login: EstLogin | EstCertificate | None) -> None:
    """Keep the login for a profile's server; None forgets it. Raises StorageError leaves."""
    kept = _encode(login, _server(profile)) if login is not None else None
    vault.put(LOGINS + profile.name, kept)


def find(vault: Vault, profile: CloudProfile) -> EstLogin | EstCertificate | None:
    """The login for a profile's server; None: there is none that can be read. Raises StorageError leaves."""
    kept = vault.get(LOGINS + profile.name)
    try:
        return _decode(kept, _server(profile)) if kept is not None else None
    except ValueError:
        return None


def by_password(user: str, password: Secret) -> EstLogin:
    """A login by HTTP Basic (RFC 7617, 2: no colon in the name). Raises CloudLoginInvalid."""
    if not 0 < len(user) <= MOST_USER or ":" in user or not user.isprintable():
        raise CloudLoginInvalid(reason="a user name has no colon, and up to 255 characters")
    if not 0 < len(password) <= MOST_PASSWORD:
        raise CloudLoginInvalid(reason="a password has up to 1024 octets")
    return EstLogin(user, password)


def by_certificate(content: bytes, passphrase: Secret | None = None) -> EstCertificate:
    """A login by certificate, from a file's content: PKCS#12, or PEM with key and chain in any order.

    passphrase: of the file, if it has one, see `is_locked`. Raises CloudLoginInvalid.
    """
    word = passphrase.reveal() if passphrase else None
    key, found = _pem(content, word) if b"-----BEGIN" in content else _pkcs12(content, word)
    is_p256_or_more = isinstance(key, ec.EllipticCurvePrivateKey) and key.key_size >= 256
    if not is_p256_or_more and not (isinstance(key, rsa.RSAPrivateKey) and key.key_size >= _SHORTEST_RSA):
        raise CloudLoginInvalid(reason="the key is RSA of 2048 bits, or on a curve of 256, at least")
    assert isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey)
    public = key.public_key()
    leaf = next((each for each in found if each.public_key() == public), None)
    if leaf is None:
        raise CloudLoginInvalid(reason="the file has a certificate for its key")
    chain = [leaf, *(each for each in found if each != leaf and each.issuer != each.subject)]
    if len(chain) > MOST_CHAIN:
        raise CloudLoginInvalid(reason="the file has 8 certificates at most")
    return EstCertificate(key, tuple(each.public_bytes(Encoding.DER) for each in chain))


def is_locked(content: bytes) -> bool:
    """True if a file with a key asks for a passphrase, which PKCS#12 always does, be it an empty one."""
    return b"-----BEGIN" not in content or b"ENCRYPTED" in content


def _pem(content: bytes, word: bytes | None) -> tuple[object, list[x509.Certificate]]:
    try:
        key = serialization.load_pem_private_key(content, word)
        return key, x509.load_pem_x509_certificates(content)
    except TypeError as error:  # a passphrase is missing, or there where none is needed
        if word is not None:
            return _pem(content, None)
        raise CloudLoginInvalid(reason="the file has a passphrase") from error
    except ValueError as error:
        reason = "the file has a private key and its certificate, and its passphrase is right"
        raise CloudLoginInvalid(reason=reason) from error
    except Exception as error:  # pyca raises several unrelated types for foreign keys
        raise CloudLoginInvalid(reason="the key is RSA or on a curve of NIST") from error


def _pkcs12(content: bytes, word: bytes | None) -> tuple[object, list[x509.Certificate]]:
    try:
        key, leaf, more = pkcs12.load_key_and_certificates(content, word)
    except ValueError as error:
        reason = "the file is PKCS#12 or PEM, and its passphrase is right"
        raise CloudLoginInvalid(reason=reason) from error
    except Exception as error:  # as above
        raise CloudLoginInvalid(reason="the key is RSA or on a curve of NIST") from error
    return key, [*([leaf] if leaf is not None else []), *more]


def _server(profile: CloudProfile) -> bytes:
    """Which server it is, and who vouches for it."""
    return hashlib.sha256(cbor.encode([profile.est, profile.est_roots or profile.roots])).digest()


def _encode(login: EstLogin | EstCertificate, server: bytes) -> Secret:
    """{1 user, 2 password, 3 key as PKCS#8, 4 [certificates, leaf first], 5 server}: 1 and 2, 3 and 4, or all
    of them."""
    fields: dict[int, Value] = {5: server}
    words = login if isinstance(login, EstLogin) else login.login
    if words is not None:
        fields |= {1: words.user, 2: words.password.reveal()}
    if isinstance(login, EstCertificate):
        form = Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        fields |= {3: login.key.private_bytes(*form), 4: list(login.chain)}
    return Secret(cbor.encode(fields))


def _decode(kept: Secret, server: bytes) -> EstLogin | EstCertificate:
    """Raises ValueError, also where it is for another server."""
    fields = shape.fields(cbor.decode(kept.reveal()), (5,), (1, 2, 3, 4))
    if fields[5] != server:
        raise ValueError("it is for another server")
    words = None
    if 3 not in fields or 1 in fields:
        login = shape.fields(fields, (1, 2, 5), (3, 4))
        password = Secret(shape.octets(login[2], 1, MOST_PASSWORD))
        words = EstLogin(shape.text(login[1], MOST_USER), password)
    if words is not None and 3 not in fields:
        return words
    certificate = shape.fields(fields, (3, 4, 5), (1, 2))
    key = serialization.load_der_private_key(shape.octets(certificate[3], 1, MOST_PART), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise ValueError("a key of another kind")
    chain = shape.array(certificate[4], 1, MOST_CHAIN)
    return EstCertificate(key, tuple(shape.octets(each, 1, MOST_PART) for each in chain), words)
