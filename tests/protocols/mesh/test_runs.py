"""Whole runs with virtual mesh devices over the virtual air."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from companion.claims import Evidence
from companion.errors import FileMissing, FileUnreadable, MethodUnavailable
from companion.errors.mesh import MeshAlreadyProvisioned
from companion.events import Secured, ShowPasskey
from companion.model import Advertisement, DeviceSettings, FoundDevice, Severity
from companion.outcome import Outcome, Result
from companion.protocols import Order
from companion.protocols.mesh import PROTOCOL, command_line
from companion.protocols.mesh.advertisement import Unprovisioned, node_identity
from companion.protocols.mesh.bearer import (
    PROVISIONING_IN,
    PROVISIONING_OUT,
    PROVISIONING_SERVICE,
    PROXY_SERVICE,
)
from companion.protocols.mesh.driver import Driver
from companion.protocols.mesh.driver.commissioning import Commissioning, Timeouts
from companion.protocols.mesh.provisioning.capabilities import Algorithm, Capabilities
from companion.protocols.mesh.provisioning.exchange import public_octets
from companion.protocols.mesh.store import MeshStore
from companion.protocols.mesh.virtual.options import (
    BOTH,
    HAS_STATIC,
    PLAIN,
    SHOWS_NUMBER,
    TAKES_NUMBER,
    MeshFault,
    MeshOptions,
)
from companion.protocols.mesh.virtual.peripheral import VirtualMesh
from companion.protocols.octets import pieces
from companion.questions import AcceptRisk, ChooseDevice, ChooseNetwork, EnterSecret, SetupSecret
from companion.secret import Secret
from companion.virtual.gatt import AdStructures, Advertising
from companion.virtual.peripheral import Peripheral
from tests.protocols.on_air import Bench, DictMemory

QUICK = Driver(Timeouts(node=1.5, pause=0.01))
OLD = 1 << Algorithm.CMAC


class Mesh:
    """Runs with one device and whoever stands at it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.bench = Bench(monkeypatch, QUICK)
        self.risks: list[str] = []
        self.problems: list[str] = []
        self.accepts = False
        self.first: str | None = None

    async def run(self, device: VirtualMesh, order: Order | None = None, typed: str | None = None) -> Outcome:
        def secret(question: EnterSecret) -> SetupSecret:
            self.problems.append(str(question.problem))
            shown = device.device.shown
            right = typed if typed is not None else "" if shown is None else shown.reveal_text()
            text, self.first = self.first or right, None
            return SetupSecret(Secret(text))

        def risk(question: AcceptRisk) -> bool:
            self.risks.append(str(question.finding.claim))
            return self.accepts

        def named(question: ChooseNetwork) -> DeviceSettings:
            return DeviceSettings("Lamp")

        return await self.bench.commission(
            device,
            code=None,
            order=order or Order(name="Lamp"),
            answers={
                ChooseDevice: lambda question: question.devices[0],
                EnterSecret: secret,
                AcceptRisk: risk,
                ChooseNetwork: named,
            },
        )

    @property
    def nodes(self) -> tuple[Any, ...]:
        return MeshStore(self.bench.memory).usual().nodes


@pytest.fixture
def mesh(monkeypatch: pytest.MonkeyPatch) -> Mesh:
    return Mesh(monkeypatch)


def evidence(mesh: Mesh) -> frozenset[Evidence]:
    facts = mesh.bench.of(Secured)[-1].session
    assert facts is not None
    return frozenset(facts.evidence)


async def test_a_device_that_shows_a_number_becomes_a_node(mesh: Mesh) -> None:
    device = VirtualMesh(MeshOptions(capabilities=replace(SHOWS_NUMBER, elements=3)))
    outcome = await mesh.run(device)
    assert outcome.result is Result.COMMISSIONED, outcome.error
    (node,) = mesh.nodes
    got = device.device.data
    network = MeshStore(mesh.bench.memory).usual()
    assert got is not None and got.key == network.network_keys[0].key
    assert (got.address, node.elements, node.name) == (node.address, 3, "Lamp")
    assert node.device_key == device.device.device_key and network.next_address == node.address + 3
    assert evidence(mesh) == {Evidence.TYPED_SECRET} and mesh.risks == []
    kept = " ".join(mesh.bench.memory.kept.values())
    assert node.device_key.reveal().hex() not in kept and got.key.reveal().hex() not in kept


async def test_at_the_smallest_mtu(mesh: Mesh) -> None:
    outcome = await mesh.run(VirtualMesh(MeshOptions(), mtu=23))
    assert outcome.result is Result.COMMISSIONED, outcome.error


