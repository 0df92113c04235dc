"""Virtual ESP32 devices, their codes, and the networks that they are given."""

from __future__ import annotations

from typing import Any

from companion.model import DeviceSettings, WifiCredentials
from companion.protocols import Order, recognise
from companion.protocols.espressif.virtual.options import (
    EspressifFault,
    EspressifOptions,
)
from companion.protocols.espressif.virtual.peripheral import VirtualEspressif
from companion.questions import ChooseNetwork
from companion.secret import Secret

WORKSHOP = WifiCredentials(b"Workshop", Secret("correct horse"))
WRONG = WifiCredentials(b"Workshop", Secret("wrong horse"))
KNOWN = Order(wifi=WORKSHOP)


def device(**options: Any) -> VirtualEspressif:
    return VirtualEspressif(EspressifOptions(**options))


def code_of(**options: Any) -> Any:
    return recognise(EspressifOptions(**options).setup_code)


def faulty(*faults: EspressifFault, **options: Any) -> VirtualEspressif:
    return device(faults=frozenset(faults), **options)


def choose(*wishes: WifiCredentials) -> Any:
    """Answers the network page with one wish after the other."""
    left = iter(wishes)
    return {ChooseNetwork: lambda question: DeviceSettings("Lamp", wifi=next(left))}
