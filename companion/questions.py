"""What a run asks its user: events that wait for an answer, and what is answered.

A question goes up like every event; its answer comes down with `Run.answer`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from companion.events import Event
from companion.model import (
    BorderRouter,
    Check,
    DeviceIdentity,
    DeviceSettings,
    Finding,
    FoundDevice,
    Network,
    OwnedFabric,
    Text,
    ThreadNetwork,
    WifiCredentials,
    WifiSecurity,
)
from companion.secret import Secret

A = TypeVar("A")


@dataclass(frozen=True)
class Question(Event, Generic[A]):
    """An event that waits for an answer of type A, given with `Run.answer(question, answer)`."""


@dataclass(frozen=True)
class ConfirmDevice(Question[bool | OwnedFabric]):
    """Found page: go on and connect to this device? False ends the run as cancelled.

    fabrics: of which the device can join any; the answer is then also the one that it is to join, and True is
    the usual one. () where there is nothing to choose
    """

    device: FoundDevice
    findings: tuple[Finding, ...] = ()
    fabrics: tuple[OwnedFabric, ...] = ()


@dataclass(frozen=True)
class ChooseDevice(Question[FoundDevice]):
    """No code, or several devices fit it: which one?"""

    devices: tuple[FoundDevice, ...]


@dataclass(frozen=True)
class CompareNumbers(Question[bool]):
    """Is `number` ("482-913") on the device too? True: they match. False: they differ."""

    number: str
    seconds: float = 120.0


@dataclass(frozen=True)
class AcceptRisk(Question[bool]):
    """Go on although `finding` (such as: the passphrase goes out in clear)? False ends the run."""

    finding: Finding


@dataclass(frozen=True)
class ReviewAttestation(Question[bool]):
    """Something about who vouches for the device did not hold: go on all the same? False ends the run.

    checks: all that was examined. Nothing answers it in advance but `Order.accept_risks`
    """

    device: DeviceIdentity
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class TryAgain(Question[bool]):
    """Something outside of the device is in the way: try again once it is out of it? False ends the run.

    The run goes on by itself for nobody; what the device has is kept as long as the question is open.
    """

    problem: Text
    advice: Text


class SameSerial(StrEnum):
    """What a device is whose serial number another one has."""

    REPLACEMENT = "replacement"
    """It replaces the other device, whose certificates are revoked once this one works."""

    OTHER = "other"
    """Both devices stay; this one is certified under a number of its own."""


@dataclass(frozen=True)
class SerialKnown(Question[SameSerial]):
    """The device says a serial number under which other devices are known, by other keys: what is it?"""

    device: DeviceIdentity
    known: tuple[DeviceIdentity, ...]


@dataclass(frozen=True)
class SetupSecret:
    """The secret printed on a device whose code does not contain it. username None if none was asked for."""

    secret: Secret
    username: str | None = None


@dataclass(frozen=True)
class EnterSecret(Question[SetupSecret]):
    """The device wants the secret (proof of possession, password) that is printed on it, or shown by it.

    problem: why the last answer did not work; prompt: what it shows now, None for what is printed on it
    """

    device: FoundDevice
    needs_username: bool = False
    suggested_username: str = ""
    problem: Text | None = None
    prompt: Text | None = None


@dataclass(frozen=True)
class ScanAgain:
    """An answer that puts `ChooseNetwork` again, with what the device sees by then."""


@dataclass(frozen=True)
class AskRouter:
    """An answer that puts `ChooseNetwork` again, with the dataset that a border router hands out.

    router: its name, its network's name, or HOST[:PORT]
    """

    router: str


@dataclass(frozen=True)
class ChooseNetwork(Question[DeviceSettings]):
    """Network and name page.

    networks: what the device (or this computer) sees, strongest first; empty where nothing can be seen
    problem:  why the last answer did not work (a wrong passphrase), with `previous` to correct
    other_network: the last answer's network was the problem, not its password
    joinable: protections of networks that the device can be given; None where that is not known
    rescan:   lets the device look again; None where it can't. `ScanAgain` is then an answer too
    needs_thread: the device joins Thread, and Wi-Fi is not asked for
    meshes:   Thread networks that the device sees, strongest first; border_routers: heard by this computer
    datasets: of Thread networks that are kept, the latest first
    ask_router: gets a border router's dataset; None where it can't be asked. `AskRouter` is then an answer
    """

    networks: tuple[Network, ...] = ()
    previous: DeviceSettings | None = None
    problem: Text | None = None
    needs_wifi: bool = True
    suggested_name: str = ""
    other_network: bool = False
    joinable: frozenset[WifiSecurity] | None = None
    remembered: tuple[WifiCredentials, ...] = field(default=(), repr=False)
    rescan: Callable[[], Awaitable[tuple[Network, ...] | tuple[ThreadNetwork, ...]]] | None = field(
        default=None, compare=False, repr=False
    )
    needs_thread: bool = False
    meshes: tuple[ThreadNetwork, ...] = ()
    border_routers: tuple[BorderRouter, ...] = ()
    datasets: tuple[Secret, ...] = field(default=(), repr=False)
    ask_router: Callable[[str], Awaitable[Secret]] | None = field(default=None, compare=False, repr=False)
