"""Whole runs with a virtual TCAT device: what certificates and secrets decide, and how each fault ends."""

from __future__ import annotations

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
from companion.events import Event
from companion.model import Step
from companion.networks import thread
from companion.networks.thread.changes import Changes, new_network
from companion.outcome import Outcome, Result
from companion.protocols import Order
from companion.protocols.tcat import driver
from companion.protocols.tcat.authorization import Authorization, CommandClass, Condition
from companion.protocols.tcat.commissioner import MEMORY
from companion.protocols.tcat.driver import session
from companion.protocols.tcat.driver.commissioning import PSKD, Timeouts
from companion.protocols.tcat.virtual.options import OPEN, PROVED, SAMPLE_PSKD, TcatFault, TcatOptions
from companion.protocols.tcat.virtual.peripheral import VirtualTcat
from companion.questions import ChooseDevice, ConfirmDevice, EnterSecret, Question, SetupSecret
from companion.runs.commissioning import CommissioningRun
from companion.secret import Secret
from companion.services import Services, open_services
from companion.virtual.gatt import FaultPlan, drop_at
from companion.virtual.world import World

MESH = new_network(Changes(name="harbour-mesh", extended_pan_id=bytes.fromhex("ef1398c2fd504b67")))


@dataclass
class Bench:
    services: Services
    device: VirtualTcat
    secrets: list[str] = field(default_factory=list)
    asked: list[Question[Any]] = field(default_factory=list)

    async def commission(
        self, extra: Mapping[str, str] | None = None, mesh: thread.Dataset = MESH
    ) -> Outcome:
        def tell(event: Event) -> None:
            if isinstance(event, Question):
                self.asked.append(event)
            match event:
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
