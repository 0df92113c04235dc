"""A virtual device's core in memory, with a clock that stands still, and controllers that talk to it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any, TypeVar

from companion.protocols.matter.case.initiator import CaseInitiator
from companion.protocols.matter.clusters import general_commissioning as general
from companion.protocols.matter.clusters import network_commissioning as networks
from companion.protocols.matter.clusters import operational_credentials as credentials
from companion.protocols.matter.clusters.general_commissioning import ArmFailSafe, CommissioningError
from companion.protocols.matter.clusters.network_commissioning import (
    AddWifi,
    ById,
    ConnectResponse,
    NetworkStatus,
)
from companion.protocols.matter.clusters.operational_credentials import (
    AddNoc,
    AddRoot,
    CsrRequest,
    NocResponse,
    NocStatus,
)
from companion.protocols.matter.clusters.table import Attribute, Command, Nothing, Query
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.establishment.outcome import EstablishmentFailed, Resumption
from companion.protocols.matter.fabric.access import administrator
from companion.protocols.matter.fabric.authority import FabricAuthority
from companion.protocols.matter.fabric.credentials import NodeCredentials
from companion.protocols.matter.interaction.assembly import Reading
from companion.protocols.matter.interaction.client import Read, Transaction, Write, raise_for
from companion.protocols.matter.interaction.paths import AttributePath
from companion.protocols.matter.messages import INTERACTION, SECURE_CHANNEL, Exchange, Exchanges, Router
from companion.protocols.matter.messages.message import Message
from companion.protocols.matter.messages.session import SecureSession
from companion.protocols.matter.pase.commissioner import PaseCommissioner
from companion.protocols.matter.virtual.clusters.model import model_of
from companion.protocols.matter.virtual.clusters.networks import join_status
from companion.protocols.matter.virtual.conversations.conversations import Conversations
from companion.protocols.matter.virtual.factory import faults
from companion.protocols.matter.virtual.factory.manufacturer import Manufacturer, published
from companion.protocols.matter.virtual.factory.options import Fault
from companion.protocols.matter.virtual.factory.product import SAMPLE, Product
from companion.protocols.matter.virtual.state import effects
from companion.protocols.matter.virtual.state.effects import Effect
from companion.protocols.matter.virtual.state.settings import Settings
from companion.protocols.matter.virtual.state.state import DeviceState
from companion.secret import Secret
from companion.virtual.access_points import DEMO, HAFEN
from tests.protocols.matter.certificates.builders import VALIDITY

R = TypeVar("R")
T = TypeVar("T")
Q = TypeVar("Q")
A = TypeVar("A")

ADMINISTRATOR, NODE = 0x1111, 0x2222
VENDOR = 0xFFF1


class Device:
    """A device without radio and network. joins: it tries networks at once."""

    def __init__(
        self,
        product: Product = SAMPLE,
        *,
        manufacturer: Manufacturer | None = None,
        settings: Settings | None = None,
        joins: bool = True,
        wrong: dict[Fault, float] | None = None,
    ) -> None:
        self.now = 1000.0
        self.effects: list[Effect] = []
        self.saved: list[Settings] = []
        self._joins = joins
        wrong = wrong or {}
        self.label = product
        self.state = DeviceState(
            faults.built(product, wrong),
            faults.vouched(manufacturer or published(), product, wrong),
            faults.owned(settings or Settings(), wrong),
            clock=lambda: self.now,
            do=self._do,
            save=self.saved.append,
            faults=wrong,
        )
        self.node = model_of(self.state, DEMO)
        self.ble: Conversations[str] = Conversations(self.state, self.node, reliable=False)
        self.lan: Conversations[str] = Conversations(self.state, self.node, reliable=True)

    def _do(self, effect: Effect) -> None:
        self.effects.append(effect)
        if self._joins and isinstance(effect, effects.Join):
            self._waiting = effect

    def join(self) -> None:
        """What its network does once it was asked to join."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            status = join_status(self.state, DEMO, waiting.id)
            self.state.joined(waiting.id, int(status))
            waiting.answer.complete(networks.CONNECT_NETWORK.respond(ConnectResponse(status)))

    _waiting: effects.Join | None = None

    def wait(self, seconds: float) -> None:
        """Time passes."""
        self.now += seconds
        self.state.tick()
        self.ble.tick(self.now)
        self.lan.tick(self.now)

    def happened(self, kind: type[Effect]) -> bool:
        return any(isinstance(each, kind) for each in self.effects)


