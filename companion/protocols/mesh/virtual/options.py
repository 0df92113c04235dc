"""What a virtual mesh device is, and what it may do wrong on purpose."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256
from companion.protocols.mesh.advertisement import NOTHING, OobInformation
from companion.protocols.mesh.provisioning.capabilities import (
    Algorithm,
    Capabilities,
    InputAction,
    OobType,
    OutputAction,
)
from companion.secret import Secret

SAMPLE_STATIC = Secret(bytes.fromhex("0123456789abcdef0123456789abcdef"))
BOTH = 1 << Algorithm.HMAC | 1 << Algorithm.CMAC
SHOWS_NUMBER = Capabilities(algorithms=BOTH, output_size=6, outputs=1 << OutputAction.NUMBER)
"""A device with a display of six digits."""
TAKES_NUMBER = Capabilities(algorithms=BOTH, input_size=6, inputs=1 << InputAction.NUMBER)
"""A device with a keypad."""
HAS_STATIC = Capabilities(algorithms=BOTH, oob=OobType.STATIC)
PLAIN = Capabilities(algorithms=BOTH)
"""A device that can authenticate itself by nothing."""


class MeshFault(Enum):
    """By the names that `--fault` takes."""

    WRONG_SECRET = "wrong-secret"
    """Its secret is another one than it shows, or than is on its label."""
    REFLECTS = "reflects"
    """It knows no secret, and sends back the commissioner's confirmation and random."""
    DROPS_AT_PROOF = "drop-at-proof"
    """The link ends once, when it should prove its secret; it advertises again."""
    DROPS_AT_DATA = "drop-at-data"
    """The link ends once, before it takes its keys; it advertises again."""
    BUSY = "out-of-resources"
    """It has no room for a network."""
    NO_COMPLETE = "no-complete"
    """It takes its keys, hangs up without a word, and is a node."""
    NEVER_NODE = "never-node"
    """It says that it is a node, and is never heard as one."""
    SILENT = "silent"
    """It answers nothing."""
    GARBAGE = "garbage"
    """It answers with noise."""


@dataclass(frozen=True)
class MeshOptions:
    """static: on its label; key: its own for all provisionings, whose public part can be known in advance"""

    name: str = "Mesh lamp"
    uuid: bytes = bytes.fromhex("c0ffee00112233445566778899aabbcc")
    information: OobInformation = NOTHING
    capabilities: Capabilities = SHOWS_NUMBER
    static: Secret = SAMPLE_STATIC
    key: ec.EllipticCurvePrivateKey = field(default_factory=es256.generate, repr=False)
    faults: frozenset[MeshFault] = frozenset()
