"""Commission Bluetooth LE devices from Python: from a setup code to operational credentials and a record.

    async with companion.open_services() as services:
        code = companion.recognise("RP1:...")
        outcome = await companion.commission(services, code, order=companion.Order(wifi=wifi, name="Lamp"))

Services are opened together (`open_services`) and passed to every function. What takes a while is a
`RunHandle`: await it for its `Outcome`, or iterate over it for its events. Events, questions and errors are
in the modules `companion.events`, `companion.questions` and `companion.errors`. Each name is imported when
it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from companion import errors, events, questions
    from companion.administration import AdministrationOperation, Request
    from companion.api import (
        accept,
        administer,
        cancel_transfer,
        commission,
        controllers,
        devices,
        nearby,
        query,
        read_codes,
        remove,
        renew,
        reprovision,
        reset,
        revoke,
        rotate,
        share,
        status,
        switch,
        transfer,
    )
    from companion.errors import CompanionError
    from companion.events import RevocationReason
    from companion.model import DeviceSettings, FoundDevice, SetupCode, WifiCredentials, WifiSecurity
    from companion.outcome import Outcome, Result
    from companion.protocols import Order, recognise
    from companion.questions import SameSerial, SetupSecret
    from companion.registry.records import DeviceRecord
    from companion.runs.answers import AnswerPolicy, Answers, ByHand
    from companion.runs.handle import RunHandle
    from companion.runs.in_turn import in_turn
    from companion.secret import Secret
    from companion.services import Services, open_services
    from companion.station.batch import batch

__version__: str

__all__ = [
    "AdministrationOperation",
    "AnswerPolicy",
    "Answers",
    "ByHand",
    "CompanionError",
    "DeviceRecord",
    "DeviceSettings",
    "FoundDevice",
    "Order",
    "Outcome",
    "Request",
    "Result",
    "RevocationReason",
    "RunHandle",
    "SameSerial",
    "Secret",
    "Services",
    "SetupCode",
    "SetupSecret",
    "WifiCredentials",
    "WifiSecurity",
    "accept",
    "administer",
    "batch",
    "cancel_transfer",
    "commission",
    "controllers",
    "devices",
    "errors",
    "events",
    "in_turn",
    "nearby",
    "open_services",
    "query",
    "questions",
    "read_codes",
    "recognise",
    "remove",
    "renew",
    "reprovision",
    "reset",
    "revoke",
    "rotate",
    "share",
    "status",
    "switch",
    "transfer",
]

_MODULES = {
    "companion.administration": "AdministrationOperation Request",
    "companion.api": "accept administer cancel_transfer commission controllers devices nearby query"
    " read_codes remove renew reprovision reset revoke rotate share status switch transfer",
    "companion.errors": "CompanionError",
    "companion.events": "RevocationReason",
    "companion.model": "DeviceSettings FoundDevice SetupCode WifiCredentials WifiSecurity",
    "companion.outcome": "Outcome Result",
    "companion.protocols": "Order recognise",
    "companion.questions": "SameSerial SetupSecret",
    "companion.registry.records": "DeviceRecord",
    "companion.runs.answers": "AnswerPolicy Answers ByHand",
    "companion.runs.handle": "RunHandle",
    "companion.runs.in_turn": "in_turn",
    "companion.secret": "Secret",
    "companion.services": "Services open_services",
    "companion.station.batch": "batch",
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name in ("errors", "events", "questions"):
        return import_module(f"{__name__}.{name}")
    if name == "__version__":
        return str(import_module("companion.version").version())
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
