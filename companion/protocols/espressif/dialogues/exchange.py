"""A dialogue with a device without I/O: generators that yield requests and are sent the answers.

`dialogue = ask_version(); request = next(dialogue); dialogue.send(answer)` until StopIteration, whose
value is the result. Who runs a dialogue carries the bytes: write the request to the endpoint's
characteristic, read the same characteristic (protocomm over GATT: one outstanding request).
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from google.protobuf.message import DecodeError, Message

from companion.errors import DeviceBusy, DeviceError, DeviceInternal, ProtocolViolation
from companion.protocols.espressif.proto import status_pb2

T = TypeVar("T")

# A device that is busy with Wi-Fi may take its time.
REQUEST_SECONDS = 30.0


@dataclass(frozen=True)
class Request:
    """Octets for one endpoint by name; never empty, because devices swallow empty writes silently.

    sealed: the body is plaintext that the session still has to encrypt, and so is its answer
    seconds: how long the write and the read may take each
    """

    endpoint: str
    body: bytes = field(repr=False)
    sealed: bool = True
    seconds: float = REQUEST_SECONDS

    def __post_init__(self) -> None:
        if not self.body:
            raise ValueError("an empty request never reaches the device's handler")


Exchange = Generator[Request, bytes, T]


def parse(message: Message, answer: bytes, what: str) -> Any:
    """`message` filled from an answer. Raises ProtocolViolation for an empty one or no protobuf."""
    if not answer:
        raise ProtocolViolation(f"{what}: an empty answer")
    try:
        message.ParseFromString(answer)
    except DecodeError as error:
        raise ProtocolViolation(f"{what}: not a protobuf message") from error
    return message


def expect(message: Any, kind: int, payload: str, what: str) -> Any:
    """The payload of a response, which must be of the awaited kind. Raises ProtocolViolation.

    proto3 reads missing fields as zero and zero means "success" and "connected", so presence is what
    tells an answer from noise.
    """
    if message.msg != kind or message.WhichOneof("payload") != payload:
        raise ProtocolViolation(f"{what}: message {message.msg} with {message.WhichOneof('payload')}")
    return getattr(message, payload)


def check(status: int, what: str) -> None:
    """Raise the error that a status other than success stands for."""
    if status != status_pb2.SUCCESS:
        raise _refusal(status)(f"{what}: status {status}")


def _refusal(status: int) -> type[DeviceError]:
    if status == status_pb2.TOO_MANY_SESSIONS:
        return DeviceBusy
    if status == status_pb2.INTERNAL_ERROR:
        return DeviceInternal
    return ProtocolViolation
