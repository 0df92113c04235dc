"""A run of the driver without a radio: a link straight into a `DeviceBench`, a reporter that answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from companion.endpoint import Endpoint
from companion.errors import CompanionError, DeviceNotFound, LinkLostError, ServiceMissing
from companion.events import Event
from companion.identity import DeviceName
from companion.identity.ca import IssuingCa
from companion.identity.owner import OwnerKey
from companion.link_counts import LinkCounts
from companion.link_trace import LinkRecorder
from companion.model import (
    Advertisement,
    Commissioned,
    DeviceSettings,
    FoundDevice,
    Proof,
    SetupCode,
    Step,
    Text,
    WifiCredentials,
)
from companion.protocols import Context, KnownDevice, Order, OwnedDevice, OwnershipOperation
from companion.protocols.rp1.driver import Driver
from companion.protocols.rp1.setup_code.label_code import Rp1Code, make, parse
from companion.protocols.rp1.wire.info import INFO_UUID, RX_UUID, SERVICE_UUID
from companion.questions import ChooseNetwork, CompareNumbers, Question, SameSerial, SerialKnown
from companion.radio.inbox import Inbox
from companion.secret import Secret
from tests.protocols.rp1.support.bench import DeviceBench

WIFI = WifiCredentials(b"Hafen 12", Secret("correct horse"))
HOME = DeviceSettings("Lamp", "Hall", WIFI)
COUNTED = {"read": "reads", "write": "writes", "command": "write_commands"}


def label(device: DeviceBench, **changes: Any) -> SetupCode:
    """The code on the device's label, or one that differs from it."""
    product = device.product
    facts = {
        "disc": product.disc,
        "fp": product.fp,
        "r": product.r,
        "suites": product.suites,
        "methods": product.methods,
    }
    return parse(make(Rp1Code(**{**facts, **changes})))


class FakeLink:
    """What `companion.radio.Link` offers, straight into a device. `spoil` may lose the link before an op."""

    def __init__(self, device: DeviceBench, spoil: Callable[[str], bool]) -> None:
        self.device = device
        self.mtu = device.mtu
        self.max_write = min(device.mtu - 3, 512)
        self.counts = LinkCounts(mtu=device.mtu)
        self.recorder = LinkRecorder()
        self.inbox = Inbox()
        self.is_up = True
        self.is_empty = False
        self._spoil = spoil
        self._listeners: list[Callable[[], None]] = []
        device.do(device.machine.connected())
        device.machine.mtu_changed(device.mtu)
        device.is_up = True
        device.listener = self.pump

    async def read(self, uuid: str, *, timeout: float = 10) -> bytes:
        assert uuid == INFO_UUID
        self._before("read", 0)
        if self.is_empty:
            raise ServiceMissing("no INFO")
        return self.device.machine.read_info()

    async def subscribe(self, uuid: str, *, timeout: float = 10) -> Inbox:
        return self.inbox

    async def write(self, uuid: str, data: bytes, *, response: bool = True, timeout: float = 10) -> None:
        assert uuid == RX_UUID and len(data) <= self.max_write
        self._before("write" if response else "command", len(data))
        self.device.write(data)
        self.pump()

    def when_gone(self, tell: Callable[[], None]) -> None:
        self._listeners.append(tell)
        if not self.is_up:
            tell()

    def hang_up(self) -> None:
        self.lose()

    async def close(self) -> None:
        self.lose()

    def lose(self) -> None:
        if not self.is_up:
            return
        self.is_up = False
        self.inbox.fail("lost")
        for tell in self._listeners:
            tell()
        if self.device.is_up and self.device.listener == self.pump:
            self.device.disconnect()

    def pump(self) -> None:
        """Deliver what the device has to say, up to a loss."""
        while self.is_up and self.device.notified:
            value = self.device.notified.pop(0)
            if self._spoil("notification"):
                self.lose()
                return
            self.counts += LinkCounts(notifications=1, bytes_in=len(value))
            self.inbox.put(value)
        if not self.device.is_up:
            self.lose()

    def _before(self, kind: str, octets: int) -> None:
        if self.is_up and (not self.device.is_up or self._spoil(kind)):
            self.lose()
        if not self.is_up:
            raise LinkLostError("lost")
        self.counts += LinkCounts(**{COUNTED[kind]: 1}, bytes_out=octets)