async def test_a_number_is_entered_on_the_device(mesh: Mesh, monkeypatch: pytest.MonkeyPatch) -> None:
    place = "companion.protocols.mesh.driver.dialogue.auth_value.fresh_text"
    monkeypatch.setattr(place, lambda choice: Secret("019655"))

    async def types() -> str:
        return "019655"

    outcome = await mesh.run(VirtualMesh(MeshOptions(capabilities=TAKES_NUMBER), types=types))
    assert outcome.result is Result.COMMISSIONED, outcome.error
    assert [str(each.text) for each in mesh.bench.of(ShowPasskey)] == ["Enter 019655 on the device"]
    assert evidence(mesh) == {Evidence.SCREEN_SECRET}


async def test_a_static_secret_comes_from_a_file(mesh: Mesh, tmp_path: Path) -> None:
    options = MeshOptions(capabilities=HAS_STATIC)
    (tmp_path / "secret").write_text(options.static.reveal().hex(" "))
    extra = command_line.read({"static-oob": (str(tmp_path / "secret"),), "epa-only": ()})
    outcome = await mesh.run(VirtualMesh(options), Order(name="Lamp", extra=extra))
    assert outcome.result is Result.COMMISSIONED, outcome.error
    assert evidence(mesh) == {Evidence.TYPED_SECRET}


async def test_a_static_secret_is_typed(mesh: Mesh) -> None:
    options = MeshOptions(capabilities=HAS_STATIC)
    outcome = await mesh.run(VirtualMesh(options), typed=options.static.reveal().hex())
    assert outcome.result is Result.COMMISSIONED, outcome.error


async def test_a_public_key_that_was_given_proves_the_device_with_the_old_algorithm_too(
    mesh: Mesh, tmp_path: Path
) -> None:
    options = MeshOptions(capabilities=replace(PLAIN, algorithms=OLD, public_key=True))
    (tmp_path / "key").write_text("04" + public_octets(options.key).hex())
    extra = command_line.read({"oob-public-key": (str(tmp_path / "key"),)})
    outcome = await mesh.run(VirtualMesh(options), Order(name="Lamp", extra=extra))
    assert outcome.result is Result.COMMISSIONED, outcome.error
    assert evidence(mesh) == {Evidence.GIVEN_KEY} and mesh.risks == []


@pytest.mark.parametrize(
    ("capabilities", "claim"),
    [
        (PLAIN, "The device can't prove which one it is"),
        (
            replace(SHOWS_NUMBER, algorithms=OLD),
            "The device has the authentication of Mesh 1.0, which is broken",
        ),
        (replace(SHOWS_NUMBER, output_size=3), "The device's secret is short enough to guess"),
    ],
)
async def test_what_proves_nothing_is_used_only_if_the_risk_is_accepted(
    mesh: Mesh, capabilities: Capabilities, claim: str
) -> None:
    device = VirtualMesh(MeshOptions(capabilities=capabilities))
    refused = await mesh.run(device)
    assert refused.result is Result.FAILED and refused.error is not None and refused.error.code == "X-100"
    assert not device.is_node and mesh.nodes == () and mesh.risks == [claim]
    mesh.accepts = True
    outcome = await mesh.run(VirtualMesh(MeshOptions(capabilities=capabilities)))
    assert outcome.result is Result.COMMISSIONED, outcome.error
    assert evidence(mesh) == frozenset()


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (MeshFault.WRONG_SECRET, "A-175"),
        (MeshFault.REFLECTS, "A-176"),
        (MeshFault.BUSY, "D-104"),
        (MeshFault.GARBAGE, "D-101"),
    ],
)
async def test_a_fault_ends_in_its_error_and_leaves_no_node(mesh: Mesh, fault: MeshFault, code: str) -> None:
    outcome = await mesh.run(VirtualMesh(MeshOptions(faults=frozenset({fault}))))
    assert outcome.error is not None and outcome.error.code == code
    assert mesh.nodes == ()


async def test_a_link_that_ends_at_the_proof_is_a_new_exchange_with_a_new_number(mesh: Mesh) -> None:
    device = VirtualMesh(MeshOptions(faults=frozenset({MeshFault.DROPS_AT_PROOF})))
    outcome = await mesh.run(device)
    assert outcome.result is Result.COMMISSIONED, outcome.error


