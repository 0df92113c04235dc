"""What a device can do while it is provisioned (Mesh 1.1, 5.4.1.2), and the ways to authenticate it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, IntFlag


class Algorithm(IntEnum):
    """How both ends prove that they have the same secret."""

    CMAC = 0
    """BTM_ECDH_P256_CMAC_AES128_AES_CCM, of Mesh 1.0: whoever acts as the device learns the secret."""
    HMAC = 1
    """BTM_ECDH_P256_HMAC_SHA256_AES_CCM, enhanced provisioning authentication (EPA) of Mesh 1.1."""

    @property
    def octets(self) -> int:
        """Of a random, a confirmation and an AuthValue."""
        return 32 if self is Algorithm.HMAC else 16


class Method(IntEnum):
    """Where the secret comes from."""

    NO_OOB = 0
    STATIC = 1
    OUTPUT = 2
    INPUT = 3


class OutputAction(IntEnum):
    """How a device tells a number or a text."""

    BLINK = 0
    BEEP = 1
    VIBRATE = 2
    NUMBER = 3
    TEXT = 4


class InputAction(IntEnum):
    """How a device takes a number or a text."""

    PUSH = 0
    TWIST = 1
    NUMBER = 2
    TEXT = 3


class OobType(IntFlag):
    """What there is of a static secret."""

    STATIC = 1
    ONLY_OOB = 2
    """The device accepts nobody who does not authenticate it."""


MOST_CHARACTERS = 8
"""Of a number or text that a device tells or takes."""


@dataclass(frozen=True)
class Capabilities:
    """elements: addresses that the device needs, 1 to 255. algorithms, outputs, inputs: bits by their numbers

    public_key: its public key can be known in advance; output_size, input_size: digits or letters, at most 8
    """

    elements: int = 1
    algorithms: int = 1 << Algorithm.CMAC
    public_key: bool = False
    oob: int = 0
    output_size: int = 0
    outputs: int = 0
    input_size: int = 0
    inputs: int = 0

    def offers(self, algorithm: Algorithm) -> bool:
        """Whether the device has that algorithm."""
        return bool(self.algorithms >> algorithm & 1)

    @property
    def has_static(self) -> bool:
        return bool(self.oob & OobType.STATIC)

    @property
    def needs_oob(self) -> bool:
        return bool(self.oob & OobType.ONLY_OOB)

    @property
    def output_actions(self) -> tuple[OutputAction, ...]:
        """Those that it can do, if it can tell at least one digit."""
        return tuple(each for each in OutputAction if self.output_size and self.outputs >> each & 1)

    @property
    def input_actions(self) -> tuple[InputAction, ...]:
        """Those that it can take, if it takes at least one digit."""
        return tuple(each for each in InputAction if self.input_size and self.inputs >> each & 1)


@dataclass(frozen=True)
class Choice:
    """What a provisioner decides. action: OutputAction or InputAction; size: digits or letters of it

    public_key: the device's was known before and is not sent
    """

    algorithm: Algorithm
    method: Method = Method.NO_OOB
    action: int = 0
    size: int = 0
    public_key: bool = False

    @property
    def is_text(self) -> bool:
        """Letters and digits instead of a number."""
        return (self.method, self.action) in (
            (Method.OUTPUT, OutputAction.TEXT),
            (Method.INPUT, InputAction.TEXT),
        )
