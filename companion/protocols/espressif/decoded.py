"""ESP-IDF's messages in words: versions, the handshake's steps, and the rest where nothing encrypts
them. Names of networks and passwords are not among the fields."""

from __future__ import annotations

from typing import Any

from google.protobuf.message import DecodeError

from companion.model import Text
from companion.protocols.espressif.dialogues.version import parse_version
from companion.protocols.espressif.endpoints import TABLE
from companion.protocols.espressif.proto import config_pb2, control_pb2, scan_pb2, session_pb2
from companion.protocols.octets import ENCRYPTED, Decoded

_ENDPOINTS = {digits: name for name, digits in TABLE.items()}
_CLEAR: dict[str, tuple[Text, Any]] = {
    "prov-config": (Text("Configuration"), config_pb2.Config),
    "prov-scan": (Text("Wi-Fi scan"), scan_pb2.Scan),
    "prov-ctrl": (Text("Control"), control_pb2.Control),
}
_ASKED = b"---"
_BROKEN = Text("Breaks the protocol")


class MessageDecoder:
    """See `companion.protocols.octets.Decoder`. A value is a message."""

    def __init__(self) -> None:
        self._security: int | None = None

    def __call__(self, uuid: str, value: bytes, to_device: bool) -> Decoded | None:
        endpoint = _ENDPOINTS.get(uuid[4:8])
        if endpoint is None or not value:
            return None
        try:
            name, fields = self._message(endpoint, value, to_device)
        except DecodeError:
            name, fields = _BROKEN, ()
        return Decoded(name, fields, len(value))

    def _message(
        self, endpoint: str, value: bytes, to_device: bool
    ) -> tuple[Text, tuple[tuple[Text, str], ...]]:
        if endpoint == "proto-ver":
            return Text("Versions"), () if to_device else _version(value)
        if endpoint == "prov-session":
            session = session_pb2.SessionData.FromString(value)
            scheme = session.WhichOneof("payload")
            self._security = int(scheme[-1]) if scheme else int(session.security)
            told = getattr(session, scheme) if scheme else None
            step = () if told is None else _step(told)
            return Text("Handshake"), ((Text("Security"), str(self._security)), *step)
        name, kind = _CLEAR[endpoint]
        if self._security != 0:
            return name, ((ENCRYPTED, f"{len(value)} B"),)
        return name, _step(kind.FromString(value))


def _version(value: bytes) -> tuple[tuple[Text, str], ...]:
    told = parse_version(value)
    security = "" if told.security is None else str(told.security)
    patch = "" if told.patch is None else str(told.patch)
    said = ((Text("Protocol"), told.protocol), (Text("Security"), security), (Text("Patch"), patch))
    return tuple((name, words) for name, words in said if words)


def _step(message: Any) -> tuple[tuple[Text, str], ...]:
    """Which one of a dialogue it is, and how it was taken."""
    fields = [(Text("Message"), _named(message, "msg"))]
    inner = message.WhichOneof("payload")
    answer = getattr(message, inner) if inner else None
    if answer is not None and "status" in answer.DESCRIPTOR.fields_by_name:
        fields.append((Text("Status"), _named(answer, "status")))
    return tuple(fields)


def _named(message: Any, field: str) -> str:
    number = getattr(message, field)
    known = message.DESCRIPTOR.fields_by_name[field].enum_type.values_by_number.get(number)
    return str(known.name).lower().replace("_", " ") if known is not None else str(number)
