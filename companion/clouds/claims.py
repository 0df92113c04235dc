"""Claims as RP1 carries them in item 5: one deterministic CBOR map for each kind (section 9.2)."""

from __future__ import annotations

from dataclasses import dataclass

from companion.encoding import cbor, shape
from companion.encoding.cbor import Value
from companion.secret import Secret

MAX_TEXT, MAX_PART = 255, 3000
FLEET, PROVISIONING = "aws-fleet", "azure-dps"
"""Item 5's kinds with such claims."""


@dataclass(frozen=True)
class FleetClaim:
    """AWS: a template, and certificate (DER) and key (PKCS#8 DER) with which a device asks for its own."""

    template: str
    certificate: bytes
    key: Secret


@dataclass(frozen=True)
class ScopeClaim:
    """Azure: the id scope, and the device's symmetric key; without one it shows its certificate."""

    id_scope: str
    key: Secret | None = None


def encode(claim: FleetClaim | ScopeClaim) -> Secret:
    """{1 template, 2 certificate, 3 key} or {1 id scope, ?2 key}."""
    if isinstance(claim, FleetClaim):
        return Secret(cbor.encode({1: claim.template, 2: claim.certificate, 3: claim.key.reveal()}))
    value: dict[int, Value] = {1: claim.id_scope}
    if claim.key is not None:
        value[2] = claim.key.reveal()
    return Secret(cbor.encode(value))


def fleet_claim(claim: Secret) -> FleetClaim:
    """What a device of the kind `FLEET` got. Raises MalformedCbor."""
    fields = shape.fields(cbor.decode(claim.reveal()), (1, 2, 3), ())
    certificate, key = shape.octets(fields[2], 1, MAX_PART), Secret(shape.octets(fields[3], 1, MAX_PART))
    return FleetClaim(shape.text(fields[1], MAX_TEXT), certificate, key)


def scope_claim(claim: Secret) -> ScopeClaim:
    """What a device of the kind `PROVISIONING` got. Raises MalformedCbor."""
    fields = shape.fields(cbor.decode(claim.reveal()), (1,), (2,))
    key = Secret(shape.octets(fields[2], 1, MAX_PART)) if 2 in fields else None
    return ScopeClaim(shape.text(fields[1], MAX_TEXT), key)
