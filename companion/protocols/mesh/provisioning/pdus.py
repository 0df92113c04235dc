"""The messages of provisioning (Mesh 1.1, 5.4.1): one octet says which it is, its parameters follow."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import ClassVar, TypeAlias

from companion.errors import ProtocolViolation
from companion.protocols.mesh.provisioning.capabilities import (
    MOST_CHARACTERS,
    Algorithm,
    Capabilities,
    Choice,
    Method,
)

PUBLIC_KEY_OCTETS = 64
SEALED_DATA_OCTETS = 33
_ACTIONS = {Method.NO_OOB: range(1), Method.STATIC: range(1), Method.OUTPUT: range(5), Method.INPUT: range(4)}
_METHODS, _ALGORITHMS = frozenset(Method), frozenset(Algorithm)


class Reason(IntEnum):
    """Why an end gave up."""

    PROHIBITED = 0
    INVALID_PDU = 1
    INVALID_FORMAT = 2
    UNEXPECTED_PDU = 3
    CONFIRMATION_FAILED = 4
    OUT_OF_RESOURCES = 5
    DECRYPTION_FAILED = 6
    UNEXPECTED_ERROR = 7
    CANNOT_ASSIGN_ADDRESSES = 8
    INVALID_DATA = 9


@dataclass(frozen=True)
class Invite:
    """attention: seconds for which the device shows which one it is"""

    opcode: ClassVar[int] = 0
    attention: int = 0

    @property
    def parameters(self) -> bytes:
        return bytes((self.attention,))

    @classmethod
    def read(cls, parameters: bytes) -> Invite:
        return cls(_exactly(parameters, 1)[0])


@dataclass(frozen=True)
class CapabilitiesPdu:
    opcode: ClassVar[int] = 1
    capabilities: Capabilities

    @property
    def parameters(self) -> bytes:
        told = self.capabilities
        return (
            bytes((told.elements,))
            + told.algorithms.to_bytes(2, "big")
            + bytes((told.public_key, told.oob, told.output_size))
            + told.outputs.to_bytes(2, "big")
            + bytes((told.input_size,))
            + told.inputs.to_bytes(2, "big")
        )

    @classmethod
    def read(cls, parameters: bytes) -> CapabilitiesPdu:
        octets = _exactly(parameters, 11)
        number = int.from_bytes
        told = Capabilities(
            octets[0],
            number(octets[1:3], "big"),
            bool(octets[3] & 1),
            octets[4],
            octets[5],
            number(octets[6:8], "big"),
            octets[8],
            number(octets[9:11], "big"),
        )
        if not told.elements or max(told.output_size, told.input_size) > MOST_CHARACTERS:
            raise ProtocolViolation("capabilities that no device can have")
        return cls(told)


@dataclass(frozen=True)
class Start:
    opcode: ClassVar[int] = 2
    choice: Choice

    @property
    def parameters(self) -> bytes:
        made = self.choice
        return bytes((made.algorithm, made.public_key, made.method, made.action, made.size))

    @classmethod
    def read(cls, parameters: bytes) -> Start:
        algorithm, public_key, method, action, size = _exactly(parameters, 5)
        if algorithm not in _ALGORITHMS or public_key > 1 or method not in _METHODS:
            raise ProtocolViolation("a start that asks for what there is not")
        sized = method in (Method.OUTPUT, Method.INPUT)
        if action not in _ACTIONS[Method(method)] or size not in range(sized, 1 + MOST_CHARACTERS * sized):
            raise ProtocolViolation("a start with an action or a size that there is not")
        return cls(Choice(Algorithm(algorithm), Method(method), action, size, bool(public_key)))


@dataclass(frozen=True)
class PublicKey:
    """octets: X and Y of a point of P-256, 32 each, big-endian"""

    opcode: ClassVar[int] = 3
    octets: bytes

    @property
    def parameters(self) -> bytes:
        return self.octets

    @classmethod
    def read(cls, parameters: bytes) -> PublicKey:
        return cls(_exactly(parameters, PUBLIC_KEY_OCTETS))


@dataclass(frozen=True)
class InputComplete:
    opcode: ClassVar[int] = 4

    @property
    def parameters(self) -> bytes:
        return b""

    @classmethod
    def read(cls, parameters: bytes) -> InputComplete:
        _exactly(parameters, 0)
        return cls()


@dataclass(frozen=True)
class Confirmation:
    """octets: 16 or 32, by the algorithm"""

    opcode: ClassVar[int] = 5
    octets: bytes

    @property
    def parameters(self) -> bytes:
        return self.octets

    @classmethod
    def read(cls, parameters: bytes) -> Confirmation:
        return cls(_either(parameters))


@dataclass(frozen=True)
class Random:
    """octets: 16 or 32, by the algorithm"""

    opcode: ClassVar[int] = 6
    octets: bytes

    @property
    def parameters(self) -> bytes:
        return self.octets

    @classmethod
    def read(cls, parameters: bytes) -> Random:
        return cls(_either(parameters))


@dataclass(frozen=True)
class Data:
    """sealed: provisioning data and their MIC, 33 octets"""

    opcode: ClassVar[int] = 7
    sealed: bytes = field(repr=False)

    @property
    def parameters(self) -> bytes:
        return self.sealed

    @classmethod
    def read(cls, parameters: bytes) -> Data:
        return cls(_exactly(parameters, SEALED_DATA_OCTETS))


@dataclass(frozen=True)
class Complete:
    opcode: ClassVar[int] = 8

    @property
    def parameters(self) -> bytes:
        return b""

    @classmethod
    def read(cls, parameters: bytes) -> Complete:
        _exactly(parameters, 0)
        return cls()


@dataclass(frozen=True)
class Failed:
    """reason: one of `Reason`, or any octet"""

    opcode: ClassVar[int] = 9
    reason: int

    @property
    def parameters(self) -> bytes:
        return bytes((self.reason,))

    @classmethod
    def read(cls, parameters: bytes) -> Failed:
        return cls(_exactly(parameters, 1)[0])


Pdu: TypeAlias = (
    Invite
    | CapabilitiesPdu
    | Start
    | PublicKey
    | InputComplete
    | Confirmation
    | Random
    | Data
    | Complete
    | Failed
)
_KINDS: tuple[type[Pdu], ...] = (
    Invite,
    CapabilitiesPdu,
    Start,
    PublicKey,
    InputComplete,
    Confirmation,
    Random,
    Data,
    Complete,
    Failed,
)


def encode(pdu: Pdu) -> bytes:
    """Its octets."""
    return bytes((pdu.opcode,)) + pdu.parameters


def decode(octets: bytes) -> Pdu:
    """The message of these octets. Raises ProtocolViolation for anything that is none."""
    if not octets or octets[0] >= len(_KINDS):
        raise ProtocolViolation("a provisioning PDU of a type that there is not")
    return _KINDS[octets[0]].read(octets[1:])


def _exactly(parameters: bytes, size: int) -> bytes:
    if len(parameters) != size:
        raise ProtocolViolation(f"a provisioning PDU of {len(parameters)} octets instead of {size}")
    return parameters


def _either(parameters: bytes) -> bytes:
    if len(parameters) not in (each.octets for each in Algorithm):
        raise ProtocolViolation(f"a confirmation or random of {len(parameters)} octets")
    return parameters
