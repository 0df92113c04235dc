"""Whole runs with a virtual TCAT device: what certificates and secrets decide, and how each fault ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from companion import errors
from companion.claims import Strength, strength
from companion.errors import tcat as tcat_errors
from companion.events import Event, StepFinished
from companion.model import Possession, Step
from companion.networks import thread
from companion.networks.thread.changes import Changes, new_network
from companion.outcome import Outcome, Result
from companion.protocols import Order, OwnershipOperation
from companion.protocols.tcat import driver
from companion.protocols.tcat.advertisement import ANSWERS
from companion.protocols.tcat.authorization import Authorization, CommandClass, Condition
from companion.protocols.tcat.commissioner import MEMORY
from companion.protocols.tcat.driver import session
from companion.protocols.tcat.driver.commissioning import Timeouts
from companion.protocols.tcat.driver.possession import PSKD, remember_network
from companion.protocols.tcat.virtual.device import TcatDevice
from companion.protocols.tcat.virtual.options import KNOWN, OPEN, PROVED, SAMPLE_PSKD, TcatFault, TcatOptions
from companion.protocols.tcat.virtual.peripheral import VirtualTcat
from companion.questions import ChooseDevice, ConfirmDevice, EnterSecret, Question, SetupSecret
from companion.runs import commissioning, dialer
from companion.runs.commissioning import CommissioningRun
from companion.runs.ownership import OwnershipRun, owned_device
from companion.secret import Secret
from companion.services import Services, open_services
from companion.virtual.gatt import Fault, FaultPlan, Operation, drop_at
from companion.virtual.world import World

MESH = new_network(Changes(name="harbour-mesh", extended_pan_id=bytes.fromhex("ef1398c2fd504b67")))


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search ends soon after the device is seen, however long a busy machine takes to send it."""
    monkeypatch.setattr(commissioning, "NEARBY_SECONDS", 10.0)
    monkeypatch.setattr(dialer, "OTHER_SECONDS", 0.1)