@dataclass
class Controller:
    """One controller at one transport of a device. name: its address there."""

    device: Device
    over: Conversations[str]
    name: str = "controller"
    exchanges: Exchanges | None = None
    resumption: Resumption | None = None
    reports: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.router = Router(reliable=self.over is self.device.lan, answers=False)

    # --- sessions --------------------------------------------------------------------------------------

    def pase(self, passcode: Secret | None = None) -> Controller:
        """A session by passcode, that of the label if none is given. Raises EstablishmentFailed."""
        known = passcode or self.device.label.passcode
        return self._establish(PaseCommissioner(known, self.router.reserve()))

    def case(self, own: NodeCredentials, node: int = NODE) -> Controller:
        """A session by certificate. Raises EstablishmentFailed."""
        reserved = self.router.reserve()
        return self._establish(CaseInitiator(own, node, reserved, resumption=self.resumption))

    def _establish(self, end: Any) -> Controller:
        exchanges = self.router.unsecured()
        exchange = exchanges.begin()
        message = end.begin()
        while message is not None:
            exchanges.send(exchange, SECURE_CHANNEL, message.opcode, message.payload, self.device.now)
            if end.established is not None:
                self._carry(exchanges)
                break
            answer = self._answer(exchanges)
            try:
                message = end.receive(answer.opcode, answer.payload)
            except EstablishmentFailed as failed:
                if failed.reply is not None:
                    reply = failed.reply
                    exchanges.send(exchange, SECURE_CHANNEL, reply.opcode, reply.payload, self.device.now)
                    self._carry(exchanges)
                raise
        exchanges.finish(exchange)
        self._carry(exchanges)
        self.exchanges = self.router.secure(end.established.keys, end.established.ends)
        self.resumption = end.established.resumption
        return self

    @property
    def challenge(self) -> bytes:
        assert self.exchanges is not None and isinstance(self.exchanges.session, SecureSession)
        return self.exchanges.session.attestation_challenge.reveal()

    # --- interactions ----------------------------------------------------------------------------------

    def run(self, transaction: Transaction[R]) -> R:
        """The result of a transaction. Raises InteractionFailed, and TimeoutError for no answer."""
        assert self.exchanges is not None
        exchange = self.exchanges.begin()
        message = transaction.start()
        while True:
            self.exchanges.send(exchange, INTERACTION, *message, self.device.now)
            answer = self._answer(self.exchanges, exchange)
            following = transaction.receive(answer.opcode, answer.payload)
            if following is None:
                break
            message = following
            if transaction.done:
                self.exchanges.send(exchange, INTERACTION, *message, self.device.now)
                break
        self.exchanges.finish(exchange)
        self._carry(self.exchanges)
        return transaction.result

    def read(self, attribute: Attribute[T], endpoint: int = 0, *, filtered: bool = True) -> T:
        return attribute.of(self.look(attribute.path(endpoint), filtered=filtered), endpoint)

    def look(self, *paths: AttributePath, filtered: bool = True) -> Reading:
        return self.run(Read.of(*paths, fabric_filtered=filtered))

    def write(self, attribute: Attribute[T], value: T, endpoint: int = 0) -> None:
        raise_for(self.run(Write(attribute.data(value, endpoint))))

    def ask(self, query: Query[Q, A], request: Q) -> A:
        return query.read(self.run(query.begin(request)))

    def tell(self, command: Command[Q], request: Q, endpoint: int = 0) -> None:
        command.check(self.run(command.begin(request, endpoint)))

    # --- what commissioners do -------------------------------------------------------------------------

    def arm(self, seconds: int = 60) -> CommissioningError:
        return self.ask(general.ARM_FAIL_SAFE, ArmFailSafe(seconds, 1)).error

    def hand_over(self, authority: FabricAuthority, node: int = NODE) -> NocResponse:
        """Root and certificate of a fabric."""
        self.tell(credentials.ADD_TRUSTED_ROOT, AddRoot(authority.root.as_tlv()))
        issued = authority.issue(self.request_key(), node, VALIDITY)
        request = AddNoc(issued.noc.as_tlv(), authority.ipk, ADMINISTRATOR, VENDOR)
        return self.ask(credentials.ADD_NOC, request)

    def request_key(self, *, renewing: bool = False) -> bytes:
        """The key (65 octets) that the device asks a certificate for."""
        from companion.protocols.matter.attestation.elements import CSR_ELEMENTS
        from companion.protocols.matter.certificates.requests import requested_key

        asked = CsrRequest(secrets.token_bytes(32), renewing)
        answer = self.ask(credentials.CSR_REQUEST, asked)
        elements = CSR_ELEMENTS.decode(answer.elements)
        assert elements.nonce == asked.nonce
        return requested_key(elements.csr)

    def connect(self, ssid: bytes = HAFEN.ssid, passphrase: Secret = HAFEN.passphrase) -> NetworkStatus:
        """Give it a Wi-Fi network and let it join."""
        added = self.ask(networks.ADD_WIFI, AddWifi(ssid, passphrase))
        assert added.status is NetworkStatus.SUCCESS
        return self.ask(networks.CONNECT_NETWORK, ById(ssid)).status

    def complete(self) -> CommissioningError:
        return self.ask(general.COMMISSIONING_COMPLETE, Nothing()).error

    # --- messages --------------------------------------------------------------------------------------

    def _answer(self, exchanges: Exchanges, exchange: Exchange | None = None) -> Message:
        """The next message of a conversation of ours; reports of the device's own are kept apart."""
        for _ in range(4):
            for message in self._carry(exchanges):
                if exchange is None or Exchange.of(message) == exchange:
                    return message
                self.reports.append(message)
            self.device.join()
        raise TimeoutError("the device says nothing")

    def _carry(self, exchanges: Exchanges) -> list[Message]:
        """What comes for what was sent."""
        for _, data in self.router.outgoing():
            self.over.receive(data, self.name, self.device.now)
        arrived = []
        for _, data in self.over.outgoing():
            message = self.router.receive(data, self.device.now)
            if message is not None:
                arrived.append(message.message)
        return arrived


def fabric() -> tuple[FabricAuthority, NodeCredentials]:
    """A new fabric, and what its administrator holds."""
    authority = FabricAuthority.found(KeyPair.generate(), VALIDITY)
    return authority, authority.admit(KeyPair.generate(), ADMINISTRATOR, VALIDITY)


def commissioned(device: Device) -> tuple[Controller, FabricAuthority, NodeCredentials]:
    """A session of the administrator with a device that they have commissioned."""
    authority, own = fabric()
    by_passcode = Controller(device, device.ble).pase()
    assert by_passcode.arm() is CommissioningError.OK
    assert by_passcode.hand_over(authority) == NocResponse(NocStatus.OK, 1)
    assert by_passcode.connect() is NetworkStatus.SUCCESS
    controller = Controller(device, device.lan).case(own)
    assert controller.complete() is CommissioningError.OK
    return controller, authority, own


__all__ = ["ADMINISTRATOR", "NODE", "Controller", "Device", "administrator", "commissioned", "fabric"]
