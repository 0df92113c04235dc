"""Who a device is to services and to a CA that was not in its session: dNSNames and attested requests.

Written out from sections 9 and 10 with `hashlib` and `cryptography` alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import AttributeOID, NameOID

SITES = ("none", "hall", "plant-2", "s" * 63)
NO_REQUEST_NAMES = ["", "a b", "a/b", "caf\u00e9", "x" * 65, "a\n"]
BINDING = x509.ObjectIdentifier("2.25.253687115094281043937190385131746308201")
REFUSED_SITES = ("", "Hall", "hall.north", "-hall", "hall-", "k\u00fcche", "s" * 64)


def make() -> dict[str, Any]:
    """Names, names that are none, and attestations."""
    return {
        "names": list(_names()),
        "no_names": list(_no_names()),
        "attestations": list(_attestations()),
        "named_requests": list(_named_requests()),
        "no_request_names": NO_REQUEST_NAMES,
        "serials": list(_serials()),
    }


def _names() -> Iterator[dict[str, Any]]:
    for number, site in enumerate(SITES):
        identity, owner = _point(_key(f"identity {number}")), _point(_key(f"owner {number}"))
        yield {
            "identity_key": identity.hex(),
            "owner_key": owner.hex(),
            "site": site,
            "dNSName": _name(identity, owner, site),
        }


def _no_names() -> Iterator[str]:
    good = _name(_point(_key("identity 0")), _point(_key("owner 0")), "none")
    fp, _, rest = good.partition(".")
    yield from (f"{fp}.{site}.{rest.partition('.')[2]}" for site in REFUSED_SITES)
    yield from (good + ".", good.upper(), fp[2:] + "." + rest, good.replace("internal", "example"), rest)


def _attestations() -> Iterator[dict[str, Any]]:
    for number in range(3):
        identity, key = _key(f"identity {number}"), _key(f"request {number}")
        tx, binding = _octets(f"tx {number}")[:8], _octets(f"EXPORT {number}")[:16]
        request = (
            x509.CertificateSigningRequestBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.SERIAL_NUMBER, f"RP1-000{number}")]))
            .add_attribute(AttributeOID.CHALLENGE_PASSWORD, binding.hex().encode())
            .sign(key, hashes.SHA256(), ecdsa_deterministic=True)
            .public_bytes(Encoding.DER)
        )
        message = b"rp1 csr" + tx + hashlib.sha256(request).digest()
        yield {
            "identity_key": _point(identity).hex(),
            "tx": tx.hex(),
            "EXPORT_csr": binding.hex(),
            "request": request.hex(),
            "key": _point(key).hex(),
            "message": message.hex(),
            "attestation": _es256(identity, message).hex(),
        }


def _named_requests() -> Iterator[dict[str, Any]]:
    for number, name in enumerate(("RP1-0001", "plant-rp1.7:a_b", "x" * 64)):
        key, tx, binding = (
            _key(f"request {number}"),
            _octets(f"tx {number}")[:8],
            _octets(f"EXPORT {number}")[:16],
        )
        request = (
            x509.CertificateSigningRequestBuilder()
            .subject_name(
                x509.Name(
                    [
                        x509.NameAttribute(NameOID.SERIAL_NUMBER, f"RP1-000{number}"),
                        x509.NameAttribute(NameOID.COMMON_NAME, name),
                    ]
                )
            )
            .add_extension(x509.UnrecognizedExtension(BINDING, b"\x04\x10" + binding), critical=False)
            .sign(key, hashes.SHA256(), ecdsa_deterministic=True)
            .public_bytes(Encoding.DER)
        )
        yield {
            "tx": tx.hex(),
            "EXPORT_csr": binding.hex(),
            "name": name,
            "request": request.hex(),
            "key": _point(key).hex(),
        }


def _serials() -> Iterator[dict[str, Any]]:
    fp = hashlib.sha256(_point(_key("identity 0"))).digest()[:16]
    for serial, plain in (
        ("RP1-0001", True),
        ("a:b.c-9", True),
        ("A/7", False),
        ("x" * 65, False),
        ("\u00c4-1", False),
    ):
        octets = serial.encode()
        yield {
            "serial": serial,
            "certified": serial if plain else hashlib.sha256(octets).hexdigest(),
            "fp": fp.hex(),
            "certified_of_another": hashlib.sha256(octets + fp).hexdigest(),
        }


def _name(identity: bytes, owner: bytes, site: str) -> str:
    fp, digest = hashlib.sha256(identity).hexdigest()[:32], hashlib.sha256(owner).hexdigest()[:16]
    return f"{fp}.{site}.{digest}.internal"


def _octets(label: str) -> bytes:
    return hashlib.sha256(f"rp1 vectors {label}".encode()).digest()


def _key(label: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(_octets(label), "big"), ec.SECP256R1())


def _point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _es256(key: ec.EllipticCurvePrivateKey, message: bytes) -> bytes:
    signature = key.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    r, s = utils.decode_dss_signature(signature)
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")
