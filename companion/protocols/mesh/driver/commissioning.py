"""One run with a mesh device: its secret, an address, the network's key, and whether it is a node then."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from companion.errors import (
    CompanionError,
    LinkLostError,
    MethodUnavailable,
    OperationTimeout,
    RadioError,
    ServiceMissing,
)
from companion.errors.mesh import MeshAlreadyProvisioned
from companion.errors.mesh_network import MeshNetworkMissing
from companion.events import CredentialDelivered, Identified, Secured, Sending
from companion.model import (
    Advertisement,
    Commissioned,
    Credential,
    DeviceIdentity,
    DeviceSettings,
    FoundDevice,
    Handshake,
    Step,
    Text,
)
from companion.networks.prompt import NetworkKind, NetworkPrompt
from companion.networks.wifi_rules import WifiSupport
from companion.protocols import Context
from companion.protocols.mesh import advertisement as announcements
from companion.protocols.mesh import command_line, known_secrets
from companion.protocols.mesh.bearer import PROVISIONING_SERVICE, PROXY_SERVICE
from companion.protocols.mesh.driver.dialogue import Dialogue, Known
from companion.protocols.mesh.driver.gatt import GattPeer
from companion.protocols.mesh.models.refresh import Stage
from companion.protocols.mesh.network.keys import Phase
from companion.protocols.mesh.provisioning.authenticity import METHOD_NAMES
from companion.protocols.mesh.provisioning.exchange import ProvisioningData
from companion.protocols.mesh.provisioning.spent import SpentSecrets
from companion.protocols.mesh.store import MeshNetwork, MeshNode, MeshStore
from companion.secret import Secret

NO_WIFI = WifiSupport("Bluetooth mesh", frozenset(), range(0), raw_key=False)
LOSSES = (LinkLostError, OperationTimeout)
MOST_LOSSES = 3
CREDENTIAL = "mesh"


@dataclass(frozen=True)
class Timeouts:
    """Seconds until a device that took its data is heard as a node, and between two looks."""

    node: float = 20.0
    pause: float = 0.5


USUAL = Timeouts()


@dataclass(frozen=True)
class Handed:
    """What a device was given: the node, as it is kept, and the network's key."""

    node: MeshNode
    network: str
    name: str
    key: Secret

    @property
    def credential(self) -> Credential:
        return Credential(CREDENTIAL, {"network": self.name, "address": f"{self.node.address:#06x}"})


