"""What programs import: `companion` and its few names."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import companion
from companion.events import Connected, Event, RunFinished, RunStarted
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.questions import ChooseNetwork, CompareNumbers, ConfirmDevice, Question
from companion.virtual.access_points import HAFEN
from companion.virtual.air import Air
from companion.virtual.world import World

ORDER = companion.Order(wifi=HAFEN, name="Lamp", room="Hall")


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[tuple[companion.Services, companion.SetupCode]]:
    device = VirtualRp1(Rp1Options())
    async with companion.open_services(["virtual"], data_dir=folder, world=World([device])) as services:
        yield services, companion.recognise(device.setup_code)


async def commissioned(services: companion.Services, code: companion.SetupCode) -> companion.DeviceRecord:
    outcome = await companion.commission(services, code, order=ORDER)
    assert outcome.result is companion.Result.COMMISSIONED, outcome.error
    (device,) = companion.devices(services)
    return device


def test_the_import_costs_nothing_until_a_name_is_used() -> None:
    program = "import sys, companion; print([name for name in sys.modules if name.startswith('companion.')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_name_is_there_and_documented() -> None:
    for name in companion.__all__:
        assert getattr(companion, name).__doc__, name
    with pytest.raises(AttributeError):
        _ = companion.no_such_name


def test_type_checkers_read_the_annotations() -> None:
    assert files("companion").joinpath("py.typed").is_file()


async def test_a_run_is_followed_event_by_event(tmp_path: Path) -> None:
    async with opened(tmp_path) as (services, code):
        events: list[Event] = []
        async with companion.commission(services, code, order=ORDER) as run:
            async for event in run:
                events.append(event)
        assert isinstance(events[0], RunStarted)
        assert isinstance(events[-1], RunFinished)
        assert events[-1].outcome == await run


async def test_the_device_is_one_of_those_nearby(tmp_path: Path) -> None:
    async with opened(tmp_path) as (services, _):
        async with aclosing(companion.nearby(services)) as devices:
            found = await anext(devices)
        answers = companion.Answers(wifi=HAFEN, numbers_match=True)
        outcome = await companion.commission(services, found=found, answers=answers)
        assert outcome.result is companion.Result.COMMISSIONED, outcome.error


async def test_questions_are_answered_by_hand(tmp_path: Path) -> None:
    async with opened(tmp_path) as (services, code):
        asked: list[type] = []
        order = companion.Order(method="nc")
        async with companion.commission(services, code, order=order, answers=companion.ByHand()) as run:
            async for event in run:
                match event:
                    case ConfirmDevice() | CompareNumbers():
                        run.answer(event, True)
                    case ChooseNetwork():
                        run.answer(event, companion.DeviceSettings("Lamp", "Hall", HAFEN))
                if isinstance(event, Question):
                    asked.append(type(event))
        assert (await run).result is companion.Result.COMMISSIONED
        assert asked == [ConfirmDevice, CompareNumbers, ChooseNetwork]


async def test_a_question_that_nobody_answers_ends_the_run(tmp_path: Path) -> None:
    async with opened(tmp_path) as (services, code):
        outcome = await companion.commission(services, code, order=companion.Order(name="Lamp"))
        assert isinstance(outcome.error, companion.errors.NetworkMissing)
        outcome = await companion.commission(services, code, order=companion.Order(wifi=HAFEN, method="nc"))
        assert isinstance(outcome.error, companion.errors.Cancelled)


async def test_a_mistake_of_the_policy_reaches_the_program(tmp_path: Path) -> None:
    class Mistaken:
        async def answer(self, question: Question[Any]) -> Any:
            raise ZeroDivisionError

    async with opened(tmp_path) as (services, code):
        with pytest.raises(ZeroDivisionError):
            await companion.commission(services, code, order=ORDER, answers=Mistaken())
        assert not companion.devices(services)


async def test_a_block_that_is_left_ends_its_run(tmp_path: Path) -> None:
    async with opened(tmp_path) as (services, code):
        async with companion.commission(services, code, order=ORDER) as run:
            async for event in run:
                if isinstance(event, Connected):
                    break
        outcome = await run
        assert isinstance(outcome.error, companion.errors.Cancelled)
        await commissioned(services, code)


async def test_a_cancelled_task_leaves_no_run_behind(tmp_path: Path) -> None:
    async with opened(tmp_path) as (services, code):
        connected = asyncio.Event()

        def on_event(event: Event) -> None:
            if isinstance(event, Connected):
                connected.set()

        async def follow() -> None:
            await companion.commission(services, code, order=ORDER, on_event=on_event)

        task = asyncio.create_task(follow())
        await connected.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await commissioned(services, code)


async def test_a_damaged_code_is_refused() -> None:
    with pytest.raises(companion.errors.CodeMalformed):
        companion.recognise("RP1:damaged")


async def test_an_owner_does_all_operations(tmp_path: Path) -> None:
    async with opened(tmp_path) as (services, code):
        device = await commissioned(services, code)
        for run in (
            companion.query(services, device),
            companion.rotate(services, device.id),
            companion.reprovision(services, device, companion.Order(wifi=HAFEN, name="Desk")),
        ):
            outcome = await run
            assert outcome.result is companion.Result.DONE, outcome.error
        (renamed,) = companion.devices(services)
        assert renamed.id == device.id
        token = companion.transfer(services, device, days=1)
        assert token.reveal_text()
        (cancelled,) = companion.cancel_transfer(services, device)
        assert cancelled.is_out
        assert companion.revoke(services, device, companion.RevocationReason.LOST).certificates
        assert (await companion.reset(services, device)).result is companion.Result.DONE


async def test_a_device_is_taken_over_with_its_token(tmp_path: Path) -> None:
    device = VirtualRp1(Rp1Options())
    async with Air() as air:
        await device.open(air.link)
        (port,) = air.ports
        radios = [f"virtual+bumble:tcp-client:127.0.0.1:{port}"]
        async with companion.open_services(radios, data_dir=tmp_path / "former") as former:
            record = await commissioned(former, companion.recognise(device.setup_code))
            with pytest.raises(companion.errors.TrustUnusable):
                companion.transfer(former, record, to=b"not a key")
            token = companion.transfer(former, record)
        async with companion.open_services(radios, data_dir=tmp_path / "next") as owner:
            outcome = await companion.accept(owner, token)
            assert outcome.result is companion.Result.DONE, outcome.error
            assert [each.serial for each in companion.devices(owner)] == [record.serial]
        await device.close()
