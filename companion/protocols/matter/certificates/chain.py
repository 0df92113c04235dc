"""The rules of a chain: a node's certificate, perhaps an intermediate one, and a root (core 6.5.5 to 6.5.11).

A trusted root is trusted; its own rules are checked where one is taken in. An intermediate that comes along
though the root itself issued the node's certificate is left out, and usages beyond the needed ones are borne
except those of an authority: controllers on sale make both.
"""

from __future__ import annotations

from dataclasses import dataclass

from companion.protocols.matter.certificates.certificate import Certificate
from companion.protocols.matter.certificates.extensions import Purpose, Usage
from companion.protocols.matter.certificates.faults import BadCertificate, Fault
from companion.protocols.matter.certificates.identifiers import FABRICS, OPERATIONAL_NODES, are_cats
from companion.protocols.matter.certificates.names import Attribute
from companion.protocols.matter.certificates.times import NEVER

_SIGNS = Usage.SIGN_CERTIFICATES | Usage.SIGN_CRLS
_IDENTITIES = frozenset(kind for kind in Attribute if kind >= Attribute.NODE_ID)


@dataclass(frozen=True)
class NodeIdentity:
    """Whom a chain names. cats: CASE authenticated tags; public_key: a point, 65 octets."""

    node: int
    fabric: int
    cats: tuple[int, ...]
    public_key: bytes


def check_chain(
    noc: Certificate, icac: Certificate | None, root: Certificate, at: int | None = None
) -> NodeIdentity:
    """Whom a chain under a root names. Raises BadCertificate.

    at: seconds since 2000, None where nobody knows the time
    """
    identity = check_node(noc)
    issuers: tuple[Certificate, ...] = (root,)
    if icac is not None and noc.authority_key != root.subject_key:
        check_intermediate(icac)
        issuers = (icac, root)
    below = noc
    for depth, issuer in enumerate(issuers):
        _check_issued(below, issuer)
        _check_path(issuer, depth)
        _check_fabric(issuer, identity.fabric)
        below = issuer
    for each in (noc, *issuers):
        check_validity(each, at)
    return identity


def check_root(root: Certificate) -> None:
    """The rules of a root, its own signature included. Raises BadCertificate."""
    _check_authority(root, Attribute.RCAC_ID)
    if root.subject != root.issuer:
        raise BadCertificate(Fault.ISSUER, "a root is its own issuer")
    if root.authority_key not in (None, root.subject_key):
        raise BadCertificate(Fault.KEY_IDENTIFIER, "a root is its own authority")
    if not root.is_signed_by(root.public_key):
        raise BadCertificate(Fault.SIGNATURE, "a root signs itself")


def check_intermediate(icac: Certificate) -> None:
    """The rules of an ICAC by itself. Raises BadCertificate."""
    _check_authority(icac, Attribute.ICAC_ID)
    if icac.authority_key is None:
        raise BadCertificate(Fault.KEY_IDENTIFIER, "no identifier of the authority's key")


def check_node(noc: Certificate) -> NodeIdentity:
    """The rules of a NOC by itself, and whom it names. Raises BadCertificate."""
    _check_attributes(noc, {Attribute.NODE_ID, Attribute.FABRIC_ID, Attribute.CAT})
    node, fabric = noc.subject.number(Attribute.NODE_ID), noc.subject.number(Attribute.FABRIC_ID)
    if node is None or node not in OPERATIONAL_NODES or fabric is None or fabric not in FABRICS:
        raise BadCertificate(Fault.SUBJECT, "a node's certificate names one node and one fabric")
    if not are_cats(noc.subject.cats):
        raise BadCertificate(Fault.SUBJECT, "not up to three different tags with versions")
    if noc.constraints is None or noc.constraints.authority or noc.constraints.path_length is not None:
        raise BadCertificate(Fault.BASIC_CONSTRAINTS, "a node is no authority")
    if noc.usage is None or Usage.DIGITAL_SIGNATURE not in noc.usage or noc.usage & _SIGNS:
        raise BadCertificate(Fault.KEY_USAGE, "a node's key makes digital signatures, no certificates")
    if not {Purpose.SERVER, Purpose.CLIENT} <= set(noc.purposes or ()):
        raise BadCertificate(Fault.EXTENDED_KEY_USAGE, "a node is server and client")
    if noc.subject_key is None or noc.authority_key is None:
        raise BadCertificate(Fault.KEY_IDENTIFIER, "an identifier is missing")
    return NodeIdentity(node, fabric, noc.subject.cats, noc.public_key)


def check_validity(certificate: Certificate, at: int | None) -> None:
    """Raises BadCertificate where a time is known and the certificate is not valid then."""
    if at is None:
        return
    if at < certificate.not_before:
        raise BadCertificate(Fault.NOT_YET_VALID, f"from {certificate.not_before}, now is {at}")
    if certificate.not_after != NEVER and at > certificate.not_after:
        raise BadCertificate(Fault.EXPIRED, f"until {certificate.not_after}, now is {at}")


def _check_authority(certificate: Certificate, identity: Attribute) -> None:
    """What roots and intermediates have in common."""
    _check_attributes(certificate, {identity, Attribute.FABRIC_ID})
    if certificate.subject.number(identity) is None:
        raise BadCertificate(Fault.SUBJECT, f"not one {identity.name}")
    fabrics = certificate.subject.all(Attribute.FABRIC_ID)
    if len(fabrics) > 1 or 0 in fabrics:
        raise BadCertificate(Fault.SUBJECT, "not one fabric")
    if certificate.constraints is None or not certificate.constraints.authority:
        raise BadCertificate(Fault.BASIC_CONSTRAINTS, "no authority")
    if certificate.usage is None or _SIGNS not in certificate.usage:
        raise BadCertificate(Fault.KEY_USAGE, "an authority signs certificates and revocation lists")
    if certificate.purposes is not None:
        raise BadCertificate(Fault.EXTENDED_KEY_USAGE, "an authority has no extended usage")
    if certificate.subject_key is None:
        raise BadCertificate(Fault.KEY_IDENTIFIER, "no identifier of its key")


def _check_attributes(certificate: Certificate, allowed: set[Attribute]) -> None:
    foreign = {part.kind for part in certificate.subject.parts} & _IDENTITIES - allowed
    if foreign:
        raise BadCertificate(Fault.SUBJECT, f"{min(foreign).name} does not belong here")


def _check_issued(below: Certificate, issuer: Certificate) -> None:
    if below.issuer != issuer.subject:
        raise BadCertificate(Fault.ISSUER, "issued by another")
    if below.authority_key != issuer.subject_key:
        raise BadCertificate(Fault.KEY_IDENTIFIER, "issued with another key")
    if not below.is_signed_by(issuer.public_key):
        raise BadCertificate(Fault.SIGNATURE, "not signed by its issuer")


def _check_path(issuer: Certificate, below: int) -> None:
    """below: how many authorities are between this one and the node."""
    constraints = issuer.constraints
    if constraints is None or not constraints.authority:
        raise BadCertificate(Fault.BASIC_CONSTRAINTS, "the issuer is no authority")
    if constraints.path_length is not None and constraints.path_length < below:
        raise BadCertificate(Fault.BASIC_CONSTRAINTS, "more authorities than the issuer allows")


def _check_fabric(issuer: Certificate, fabric: int) -> None:
    if any(value != fabric for value in issuer.subject.all(Attribute.FABRIC_ID)):
        raise BadCertificate(Fault.FABRIC, "the issuer is bound to another fabric")