class Commissioning:
    """Each link is a new exchange with fresh keys. Nothing is handed over before the device's proof."""

    def __init__(self, context: Context, timeouts: Timeouts = USUAL) -> None:
        self._context, self._timeouts = context, timeouts
        self._order, self._reporter = context.order, context.reporter
        self._store, self._spent = MeshStore(context.memory), SpentSecrets(context.memory)
        self._known = _known(context)
        self._identify(context.found)
        self._proved = False
        self._reached: Step | None = None
        self._settings: DeviceSettings | None = None
        self._method = ""
        self._heard: Advertisement | None = None

    def _identify(self, found: FoundDevice) -> None:
        """Which device that is, by its own word. Raises MeshAlreadyProvisioned for one that is a node."""
        announced = found.advertisement.service_data.get(PROVISIONING_SERVICE, b"")
        unprovisioned = announcements.read_unprovisioned(announced)
        if unprovisioned is None:
            raise MeshAlreadyProvisioned("a node of a mesh network")
        self._uuid = unprovisioned.uuid
        self._device = DeviceIdentity(f"mesh-{self._uuid.hex()}", found.name)

    async def run(self) -> Commissioned:
        """From CONNECT to CHECK, over as many links as are lost before the device has its data."""
        for _ in range(MOST_LOSSES):
            try:
                return await self._over_one_link()
            except LOSSES:
                await self._context.dialer.rediscover()
        return await self._over_one_link()

    async def _over_one_link(self) -> Commissioned:
        peer = await self._reach()
        dialogue = Dialogue(
            peer, self._context.dialer.found, self._order, self._reporter, self._spent, self._known
        )
        capabilities = await dialogue.offered()
        self._reporter.report(Identified(self._device))
        self._begin(Step.SECURE)
        device_key, facts = await dialogue.authenticate()
        self._method, self._proved = facts.method, bool(facts.evidence)
        self._reporter.report(Secured(facts.method, Handshake(peer.messages, peer.octets), facts))
        self._begin(Step.CONFIRM)
        settings = await self._named()
        self._begin(Step.HAND_OVER)
        return await self._hand_over(dialogue, device_key, capabilities.elements, settings)

    async def _reach(self) -> GattPeer:
        """A device that has the service. Whoever only repeats its advertisement has not."""
        while True:
            peer = GattPeer(await self._context.dialer.dial())
            try:
                await peer.open()
            except ServiceMissing as wrong:
                await self._context.dialer.pass_over(wrong)
            else:
                break
        # Over a later link, or after one was passed over, it may be another device.
        self._identify(self._context.dialer.found)
        if self._reached is None:
            self._reporter.summarise(Text("Connected to {name}", {"name": self._device.name}))
        return peer

    async def _named(self) -> DeviceSettings:
        """What the user calls it. Decided once: a device gives up after a minute of silence."""
        if self._settings is None:
            prompt = NetworkPrompt(
                self._reporter.ask,
                self._order,
                support=NO_WIFI,
                suggested_name=self._device.name,
                kind=NetworkKind.NONE,
            )
            self._settings = await prompt.decide()
        return self._settings

    def _begin(self, step: Step) -> None:
        """A step that an earlier link reached is not begun again."""
        steps = list(Step)
        if self._reached is None or steps.index(step) > steps.index(self._reached):
            self._reached = step
            self._reporter.begin(step)

    # --- its keys ------------------------------------------------------------------------------------

    async def _hand_over(
        self, dialogue: Dialogue, device_key: Secret, elements: int, settings: DeviceSettings
    ) -> Commissioned:
        """The node is kept before the device can know its key: nobody could talk to it without that. And in
        one change with its address and the network's key: a refresh that begins meanwhile knows of it.
        """
        with self._store.changing():
            network = self._store.usual()
            if not network.iv_known:
                raise _iv_index_missing(network)
            address = self._store.reserve(network.id, elements)
            key = network.network_keys[0]
            stage = Stage.SWITCHED if key.phase is Phase.SWITCH else Stage.UNTOUCHED
            node = MeshNode(address, elements, device_key, self._uuid, settings.name, stage=stage)
            self._store.put_node(network.id, node)
        handed = Handed(node, network.id, network.name, key.sending())
        data = ProvisioningData(
            key.sending(), key.index, network.iv_index, address, key.phase is Phase.SWITCH, network.updating
        )
        self._reporter.progress(Text("Sending the keys of {network}", {"network": network.name}))
        self._reporter.report(Sending(CREDENTIAL))
        try:
            await dialogue.hand_over(data)
        except LOSSES:
            return await self._after_loss(handed)
        except CompanionError:
            self._store.remove_node(network.id, address)
            raise
        self._reporter.report(CredentialDelivered(handed.credential))
        self._begin(Step.CHECK)
        self._forget_earlier(handed)
        if await self._is_heard(handed):
            return self._done(handed, None)
        return self._done(handed, Text("The device has its keys and was not heard in the mesh network"))

    async def _after_loss(self, handed: Handed) -> Commissioned:
        """Did it get them? If it still waits for a provisioner, it did not, and all is done again."""
        self._begin(Step.CHECK)
        self._reporter.progress(Text("Waiting for the device to reconnect"))
        if await self._is_heard(handed):
            self._reporter.report(CredentialDelivered(handed.credential))
            self._forget_earlier(handed)
            return self._done(handed, None)
        if self._still_waits:
            # The node stays kept: what was heard may be old, and its key is nowhere else.
            raise LinkLostError("the device did not get its keys")
        return self._done(handed, Text("The connection was lost while the device received its keys"))

    async def _is_heard(self, handed: Handed) -> bool:
        """Whether the device proves on the air that it is the node, within the time that it may take."""
        key, address = handed.key.reveal(), handed.node.address

        def says_so(seen: Advertisement) -> bool:
            return announcements.is_node(seen.service_data.get(PROXY_SERVICE, b""), key, address)

        self._context.dialer.know_by(says_so)
        self._heard = None
        try:
            async with asyncio.timeout(self._timeouts.node):
                while True:
                    await self._context.dialer.rediscover(lost=False)
                    self._heard = self._context.dialer.found.advertisement
                    if says_so(self._heard):
                        return True
                    await asyncio.sleep(self._timeouts.pause)
        except (TimeoutError, RadioError):
            return False

    @property
    def _still_waits(self) -> bool:
        """It was heard since then, and what it said last is that it waits for a provisioner."""
        said = {} if self._heard is None else self._heard.service_data
        return announcements.read_unprovisioned(said.get(PROVISIONING_SERVICE, b"")) is not None

    def _forget_earlier(self, handed: Handed) -> None:
        """The same device as it was in this network before: it has other keys now.

        Anybody can name another one's UUID, so only a device that proved something takes a node's place.
        """
        if not self._proved:
            return
        network = self._store.get(handed.network)
        for node in () if network is None else network.nodes:
            if node.uuid == self._uuid and node.address != handed.node.address:
                self._store.remove_node(handed.network, node.address)

    def _done(self, handed: Handed, doubt: Text | None) -> Commissioned:
        if doubt is None:
            told = Text("The device is heard in {network}", {"network": handed.name})
            self._reporter.summarise(told)
        return Commissioned(
            device=self._device,
            method=self._method,
            credentials=(handed.credential,),
            confirmed=doubt is None,
            unconfirmed_reason=doubt,
        )


def _iv_index_missing(network: MeshNetwork) -> MeshNetworkMissing:
    error = MeshNetworkMissing("no IV index")
    error.missing = Text(
        "{network} was imported, and its IV index is not known yet. Talk to one of its nodes first, for "
        "example with `companion mesh configure`.",
        {"network": network.name},
    )
    return error


def _known(context: Context) -> Known:
    """What the order says of the device. Raises MethodUnavailable, and CompanionError for its files."""
    extra, wanted = context.order.extra, context.order.method
    methods = {name: method for method, name in METHOD_NAMES.items()}
    if wanted is not None and wanted not in methods:
        error = MethodUnavailable(wanted)
        error.missing = Text(
            "Mesh devices are set up with {methods}.", {"methods": ", ".join(METHOD_NAMES.values())}
        )
        raise error
    secret, key = extra.get(command_line.STATIC), extra.get(command_line.PUBLIC_KEY)
    return Known(
        None if secret is None else known_secrets.static_secret(known_secrets.read_file(Path(secret))),
        None if key is None else known_secrets.public_key(known_secrets.read_file(Path(key))),
        None if wanted is None else methods[wanted],
        command_line.ENHANCED in extra,
    )
