"""The contract between the walk (`companion.runs.commissioning`) and the protocols, and their register.

A protocol is one package here with a sans-IO core and a short driver. The driver is all that the walk
sees of it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar, runtime_checkable

from companion.events import Event
from companion.model import (
    Advertisement,
    Commissioned,
    DeviceIdentity,
    Finding,
    FoundDevice,
    LinkCounts,
    OfferedToken,
    SetupCode,
    Step,
    Text,
    WifiCredentials,
)
from companion.questions import Question
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.endpoint import Endpoint
    from companion.identity import Identity
    from companion.radio import Link

A = TypeVar("A")

# A new protocol is one line here: its name and the module that holds its `Driver`.
DRIVERS: Mapping[str, str] = {
    "rp1": "companion.protocols.rp1.driver",
    "espressif": "companion.protocols.espressif.driver",
    "improv": "companion.protocols.improv.driver",
}

WALKED_WITH = (
    *DRIVERS.values(),
    "companion.protocols.rp1.driver.assignment",
    "companion.protocols.rp1.driver.commissioning",
    "companion.protocols.rp1.driver.ownership",
)
"""The modules that runs import in their middle, for who wants them ahead."""


class Dialer(Protocol):
    """Opens the link to the device of this run, again after a loss. Counts go on across links."""

    async def dial(self) -> Link:
        """A connected link. Raises RadioError. The walk tells `Connected` and closes what is open."""

    async def rediscover(self) -> None:
        """Scan until the device is seen again (it rebooted, or its address changed), for the next dial."""

    def know_by(self, is_it: Callable[[Advertisement], bool]) -> None:
        """From now on the device is also known by this, at whatever address. Proves nothing."""

    @property
    def counts(self) -> LinkCounts:
        """Everything that the links of this run carried so far."""


class Reporter(Protocol):
    """How a driver tells the run's story and asks its user."""

    def begin(self, step: Step) -> None:
        """End the current step well and begin the next one."""

    def summarise(self, summary: Text) -> None:
        """The sentence with which the current step will end."""

    def progress(self, text: Text) -> None:
        """What is going on in the current step, in one sentence."""

    def tell(self, event: Event) -> None:
        """Send any other event."""

    def find(self, finding: Finding) -> None:
        """Tell a finding about the device's protection, once; it stays with the run's outcome."""

    async def ask(self, question: Question[A]) -> A:
        """Put a question to the user and wait. Raises Cancelled when the user ends the run."""


class Memory(Protocol):
    """What must be remembered between runs and across kills, for one protocol. Written at once (fsync)."""

    def get(self, key: str) -> Any | None:
        """The JSON value kept under `key`, or None."""

    def put(self, key: str, value: Any | None) -> None:
        """Keep a JSON value; None forgets it. Returns after it is on the disk."""

    def get_secret(self, key: str) -> bytes | None:
        """Like `get`, from the sealed store."""

    def put_secret(self, key: str, value: bytes | None) -> None:
        """Like `put`, into the sealed store."""


@dataclass(frozen=True)
class Order:
    """What the user asked for when starting the run.

    method: a protocol's own name for the method to use ("nc", "oob"); None lets the driver choose
    wifi, name, room: answers given in advance; a driver asks `ChooseNetwork` only for what is missing
    accept_risks: the user already said yes to `AcceptRisk` questions (never set by default)
    thread: active operational dataset (TLVs) for a device that joins Thread
    """

    method: str | None = None
    wifi: WifiCredentials | None = None
    name: str | None = None
    room: str = ""
    accept_risks: bool = False
    thread: Secret | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class KnownDevice:
    """A device in the registry that proved an identity key (point, 65 octets)."""

    device: DeviceIdentity
    identity_key: bytes