@dataclass
class Bench:
    services: Services
    device: VirtualTcat
    secrets: list[str] = field(default_factory=list)
    asked: list[Question[Any]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    async def commission(
        self, extra: Mapping[str, str] | None = None, mesh: thread.Dataset = MESH
    ) -> Outcome:
        def tell(event: Event) -> None:
            if isinstance(event, Question):
                self.asked.append(event)
            match event:
                case StepFinished():
                    self.said.append(str(event.summary))
                case ChooseDevice(devices):
                    run.answer(event, next(each for each in devices if each.protocol == "tcat"))
                case ConfirmDevice():
                    run.answer(event, True)
                case EnterSecret() if self.secrets:
                    run.answer(event, SetupSecret(Secret(self.secrets.pop(0))))

        run = CommissioningRun(
            radio=self.services.radio,
            code=None,
            order=Order(thread=mesh.secret, name="Lamp", room="Hall", extra=dict(extra or {})),
            identity=self.services.identity,
            registry=self.services.registry,
            endpoint=None,
            lan=self.services.lan,
            on_event=tell,
            timeout=10.0,
        )
        return await run.run()

    async def release(self) -> Outcome:
        def tell(event: Event) -> None:
            if isinstance(event, ConfirmDevice):
                run.answer(event, True)

        (record,) = self.services.registry.devices()
        run = OwnershipRun(
            OwnershipOperation.RESET,
            owned_device(record),
            protocol="tcat",
            radio=self.services.radio,
            order=Order(),
            identity=self.services.identity,
            registry=self.services.registry,
            endpoint=None,
            on_event=tell,
            timeout=10.0,
        )
        return await run.run()


@asynccontextmanager
async def bench(
    folder: Path,
    options: TcatOptions | None = None,
    commissioner: Secret | None = None,
    fault: FaultPlan | None = None,
) -> AsyncIterator[Bench]:
    device = VirtualTcat(options or TcatOptions(), fault=fault)
    async with open_services(["virtual"], data_dir=folder, world=World([device])) as services:
        memory = services.registry.memory("tcat", services.identity.vault)
        memory.put_secret(MEMORY, (commissioner or device.options.commissioner()).reveal())
        yield Bench(services, device)


async def test_a_device_joins_by_certificates_alone(tmp_path: Path) -> None:
    async with bench(tmp_path) as at:
        outcome = await at.commission()
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert at.device.device.dataset == MESH and at.device.device.attached
        assert strength(outcome.facts) is Strength.STRONG
        assert outcome.commissioned is not None
        assert outcome.commissioned.device.serial == at.device.options.device_id.hex()


@pytest.mark.parametrize("number", [1, 3, 5, 7, 9])
async def test_a_link_that_is_lost_is_made_anew(number: int, tmp_path: Path) -> None:
    async with bench(tmp_path, TcatOptions(conditions=PROVED), fault=drop_at(number)) as at:
        outcome = await at.commission({PSKD: SAMPLE_PSKD.reveal_text()})
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert [each.step for each in outcome.steps] == list(Step)


async def test_a_device_that_asks_for_its_label_gets_the_proof(tmp_path: Path) -> None:
    async with bench(tmp_path, TcatOptions(conditions=PROVED)) as at:
        at.secrets = ["IOQZ", "J01NME0WR", SAMPLE_PSKD.reveal_text().lower()]
        outcome = await at.commission()
        assert outcome.result is Result.COMMISSIONED, outcome.error
        problems = [str(each.problem) for each in at.asked if isinstance(each, EnterSecret)]
        assert "none of them I, O, Q or Z" in problems[1]
        assert problems[0] == "None" and problems[2] == errors.WrongTypedSecret.title
        again = await at.commission({PSKD: SAMPLE_PSKD.reveal_text()})
        assert again.result is Result.COMMISSIONED, again.error


NO_COMMISSIONING = {**OPEN, CommandClass.COMMISSIONING: Condition(0)}
ANOTHER_NETWORK = Authorization(
    True, {**OPEN, CommandClass.COMMISSIONING: Condition.ACCESS | Condition.NETWORK_NAME}, "office-mesh"
)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (TcatFault.FOREIGN, tcat_errors.DeviceNotCertified),
        (TcatFault.DISTRUSTS, tcat_errors.CommissionerRejected),
        (TcatFault.BUSY, errors.DeviceBusy),
    ],
)
async def test_a_fault_ends_in_its_own_error_and_nothing_is_handed_over(
    fault: TcatFault, error: type[errors.CompanionError], tmp_path: Path
) -> None:
    async with bench(tmp_path, TcatOptions(faults=frozenset({fault}))) as at:
        outcome = await at.commission()
        assert type(outcome.error) is error, outcome.error
        assert at.device.device.dataset is None
        # Both certificates are looked at before anything is sent.
        assert bool(outcome.facts.sent) is (fault is TcatFault.BUSY)


@pytest.mark.parametrize(
    "allowed", [Authorization(True, NO_COMMISSIONING), ANOTHER_NETWORK], ids=["no class", "another network"]
)
async def test_what_the_certificate_does_not_allow_is_said_before_it_is_tried(
    allowed: Authorization, tmp_path: Path
) -> None:
    options = TcatOptions()
    async with bench(tmp_path, options, options.commissioner(allowed)) as at:
        outcome = await at.commission()
        assert type(outcome.error) is tcat_errors.CommissionerNotAuthorised, outcome.error
        assert not outcome.facts.sent


async def test_without_a_commissioner_nothing_is_dialled(tmp_path: Path) -> None:
    async with bench(tmp_path) as at:
        at.services.registry.memory("tcat", at.services.identity.vault).put_secret(MEMORY, None)
        outcome = await at.commission()
        assert type(outcome.error) is tcat_errors.CommissionerMissing and not outcome.facts.connected


