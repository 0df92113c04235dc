"""The contract between a run (`companion.runs`) and a protocol's driver.

A protocol is one package with a sans-IO core and a short driver. The driver is all that a run sees of it.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar, runtime_checkable

from companion.events import Event
from companion.link_counts import LinkCounts
from companion.model import (
    Advertisement,
    Commissioned,
    DeviceIdentity,
    Finding,
    FoundDevice,
    MakerGuide,
    SetupCode,
    ShownBy,
    Step,
    Text,
    WifiCredentials,
)
from companion.questions import Question, SameSerial
from companion.secret import Secret

if TYPE_CHECKING:
    from pathlib import Path

    from companion.endpoint import Endpoint
    from companion.errors import CompanionError
    from companion.identity import Identity
    from companion.lan import Lan
    from companion.nfc.bluetooth import TaggedDevice
    from companion.nfc.channel import Channel
    from companion.radio import Link

A = TypeVar("A")


class Dialer(Protocol):
    """Opens the link to the device of this run, again after a loss. Counts go on across links."""

    async def dial(self) -> Link:
        """A connected link. Raises RadioError. The run reports `Connected` and closes what is open."""

    async def rediscover(self, *, lost: bool = True) -> None:
        """Scan until the device is seen again (it rebooted, or its address changed), for the next dial.

        lost: False where the driver ended the link itself, to hear what the device advertises then
        """

    async def pass_over(
        self,
        wrong: CompanionError,
        *,
        seconds: float | None = None,
        elsewhere: AsyncGenerator[FoundDevice, None] | None = None,
        for_now: bool = False,
    ) -> None:
        """What answered is not the device, as `wrong` shows: the next dial goes to another that may be it.

        seconds: how long another one is looked for; elsewhere: finds more of them where no radio looks.
        What is found there is not dialled: `found` says `on_network`, and the driver calls it itself.
        for_now: it was busy or silent, and may be tried again when the others turned out to be wrong.
        Anybody can repeat an advertisement. Raises `wrong` where there is no other one, and after a few.
        """

    def know_by(self, is_it: Callable[[Advertisement], bool]) -> None:
        """From now on the device is also known by this, at whatever address. Proves nothing."""

    @property
    def found(self) -> FoundDevice:
        """The device that is dialled: the context's, or another one after `pass_over` or `rediscover`."""

    @property
    def counts(self) -> LinkCounts:
        """Everything that the links of this run carried so far."""


class Reporter(Protocol):
    """Through which a driver reports the run's events and asks its user."""

    def begin(self, step: Step) -> None:
        """End the current step well and begin the next one."""

    def summarise(self, summary: Text) -> None:
        """The sentence with which the current step will end."""

    def progress(self, text: Text, *, lasts: bool = False) -> None:
        """What is going on in the current step, in one sentence. lasts: people wait for it."""

    def report(self, event: Event) -> None:
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

    def alone(self, purpose: str, *, seconds: float) -> AbstractContextManager[None]:
        """Hold `purpose` (a word of the protocol's own) against every other thread and process of this data
        folder. Raises RegistryBusy where it is held by another one for so long.
        """


@dataclass(frozen=True)
class Order:
    """What the user asked for when the run was started.

    method: a protocol's own name for the method to use ("nc", "oob"); None lets the driver choose
    wifi, name, room: answers given in advance; a driver asks `ChooseNetwork` only for what is missing
    accept_risks: the user has already accepted `AcceptRisk` questions (never set by default)
    attended: somebody is there to be asked. Else a driver asks no device for what only a question needs
    site: where the device stands, as grants name it and as services know it by; "" for nowhere
    fabric: which of the owner's own a new device joins, by name or the beginning of its id; "": the usual one
    grant: id of the held grant under which a new device is set up for its issuer; "": it becomes ours
    thread: active operational dataset (TLVs) for a device that joins Thread
    shown: a fresh secret that the device itself showed out of band; shown_by: how
    tagged: which device an NFC tag names. It is looked for first; what proves a device stays the same
    reader: an NFC reader: a device that is held to it is set up there, if it can be; the run closes it
    same_serial: what to do if another device has the serial number; takes precedence over an earlier answer
    """

    method: str | None = None
    wifi: WifiCredentials | None = None
    name: str | None = None
    room: str = ""
    site: str = ""
    fabric: str = ""
    grant: str = ""
    accept_risks: bool = False
    attended: bool = True
    thread: Secret | None = None
    shown: Secret | None = None
    shown_by: ShownBy = ShownBy.LIGHT
    tagged: TaggedDevice | None = None
    reader: Channel | None = None
    same_serial: SameSerial | None = None
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
    grant:         the held grant, as it travels, by which the run acts for another owner; "": for us
    grant_id:      its id; "": for us
    check_place:   raises OutsideGrant for a device of this serial number (None: it has none), where the run
                   acts for another owner. To be called before the device is given anything
    lan:           this computer's network; of a virtual radio a virtual one. None: there is none to use
    """

    found: FoundDevice
    code: SetupCode | None
    order: Order
    dialer: Dialer
    reporter: Reporter
    memory: Memory
    identity: Identity
    endpoint: Endpoint | None
    when_recorded: Callable[[Callable[[], None]], None] = lambda forget: forget()
    inventory: Callable[[], tuple[KnownDevice, ...]] = lambda: ()
    lan: Lan | None = None
    grant: str = ""
    grant_id: str = ""
    check_place: Callable[[str | None], None] = lambda serial: None


class Driver(Protocol):
    """One protocol, as a run sees it."""

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


class CableDriver(Protocol):
    """A protocol over a serial port."""

    async def commission(self, port: str, order: Order, reporter: Reporter) -> Commissioned:
        """Run from CONNECT to CHECK, as `Driver.commission`."""


@runtime_checkable
class ProvingDriver(Driver, Protocol):
    """A driver whose codes may fit several devices that are in range at once. Optional."""

    def code_proves(self, code: SetupCode) -> bool:
        """Whether a session tells the code's device from the others. If not, the user has to choose."""


