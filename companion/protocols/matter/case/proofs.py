"""How each end proves who it is, and how the other checks it."""

from __future__ import annotations

from companion.encoding import es256
from companion.encoding.ccm import AesCcm, NotAuthentic
from companion.protocols.matter import tlv
from companion.protocols.matter.case import messages
from companion.protocols.matter.case.messages import Proof, Signed
from companion.protocols.matter.certificates.chain import NodeIdentity
from companion.protocols.matter.certificates.faults import BadCertificate
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.establishment.checks import failure, read
from companion.protocols.matter.establishment.outcome import Reason
from companion.protocols.matter.fabric.credentials import NodeCredentials
from companion.secret import Secret


def agree(own: KeyPair, share: bytes) -> Secret:
    """The shared secret. Raises EstablishmentFailed POINT."""
    try:
        return own.agree(share)
    except es256.BadPoint as error:
        raise failure(Reason.POINT, str(error)) from error


def prove(
    credentials: NodeCredentials, share: bytes, other_share: bytes, resumption_id: bytes | None = None
) -> Proof:
    """The own certificates, and a signature over both points."""
    signed = Signed(credentials.noc, share, other_share, credentials.icac)
    signature = credentials.key.sign(messages.SIGNED.encode(signed))
    return Proof(credentials.noc, signature, credentials.icac, resumption_id)


def opened(shape: tlv.Shape[Proof], key: Secret, nonce: bytes, sealed: bytes) -> Proof:
    """What the other end sealed. Raises EstablishmentFailed NOT_AUTHENTIC and MALFORMED."""
    try:
        plaintext = AesCcm(key.reveal()).unseal(nonce, sealed)
    except NotAuthentic as error:
        raise failure(Reason.NOT_AUTHENTIC, str(error)) from error
    return read(shape, plaintext)


def check(
    credentials: NodeCredentials, proof: Proof, share: bytes, other_share: bytes, at: int | None
) -> NodeIdentity:
    """Who made a proof. share: its point; other_share: ours. Raises EstablishmentFailed."""
    try:
        identity = credentials.verify_peer(proof.noc, proof.icac, at)
    except BadCertificate as error:
        raise failure(Reason.CERTIFICATE, str(error)) from error
    signed = messages.SIGNED.encode(Signed(proof.noc, share, other_share, proof.icac))
    if not es256.verify(identity.public_key, proof.signature, signed):
        raise failure(Reason.SIGNATURE)
    return identity
