"""A virtual Matter device on the virtual air and on loopback, as a controller meets it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from companion.lan import Lan
from companion.protocols.matter.clusters import general_commissioning as general
from companion.protocols.matter.clusters import network_commissioning as networks
from companion.protocols.matter.clusters import operational_credentials as credentials
from companion.protocols.matter.clusters.general_commissioning import ArmFailSafe, CommissioningError
from companion.protocols.matter.clusters.network_commissioning import AddWifi, ById, NetworkStatus
from companion.protocols.matter.clusters.operational_credentials import (
    AddNoc,
    AddRoot,
    ByIndex,
    CsrRequest,
    NocStatus,
)
from companion.protocols.matter.clusters.table import Nothing
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.fabric.authority import FabricAuthority
from companion.protocols.matter.fabric.credentials import NodeCredentials
from companion.protocols.matter.virtual import builder
from companion.protocols.matter.virtual.factory.options import Fault, MatterOptions
from companion.protocols.matter.virtual.factory.product import SAMPLE, Kind, Medium
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from companion.protocols.matter.virtual.presence.names import COMMISSIONABLE, OPERATIONAL
from companion.scanner import read_file
from companion.virtual.access_points import HAFEN
from companion.virtual.air_link import AirLink
from companion.virtual.devices import DeviceOptions
from tests.interop.matterjs.central import Central
from tests.protocols.matter.certificates.builders import VALIDITY
from tests.support.until import until
from tests.virtual.matter_controller import Controller, LinkLost, OverBluetooth, OverNetwork

ADMINISTRATOR, NODE = 0x1111, 0x2222
PATIENCE = 10.0


@dataclass
class Stage:
    """A device that is on, the network that it is on, and a fabric for it."""

    device: VirtualMatter
    air: AirLink
    lan: Lan
    authority: FabricAuthority
    own: NodeCredentials
    wires: list[OverNetwork] = field(default_factory=list)

    @asynccontextmanager
    async def over_bluetooth(self) -> AsyncIterator[Controller]:
        """A session by the label's passcode."""
        central = Central()
        try:
            wire = await OverBluetooth.to(central, self.air, self.device.options.mtu)
            yield await Controller(wire, reliable=False).pase(self.device.label.passcode)
        finally:
            central.on_lost = lambda: None
            await central.close()

    async def over_network(self) -> Controller:
        """A session by certificate."""
        return await (await self.at_the_device()).case(self.own, NODE)

    async def at_the_device(self) -> Controller:
        """On the network, without a session."""
        await until(lambda: self.device.network_address is not None)
        assert self.device.network_address is not None
        self.wires.append(await OverNetwork.to(self.lan, self.device.network_address))
        return Controller(self.wires[-1], reliable=True)

    async def hand_over(self, commissioner: Controller) -> None:
        """Arm, certificates, network."""
        assert HAFEN.passphrase is not None
        await commissioner.ask(general.ARM_FAIL_SAFE, ArmFailSafe(60))
        asked = await commissioner.ask(credentials.CSR_REQUEST, CsrRequest(bytes(32)))
        issued = self.authority.issue(_key(asked.elements), NODE, VALIDITY)
        await commissioner.run(credentials.ADD_TRUSTED_ROOT.begin(AddRoot(self.authority.root.as_tlv())))
        added = AddNoc(issued.noc.as_tlv(), self.authority.ipk, ADMINISTRATOR, 0xFFF1)
        assert (await commissioner.ask(credentials.ADD_NOC, added)).status is NocStatus.OK
        if self.device.label.medium is Medium.WIFI:
            await commissioner.ask(networks.ADD_WIFI, AddWifi(HAFEN.ssid, HAFEN.passphrase))
            joined = await commissioner.ask(networks.CONNECT_NETWORK, ById(HAFEN.ssid))
            assert joined.status is NetworkStatus.SUCCESS

    async def commission(self) -> Controller:
        """The whole of it; the session over the network."""
        async with self.over_bluetooth() as commissioner:
            await self.hand_over(commissioner)
            controller = await self.over_network()
            done = await controller.ask(general.COMMISSIONING_COMPLETE, Nothing())
            assert done.error is CommissioningError.OK
        return controller


def _key(elements: bytes) -> bytes:
    from companion.protocols.matter.attestation.elements import CSR_ELEMENTS
    from companion.protocols.matter.certificates.requests import requested_key

    return requested_key(CSR_ELEMENTS.decode(elements).csr)


@asynccontextmanager
async def on_stage(options: MatterOptions | None = None) -> AsyncIterator[Stage]:
    air, lan = AirLink(), Lan.loopback()
    device = VirtualMatter(options or MatterOptions())
    authority = FabricAuthority.found(KeyPair.generate(), VALIDITY)
    own = authority.admit(KeyPair.generate(), ADMINISTRATOR, VALIDITY)
    stage = Stage(device, air, lan, authority, own)
    try:
        await device.open(air)
        yield stage
    finally:
        for wire in stage.wires:
            wire.close()
        await device.close()
        await lan.close()


@pytest.mark.parametrize("mtu", [23, 247, 517])
async def test_it_is_commissioned_and_announces_itself(mtu: int) -> None:
    async with on_stage(MatterOptions(mtu=mtu)) as stage:
        await stage.commission()
        device = stage.device
        await until(lambda: not device.centrals and not device.state.advertises)
        here = device.network_address
        service = await stage.lan.resolve(OPERATIONAL, stage.authority.identity.instance(NODE))
        assert service is not None and here in service.places