async def test_pieces_without_end_hold_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One octet of a record at a time, each before its wait is over."""
    monkeypatch.setattr(session, "ANSWER_SECONDS", 0.3)
    monkeypatch.setattr(driver.commissioning, "MOST_LOSSES", 0)
    async with bench(tmp_path) as at:
        hear = at.device.device.hear

        def dribble(octets: bytes) -> bytes:
            if at.device.device.is_secure:
                asyncio.get_running_loop().create_task(drip())
                return b""
            return hear(octets)

        async def drip() -> None:
            for octet in b"\x17\x03\x03\x40" + bytes(100):
                at.device.notify(ANSWERS, bytes([octet]))
                await asyncio.sleep(0.02)

        monkeypatch.setattr(at.device.device, "hear", dribble)
        started = asyncio.get_running_loop().time()
        assert type((await at.commission()).error) is errors.OperationTimeout
        assert asyncio.get_running_loop().time() - started < 30


async def test_silence_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "ANSWER_SECONDS", 0.2)
    monkeypatch.setattr(driver.commissioning, "MOST_LOSSES", 1)
    async with bench(tmp_path, TcatOptions(faults=frozenset({TcatFault.SILENT}))) as at:
        assert type((await at.commission()).error) is errors.OperationTimeout


async def test_a_device_that_is_not_heard_on_its_network_is_not_called_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient = partial(driver.Driver, Timeouts(attach=0.5, pause=0.1))
    monkeypatch.setattr(driver, "Driver", impatient)
    async with bench(tmp_path, TcatOptions(faults=frozenset({TcatFault.NEVER_ATTACHES}))) as at:
        outcome = await at.commission()
        assert outcome.result is Result.UNCONFIRMED and at.device.device.dataset == MESH


async def test_its_role_is_told_in_the_session_where_it_can_be(tmp_path: Path) -> None:
    async with bench(tmp_path) as at:
        outcome = await at.commission()
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert at.said[-1] == "The device reports that it joined harbour-mesh. Its role: router"
    silent = TcatOptions(faults=frozenset({TcatFault.NO_DIAGNOSTICS}))
    async with bench(tmp_path / "silent", silent) as at:
        outcome = await at.commission()
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert at.said[-1] == "The device reports that it joined harbour-mesh"


async def test_another_device_gets_nothing_that_was_meant_for_the_first(tmp_path: Path) -> None:
    """The link is lost, and a device of the same maker answers at the address."""
    drop = drop_at(6)

    def swap(operation: Operation) -> Fault | None:
        if (fault := drop(operation)) is not None:
            at.device.device = TcatDevice(at.device.options)
        return fault

    async with bench(tmp_path, fault=swap) as at:
        outcome = await at.commission()
        assert type(outcome.error) is tcat_errors.DeviceNotCertified, outcome.error
        assert at.device.device.dataset is None


NEVER = {**OPEN, CommandClass.DECOMMISSIONING: Condition(0)}


@pytest.mark.parametrize("conditions", [OPEN, KNOWN], ids=["certificate", "PSKc"])
async def test_a_device_leaves_its_network(conditions: dict[CommandClass, Condition], tmp_path: Path) -> None:
    async with bench(tmp_path, TcatOptions(conditions=conditions)) as at:
        assert (await at.commission()).result is Result.COMMISSIONED
        outcome = await at.release()
        assert outcome.result is Result.DONE, outcome.error
        assert at.device.device.dataset is None and not at.device.device.attached
        (record,) = at.services.registry.devices()
        assert record.state == Possession.RELEASED


@pytest.mark.parametrize("number", [2, 4, 8, 10])
async def test_a_link_lost_while_it_leaves_is_made_anew(number: int, tmp_path: Path) -> None:
    async with bench(tmp_path) as at:
        assert (await at.commission()).result is Result.COMMISSIONED
        at.device.fault = drop_at(number)
        outcome = await at.release()
        assert outcome.result is Result.DONE, outcome.error
        assert at.device.device.dataset is None


async def test_without_the_right_or_the_secret_it_stays(tmp_path: Path) -> None:
    options = TcatOptions(conditions=KNOWN)
    async with bench(tmp_path, options) as at:
        assert (await at.commission()).result is Result.COMMISSIONED
        memory = at.services.registry.memory("tcat", at.services.identity.vault)
        (record,) = at.services.registry.devices()
        assert record.identity_key is not None
        pan_id = MESH.extended_pan_id or b""
        remember_network(memory, record.identity_key, pan_id, Secret(bytes(16)))
        assert type((await at.release()).error) is errors.WrongTypedSecret
        # No device gets a proof by the PSKc of a network that it was not given.
        remember_network(memory, record.identity_key, bytes(8), MESH.pskc)
        assert type((await at.release()).error) is tcat_errors.CommissionerNotAuthorised
        memory.put_secret(MEMORY, options.commissioner(Authorization(True, NEVER)).reveal())
        assert type((await at.release()).error) is tcat_errors.CommissionerNotAuthorised
        assert at.device.device.dataset == MESH