@dataclass
class ListeningBench(DeviceBench):
    """A device whose host tells the link when there is something to notify."""

    listener: Callable[[], None] = lambda: None

    def do(self, done: list) -> None:
        super().do(done)
        self.listener()

    def disconnect(self) -> None:
        """What was said before still goes out."""
        self.listener()
        super().disconnect()
        self.listener()


@dataclass
class FakeDialer:
    found: FoundDevice
    device: ListeningBench
    spoil: Callable[[str], bool]
    within_reach: Callable[[], bool] = lambda: True
    link: FakeLink | None = None
    closed: LinkCounts = field(default_factory=LinkCounts)
    dialled: int = 0
    repeaters: int = 0

    async def dial(self) -> FakeLink:
        self.hang_up()
        await asyncio.sleep(0)
        self.dialled += 1
        self.link = FakeLink(self.device, self.spoil)
        self.link.is_empty = self.repeaters > 0
        return self.link

    async def pass_over(self, wrong: CompanionError) -> None:
        """The device comes after those who only repeat its beacon, if it is there."""
        self.hang_up()
        if not self.within_reach():
            raise wrong
        self.repeaters -= 1

    def know_by(self, is_it: Callable[[Advertisement], bool]) -> None:
        """Found by its one link."""

    async def rediscover(self, *, lost: bool = True) -> None:
        self.hang_up()
        if not self.within_reach():
            raise DeviceNotFound("gone")

    @property
    def counts(self) -> LinkCounts:
        return self.closed + self.link.counts if self.link else self.closed

    def hang_up(self) -> None:
        if self.link is not None:
            self.link.lose()
            self.closed, self.link = self.closed + self.link.counts, None


@dataclass
class FakeReporter:
    """Answers from a script: networks in turn; numbers with `match`."""

    networks: list[DeviceSettings] = field(default_factory=lambda: [HOME])
    match: Callable[[str], Any] = lambda number: True
    same_serial: SameSerial | CompanionError | None = None
    steps: list[Step] = field(default_factory=list)
    told: list[Event] = field(default_factory=list)
    asked: list[Question[Any]] = field(default_factory=list)
    summaries: list[str] = field(default_factory=list)

    def begin(self, step: Step) -> None:
        if not self.steps or self.steps[-1] is not step:
            self.steps.append(step)

    def summarise(self, summary: Text) -> None:
        self.summaries.append(str(summary))

    def progress(self, text: Text) -> None:
        str(text)

    def report(self, event: Event) -> None:
        self.told.append(event)

    async def ask(self, question: Question[Any]) -> Any:
        self.asked.append(question)
        await asyncio.sleep(0)
        answer: Any = None
        if isinstance(question, CompareNumbers):
            answer = self.match(question.number)
        elif isinstance(question, SerialKnown):
            answer = self.same_serial
        elif isinstance(question, ChooseNetwork):
            answer = self.networks.pop(0)
        if asyncio.iscoroutine(answer):
            answer = await answer
        if isinstance(answer, CompanionError):
            raise answer
        return answer