async def test_it_is_itself_after_a_power_cut(tmp_path: Path) -> None:
    options = MatterOptions(state=tmp_path / "settings.json")
    async with on_stage(options) as stage:
        await stage.commission()
        reborn = VirtualMatter(options)
        await stage.device.close()
        try:
            await reborn.open(AirLink())
            stage.device = reborn
            again = await stage.over_network()
            assert (await again.ask(credentials.REMOVE_FABRIC, ByIndex(1))).status is NocStatus.OK
            await until(lambda: reborn.network_address is None)
            assert reborn.state.advertises
        finally:
            await reborn.close()
    assert VirtualMatter(options).state.advertises


async def test_what_was_not_finished_is_lost_with_the_power() -> None:
    async with on_stage() as stage:
        async with stage.over_bluetooth() as commissioner:
            await stage.hand_over(commissioner)
            await stage.device.reboot()
        assert not stage.device.state.settings.members
        await stage.commission()


@pytest.mark.parametrize("message", range(1, 19))
async def test_a_link_that_goes_at_any_message_leaves_it_as_it_was(message: int) -> None:
    async with on_stage(MatterOptions(faults={Fault.DROP_AT_MESSAGE: message})) as stage:
        device = stage.device
        with pytest.raises(LinkLost):
            async with stage.over_bluetooth() as commissioner:
                await stage.hand_over(commissioner)
        await until(lambda: not device.centrals)
        assert not device.state.kept.members
        if device.state.fail_safe is not None:
            device.state.revert()
        await stage.commission()


async def test_a_fail_safe_that_expires_puts_it_back() -> None:
    async with on_stage() as stage:
        async with stage.over_bluetooth() as commissioner:
            await stage.hand_over(commissioner)
            state = stage.device.state
            assert state.settings.members and state.fail_safe is not None
            state.fail_safe.until = state.now
            await until(lambda: not state.settings.members)
        assert stage.device.state.advertises
        await until(lambda: stage.device.network_address is None)


async def test_one_on_the_wire_waits_on_the_network() -> None:
    ethernet = MatterOptions(product=replace(SAMPLE, medium=Medium.ETHERNET))
    async with on_stage(ethernet) as stage:
        device = stage.device
        await until(lambda: device.network_address is not None)
        async with stage.lan.browse(COMMISSIONABLE) as services, asyncio.timeout(PATIENCE):
            async for service in services:
                if service.text("D") == str(SAMPLE.discriminator):
                    break
        assert device.network_address in service.places
        commissioner = await (await stage.at_the_device()).pase(SAMPLE.passcode)
        await stage.hand_over(commissioner)
        controller = await stage.over_network()
        done = await controller.ask(general.COMMISSIONING_COMPLETE, Nothing())
        assert done.error is CommissioningError.OK
        assert not device.centrals and not device.state.advertises


async def test_one_that_nobody_hears_is_reached_by_its_address() -> None:
    async with on_stage(MatterOptions(faults={Fault.NO_MDNS: 0.0})) as stage:
        await stage.commission()
        instance = stage.authority.identity.instance(NODE)
        assert await stage.lan.resolve(OPERATIONAL, instance, seconds=0.5) is None


async def test_a_deaf_one_answers_nothing_on_the_network() -> None:
    deaf = MatterOptions(faults={Fault.UNREACHABLE: 0.0})
    async with on_stage(deaf) as stage, stage.over_bluetooth() as commissioner:
        await stage.hand_over(commissioner)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await stage.over_network()


async def test_one_that_is_commissioned_already_is_not_on_the_air() -> None:
    async with on_stage(MatterOptions(faults={Fault.ALREADY_COMMISSIONED: 0.0})) as stage:
        central = Central()
        heard: list[str] = []
        central.on_heard = lambda address, data: heard.append(address)
        await central.open(stage.air)
        try:
            await central.scan()
            await asyncio.sleep(0.3)  # a device that advertises is heard within a tenth of that
            assert not heard
        finally:
            await central.close()


# --- the command line --------------------------------------------------------------------------------------


def test_a_device_of_its_own_writes_its_label_and_says_its_codes(tmp_path: Path) -> None:
    said: list[str] = []
    made = builder.make(
        DeviceOptions(
            label=tmp_path / "label.png",
            state=tmp_path / "device",
            say=said.append,
            own={"kind": ("sensor",), "network": ("thread",), "vouched-by": (str(tmp_path / "maker"),)},
        )
    )
    assert [read.text for read in read_file(tmp_path / "label.png")] == [made.setup_code]
    assert said == [f"Setup code: {made.setup_code}", f"Digits: {made.label.onboarding.printed_digits}"]
    assert (made.label.kind, made.label.medium) == (Kind.SENSOR, Medium.THREAD)
    again = builder.make(DeviceOptions(state=tmp_path / "device", say=said.append))
    assert again.setup_code == made.setup_code


@pytest.mark.parametrize(
    "wrong",
    [
        {"own": {"kind": ("toaster",)}},
        {"own": {"network": ("token ring",)}},
        {"own": {"udp-port": ("65536",)}},
        {"own": {"udp-port": ("x",)}},
        {"faults": ("haunted",)},
    ],
)
def test_a_device_that_there_is_not_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        builder.make(DeviceOptions(say=lambda text: None, **wrong))  # type: ignore[arg-type]  # its fields


def test_the_shipped_label_is_that_of_the_sample_device() -> None:
    (sample,) = builder.samples()
    assert isinstance(sample, VirtualMatter)
    shipped = Path(builder.__file__).parent / "samples/matter.png"
    assert [read.text for read in read_file(shipped)] == [sample.setup_code]
