"""Events as JSON, by white list: a field that is not named here never leaves the process.

Used by `--json-lines`, the registry's run log and its exports.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from companion.errors import CompanionError
from companion.events import (
    AcceptRisk,
    ActionNeeded,
    ChooseDevice,
    ChooseNetwork,
    CompareNumbers,
    ConfirmDevice,
    Connected,
    Counted,
    Event,
    Found,
    HandedOver,
    Identified,
    LinkLost,
    Progress,
    Proven,
    RunFinished,
    RunStarted,
    Secured,
    SecurityFound,
    StepFinished,
    StepStarted,
)
from companion.model import (
    Credential,
    DeviceIdentity,
    Finding,
    FoundDevice,
    Handshake,
    LinkCounts,
    Network,
    Proof,
    SetupCode,
    Text,
)
from companion.outcome import Outcome

# The number that two people compare is not written: with a log of it, an old screen could be forged.
_FIELDS: Mapping[type, tuple[str, ...]] = {
    RunStarted: ("run", "code"),
    StepStarted: ("step",),
    StepFinished: ("step", "seconds", "summary"),
    Progress: ("step", "text"),
    Found: ("device",),
    Connected: ("mtu", "again"),
    LinkLost: ("attempt",),
    Secured: ("method", "handshake"),
    Identified: ("device",),
    SecurityFound: ("finding",),
    ActionNeeded: ("text",),
    HandedOver: ("credential",),
    Proven: ("proof",),
    Counted: ("counts",),
    RunFinished: ("outcome",),
    ConfirmDevice: ("device",),
    ChooseDevice: ("devices",),
    CompareNumbers: ("seconds",),
    AcceptRisk: ("finding",),
    ChooseNetwork: ("networks", "problem", "needs_wifi"),
    SetupCode: ("ecosystem", "title", "protocol"),
    FoundDevice: ("protocol", "name", "address", "rssi", "ownership", "discriminator"),
    Finding: ("claim", "sentence", "severity"),
    Handshake: ("messages", "bytes"),
    DeviceIdentity: ("id", "name", "model", "serial", "firmware"),
    Credential: ("kind", "details"),
    Proof: ("endpoint", "tls", "peer_serial", "seconds"),
    LinkCounts: (
        "mtu",
        "reads",
        "writes",
        "write_commands",
        "notifications",
        "bytes_out",
        "bytes_in",
    ),
    Network: ("name", "security", "rssi", "channel"),
}


def event_as_json(event: Event) -> dict[str, Any]:
    """`{"event": "StepStarted", "step": "find"}`: the event's name and its white-listed fields."""
    return {"event": type(event).__name__, **_fields(event)}


def _fields(value: Any) -> dict[str, Any]:
    return {name: _plain(getattr(value, name)) for name in _FIELDS.get(type(value), ())}


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float):
        return round(value, 4)
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, Outcome):
        return value.as_json()
    if isinstance(value, CompanionError):
        return value.as_json()
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    return _fields(value)
