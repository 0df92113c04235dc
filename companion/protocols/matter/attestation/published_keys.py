"""Private keys that the Matter SDK publishes for tests: foreign commissioners know what they signed.

Whoever shows what they signed has proven nothing: reports say so, see `roots.is_test` and `Signer.is_test`.
"""

from __future__ import annotations

from companion.protocols.matter.attestation.issuance import Holder
from companion.protocols.matter.attestation.trust.roots import published_test_roots
from companion.protocols.matter.crypto.keys import KeyPair
from companion.secret import Secret

_KEYS = {
    None: "e1f073c934853baffb38bf7e8bdad7a0a674107c7769892a0ff2e06c1a2ef7a7",
    0xFFF1: "6512caecaecfc543d60623161597162f014684c565a129b62fd28c27ab1ccc50",
}
_SIGNER = "aef3484116e9481ec57be0472df41bf499064e5024ad869eca5e889802d48075"


def published_root(vendor: int | None = None) -> Holder:
    """The test PAA for all vendors, or that of vendor 0xFFF1. Raises KeyError for others."""
    key = KeyPair.of(Secret(bytes.fromhex(_KEYS[vendor])))
    return next(Holder(root.der, key) for root in published_test_roots() if root.vendor == vendor)


def published_signer() -> KeyPair:
    """The key of the test signer of declarations, whose identifier is `signers.TEST_KEY_ID`."""
    return KeyPair.of(Secret(bytes.fromhex(_SIGNER)))
