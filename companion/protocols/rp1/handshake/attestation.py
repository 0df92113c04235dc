"""Is the identity key behind auth_D the one that the commissioner expects? (sections 5 and 6)"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import NameOID, ObjectIdentifier
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    PolicyBuilder,
    Store,
)

from companion.encoding import es256
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.methods import NC_KEY, OOB_KEY, PSK_KEY, Method
from companion.protocols.rp1.wire.messages import IdentityProof

HARDWARE_MODULE_NAME = ObjectIdentifier("1.3.6.1.5.5.7.8.4")
_WITH_MAKER = (NC_KEY, OOB_KEY, PSK_KEY)
"""Who adds KEY to a method that would do without it wants to hear of the manufacturer."""


@dataclass(frozen=True)
class Trust:
    """By what the commissioner knows the device.

    fp:     fingerprint (16 octets) that the identity key must have: the code's, or that of its record
    known:  fingerprints of identity keys in the inventory
    roots:  DER certificates of manufacturers that the user pinned
    moment: when a chain must be valid; None means now
    """

    fp: bytes | None = None
    known: frozenset[bytes] = frozenset()
    roots: tuple[bytes, ...] = ()
    moment: datetime | None = None


@dataclass(frozen=True)
class Peer:
    """A proven identity. attested: a chain leads to a pinned root; serials: what its leaf says."""

    key: bytes
    attested: bool = False
    serials: tuple[str, ...] = ()


def identify(proof: IdentityProof, method: int, message: bytes, trust: Trust) -> Peer:
    """Who made `proof`.

    message: what sig_D signs. Raises LocalAbort NOT_AUTHENTIC (signature, or another key than expected) and
    CHAIN (the chain is malformed, or does not lead to a pinned root although it must).
    """
    leaf = _load(proof.chain[0]) if proof.chain else None
    key = proof.key if proof.key is not None else _key_of(leaf)
    if not es256.verify(key, proof.signature, message):
        raise LocalAbort(Abort.NOT_AUTHENTIC, "sig_D does not hold")
    fp = crypto.fingerprint(key)
    if trust.fp is not None and not hmac.compare_digest(fp, trust.fp):
        raise LocalAbort(Abort.NOT_AUTHENTIC, "the identity key is another device's")
    if leaf is not None and trust.roots and not method & Method.OWNER:
        _verify(proof.chain, trust)
        return Peer(key, attested=True, serials=_serials(leaf))
    if leaf is None and trust.roots and method in _WITH_MAKER and fp not in trust.known:
        # A counterfeit has a label of its own; where a chain was asked for, its fp is no answer (section 13).
        raise LocalAbort(Abort.CHAIN, "a key of its own where a pinned manufacturer was to vouch for it")
    if method & Method.KEY and trust.fp is None and fp not in trust.known:
        if leaf is not None:
            raise LocalAbort(Abort.CHAIN, "no manufacturer is pinned that could vouch for the chain")
        raise LocalAbort(Abort.NOT_AUTHENTIC, "an identity key without attestation")
    return Peer(key, serials=_serials(leaf) if leaf is not None else ())


def _load(der: bytes) -> x509.Certificate:
    try:
        return x509.load_der_x509_certificate(der)
    except (
        Exception
    ) as error:  # pyca raises several unrelated types for foreign bytes, InvalidVersion among them
        raise LocalAbort(Abort.CHAIN, "not an X.509 certificate") from error


def _key_of(leaf: x509.Certificate | None) -> bytes:
    try:
        key = leaf.public_key() if leaf is not None else None
    except Exception as error:  # pyca raises several unrelated types for foreign keys
        raise LocalAbort(Abort.CHAIN, "the leaf's key can't be read") from error
    if not es256.is_p256(key):
        raise LocalAbort(Abort.CHAIN, "the leaf is not for a P-256 key")
    return es256.point(key)


def _verify(chain: tuple[bytes, ...], trust: Trust) -> None:
    """Section 6: pyca's default would refuse IDevIDs, which need no subjectAltName."""
    policies = PolicyBuilder().store(Store([_load(root) for root in trust.roots]))
    policies = policies.extension_policies(
        ca_policy=ExtensionPolicy.webpki_defaults_ca(),
        ee_policy=ExtensionPolicy.permit_all().require_present(x509.KeyUsage, Criticality.AGNOSTIC, None),
    )
    if trust.moment is not None:
        policies = policies.time(trust.moment)
    leaf, *intermediates = map(_load, chain)
    try:
        policies.build_client_verifier().verify(leaf, intermediates)
    except Exception as error:  # VerificationError, or what pyca raises for extensions that can't be read
        raise LocalAbort(Abort.CHAIN, "the chain does not lead to a pinned manufacturer") from error


def _serials(leaf: x509.Certificate) -> tuple[str, ...]:
    """serialNumber of the subject and hwSerialNum of a hardwareModuleName (802.1AR section 8)."""
    found: list[str] = []
    try:
        found += [str(one.value) for one in leaf.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)]
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except Exception:  # ExtensionNotFound, or what pyca raises for names and extensions that are malformed
        return tuple(found)
    for other in names.get_values_for_type(x509.OtherName):
        if other.type_id == HARDWARE_MODULE_NAME and (serial := _hardware_serial(other.value)):
            found.append(serial)
    return tuple(found)


def _hardware_serial(der: bytes) -> str | None:
    """hwSerialNum of HardwareModuleName ::= SEQUENCE { hwType OID, hwSerialNum OCTET STRING } (RFC 4108)."""
    sequence = _tlv(der, 0x30)
    hw_type = _tlv(sequence, 0x06) if sequence is not None else None
    if sequence is None or hw_type is None:
        return None
    serial = _tlv(sequence[2 + len(hw_type) :], 0x04)
    return serial.decode(errors="replace") if serial is not None else None


def _tlv(der: bytes, tag: int) -> bytes | None:
    """The content of a short-form DER element at the head of `der`."""
    if len(der) < 2 or der[0] != tag or der[1] > 0x7F or len(der) < 2 + der[1]:
        return None
    return der[2 : 2 + der[1]]