async def test_a_link_that_ends_before_the_keys_are_taken_is_a_new_exchange(
    mesh: Mesh, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = VirtualMesh(MeshOptions(faults=frozenset({MeshFault.DROPS_AT_DATA})))
    mesh.bench = Bench(monkeypatch, Driver(Timeouts(node=0.3, pause=0.01)))
    outcome = await mesh.run(device)
    assert outcome.result is Result.COMMISSIONED, outcome.error
    (node,) = mesh.nodes
    assert node.device_key == device.device.device_key


async def test_a_device_that_was_reset_is_one_node_and_not_two(mesh: Mesh) -> None:
    for address in (2, 3):
        outcome = await mesh.run(VirtualMesh(MeshOptions()))
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert [node.address for node in mesh.nodes] == [address]


async def test_a_device_without_proof_takes_no_node_s_place(mesh: Mesh) -> None:
    """Anybody can name another device's UUID."""
    assert (await mesh.run(VirtualMesh(MeshOptions()))).error is None
    (first,) = mesh.nodes
    mesh.accepts = True
    outcome = await mesh.run(VirtualMesh(MeshOptions(capabilities=PLAIN)))
    assert outcome.result is Result.COMMISSIONED, outcome.error
    assert evidence(mesh) == frozenset() and len(mesh.nodes) == 2 and first in mesh.nodes


async def test_who_is_passed_over_is_not_taken_for_the_one_that_answers(mesh: Mesh) -> None:
    node, other = (VirtualMesh(MeshOptions(uuid=bytes([octet]) * 16)) for octet in (0xAA, 0xBB))
    assert (await mesh.run(node)).error is None
    (first,) = mesh.nodes
    data = AdStructures(service_data={PROVISIONING_SERVICE: Unprovisioned(node.options.uuid).encode()})
    name = node.options.name
    liar = Peripheral((), Advertising.of(data, AdStructures(name=name)), name=name)

    def liar_first(question: ChooseDevice) -> FoundDevice:
        return next(each for each in question.devices if each.address == liar.address)

    def shown(question: EnterSecret) -> SetupSecret:
        assert other.device.shown is not None
        return SetupSecret(Secret(other.device.shown.reveal_text()))

    outcome = await mesh.bench.commission(
        liar,
        other,
        code=None,
        order=Order(name="Lamp"),
        answers={
            ChooseDevice: liar_first,
            EnterSecret: shown,
            ChooseNetwork: lambda question: DeviceSettings("Lamp"),
        },
    )
    assert outcome.commissioned is not None, outcome.error
    assert outcome.commissioned.device.id == f"mesh-{other.options.uuid.hex()}"
    assert first in mesh.nodes and {each.uuid for each in mesh.nodes} == {first.uuid, other.options.uuid}


async def test_a_device_that_only_repeats_an_advertisement_is_passed_over(
    mesh: Mesh, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companion.runs.dialer.OTHER_SECONDS", 0.05)
    data = AdStructures(service_data={PROVISIONING_SERVICE: bytes(18)})
    told = Advertising.of(data, AdStructures(name="Lamp"))
    answers = {ChooseDevice: lambda question: question.devices[0]}
    outcome = await mesh.bench.commission(Peripheral((), told, name="Lamp"), code=None, answers=answers)
    assert outcome.error is not None and outcome.error.code == "R-106"


@pytest.mark.parametrize(
    ("service", "data", "order", "error"),
    [
        (PROXY_SERVICE, node_identity(bytes(16), 2, bytes(8)), Order(), MeshAlreadyProvisioned),
        (PROVISIONING_SERVICE, Unprovisioned(bytes(16)).encode(), Order(method="nc"), MethodUnavailable),
    ],
)
def test_what_can_t_be_is_refused_before_the_device_is_called(
    service: str, data: bytes, order: Order, error: type[Exception]
) -> None:
    found = QUICK.find(Advertisement("C0:00:00:00:00:01", service_data={service: data}), None)
    assert found is not None
    context: Any = SimpleNamespace(found=found, order=order, memory=DictMemory(), reporter=None)
    with pytest.raises(error):
        Commissioning(context)


@pytest.mark.parametrize("typed", ["12345678", "xx"])
async def test_what_the_device_can_t_show_is_asked_for_again(mesh: Mesh, typed: str) -> None:
    mesh.first = typed
    outcome = await mesh.run(VirtualMesh(MeshOptions()))
    assert outcome.result is Result.COMMISSIONED, outcome.error
    assert mesh.problems == ["None", "The device can't show that. Look again."]


async def test_a_static_secret_longer_than_the_old_algorithm_takes(mesh: Mesh) -> None:
    mesh.accepts = True
    options = MeshOptions(capabilities=replace(HAS_STATIC, algorithms=OLD))
    outcome = await mesh.run(VirtualMesh(options), typed="00" * 32)
    assert outcome.error is not None and outcome.error.code == "A-107"


async def test_a_static_secret_that_may_be_known_is_not_used_again_by_itself(mesh: Mesh) -> None:
    options = MeshOptions(capabilities=HAS_STATIC, faults=frozenset({MeshFault.DROPS_AT_PROOF}))
    typed = options.static.reveal().hex()
    outcome = await mesh.run(VirtualMesh(options), typed=typed)
    assert outcome.result is Result.FAILED
    assert mesh.risks == ["Someone else may know the device's secret"]
    honest = MeshOptions(capabilities=HAS_STATIC)
    unattended = await mesh.run(VirtualMesh(honest), Order(name="Lamp", attended=False), typed=typed)
    assert unattended.error is not None and unattended.error.code == "A-177"
    mesh.accepts = True
    accepted = await mesh.run(VirtualMesh(honest), typed=typed)
    assert accepted.result is Result.COMMISSIONED and evidence(mesh) == frozenset()


async def test_a_device_that_hangs_up_with_its_keys_is_found_as_a_node(mesh: Mesh) -> None:
    outcome = await mesh.run(VirtualMesh(MeshOptions(faults=frozenset({MeshFault.NO_COMPLETE}))))
    assert outcome.result is Result.COMMISSIONED, outcome.error
    assert len(mesh.nodes) == 1


async def test_a_device_that_is_not_heard_as_a_node_is_not_confirmed(
    mesh: Mesh, monkeypatch: pytest.MonkeyPatch
) -> None:
    mesh.bench = Bench(monkeypatch, Driver(Timeouts(node=0.2, pause=0.01)))
    outcome = await mesh.run(VirtualMesh(MeshOptions(faults=frozenset({MeshFault.NEVER_NODE}))))
    assert outcome.result is Result.UNCONFIRMED
    assert len(mesh.nodes) == 1


async def test_a_method_that_the_device_does_not_have_is_not_replaced(mesh: Mesh) -> None:
    for method in ("static-oob", "input-oob"):
        device = VirtualMesh(MeshOptions(capabilities=replace(SHOWS_NUMBER, algorithms=BOTH)))
        outcome = await mesh.run(device, Order(name="Lamp", method=method), typed="00" * 16)
        assert outcome.error is not None and outcome.error.code == "A-107"
        assert not device.is_node


def test_files_with_something_else_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    for text in ("", "zz", "00" * 33):
        file.write_text(text)
        with pytest.raises(ValueError, match=r"."):
            PROTOCOL.read_options({"static-oob": (str(file),)})
    file.write_text("00" * 64)
    with pytest.raises(ValueError, match=r"."):
        PROTOCOL.read_options({"oob-public-key": (str(file),)})


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileMissing, match="nothing does not exist"):
        PROTOCOL.read_options({"static-oob": (str(tmp_path / "nothing"),)})
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    with pytest.raises(FileUnreadable, match="binary"):
        PROTOCOL.read_options({"oob-public-key": (str(tmp_path / "binary"),)})


def test_a_device_without_a_name_is_known_by_its_uuid() -> None:
    told = Unprovisioned(bytes(14) + b"\xbe\xef").encode()
    found = QUICK.find(Advertisement("C0:00:00:00:00:01", service_data={PROVISIONING_SERVICE: told}), None)
    assert found is not None and found.name == "Mesh device BEEF"
    assert QUICK.find(Advertisement("C0:00:00:00:00:01"), None) is None
    assert [each.severity for each in QUICK.findings(found, None, "no-oob")] == [Severity.WARNING]
    assert [each.severity for each in QUICK.findings(found, None)] == [Severity.INFO]


def test_octets_of_messages_are_named_and_secrets_are_not_shown() -> None:
    def shown(octets: str, uuid: str = PROVISIONING_IN) -> list[tuple[str, str]]:
        value = bytes.fromhex(octets)
        assert PROTOCOL.octets is not None
        told = pieces(value, PROTOCOL.octets()(uuid, value, True))
        return [(str(each.name), "" if each.octets is None else each.octets.hex()) for each in told]

    assert shown("030005") == [("Segment and type", "03"), ("Message", "00"), ("Attention, in seconds", "05")]
    assert shown("0307" + "aa" * 33)[1:] == [("Message", "07"), ("Not shown", "")]
    assert shown("83aabb") == [("Segment and type", "83"), ("Not shown", "")]
    assert shown("", PROVISIONING_OUT) == [] and shown("03", "2a00") == [("Not shown", "")]
