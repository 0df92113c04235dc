"""An intermediate certificate on its way to a delegate, as a part of a grant: asked for, issued, taken.

    request: {1 version, 2 PKCS#10 of the key that will issue, 3 point bstr65 of the key that unseals}
    part:    {1 version, 2 root (TLV), 3 ICAC (TLV), 4 fabric id, 5 sealed IPK: point bstr65 || AES-CCM}

The IPK (its epoch key) is the one secret: every node of the fabric needs it, so a delegate can't do without.
It is sealed to the holder by ECDH with a key made for this once, HKDF over both points, and AES-CCM, bound to
the certificates and the holder's owner key. Who gives it is proven by the signature over the whole grant.

Sources: Matter Core 1.4, 4.17.2 (IPK), 6.5; NIST SP 800-56A (one-pass Diffie-Hellman); RFC 5869.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from companion.encoding import cbor, es256, shape
from companion.encoding.cbor import MalformedCbor
from companion.encoding.ccm import KEY_SIZE, NONCE_SIZE, TAG_SIZE, AesCcm, NotAuthentic
from companion.encoding.es256 import BadPoint
from companion.errors import GrantInvalid
from companion.protocols.matter.certificates.certificate import Certificate
from companion.protocols.matter.certificates.faults import BadCertificate
from companion.protocols.matter.certificates.requests import LIMIT, make_request, requested_key
from companion.protocols.matter.certificates.times import matter_time
from companion.protocols.matter.crypto.derivation import hkdf
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.driver.store import held_fabrics, own_fabrics
from companion.protocols.matter.driver.store.delegation import Delegation, accept, delegate
from companion.protocols.matter.fabric.identity import FabricIdentity
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.identity import Identity, Vault
    from companion.trust.grants.terms import GrantTerms

_VERSION = 1
_KEYS = "matter/requested/"
"""How the names of requested keys in the vault begin; a hash of the one that issues follows."""
_MAX_CERTIFICATE = 600
_SEALED = es256.POINT_SIZE + KEY_SIZE + TAG_SIZE
_INFO = b"companion matter ipk"
_NONCE = bytes(NONCE_SIZE)
"""Each key seals once."""


def ask(identity: Identity) -> bytes:
    """A request with two fresh keys, which the vault keeps until `take` finds them there."""
    issuer, opener = KeyPair.generate(), KeyPair.generate()
    scalars = [b64encode(each.scalar.reveal()).decode() for each in (issuer, opener)]
    identity.vault.put(_name(issuer.public), Secret(json.dumps(scalars)))
    return cbor.encode({1: _VERSION, 2: make_request(issuer), 3: opener.public})


def issue(asked: bytes, holder: bytes, terms: GrantTerms, identity: Identity, fabric: str = "") -> bytes:
    """For whoever asked, until the grant's end. holder: its owner key (point); fabric: which of ours, "" for
    the usual one. Raises GrantInvalid, FabricMissing, RecordAmbiguous."""
    try:
        fields = shape.fields(cbor.decode(asked), (1, 2, 3))
        shape.uint(fields[1], _VERSION, _VERSION)
        key = requested_key(shape.octets(fields[2], 1, LIMIT))
        opener = shape.octets(fields[3], es256.POINT_SIZE)
        made = delegate(own_fabrics.chosen(identity.vault, fabric), key, terms.until, terms.since)
        return cbor.encode(
            {1: _VERSION, 2: made.root, 3: made.icac, 4: made.number, 5: _seal(made, opener, holder)}
        )
    except (MalformedCbor, BadCertificate, BadPoint) as error:
        raise GrantInvalid(str(error)) from error


def take(part: bytes, grant: str, identity: Identity) -> None:
    """Keep it, sealed in the vault, for runs under a grant (its id). Raises GrantInvalid."""
    try:
        root, icac, number, sealed = _fields(part)
        certificate = Certificate.of_tlv(icac)
        if certificate.not_after <= matter_time(datetime.now(UTC)):
            raise GrantInvalid("the Matter certificate has ended, or never ends")
        issuer, opener = _requested(identity.vault, certificate.public_key)
        bound = _bound(root, icac, number, identity.owner.public)
        ipk = _unseal(sealed, opener, bound)
        held_fabrics.keep(identity.vault, grant, accept(Delegation(root, icac, number, ipk), issuer))
    except (MalformedCbor, BadCertificate, BadPoint, NotAuthentic) as error:
        raise GrantInvalid(str(error)) from error


def icac_of(part: bytes) -> Certificate:
    """The delegate's certificate in an issued part. Raises MalformedCbor, BadCertificate."""
    return Certificate.of_tlv(_fields(part)[1])


def fabric_of(part: bytes) -> FabricIdentity:
    """The only one that it issues for. Raises GrantInvalid."""
    try:
        root, _, number, _ = _fields(part)
        return FabricIdentity(Certificate.of_tlv(root).public_key, number)
    except (MalformedCbor, BadCertificate) as error:
        raise GrantInvalid(str(error)) from error


def _fields(part: bytes) -> tuple[bytes, bytes, int, bytes]:
    fields = shape.fields(cbor.decode(part), range(1, 6))
    shape.uint(fields[1], _VERSION, _VERSION)
    root, icac = (shape.octets(fields[key], 1, _MAX_CERTIFICATE) for key in (2, 3))
    return root, icac, shape.uint(fields[4]), shape.octets(fields[5], _SEALED)


def _requested(vault: Vault, public_key: bytes) -> tuple[KeyPair, KeyPair]:
    kept = vault.get(_name(public_key))
    if kept is None:
        raise GrantInvalid("the Matter certificate is for another key")
    issuer, opener = (KeyPair.of(Secret(b64decode(each))) for each in json.loads(kept.reveal()))
    return issuer, opener


def _name(public_key: bytes) -> str:
    return _KEYS + hashlib.sha256(public_key).hexdigest()


def _bound(root: bytes, icac: bytes, number: int, holder: bytes) -> bytes:
    return hashlib.sha256(cbor.encode([root, icac, number, holder])).digest()


def _seal(made: Delegation, opener: bytes, holder: bytes) -> bytes:
    once = KeyPair.generate()
    key = _key(once.agree(opener), once.public + opener)
    bound = _bound(made.root, made.icac, made.number, holder)
    return once.public + AesCcm(key).seal(_NONCE, made.ipk.reveal(), bound)


def _unseal(sealed: bytes, opener: KeyPair, bound: bytes) -> Secret:
    once, box = sealed[: es256.POINT_SIZE], sealed[es256.POINT_SIZE :]
    key = _key(opener.agree(once), once + opener.public)
    return Secret(AesCcm(key).unseal(_NONCE, box, bound))


def _key(shared: Secret, points: bytes) -> bytes:
    return hkdf(shared.reveal(), points, _INFO, KEY_SIZE)
