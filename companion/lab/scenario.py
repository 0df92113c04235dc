"""What the lab is to do: which devices, what is wrong with them, and how often which flow runs over them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from companion.errors import ScenarioInvalid
from companion.lab.faults import AMOUNTS, LabFault, comparing, is_possible
from companion.lab.source import SHOWN, Source, is_possible_source
from companion.plain_text import plain
from companion.protocols import installed
from companion.secret import Secret

MOST_DEVICES = 64
MOST_COPIES = 1000
MOST_UNITS = 1000
MOST_RUNS = 10_000
MOST_AT_A_TIME = 32
LONGEST_NAME = 64
LONGEST_CODE = 8192
NEAREST, FARTHEST = -30, -100
"""dBm"""
_NATIVE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(=[A-Za-z0-9.-]{1,32})?")
_METHOD = re.compile(r"[a-z0-9-]{1,24}")
# These end the process of the device, which is ours.
_CRASH = "crash-"


class Button(StrEnum):
    """Who compares the number at a device that shows one."""

    MATCH = "match"
    """Somebody who presses for the same number, after a moment."""

    DIFFER = "differ"
    """Somebody who presses for another number."""

    NOBODY = "nobody"
    """Nobody is there."""

    HAND = "hand"
    """Whoever works with the window, on the drawing of the device."""


@dataclass(frozen=True)
class LabDevice:
    """A device of a scenario: a virtual one by its protocol, or a real one by its setup code.

    signal:  how loud it is heard, in dBm
    copies:  how many of it there are, each with its own serial number and secret
    faults:  what it does wrong; the number of those that have one (`AMOUNTS`), 1 for the others
    method:  a protocol's own name for the way to authenticate, "" for the usual one
    source:  where its secret comes from
    native:  faults by the protocol's own names, as `companion virtual --fault` takes them
    is_on:   takes part; the window keeps devices that do not
    """

    name: str
    protocol: str = ""
    code: Secret | None = None
    signal: int = -50
    copies: int = 1
    faults: Mapping[LabFault, int] = field(default_factory=dict)
    native: tuple[str, ...] = ()
    method: str = ""
    button: Button = Button.MATCH
    source: Source = Source.LABEL
    is_on: bool = True

    @property
    def ordered_method(self) -> str | None:
        """The method that its runs ask for; None: the usual one. What is wrong with a number, or with whoever
        compares it, shows only where numbers are compared."""
        if self.source in SHOWN:
            return self.method or None
        compares = LabFault.WRONG_NUMBER in self.faults or self.button is not Button.MATCH
        return self.method or (comparing(self.protocol) if compares else "") or None

    def __post_init__(self) -> None:
        object.__setattr__(self, "faults", MappingProxyType(dict(self.faults)))


@dataclass(frozen=True)
class Scenario:
    """What a session of the lab is.

    runs:       how often; the devices take turns
    at_a_time:  how many runs go on at once
    stop_at_failure: after the first failed run no other begins; those under way end
    seed:       decides what is lost on lossy air, and nothing else
    timeout:    seconds in which a run has to find its device
    accept_risks: set up devices whose protection is weak
    """

    name: str
    devices: tuple[LabDevice, ...]
    runs: int = 1
    at_a_time: int = 1
    stop_at_failure: bool = False
    seed: int = 1
    timeout: float = 30.0
    accept_risks: bool = True

    @property
    def present(self) -> tuple[LabDevice, ...]:
        """The devices that take part."""
        return tuple(device for device in self.devices if device.is_on)

    @property
    def is_virtual(self) -> bool:
        """True if its devices are made here."""
        return all(device.code is None for device in self.devices)


def checked(scenario: Scenario) -> Scenario:
    """The scenario, if it can be done. Raises ScenarioInvalid, whose detail says where it is wrong."""
    _named("name", scenario.name)
    if not scenario.devices:
        raise ScenarioInvalid("no [[device]]")
    _within("devices", len(scenario.devices), 1, MOST_DEVICES)
    _within("runs", scenario.runs, 1, MOST_RUNS)
    _within("at-a-time", scenario.at_a_time, 1, MOST_AT_A_TIME)
    _within("seed", scenario.seed, 0, 2**63 - 1)
    if not 0 < scenario.timeout <= 600:
        raise ScenarioInvalid("timeout: more than 0 and at most 600 seconds")
    for number, device in enumerate(scenario.devices, start=1):
        try:
            _check_device(device)
        except ScenarioInvalid as wrong:
            raise ScenarioInvalid(f"device {number}: {wrong.detail}") from None
    if len({device.code is None for device in scenario.devices}) > 1:
        raise ScenarioInvalid(
            "virtual devices (with a protocol) and real ones (with a code) need a scenario each"
        )
    _within("copies of all devices", sum(device.copies for device in scenario.present), 1, MOST_UNITS)
    if not scenario.is_virtual and scenario.runs > len(scenario.present):
        raise ScenarioInvalid(
            "runs: a real device is set up once; it has to be reset before it can be set up again"
        )
    return scenario


def _check_device(device: LabDevice) -> None:
    _named("name", device.name)
    if device.method and not _METHOD.fullmatch(device.method):
        raise ScenarioInvalid("method: a word of small letters")
    if device.code is not None:
        if device.protocol:
            raise ScenarioInvalid("either a protocol or a code")
        if device.faults or device.native or device.copies != 1 or device.source is not Source.LABEL:
            raise ScenarioInvalid("faults, copies and from need a virtual device")
        _within("length of the code", len(device.code.reveal()), 1, LONGEST_CODE)
        return
    declaration = installed().protocols.get(device.protocol)
    if declaration is None or declaration.virtual is None:
        known = ", ".join(name for name, each in installed().protocols.items() if each.virtual is not None)
        raise ScenarioInvalid(
            f"protocol “{plain(device.protocol)}” has no virtual devices; available: {known}"
        )
    _within("signal", device.signal, FARTHEST, NEAREST)
    _within("copies", device.copies, 1, MOST_COPIES)
    if not is_possible_source(device.protocol, device.source):
        possible = ", ".join(each for each in Source if is_possible_source(device.protocol, each))
        raise ScenarioInvalid(
            f"from “{device.source}” is not possible with {device.protocol}; possible: {possible}"
        )
    for fault, amount in device.faults.items():
        if not is_possible(device.protocol, fault):
            possible = ", ".join(each for each in LabFault if is_possible(device.protocol, each))
            raise ScenarioInvalid(
                f"fault “{fault}” is not possible with {device.protocol}; possible: {possible}"
            )
        limits = AMOUNTS.get(fault)
        _within(f"fault “{fault}”", amount, limits.least if limits else 1, limits.most if limits else 1)
    for text in device.native:
        if not _NATIVE.fullmatch(text) or text.startswith(_CRASH):
            raise ScenarioInvalid(f"fault “{plain(text)}” can’t be used here")


def _within(what: str, number: int, least: int, most: int) -> None:
    if not least <= number <= most:
        raise ScenarioInvalid(f"{what}: {least} to {most}, not {number}")


def _named(what: str, name: str) -> None:
    if not name.strip() or len(name) > LONGEST_NAME or plain(name) != name:
        raise ScenarioInvalid(f"{what}: 1 to {LONGEST_NAME} characters that can be shown")