class FakeMemory:
    """A registry's memory that outlives a run."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.secrets: dict[str, bytes] = {}

    @property
    def of_devices(self) -> dict[str, bytes]:
        """Its secrets without the key that marks labels, which outlives every device."""
        return {key: secret for key, secret in self.secrets.items() if key != "marks"}

    def get(self, key: str) -> Any | None:
        return self.values.get(key)

    def put(self, key: str, value: Any | None) -> None:
        self.values[key] = value
        if value is None:
            del self.values[key]

    def get_secret(self, key: str) -> bytes | None:
        return self.secrets.get(key)

    def put_secret(self, key: str, value: bytes | None) -> None:
        self.secrets[key] = value or b""
        if value is None:
            del self.secrets[key]


@dataclass
class FakeIdentity:
    owner: OwnerKey = field(default_factory=OwnerKey.generate)
    ca: IssuingCa = field(default_factory=lambda: IssuingCa.create("DriverBench CA"))


class FakeEndpoint:
    """An endpoint that has seen the device."""

    address = "endpoint.example:8883"
    client_id = None

    def __init__(self) -> None:
        self.waited_for: list[DeviceName] = []
        self.fingerprints: list[str | None] = []

    async def wait_for(
        self, name: DeviceName, *, timeout: float, fingerprint: str | None = None
    ) -> Proof | None:
        self.waited_for.append(name)
        self.fingerprints.append(fingerprint)
        return Proof(self.address, "TLSv1.3", "RP1-0001")


@dataclass
class DriverBench:
    """Everything around one driver; `commission` may be called again, as a user does."""

    device: ListeningBench = field(default_factory=ListeningBench)
    reporter: FakeReporter = field(default_factory=FakeReporter)
    memory: FakeMemory = field(default_factory=FakeMemory)
    identity: FakeIdentity = field(default_factory=FakeIdentity)
    endpoint: Endpoint | None = field(default_factory=FakeEndpoint)
    order: Order = field(default_factory=Order)
    spoil: Callable[[str], bool] = lambda kind: False
    within_reach: Callable[[], bool] = lambda: True
    code: SetupCode | None = None
    inventory: tuple[KnownDevice, ...] = ()
    repeaters: int = 0
    grant: str = ""

    def advertisement(self) -> Advertisement:
        data = {SERVICE_UUID: self.device.machine.service_data}
        return Advertisement(
            "C0:00:00:00:00:01", name="Lamp", service_uuids=(SERVICE_UUID,), service_data=data
        )

    async def commission(self) -> Commissioned:
        found = Driver().find(self.advertisement(), self.code)
        assert found is not None
        return await self._run(found, self.code, Driver().commission)

    async def operate(self, operation: OwnershipOperation, device: OwnedDevice | None = None) -> Commissioned:
        """An ownership operation, as a run has it done to the registered device (or this one)."""
        product = self.device.product
        own = device or OwnedDevice("Lamp", product.point, product.serial)
        found = Driver().recognise(self.advertisement(), own)
        assert found is not None
        return await self._run(found, None, lambda context: Driver().operate(context, operation, own))

    async def _run(
        self,
        found: FoundDevice,
        code: SetupCode | None,
        work: Callable[[Context], Awaitable[Commissioned]],
    ) -> Commissioned:
        self.dialer = FakeDialer(found, self.device, self.spoil, self.within_reach, repeaters=self.repeaters)
        context = Context(
            found=found,
            code=code,
            order=self.order,
            dialer=self.dialer,
            reporter=self.reporter,
            memory=self.memory,
            identity=self.identity,
            endpoint=self.endpoint,
            inventory=lambda: self.inventory,
            grant=self.grant,
        )
        try:
            return await work(context)
        finally:
            self.dialer.hang_up()


def with_code(**changes: Any) -> DriverBench:
    """A bench with a new device and the code on its label."""
    made = DriverBench(**changes)
    made.code = label(made.device)
    return made


def without_code(**changes: Any) -> DriverBench:
    """A bench with a new device whose label nobody has."""
    return DriverBench(**changes)


def networks(reporter: FakeReporter) -> list[ChooseNetwork]:
    """How often, and how, the user was asked for a network."""
    return [question for question in reporter.asked if isinstance(question, ChooseNetwork)]


def power_cycled(device: ListeningBench) -> ListeningBench:
    """The same flash in a device that was just switched on."""
    return ListeningBench(flash=device.flash, product=device.product)