@runtime_checkable
class ProbingDriver(Driver, Protocol):
    """A driver whose devices may advertise nothing that tells them, and say it over a link. Optional."""

    def may_be(self, advertisement: Advertisement) -> bool:
        """Whether it is worth a link. Few advertisements of other devices should be."""

    async def probe(self, link: Link, advertisement: Advertisement) -> FoundDevice | None:
        """The device, if what it says is the protocol's; nothing is written to one whose services are not.

        Raises RadioError leaves.
        """


@runtime_checkable
class IdentifyingDriver(Driver, Protocol):
    """A driver of a protocol whose devices can blink or beep. Optional."""

    async def identify(self, link: Link) -> None:
        """Blink or beep. Raises RadioError leaves and DeviceError leaves."""


@dataclass(frozen=True)
class TrustLists:
    """What was taken in. roots: of those who vouch for devices; issuers: whose revocations are known now;
    models: products of which it is known how they are made ready"""

    roots: int = 0
    issuers: int = 0
    models: int = 0


@runtime_checkable
class TrustDriver(Driver, Protocol):
    """A driver that holds who vouches for a device against lists that the user can import. Optional."""

    def import_trust(self, memory: Memory, path: Path) -> TrustLists:
        """Trust the roots of a file or a folder besides those of before, or believe the revocations of a file
        in place of those of before, or keep its device models besides those of before: which it is, its
        content says. It counts from the next run on.

        Raises TrustUnusable, with nothing changed.
        """


@runtime_checkable
class GuidingDriver(Driver, Protocol):
    """A driver that keeps lists of how products are made ready to be set up. Optional."""

    def guide(self, memory: Memory, code: SetupCode) -> SetupCode:
        """The code with what the lists say of its product; as it is where they say nothing."""

    def guide_found(self, memory: Memory, found: FoundDevice) -> MakerGuide | None:
        """What the lists say of a device that announces its product; None for nothing."""


@runtime_checkable
class ReaderDriver(Driver, Protocol):
    """A driver of a protocol whose devices may be set up at an NFC reader. Optional."""

    async def at_reader(self, channel: Channel, code: SetupCode) -> FoundDevice | None:
        """The device that is held to it, if it may be the code's and can be set up there. Raises nothing.

        The run does not dial it: the driver talks to it over the channel.
        """


@dataclass(frozen=True)
class Surroundings:
    """What a driver may look at before a device is found.

    memory: of its protocol; grant: as `Context.grant_id`; fabric: id of that which is wanted, "": any
    """

    lan: Lan
    memory: Memory
    identity: Identity
    grant: str = ""
    fabric: str = ""


@runtime_checkable
class NetworkDriver(Driver, Protocol):
    """A driver of a protocol whose devices may wait on the network as well. Optional.

    What it finds says `on_network`; the run dials none of those.
    """

    def settle_seconds(self, code: SetupCode) -> float:
        """How long to look on for other devices once one is found that fits the code: its user is asked."""

    def waiting(self, lan: Lan) -> AbstractAsyncContextManager[AsyncIterator[FoundDevice]]:
        """All that wait on the network, as they are found, while the context lasts. Raises nothing."""

    def on_network(
        self, around: Surroundings, code: SetupCode
    ) -> AbstractAsyncContextManager[AsyncIterator[FoundDevice]]:
        """Those of a code, and those that an earlier run left there; the same otherwise."""