@dataclass(frozen=True)
class Context:
    """Everything that a driver gets for one run.

    inventory:     the protocol's devices in the registry, without those that another one replaced
    when_recorded: does what it is given once the run's outcome is in the registry. What a driver keeps to
                   take a run up again is forgotten there: a kill before it leaves the run to be repeated
    """

    found: FoundDevice
    code: SetupCode | None
    order: Order
    dialer: Dialer
    story: Reporter
    memory: Memory
    identity: Identity
    endpoint: Endpoint | None
    when_recorded: Callable[[Callable[[], None]], None] = lambda forget: forget()
    inventory: Callable[[], tuple[KnownDevice, ...]] = lambda: ()


class OwnershipOperation(StrEnum):
    """What an owner does with a device that has credentials already."""

    REPROVISION = "reprovision"
    """New network, name or endpoint, and a new certificate."""

    ROTATE = "rotate"
    """A new certificate, and nothing else."""

    RESET = "reset"
    """Nobody owns it any more."""

    QUERY = "query"
    """What it says of itself; a change whose end got lost is finished."""

    ACCEPT = "accept"
    """It becomes ours by its former owner's token."""


@dataclass(frozen=True)
class OwnedDevice:
    """The device of an owner's act, as the registry (or the token) knows it.

    identity_key: by which it proves itself; token: what `ACCEPT` rests on
    """

    name: str
    identity_key: bytes
    serial: str = ""
    token: Secret | None = None


@dataclass(frozen=True)
class TransferTerms:
    """How a device is given away: to the holder of a public key (point, 65 octets), or to whoever bears the
    token; until `expires` (Unix seconds); `wipe`: without what it was given."""

    to: bytes | None
    expires: int
    wipe: bool = True


@dataclass(frozen=True)
class Offered:
    """A transfer token, and what may be known of it."""

    text: Secret
    token: OfferedToken


class Driver(Protocol):
    """One protocol, as the walk sees it."""

    name: ClassVar[str]

    code_names_unit: ClassVar[bool]
    """What a code finds is one unit, not any of those that share a name."""

    def find(self, advertisement: Advertisement, code: SetupCode | None) -> FoundDevice | None:
        """The device behind an advertisement if it speaks this protocol and, with a code, is the code's."""

    def findings(
        self, found: FoundDevice, code: SetupCode | None, method: str | None = None
    ) -> tuple[Finding, ...]:
        """What is to be expected with this device, code and ordered method, before connecting: `expected`
        findings, none of them good. What a session turned out to be worth is told with `Secured`.
        """

    async def commission(self, context: Context) -> Commissioned:
        """Run from CONNECT to CHECK. Raises CompanionError; the step under way is the failed one."""


@runtime_checkable
class OwnershipDriver(Driver, Protocol):
    """A driver of a protocol that knows owners. Optional: the others can't do any of it."""

    def recognise(self, advertisement: Advertisement, device: OwnedDevice) -> FoundDevice | None:
        """The device behind an advertisement, if it is this one."""

    def offer(self, device: OwnedDevice, terms: TransferTerms, identity: Identity, memory: Memory) -> Offered:
        """A transfer token, made without the device. Raises QueryFirst."""

    def cancel(self, token: str, identity: Identity, memory: Memory) -> None:
        """End a token (its id): the device is told in the next session. Raises TooManyCancelled."""

    def offered(self, text: str) -> OwnedDevice | None:
        """The device of a transfer token; None for a text of another kind. Raises CodeMalformed."""

    async def act(self, context: Context, act: OwnershipOperation, device: OwnedDevice) -> Commissioned:
        """Do it, from CONNECT to CHECK. Raises CompanionError; the step under way is the failed one."""


def driver(name: str) -> Driver:
    """The driver of a protocol by name. Raises KeyError for a name that is not registered."""
    module = importlib.import_module(DRIVERS[name])
    made: Driver = module.Driver()
    return made


def drivers() -> tuple[Driver, ...]:
    """All registered drivers."""
    return tuple(driver(name) for name in DRIVERS)
